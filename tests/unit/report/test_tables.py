import json

import numpy as np
import pytest

from selloff.report.history import against_history
from selloff.report.tables import (
    bill_table,
    buyer_table,
    group_table,
    history_table,
    identity_table,
    listed,
    metrics_table,
    outcome_table,
    parameter_table,
    source_table,
)


def test_every_row_fits_its_head(dump) -> None:
    dataset, summary = dump
    tables = [
        metrics_table(summary),
        history_table(against_history(dataset)),
        group_table(dataset),
        buyer_table(dataset),
        bill_table(dataset),
        outcome_table(summary),
        identity_table(dataset),
        source_table(dataset),
        parameter_table(dataset),
    ]
    for table in tables:
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.head)}
        assert all(isinstance(cell, str) for row in table.rows for cell in row)


def test_identities_pass_and_fail(dump) -> None:
    dataset, _ = dump
    assert {row[3] for row in identity_table(dataset).rows} == {"holds"}
    residual = dataset["identity_residual"].copy()
    residual[3, 1] = -2e-6
    broken = identity_table(dataset.assign(identity_residual=residual)).rows
    assert [row[3] for row in broken].count("BROKEN") == 1
    assert broken[1][1] == "2.0e-06"


def test_an_identity_nobody_checked_does_not_pass(build) -> None:
    dataset, _ = build(failed=5, draws=5)
    assert {row[3] for row in identity_table(dataset).rows} == {"BROKEN"}


def test_outcomes_are_counted(build) -> None:
    _, summary = build(failed=3, draws=12)
    assert outcome_table(summary).rows == (
        ("Completed", "9", "75.0%"),
        ("No equilibrium", "3", "25.0%"),
        ("Dealers always had room", "9", "75.0%"),
    )
    counts = {"outcomes": {"unfinished": 1, "frozen": 0}, "capacity": {}}
    assert outcome_table(counts).rows == (
        ("Unfinished at the horizon", "1", "100%"),
        ("Frozen by the United States with part unsold", "0", "0%"),
    )


def test_parameters_keep_their_standing_and_source(dump) -> None:
    dataset, _ = dump
    rows = parameter_table(dataset).rows
    assert len(rows) == len(json.loads(dataset.attrs["parameters"]))
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert {row[7] for row in rows} == {"assumption", "data"}
    assert all(row[8] for row in rows)


def test_the_bill_adds_what_the_proceeds_became(dump) -> None:
    dataset, _ = dump
    labels = [row[0] for row in bill_table(dataset).rows]
    assert labels[-1] == "Proceeds now in yen"
    middle = np.median(dataset["seller_proceeds"])
    assert bill_table(dataset).rows[0][1] == f"${middle:,.0f}bn"


def test_metrics_show_the_mean_where_there_is_one(dump) -> None:
    _, summary = dump
    row = metrics_table(summary).rows[2]
    mean = summary["metrics"]["us_10y_peak_bp"]["mean"]
    assert row[3] == f"{mean:.0f}bp"
    assert row[4:] == ("", "us_10y_peak_bp")


@pytest.mark.parametrize("text", ['{"a": 1}', "null"])
def test_an_attribute_that_is_no_list_reads_as_none(dump, text) -> None:
    assert listed(dump[0].assign_attrs(limits=text), "limits") == []
    assert listed(dump[0], "absent") == []
