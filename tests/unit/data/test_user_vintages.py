"""Tables of the user's, laid over those of the package."""

import ast
import inspect
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from fetched import NAME, fetch, one_month_more, text_of
from selloff import data
from selloff.data import (
    DEFAULT_VINTAGE,
    PACKAGED,
    Snapshot,
    build_vintage,
    economy_figures,
    provenance,
    snapshot_of,
    table,
    user_vintages,
    vintage,
    vintages,
)
from selloff.pipeline import prepare
from selloff.pipeline.provenance import attributes
from selloff.scenario import load
from selloff.studies.carry import carry
from selloff.studies.monitor import last_release, nowcast, summarise
from selloff.vocab import VintageError

ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return fetch(monkeypatch, tmp_path, {"tic_holdings_monthly": one_month_more()})


@pytest.mark.usefixtures("folder")
def test_fetched_tables_come_first_and_the_rest_is_packaged() -> None:
    snapshot = snapshot_of(NAME)
    assert table("tic_holdings_monthly", snapshot)["date"].max() == pd.Timestamp("2026-08-31")
    pd.testing.assert_frame_equal(table("fx_daily", snapshot), table("fx_daily"))
    assert len(provenance(snapshot)) == len(provenance())
    assert snapshot.digest != PACKAGED.digest
    assert user_vintages() == (NAME,)


@pytest.mark.usefixtures("folder")
def test_a_vintage_opens_in_its_last_month_or_in_the_one_asked() -> None:
    last = vintage(NAME)
    assert (last.id, f"{last.date}") == (f"2026-08@{NAME}", "2026-08-31")
    assert vintage(last.id) is last
    assert last.snapshot is snapshot_of(NAME)
    before = vintage(f"2026-07@{NAME}")
    np.testing.assert_array_equal(before.books, vintage("2026-07").books)
    assert [each.id for each in vintages(last.snapshot) if each.is_default] == [last.id]
    with pytest.raises(VintageError, match="2026-08"):
        vintage(f"2026-09@{NAME}")


@pytest.mark.usefixtures("folder")
def test_the_default_stays_that_of_the_package() -> None:
    assert vintage().id == DEFAULT_VINTAGE
    assert vintage().snapshot == PACKAGED
    assert not vintage().snapshot.name


@pytest.mark.usefixtures("folder")
def test_two_threads_with_two_vintages_do_not_mix() -> None:
    asked = [DEFAULT_VINTAGE, NAME] * 8
    with ThreadPoolExecutor(4) as workers:
        found = list(workers.map(vintage, asked))
    assert [each.snapshot.name for each in found] == ["", NAME] * 8
    assert {each.id for each in found} == {DEFAULT_VINTAGE, f"2026-08@{NAME}"}


def _cut(folder: Path) -> None:
    file = folder / "tic_holdings_monthly.csv"
    file.write_bytes(file.read_bytes()[:-20])


def _gone(folder: Path) -> None:
    (folder / "tic_holdings_monthly.csv").unlink()


def _without_list(folder: Path) -> None:
    (folder / "provenance.csv").unlink()


def _empty_list(folder: Path) -> None:
    (folder / "provenance.csv").write_text("", encoding="utf-8")


def _other_list(folder: Path) -> None:
    (folder / "provenance.csv").write_text("name,value\na,1\n", encoding="utf-8")


def _bytes(folder: Path) -> None:
    (folder / "provenance.csv").write_bytes(b"\xff\xfe\x00table")


def _stranger(folder: Path) -> None:
    file = folder / "provenance.csv"
    file.write_text(file.read_text().replace("tic_holdings_monthly", "tic_holding"), "utf-8")


def _unlisted(folder: Path) -> None:
    (folder / "fx_daily.csv").write_text(text_of("fx_daily"), encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "word"),
    [
        (_cut, "other bytes"),
        (_gone, "no file"),
        (_without_list, "provenance.csv"),
        (_empty_list, "no table"),
        (_other_list, "cannot be read"),
        (_bytes, "cannot be read"),
        (_stranger, "tic_holdings_monthly"),
        (_unlisted, "without provenance"),
    ],
)
def test_a_damaged_folder_is_refused_as_a_file(
    folder: Path, spoil: Callable[[Path], None], word: str
) -> None:
    spoil(folder)
    with pytest.raises(VintageError, match=word) as refusal:
        vintage(NAME)
    assert refusal.value.exit_code == 3


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("date,country", "day,country"),
        ("usd_bn", "usd_mn"),
        ("1103.9\n", "eleven\n"),
        ("2026-07-31", "July 2026"),
    ],
)
def test_a_table_of_another_shape_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str
) -> None:
    text = text_of("tic_holdings_monthly")
    assert before in text
    fetch(monkeypatch, tmp_path, {"tic_holdings_monthly": text.replace(before, after)})
    with pytest.raises(VintageError, match="tic_holdings_monthly") as refusal:
        vintage(NAME)
    assert refusal.value.exit_code == 3


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", ["2026-11-28", "2026-08@..", "2026-08@", "@", "../2026-11-27"])
def test_a_vintage_that_is_not_there_is_a_wrong_word(name: str) -> None:
    with pytest.raises(VintageError) as refusal:
        vintage(name)
    assert refusal.value.exit_code == 2


def test_without_a_folder_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "nowhere"))
    assert user_vintages() == ()
    with pytest.raises(VintageError, match="selloff update"):
        vintage(NAME)


@pytest.fixture
def own() -> Iterator[Snapshot]:
    """The packaged tables under another name; who reads past them to the package fails."""

    def refuse(name: str) -> pd.DataFrame:
        raise AssertionError(f"{name} was read past the snapshot")

    before = PACKAGED.read
    object.__setattr__(PACKAGED, "read", refuse)
    yield Snapshot(before, name=NAME)
    object.__setattr__(PACKAGED, "read", before)


def test_nothing_is_read_past_the_snapshot_of_a_world(
    own: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = build_vintage(own, date(2026, 7, 31))
    monkeypatch.setattr("selloff.pipeline.road.vintage", lambda _: world)
    found = attributes(prepare(load("taiwan-conflict")), 1)
    assert (world.id, found["vintage"]) == (f"2026-07@{NAME}", "2026-07")
    assert json.loads(found["data"]) == {"user_vintage": NAME, "sha256": own.digest}
    assert carry(world)
    assert economy_figures(world)
    assert summarise(nowcast("japan", last_release(own), own, n_draws=2))["flag"] == "watch"


def test_every_caller_says_which_tables_are_meant() -> None:
    """Whoever calls a reader that takes a snapshot gives it one; the past is read as packaged."""
    readers = {name: getattr(data, name) for name in data.__all__}
    places = {
        name: list(inspect.signature(each).parameters)
        for name, each in readers.items()
        if callable(each) and not inspect.isclass(each)
    }
    takes = {name: at.index("snapshot") for name, at in places.items() if "snapshot" in at}
    assert {"table", "emerging", "short_rate_pct", "provenance"} <= set(takes)
    own = ("bridge", "pipeline", "studies/monitor", "studies/essay", "studies/triggers")
    forgotten = []
    for file in [each for room in own for each in (ROOT / "src/selloff" / room).rglob("*.py")]:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        brought = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "selloff.data"
            for alias in node.names
        }
        for call in (each for each in ast.walk(tree) if isinstance(each, ast.Call)):
            name = call.func.id if isinstance(call.func, ast.Name) else ""
            named = {each.arg for each in call.keywords}
            is_told = "snapshot" in named or len(call.args) > takes.get(name, -1)
            if name in brought and not is_told:
                forgotten.append(f"{file.relative_to(ROOT)}:{call.lineno} {name}")
    assert forgotten == []
