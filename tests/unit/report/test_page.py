import html
import json
import re
from collections import Counter
from importlib.resources import files
from typing import Any

import pytest

from odd_charts import odd
from page_read import read
from selloff.report import facts, figure, figures, render, story, write_report
from selloff.report.trace import pages
from selloff.vocab import OutputError, levels

EVIL = '</script><script>alert(1)</script><img src="https://evil.example/x" onerror=alert(2)>&'
SECTIONS = [
    "answer", "story", "beside", "seller", "america", "japan", "world", "countries", "reserves",
    "trust", "annex",
]  # fmt: skip


@pytest.fixture(scope="module")
def page(dump, descent) -> str:
    return render([dump[0], descent[0]], [dump[1], descent[1]])


def _sections(page):
    return [attrs.get("id") for tag, attrs in read(page)[0].elements if tag == "section"]


def _charts(page):
    return json.loads(page.split('id="charts">')[1].split("</script>")[0])


def test_sections_stand_in_order(page) -> None:
    assert [one for one in _sections(page) if one != "levers"] == SECTIONS
    assert page.count("What follows is about A") == 1


def test_every_link_leads_somewhere(page) -> None:
    reader, _ = read(page)
    there = {attrs.get("id") for _, attrs in reader.elements}
    links = {(attrs.get("href") or "")[1:] for tag, attrs in reader.elements if tag == "a"}
    methods = {one["method"][1:] for one in _charts(page)}
    assert links | methods <= there
    assert set(SECTIONS) - links == {"answer"}


def test_one_run_has_no_second(dump) -> None:
    page = render([dump[0]], [dump[1]])
    assert "beside" not in _sections(page)
    assert "What follows is about A" not in page
    assert 'data-run="B"' not in page


def test_nothing_points_outside_the_page(page) -> None:
    for tag, attrs in read(page)[0].elements:
        assert "src" not in attrs, tag
        assert (attrs.get("href") or "#").startswith("#"), tag
        assert tag not in ("link", "iframe", "object", "embed", "base")
        assert "style" not in attrs
    style = page.split("<style>")[1].split("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_the_policy_allows_two_scripts_and_nothing_else(page) -> None:
    policy = next(
        attrs["content"] for tag, attrs in read(page)[0].elements
        if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy"
    )  # fmt: skip
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    scripts = policy.split("script-src ")[1].split(";")[0]
    assert scripts.count("sha256-") == 2
    assert "unsafe-inline" not in scripts
    assert "http" not in policy


def test_words_from_outside_are_escaped_everywhere(build) -> None:
    attrs = {
        "title": EVIL,
        "vintage": EVIL,
        "limits": json.dumps([EVIL]),
        "warnings": json.dumps([EVIL]),
        "sources": json.dumps([{"what": EVIL, "publisher": EVIL}]),
        "parameters": json.dumps([{"name": EVIL, "mechanism": EVIL, "source": EVIL, "p50": 1}]),
        "versions": json.dumps({EVIL: EVIL}),
        "em_dropped": json.dumps([{"country": EVIL, "reason": EVIL}]),
        "factcheck": json.dumps({"claims": [{"claim": EVIL, "evidence": EVIL, "source": EVIL}]}),
    }
    given = {"title": EVIL, "name": EVIL, "description": EVIL, "draws": 5}
    one, summary = build(**given, attrs=attrs)
    summary["outcomes"] = {EVIL: 5}
    two = build(**given, attrs=attrs)
    two[0]["holder_name"] = ("holder", [EVIL] * two[0].sizes["holder"])
    one["country_name"] = ("country", [EVIL] * one.sizes["country"])
    page = render([one, two[0]], [summary, two[1]])
    reader, words = read(page)
    tags = [tag for tag, _ in reader.elements]
    assert tags.count("script") == 4
    assert "img" not in tags
    assert "alert(1)" in words
    assert "<" not in page.split('id="charts">')[1].split("</script>")[0]
    assert _charts(page)


def test_every_chart_has_a_place_and_a_finding(page) -> None:
    places = [attrs["data-chart"] for _, attrs in read(page)[0].elements if "data-chart" in attrs]
    drawn = _charts(page)
    assert places == [one["id"] for one in drawn]
    assert len(set(places)) == len(places)
    assert len(drawn) > 25
    assert all(len(one["title"]) > 15 and one["subtitle"] and one["source"] for one in drawn)
    titles = [one["title"] for one in drawn]
    assert sum(any(c.isdigit() for c in one) for one in titles) > 0.75 * len(titles)


def test_the_page_says_how_to_run_it_again(page) -> None:
    command = "selloff compare japan-dump controlled-descent --draws 60 --seed 7"
    assert html.escape(command) in page


def test_a_name_with_spaces_is_quoted(build) -> None:
    dataset, summary = build(draws=5, name="my scenario; rm -rf")
    assert "selloff run &#39;my scenario; rm -rf&#39;" in render([dataset], [summary])


def test_without_scripts_the_findings_and_numbers_are_there(page) -> None:
    _, words = read(page)
    assert "scripts are off" in words
    assert re.search(r"10-year yield rises from 4\.30% to \d\.\d\d% \(\d\.\d\d–\d\.\d\d\)", words)
    assert all(html.unescape(one["title"]) in words for one in _charts(page))


def test_size_stays_under_a_megabyte(build) -> None:
    many = build(draws=100, horizon_years=30.0, reacts=True)
    assert len(render([many[0], many[0]], [many[1], many[1]]).encode()) < 1_000_000


def test_nothing_sold_and_nothing_solved_still_make_a_page(no_sale, build) -> None:
    quiet = render([no_sale[0]], [no_sale[1]])
    assert "Nothing is sold and nothing else is asked" in quiet
    assert _charts(quiet) == []
    assert _sections(quiet) == ["answer", "trust", "annex"]
    failed, summary = build(failed=4, draws=4)
    assert "No simulation gave an answer" in render([failed], [summary])
    some, summary = build(failed=4, draws=9)
    assert "4 of 9 simulations gave no answer" in read(render([some], [summary]))[1]


def test_a_flow_without_a_sale_has_no_bill(yen_crash) -> None:
    dataset, summary = yen_crash
    page = render([dataset], [summary])
    assert "seller" not in _sections(page)
    assert "$500bn of yen sold for dollars over 3 months" in page


def test_missing_attributes_leave_gaps_and_no_error(dump) -> None:
    dataset = dump[0].copy()
    keep = ("scenario", "scenario_name", "title", "seed", "draws", "vintage")
    dataset.attrs = {key: dataset.attrs[key] for key in keep}
    assert "The run names no limits" in render([dataset], [dump[1]])


def test_the_same_run_gives_the_same_page(dump) -> None:
    assert render([dump[0]], [dump[1]]) == render([dump[0]], [dump[1]])


def test_one_or_two_runs_only(dump) -> None:
    with pytest.raises(ValueError, match="one or two"):
        render([], [])
    with pytest.raises(ValueError, match="one or two"):
        render([dump[0]] * 2, [dump[1]])


def test_the_file_is_written_whole_or_not_at_all(dump, tmp_path) -> None:
    file = write_report([dump[0]], [dump[1]], tmp_path / "report.html")
    assert file.read_text(encoding="utf-8").rstrip().endswith("</html>")
    taken = tmp_path / "taken.html"
    taken.mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        write_report([dump[0]], [dump[1]], taken)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["report.html", "taken.html"]


def test_a_draft_is_a_plotly_figure_with_its_one_band() -> None:
    (draft,) = (one for one in odd() if one.id == "draft")
    band = [one for one in figure(draft)["data"] if "fill" in one]
    assert [list(one["y"]) for one in band] == [list(draft.series[0].p90)]


def test_figures_are_plain_plotly_dicts(answered) -> None:
    drawn = figures(answered[0])
    assert {"us_10y", "relay_a", "bill", "country_map"} <= set(drawn)
    json.dumps(drawn, allow_nan=False)
    assert all(one["data"] and one["layout"]["title"]["text"] for one in drawn.values())
    assert drawn["us_10y"]["data"][-1]["y"][0] == pytest.approx(4.3, abs=1e-3)


def test_the_pages_of_the_model_are_the_files_there_are() -> None:
    root = files("selloff").joinpath("..", "..", "docs", "model")
    titles = {
        one.name.removesuffix(".md"): one.read_text(encoding="utf-8").splitlines()[0][2:]
        for one in root.iterdir()
    }
    assert {page: title for page, (title, _) in pages().items()} == titles


def test_what_stands_in_many_places_is_read_once(
    answered: Any, descent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: Counter[str] = Counter()
    for module, name in ((facts, "baseline_of"), (facts, "is_nothing_sold"), (story, "relay")):
        monkeypatch.setattr(module, name, _counted(getattr(module, name), read))
    render([answered[0], descent[0]], [answered[1], descent[1]])
    assert read["relay"] == read["is_nothing_sold"] == 2
    assert read["baseline_of"] <= 2 * len(levels())


def _counted(own: Any, read: Counter[str]) -> Any:
    def call(*given: Any) -> Any:
        read[own.__name__] += 1
        return own(*given)

    return call
