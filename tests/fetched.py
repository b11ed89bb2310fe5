"""A vintage as `selloff update` leaves it: tables in a folder, with their provenance."""

import csv
import hashlib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import pytest

NAME = "2026-11-27"
_SHIPPED = files("selloff.data").joinpath("snapshot")


def text_of(table: str) -> str:
    """The packaged file of a table."""
    return _SHIPPED.joinpath(f"{table}.csv").read_text(encoding="utf-8")


def one_month_more() -> str:
    """Holdings of July 2026 once more, as those of August."""
    text = text_of("tic_holdings_monthly")
    last = [line for line in text.splitlines() if line.startswith("2026-07-31")]
    return text + "".join(f"{line.replace('2026-07-31', '2026-08-31')}\n" for line in last)


def fetch(
    monkeypatch: pytest.MonkeyPatch, home: Path, tables: Mapping[str, str], *, name: str = NAME
) -> Path:
    """Write a vintage into a user data folder, and make that folder the user's."""
    monkeypatch.setenv("XDG_DATA_HOME", str(home))
    folder = home / "selloff" / "vintages" / name
    folder.mkdir(parents=True)
    known = {row["table"]: row for row in csv.DictReader(text_of("provenance").splitlines())}
    with (folder / "provenance.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, list(known["fx_daily"]))
        rows.writeheader()
        for table, text in tables.items():
            (folder / f"{table}.csv").write_text(text, encoding="utf-8", newline="")
            sha256 = hashlib.sha256(text.encode()).hexdigest()
            rows.writerow(known[table] | {"sha256": sha256})
    return folder
