"""Build the dated data snapshot that ships with the package from a folder of raw public files."""

import csv
import hashlib
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Final

import pandas as pd
import snapshot_debt
import snapshot_economies
import snapshot_emerging
import snapshot_holdings
import snapshot_japan
import snapshot_markets
import snapshot_monitor
import snapshot_reserves

from selloff.data import PROVENANCE, Provenance
from selloff.vocab import as_csv, write_set

TARGET: Final = Path(__file__).resolve().parents[1] / "src" / "selloff" / "data" / "snapshot"
SOURCES: Final = Path(__file__).resolve().with_name("snapshot_sources.csv")
FIELDS: Final = tuple(each.name for each in fields(Provenance))
SIZE_LIMIT_BYTES: Final = 15_000_000


def makers() -> dict[str, Callable[[Path], pd.DataFrame]]:
    """List every table with the function that tidies it."""
    return {
        **snapshot_holdings.MAKERS,
        **snapshot_debt.MAKERS,
        **snapshot_markets.MAKERS,
        **snapshot_economies.MAKERS,
        **snapshot_emerging.MAKERS,
        **snapshot_japan.MAKERS,
        **snapshot_monitor.MAKERS,
        **snapshot_reserves.MAKERS,
    }


def to_bytes(frame: pd.DataFrame) -> bytes:
    """Write a tidy table as bytes that depend on nothing but its values."""
    dated = frame.assign(date=pd.to_datetime(frame["date"]).dt.strftime("%Y-%m-%d"))
    keys = [name for name in dated.columns if not pd.api.types.is_float_dtype(dated[name].dtype)]
    ordered = dated.sort_values(["date", *(key for key in keys if key != "date")], kind="stable")
    columns = ["date", *(name for name in ordered.columns if name != "date")]
    text: str = ordered[columns].to_csv(index=False, lineterminator="\n", float_format="%.12g")
    return text.encode("utf-8")


def describe(
    name: str, content: bytes, frame: pd.DataFrame, *, source: Mapping[str, str]
) -> dict[str, str]:
    """Make the provenance row of one table."""
    dates = pd.to_datetime(frame["date"])
    return {
        **source,
        "table": name,
        "file": f"{name}.csv",
        "first_date": f"{dates.min():%Y-%m-%d}",
        "last_date": f"{dates.max():%Y-%m-%d}",
        "rows": str(len(frame)),
        "redistributable": "yes",
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def build(raw: Path, target: Path) -> int:
    """Write all tables as one set, and take away those that are no more.

    Arguments:
        raw: folder of raw files, one sub-folder per subject [path].
        target: folder of the shipped snapshot [path].

    Returns:
        Size of the snapshot [bytes].

    Raises:
        ValueError: a table has no licence row, a licence row has no table, or the size is too big.

    Source: `snapshot_sources.csv` beside this file.
    """
    with SOURCES.open(encoding="utf-8", newline="") as stream:
        sources = {row["table"]: row for row in csv.DictReader(stream)}
    tables = makers()
    if set(tables) != set(sources):
        raise ValueError(f"tables and licence rows differ: {set(tables) ^ set(sources)}")
    contents, rows = {}, [FIELDS]
    for name in sorted(tables):
        frame = tables[name](raw)
        contents[f"{name}.csv"] = content = to_bytes(frame)
        row = describe(name, content, frame, source=sources[name])
        rows.append(tuple(row[field] for field in FIELDS))
    contents[PROVENANCE] = as_csv(rows).encode()
    size = sum(map(len, contents.values()))
    if size > SIZE_LIMIT_BYTES:
        raise ValueError(f"snapshot is {size} bytes; at most {SIZE_LIMIT_BYTES}")
    write_set(target, contents.items())
    for stale in {file.name for file in target.glob("*.csv")} - set(contents):
        (target / stale).unlink()
    return size


def main(arguments: list[str]) -> int:
    """Run from the command line with the raw folder as the only argument."""
    if len(arguments) != 1:
        sys.stderr.write("usage: snapshot.py RAW_FOLDER\n")
        return 2
    size = build(Path(arguments[0]), TARGET)
    sys.stdout.write(f"{len(makers())} tables, {size / 1e6:.2f} MB in {TARGET}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
