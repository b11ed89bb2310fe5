import hashlib
import html
import json
import re
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from selloff.report import render, write_report
from selloff.vocab import OutputError

EVIL = '</script><script>alert(1)</script><img src="https://evil.example/x" onerror=alert(2)>&'


class Reader(HTMLParser):
    """Collect elements, attributes and visible text."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag, attrs) -> None:
        self.elements.append((tag, dict(attrs)))
        self.inside = tag

    def handle_endtag(self, _tag) -> None:
        self.inside = ""

    def handle_data(self, data) -> None:
        if self.inside not in ("script", "style"):
            self.words.append(data)


def _read(page):
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader, re.sub(r"\s+", " ", "".join(reader.words))


@pytest.fixture(scope="module")
def page(dump, descent) -> str:
    return render([dump[0], descent[0]], [dump[1], descent[1]])


def test_sections_stand_in_order(page) -> None:
    reader, _ = _read(page)
    ids = [attrs.get("id") for tag, attrs in reader.elements if tag == "section"]
    assert ids == [
        "answer", "story", "charts", "beside", "history", "buyers", "bill", "markets",
        "united-states", "japan", "emerging", "reserves", "checks", "data", "limits", "reproduce",
    ]  # fmt: skip


def test_the_contents_lead_to_every_section_and_to_nothing_else(page) -> None:
    reader, _ = _read(page)
    there = {attrs.get("id") for _, attrs in reader.elements}
    ids = [attrs.get("id") for tag, attrs in reader.elements if tag == "section"]
    links = [(attrs.get("href") or "")[1:] for tag, attrs in reader.elements if tag == "a"]
    assert set(links) <= there
    assert set(ids) - set(links) == {"answer"}


def test_one_run_has_no_side_by_side(dump) -> None:
    reader, _ = _read(render([dump[0]], [dump[1]]))
    assert "beside" not in [attrs.get("id") for _, attrs in reader.elements]


def test_nothing_points_outside_the_page(page) -> None:
    reader, _ = _read(page)
    for tag, attrs in reader.elements:
        assert "src" not in attrs, tag
        assert (attrs.get("href") or "#").startswith("#"), tag
        assert tag not in ("link", "iframe", "object", "embed", "base", "form")
    style = files("selloff.report").joinpath("template/page.css").read_text(encoding="utf-8")
    assert "url(" not in style
    assert "@import" not in style


def test_the_policy_allows_the_two_scripts_and_nothing_else(page) -> None:
    reader, _ = _read(page)
    policy = next(
        attrs["content"] for tag, attrs in reader.elements
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
    one["exporter_name"] = ("exporter", [EVIL] * one.sizes["exporter"])
    page = render([one, two[0]], [summary, two[1]])
    reader, words = _read(page)
    tags = [tag for tag, _ in reader.elements]
    assert tags.count("script") == 3
    assert "img" not in tags
    assert "alert(1)" in words
    data = page.split('id="drawn">')[1].split("</script>")[0]
    assert "<" not in data
    assert json.loads(data)


def test_drawn_data_survives_the_embedding(page, dump) -> None:
    data = json.loads(page.split('id="drawn">')[1].split("</script>")[0])
    reader, _ = _read(page)
    places = [attrs["data-figure"] for _, attrs in reader.elements if "data-figure" in attrs]
    assert places == list(data)
    assert len(places) == 38


def test_charts_have_words_for_those_who_cannot_see_them(page) -> None:
    reader, _ = _read(page)
    charts = [attrs for _, attrs in reader.elements if "data-figure" in attrs]
    assert all(attrs["role"] == "img" and len(attrs["aria-label"] or "") > 40 for attrs in charts)
    assert page.count("<figcaption>") == len(charts) + page.count('<figure class="world">')


def test_the_page_says_how_to_run_it_again(page) -> None:
    command = "selloff compare japan-dump controlled-descent --draws 60 --seed 7"
    assert html.escape(command) in page


def test_a_name_with_spaces_is_quoted(build) -> None:
    dataset, summary = build(draws=5, name="my scenario; rm -rf")
    assert "selloff run &#39;my scenario; rm -rf&#39;" in render([dataset], [summary])


def test_without_scripts_the_page_says_so(page) -> None:
    _, words = _read(page)
    assert "scripts are off" in words
    assert re.search(r"lifts the US 10-year yield by \d+bp \(5–95%: \d+–\d+\)", words)


def test_size_stays_small(build) -> None:
    many = build(draws=400, horizon_years=30.0)
    assert len(render([many[0], many[0]], [many[1], many[1]]).encode()) < 4_000_000


def test_nothing_sold_and_nothing_solved_still_make_a_page(no_sale, build) -> None:
    quiet = render([no_sale[0]], [no_sale[1]])
    assert "Nothing is sold; " in quiet
    assert 'id="markets"' not in quiet
    failed, summary = build(failed=4, draws=4)
    assert "No draw gave an answer" in render([failed], [summary])
    some, summary = build(failed=4, draws=9)
    assert "4 of 9 draws gave no answer" in re.sub(r"\s+", " ", render([some], [summary]))


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


def test_the_file_is_written_whole(dump, tmp_path) -> None:
    file = write_report([dump[0]], [dump[1]], tmp_path / "report.html")
    assert file.read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert [one.name for one in tmp_path.iterdir()] == ["report.html"]


def test_a_folder_in_the_way(dump, tmp_path) -> None:
    taken = tmp_path / "report.html"
    taken.mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        write_report([dump[0]], [dump[1]], taken)
    assert list(tmp_path.iterdir()) == [taken]


def test_the_vendored_library_is_the_one_written_down() -> None:
    vendor = files("selloff.report").joinpath("vendor")
    readme = vendor.joinpath("README.md").read_text(encoding="utf-8")
    for name in ("plotly-basic.min.js", "LICENSE-plotly.js"):
        digest = hashlib.sha256(vendor.joinpath(name).read_bytes()).hexdigest()
        row = next(line for line in readme.splitlines() if line.startswith(f"| {name} "))
        assert digest in row
    assert "</script" not in vendor.joinpath("plotly-basic.min.js").read_text(encoding="utf-8")


def test_warnings_stand_above_the_answer_and_name_their_run(build) -> None:
    one = build(draws=5, attrs={"warnings": json.dumps(["Beyond the first."])})
    two = build(draws=5, attrs={"warnings": json.dumps(["Beyond the second."])})
    alone, both = render([one[0]], [one[1]]), render([one[0], two[0]], [one[1], two[1]])
    assert alone.count("<strong>Warning.</strong>") == 1
    assert "</strong> Beyond the first." in alone
    assert "</strong> A: Beyond the first." in both
    assert "</strong> B: Beyond the second." in both
    assert both.index("Beyond the second.") < both.index('id="story"')
