"""The site: papers have their place, equations lose nothing, reference and checks are whole."""

import hashlib
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from handbook import check, python_api, reference
from handbook.equations import equations, math
from handbook.gathering import HERE, REFERENCE, gather, papers
from handbook.names import GREEK, SIGNS

import selloff
from papers import ROOT, prose, snippets, table_rows
from selloff import charts
from selloff.apps.cli._app import command_names
from selloff.charts import AnyChart, Ruler, Spot, Unit, Words
from selloff.scenario import json_schema

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_NOT_TOLD = re.compile(r"\]\([^)]*\)|<!--.*?-->|^\d+\.", re.MULTILINE)
_ELSEWHERE = {"90", "3.11"}
"""The share of simulations in a range, and the version of Python."""
_TOLD = sorted([*(ROOT / "docs" / "tutorials").glob("*.md"), ROOT / "docs" / "start.md"])
_BLOCKS = [s for s in snippets() if s.language == "text" and s.file.parent.name == "model"]
_SPELT = {sign: word for word, sign in (GREEK | SIGNS).items()} | {"¯": "bar"}


class _Text(HTMLParser):
    """All text of a piece of a page, brackets and fraction bars apart."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said = ""
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.said += data


def _letters(text: str) -> str:
    return re.sub(r"[\s()\[\]{}_^/|]", "", text)


def _plain(html: str) -> str:
    """What stands in MathML, in the notation of the papers."""
    return "".join(_SPELT.get(sign, sign) for sign in _letters(_Text(html).said))


def test_every_page_has_one_place() -> None:
    config = tomllib.loads((HERE / "zensical.toml").read_text(encoding="utf-8"))
    places: list[str] = []

    def walk(entry: Any) -> None:
        if isinstance(entry, str):
            places.append(entry)
        for inner in entry.values() if isinstance(entry, dict) else entry:
            if not isinstance(entry, str):
                walk(inner)

    walk(config["project"]["nav"])
    expected = [*papers(), *(f"reference/{name}.md" for name in REFERENCE)]
    assert sorted(places) == sorted(expected), "arrange it in tools/handbook/zensical.toml"


@pytest.mark.parametrize("snippet", _BLOCKS, ids=str)
def test_an_equation_loses_nothing(snippet: Any) -> None:
    source = _letters(snippet.body).replace("sqrt", "")
    assert _plain(equations(snippet.body)) == source


def test_an_equation_is_read_as_it_is_meant() -> None:
    assert "<mfrac>" in math("(a + b) / c")
    assert "<mfrac>" not in math("a / b c"), "could be read in two ways"
    assert "<mfrac>" not in math("ln 2 / half of it")
    assert "×" in math("s x (1 - y)")
    assert "×" not in math("max(x - m, 0)") + math("adjusted x: c")
    assert "<msub><mi>α</mi>" in math("alpha_j A")
    assert "<msup>" in math("rho^n y")
    assert _plain(math("a word's sum of parts")) == "aword'ssumofparts"


def test_reference_has_every_command_and_field() -> None:
    commands = reference.commands()
    assert re.findall(r"^## (\w+)$", commands, re.MULTILINE) == command_names()
    assert "| `--draws" in commands
    fields = reference.scenario_fields()
    schema = json_schema()
    for each in (schema, *schema["$defs"].values()):
        for name in each.get("properties", ()):
            assert f"| `{name}` |" in fields
    python = python_api.page()
    assert all(f"### {name}\n" in python for name in selloff.__all__ if name[0] != "_")


def test_links_of_the_repository_become_links_of_the_site(tmp_path: Path) -> None:
    gather(tmp_path, _AnyChart())
    docs = tmp_path / "docs"
    assert "](changelog.md)" in (docs / "readme.md").read_text(encoding="utf-8")
    assert (docs / "files" / "LICENSE").exists()
    assert "](../index.md" in (docs / "reference" / "mechanisms.md").read_text(encoding="utf-8")
    tour = (docs / "extending.md").read_text(encoding="utf-8")
    assert '```diff title="src/selloff/vocab/metrics.csv"\n' in tour
    assert "```python tour" not in tour
    assert "<math" in (docs / "model" / "fed.md").read_text(encoding="utf-8")
    assert 'data-chart="record"' in (docs / "trust.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", _TOLD, ids=lambda file: file.stem)
def test_numbers_a_tutorial_tells_stand_in_what_it_shows(file: Path) -> None:
    blocks = " ".join(s.body for s in snippets() if s.file == file)
    shown = {number.replace(",", "") for number in _NUMBER.findall(blocks)}
    text = _NOT_TOLD.sub("", prose(file))
    told = {number.replace(",", "") for number in _NUMBER.findall(text)}
    assert told - shown - _ELSEWHERE == set()


def test_a_broken_link_and_a_foreign_host_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<a href="b.html#here">b</a><a href="b.html#gone">b</a><a href="c.html">c</a>'
        '<a href="https://example.org">a reader may go</a><img src="https://example.org/x.png">'
    )
    (tmp_path / "b.html").write_text('<h1 id="here">b</h1>')
    found = check(tmp_path)
    assert (found.pages, found.links) == (2, 5)
    assert found.broken == ("a.html: b.html#gone", "a.html: c.html")
    assert found.foreign == ("a.html: https://example.org/x.png",)


def test_what_is_vendored_is_unchanged() -> None:
    vendor = HERE / "vendor"
    _, _, *rows = table_rows((vendor / "README.md").read_text(encoding="utf-8"))
    assert {row[0] for row in rows} | {"README.md"} == {file.name for file in vendor.iterdir()}
    for name, *_, told in rows:
        assert hashlib.sha256((vendor / name).read_bytes()).hexdigest() == told


class _AnyChart(dict[str, AnyChart]):
    """A chart under every name."""

    def __missing__(self, name: str) -> AnyChart:
        unit = Unit(name="bp")
        words = Words(id=name, title="t", subtitle="s", source="s", unit=unit)
        ruler = Ruler(kind="number", title="x", unit=unit)
        return charts.scatter(words, ruler, "y", [Spot(name="a", x=0.0, y=1.0)])
