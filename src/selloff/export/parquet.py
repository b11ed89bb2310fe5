"""Tidy tables as Parquet files, for DuckDB, Arrow and whatever reads them."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

import pyarrow as pa
import xarray as xr
from pyarrow.parquet import ParquetWriter

from selloff.export.scenario_notes import provenance
from selloff.export.tidy import columns, tidy_draws, tidy_metrics, tidy_quantiles
from selloff.vocab import Content, write_set

_GROUP: Final = 1_000_000
"""Rows from which a group is written."""


def write_parquet(ds: xr.Dataset, folder: Path, *, each_draw: bool = False) -> list[Path]:
    """Write quantiles of every variable and every draw of the headline numbers; with `each_draw`
    every draw of every variable as well."""
    return write_set(folder, _contents(ds, each_draw))


def _contents(ds: xr.Dataset, each_draw: bool) -> Iterator[tuple[str, Content]]:
    yield "quantiles.parquet", _file(ds, tidy_quantiles(ds))
    yield "metrics.parquet", _file(ds, tidy_metrics(ds))
    if each_draw:
        yield "draws.parquet", _file(ds, tidy_draws(ds))


def _file(ds: xr.Dataset, tables: Iterable[pa.Table]) -> memoryview:
    memory, schema = BytesIO(), columns().with_metadata(provenance(ds))
    with ParquetWriter(memory, schema, compression="zstd") as writer:
        for group in _grouped(tables):
            writer.write_table(group.replace_schema_metadata(schema.metadata))
    return memory.getbuffer()


def _grouped(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Put small tables together: a reader opens few large groups faster than many small ones."""
    held: list[pa.Table] = []
    for table in tables:
        held.append(table)
        if sum(each.num_rows for each in held) >= _GROUP:
            yield pa.concat_tables(held).unify_dictionaries()
            held = []
    if held:
        yield pa.concat_tables(held).unify_dictionaries()
