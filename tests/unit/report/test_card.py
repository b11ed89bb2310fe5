"""A run in the size of a notebook's cell."""

import html
import re
from typing import Any

import xarray as xr

from selloff.report import answer_lines, card
from selloff.report.card import MOST_ROWS
from selloff.results import summarise

Made = tuple[xr.Dataset, dict[str, Any]]


def test_it_holds_the_answer_a_table_and_one_chart(dump: Made) -> None:
    found = card([dump])
    for sentence in answer_lines(*dump):
        assert sentence in html.unescape(found)
    rows = re.findall(r"<tr>(.*?)</tr>", found)
    assert 2 < len(rows) <= MOST_ROWS + 1
    assert all(row.count("<td") == 2 for row in rows[1:])
    assert found.count("<img") == 1
    assert f"{dump[1]['draws']:,} simulations" in found


def test_nothing_in_it_runs_or_is_fetched(dump: Made) -> None:
    found = card([dump, dump])
    tags = set(re.findall(r"<([a-z]+)", found))
    assert tags <= {
        "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "img", "br", "small",
    }  # fmt: skip
    assert not re.search(r"(href|on\w+)=|https?:", found)
    assert re.findall(r'src="(.{26})', found) == ["data:image/svg+xml;base64,"]


def test_two_runs_stand_side_by_side(dump: Made, yen_crash: Made) -> None:
    found = card([dump, yen_crash])
    rows = re.findall(r"<tr>(.*?)</tr>", found)
    assert all(row.count("<td") == 3 for row in rows[1:])
    assert found.count("<p><strong>") == 2
    names = [made[0].attrs["scenario_name"] for made in (dump, yen_crash)]
    assert f"{names[0]}, and dashed the median of {names[1]}" in found


def test_words_of_the_user_are_words(build) -> None:
    found = card([build(title="<script>alert(1)</script>")])
    assert "<script" not in found
    assert "&lt;script&gt;" in found


def test_where_nothing_is_sold_it_says_so(no_sale: Made) -> None:
    found = card([no_sale])
    for sentence in answer_lines(*no_sale):
        assert sentence in html.unescape(found)


def test_without_any_answer_there_is_no_chart(build) -> None:
    dataset, _ = build()
    codes = dict(
        zip(dataset["outcome"].attrs["flag_meanings"].split(),
            dataset["outcome"].attrs["flag_values"], strict=True)
    )  # fmt: skip
    dead = dataset.copy(deep=True)
    dead["outcome"][:] = codes["no_equilibrium"]
    found = card([(dead, summarise(dead))])
    assert "No simulation gave an answer." in found
    assert "<img" not in found
