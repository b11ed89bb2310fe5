"""The papers agree with the code, the tables and each other."""

import importlib
import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

import selloff
from marks import every
from papers import ROOT, papers, prose, section, snippets, table_rows
from selloff.evidence import limits, parameters

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_FILE = re.compile(r"(?:[\w.-]+/)+(?:[\w-]+\.\w+)?")
_MADE = re.compile(r"<!-- made by (\S+):")
_MADE_BY_RUNS = ("out/", "result/")
_MODEL_SECTIONS = [
    "The equation",
    "Where the numbers come from",
    "When not to trust it",
    "Where it is",
]
_PAPERS = papers()
_MODEL_PAGES = sorted((ROOT / "docs" / "model").glob("*.md"))


def _name(file: Path) -> str:
    return str(file.relative_to(ROOT))


@every(_PAPERS, _name)
def test_links_resolve(file: Path) -> None:
    broken = []
    for target in _LINK.findall(prose(file)):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        place = (file.parent / path).resolve() if path else file
        is_there = place.is_relative_to(ROOT) and place.exists()
        if not is_there or (anchor and anchor not in _anchors(place)):
            broken.append(target)
    assert not broken


@every(_PAPERS, _name)
def test_files_named_in_papers_exist(file: Path) -> None:
    named = [
        word
        for code in _CODE.findall(prose(file))
        for word in code.split()
        if _FILE.fullmatch(word) and not word.startswith(_MADE_BY_RUNS)
    ]
    roots = (ROOT, ROOT / "src" / "selloff", file.parent)
    missing = [word for word in named if not any((root / word).exists() for root in roots)]
    assert not missing


@every(_PAPERS, _name)
def test_papers_name_no_place_of_one_machine(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not re.findall(r"(?<![\w.])/(?:tmp|home|root|work|Users|mnt)/\S*", text)


def test_every_paper_can_be_reached_from_the_readme() -> None:
    seen, open_ = set(), [ROOT / "README.md"]
    while open_:
        file = open_.pop()
        if file in seen or file.suffix != ".md":
            continue
        seen.add(file)
        targets = [target.partition("#")[0] for target in _LINK.findall(prose(file))]
        open_ += [(file.parent / t).resolve() for t in targets if t and "://" not in t]
    assert not {_name(file) for file in _PAPERS} - {_name(file) for file in seen}


def test_readme_has_the_two_commands_and_no_other() -> None:
    text = section(ROOT / "README.md", "Set up and run")
    blocks = re.findall(r"^```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert [block.splitlines() for block in blocks] == [["make run", "make test"]]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^run:", makefile, re.MULTILINE)
    assert re.search(r"^test:", makefile, re.MULTILINE)


def test_changelog_tells_of_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## \[([^\]]+)\](?: - (\d{4}-\d{2}-\d{2}))?$", text, re.MULTILINE)
    assert headings[0] == ("Unreleased", "")
    version, date = headings[1]
    assert version == selloff.__version__
    assert date


def test_citation_is_of_this_version_and_licence() -> None:
    cited = YAML(typ="safe").load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= cited.keys()
    assert cited["version"] == selloff.__version__
    assert cited["license"] == "Apache-2.0"
    assert f"[{cited['version']}] - {cited['date-released']}" in (ROOT / "CHANGELOG.md").read_text(
        encoding="utf-8"
    )


def test_nomenclature_is_current(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    tool = importlib.import_module("nomenclature")
    written = tool.TARGET.read_text(encoding="utf-8")
    assert written == tool.page(), "run: python tools/nomenclature.py"


def test_made_tables_are_current(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    tool = importlib.import_module("made_tables")
    assert len(tool.pages()) == 6
    for file in tool.pages():
        text = file.read_text(encoding="utf-8")
        assert text == tool.page(text), "run: python tools/made_tables.py"


def test_who_makes_a_marked_table_is_told_to_whoever_contributes() -> None:
    rows = table_rows(section(ROOT / "CONTRIBUTING.md", "Files that are made"))
    told = {(name, tool) for names, tool in rows for name in _CODE.findall(names)}
    for file in _PAPERS:
        for tool in set(_MADE.findall(file.read_text(encoding="utf-8"))):
            assert (_name(file), f"`python {tool}`") in told


def test_standings_of_the_table_are_explained() -> None:
    rows = table_rows(section(ROOT / "docs" / "nomenclature.md", "Standings"))
    assert {row.standing for row in parameters().values()} <= {cells[0] for cells in rows}


@every(_MODEL_PAGES, _name)
def test_model_pages_have_their_sections(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == _MODEL_SECTIONS
    first = text.split("## ")[0].split("\n\n", 1)[1]
    assert len(re.findall(r"\.(?:\s|$)", first)) == 2, "what it does, in two sentences"
    assert "src/selloff/" in section(file, "Where it is")
    assert any(s.file == file and s.language == "text" for s in snippets())


def test_the_first_page_leads_to_every_page_of_the_model() -> None:
    named = _LINK.findall((ROOT / "docs" / "index.md").read_text(encoding="utf-8"))
    assert {f"model/{file.name}" for file in _MODEL_PAGES} <= set(named)


def test_every_parameter_stands_on_one_page_with_its_standing() -> None:
    told: dict[str, str] = {}
    for file in _MODEL_PAGES:
        for name, standing in _told_on(file):
            assert name not in told, f"{name} is on two pages"
            told[name] = standing
    assert told == {row.name: row.standing for row in parameters().values()}


def test_every_limit_of_the_report_is_explained() -> None:
    text = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
    told = re.findall(r"^- \*\*(.+?)\*\* \w", text, re.MULTILINE)
    assert tuple(told) == limits(), "docs/limits.md must follow evidence/limits.txt"


def _told_on(file: Path) -> list[tuple[str, str]]:
    found = []
    for cells in table_rows(section(file, "Where the numbers come from")):
        found += [(name, cells[1]) for name in _CODE.findall(cells[0])]
    return found


def _anchors(file: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
