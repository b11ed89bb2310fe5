import json
import re

import numpy as np
import pytest

from selloff.report.emerging import countries, dropped, emerging


@pytest.fixture(scope="module")
def told(dump):
    return emerging(dump[0])


def test_countries_are_ranked_by_the_added_chance(dump) -> None:
    dataset, _ = dump
    gap = 100.0 * (dataset["em_crisis_prob"] - dataset["em_crisis_prob_base"]).to_numpy()
    order = [
        str(dataset["country"].to_numpy()[at]).upper() for at in np.argsort(-np.median(gap, axis=0))
    ]
    found = countries(dataset)
    assert [one.code for one in found] == order
    assert found[0].added.p95 == pytest.approx(np.quantile(gap[:, 0], 0.95))


def test_every_country_is_in_one_of_the_tables(dump, told) -> None:
    tables = [block.table for block in told.blocks if block.table and len(block.table.head) > 2]
    names = [row[0] for table in tables for row in table.rows]
    assert sorted(names) == sorted(str(one) for one in dump[0]["country_name"].to_numpy())
    assert len(tables[0].rows) == 15


def test_what_is_not_published_is_a_dash(told) -> None:
    row = next(row for block in told.blocks if block.table for row in block.table.rows
               if row[0] == "China")  # fmt: skip
    assert row[6] == "–"


def test_sentences_add_the_chances_up(dump, told) -> None:
    gap = (dump[0]["em_crisis_prob"] - dump[0]["em_crisis_prob_base"]).sum("country")
    assert f"economies, {np.median(gap):.2f} (5–95%" in told.sentences[0]
    assert "the chance rises most in Egypt by " in told.sentences[1]


def test_the_map_draws_every_country_with_its_numbers(dump, told) -> None:
    picture = str(told.blocks[0].picture)
    titles = re.findall("<title>([^<]*)</title>", picture)
    assert len(titles) == dump[0].sizes["country"]
    assert any(re.match(r"Singapore: [−0-9.]+pp \(5–95%: .*\) added to ", one) for one in titles)


def test_the_note_speaks_of_dots_only_where_there_are_some(dump, told) -> None:
    assert "Dots are" in told.blocks[0].note
    assert "Too small to draw" not in told.blocks[0].note
    large = dump[0].isel(country=slice(0, 4)).assign_coords(country=["tur", "arg", "xxx", "chn"])
    note = emerging(large).blocks[0].note
    assert "Dots are" not in note
    assert "Too small to draw: Turkey." in note


def test_dropped_countries_are_named_with_the_reason(dump) -> None:
    assert dropped(dump[0]).rows == (("Venezuela", "no reserves published"),)
    bare = dump[0].assign_attrs(em_dropped=json.dumps([]))
    assert all("Left out" not in block.fold for block in emerging(bare).blocks)


def test_a_weaker_dollar_brings_all_farther_from_a_crisis(dump) -> None:
    base = dump[0]["em_crisis_prob_base"]
    told = emerging(dump[0].assign(em_crisis_prob=0.9 * base))
    assert "rises in none of them; it falls most in Egypt by 2.4pp" in told.sentences[1]
    assert " fewer currency crises" in told.sentences[0]


def test_codes_may_be_in_capitals(dump) -> None:
    large = dump[0].assign_coords(country=[str(one).upper() for one in dump[0]["country"].values])
    assert emerging(large).blocks[0] == emerging(dump[0]).blocks[0]


def test_no_country_nearer_to_a_crisis(dump) -> None:
    dataset = dump[0].assign(em_crisis_prob=dump[0]["em_crisis_prob_base"])
    assert "In the median draw the chance rises in none of them." in emerging(dataset).sentences


def test_older_results_and_still_ones_have_no_such_section(dump, no_sale) -> None:
    assert emerging(dump[0].drop_vars("em_flow_loss")) is None
    assert emerging(no_sale[0]) is None
