"""Papers as the site needs them: links that stay inside, equations set, charts in their places."""

import re
import shutil
from collections.abc import Mapping
from os.path import relpath
from pathlib import Path
from typing import Final

from handbook import python_api, reference
from handbook.equations import equations
from selloff import charts
from selloff.charts import AnyChart

ROOT: Final = Path(__file__).resolve().parents[2]
HERE: Final = Path(__file__).resolve().parent
PLACES: Final = {
    "README.md": "readme.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "benchmarks/README.md": "benchmarks.md",
}
"""Where papers stand that lie outside docs/."""
REFERENCE: Final = {
    "commands": reference.commands,
    "scenario": reference.scenario_fields,
    "episode": reference.episode_fields,
    "mechanisms": reference.mechanism_rows,
    "holders": reference.holder_rows,
    "python": python_api.page,
}
_FENCED: Final = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_BLOCK: Final = re.compile(r"^```(\w+) ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK: Final = re.compile(r"(!?\[[^\]]*\]\()([^)#\s]+)(#[^)\s]*)?\)")
_CHART: Final = re.compile(r"^<!-- chart: (\w+) -->$", re.MULTILINE)


def papers() -> dict[str, Path]:
    """Every page of the site that is written by hand, and its file."""
    docs = ROOT / "docs"
    found = {str(file.relative_to(docs)): file for file in sorted(docs.rglob("*.md"))}
    others = {place: ROOT / name for name, place in PLACES.items()}
    return found | others


def gather(out: Path, drawn: Mapping[str, AnyChart]) -> None:
    """Write everything the site generator reads into a folder."""
    docs = out / "docs"
    shutil.rmtree(docs, ignore_errors=True)
    for place, file in papers().items():
        _write(docs / place, _page(file, docs / place, docs, drawn))
    for name, make in REFERENCE.items():
        _write(docs / "reference" / f"{name}.md", make())
    shutil.copytree(ROOT / "docs" / "img", docs / "img")
    _write(docs / "assets" / "charts.js", charts.script())
    _write(docs / "assets" / "charts.css", charts.stylesheet())
    shutil.copy(HERE / "looks.css", docs / "assets" / "looks.css")
    for name in ("iframe-worker.js", "LICENSE-iframe-worker"):
        shutil.copy(HERE / "vendor" / name, docs / "assets" / name)
    shutil.copy(HERE / "zensical.toml", out / "zensical.toml")


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _page(file: Path, place: Path, docs: Path, drawn: Mapping[str, AnyChart]) -> str:
    text = file.read_text(encoding="utf-8")
    parts, at = [], 0
    for block in _FENCED.finditer(text):
        parts += [_linked(text[at : block.start()], file, place, docs), _fenced(block[0], file)]
        at = block.end()
    whole = "".join([*parts, _linked(text[at:], file, place, docs)])
    shown = [drawn[name] for name in _CHART.findall(whole)]
    return _CHART.sub(_place_of_chart, whole) + (_data(shown) if shown else "")


def _linked(text: str, file: Path, place: Path, docs: Path) -> str:
    """Turn links of the repository into links of the site; what is no page is copied."""

    def link(found: re.Match[str]) -> str:
        head, target, anchor = found[1], found[2], found[3] or ""
        if "://" in target or target.startswith("mailto:"):
            return found[0]
        source = (file.parent / target).resolve().relative_to(ROOT)
        name = PLACES.get(str(source)) or str(source).removeprefix("docs/")
        if name == str(source) and source.parts[0] != "docs":
            name = f"files/{source}"
            (docs / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / source, docs / name)
        return f"{head}{relpath(docs / name, place.parent)}{anchor})"

    return _LINK.sub(link, text)


def _fenced(text: str, file: Path) -> str:
    """Set an equation; of other blocks keep the language, and the file a change goes to."""
    found = _BLOCK.fullmatch(text)
    if not found:
        return text
    language, more, body = found.groups()
    if language == "text" and file.parent.name == "model":
        return equations(body)
    title = f' title="{more}"' if "/" in more or more.endswith(".yaml") else ""
    return f"```{language}{title}\n{body}```"


def _place_of_chart(found: re.Match[str]) -> str:
    return f'<section data-chart="{found[1]}"></section>'


def _data(shown: list[AnyChart]) -> str:
    """What the modules of the browser read at the end of a page."""
    texts = {"charts": charts.charts_json(shown)}
    if any(one.kind == "map" for one in shown):
        texts["chart-outlines"] = charts.outlines_json()
    return "".join(
        f'\n\n<script type="application/json" id="{name}">{text}</script>\n'
        for name, text in texts.items()
    )
