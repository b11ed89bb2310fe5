"""The parameter table, and the sample figures in it."""

import ast
import re
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from origins.wedge_shape import wedge_shapes

import selloff
from marks import every
from selloff.data import table, yen_trend
from selloff.evidence import Parameter, load_meta, parameters
from selloff.vocab import metrics, variables

DISTRIBUTIONS = {"constant", "uniform", "loguniform", "normal", "lognormal", "logitnormal"}
STANDINGS = {"verified", "secondary", "synthesis", "estimated", "computed", "assumption"}
ROWS = every(parameters().values(), lambda row: row.name)


@ROWS
def test_a_row_says_what_it_is_and_where_it_is_from(row: Parameter) -> None:
    assert row.distribution in DISTRIBUTIONS
    assert row.standing in STANDINGS
    assert row.p05 <= row.p50 <= row.p95
    assert all(np.isfinite([row.p05, row.p50, row.p95]))
    assert row.unit
    assert row.symbol
    assert row.mechanism
    assert len(row.reason) > 10
    assert row.moves
    assert set(row.moves) <= {*metrics(), *variables(), "absorbed_by", "trigger_paths"}


@ROWS
def test_facts_have_sources_and_assumptions_have_none(row: Parameter) -> None:
    if row.standing == "assumption":
        assert row.source == "none" or row.source.startswith("shape from")
    else:
        assert row.source
        assert row.source != "none"


@ROWS
def test_the_range_fits_the_distribution(row: Parameter) -> None:
    if row.distribution == "constant":
        assert row.p05 == row.p50 == row.p95
    elif row.distribution == "uniform":
        assert row.p50 == pytest.approx(0.5 * (row.p05 + row.p95))
    elif row.distribution == "loguniform":
        assert row.p50 == pytest.approx(np.sqrt(row.p05 * row.p95), rel=0.15)
    elif row.distribution == "normal":
        assert row.p05 < row.p50 < row.p95
        assert row.p95 - row.p50 == pytest.approx(row.p50 - row.p05, rel=1e-6)
    else:
        assert 0.0 < row.p05 < row.p50 < row.p95
    if row.distribution == "logitnormal":
        assert row.p95 < 1.0


@ROWS
def test_pairs_name_each_other_and_correlate_properly(row: Parameter) -> None:
    if row.drawn_with:
        assert row.drawn_with in parameters()
        order = list(parameters())
        assert order.index(row.drawn_with) < order.index(row.name)
        assert 0.0 < abs(row.correlation) < 1.0
    else:
        assert row.correlation == 0.0


def monthly(name: str, column: str) -> pd.Series:
    """Last figure of every month."""
    days = table(name).set_index("date")[column].dropna()
    return days.groupby(days.index.to_period("M")).last()


def yearly_volatility(levels: pd.Series) -> float:
    return float(levels.diff().std() * np.sqrt(12.0))


def test_short_rate_volatility_is_the_sample_s() -> None:
    usd = yearly_volatility(monthly("us_yields_daily", "1Y") / 100.0)
    assert usd == pytest.approx(parameters()["short_rate_volatility_usd"].p50, abs=5e-5)


def test_the_yen_rate_lies_between_its_two_samples() -> None:
    jpy = monthly("jgb_yields_daily", "1Y") / 100.0
    long, late = yearly_volatility(jpy), yearly_volatility(jpy["2000":])
    assert long == pytest.approx(0.0050, abs=5e-5)
    assert late == pytest.approx(0.0017, abs=5e-5)
    assert late < parameters()["short_rate_volatility_jpy"].p50 < long


def test_yields_revert_as_the_sample_does() -> None:
    levels = monthly("us_yields_daily", "1Y").to_numpy()
    slope = np.polyfit(levels[:-1], levels[1:], 1)[0]
    assert -12.0 * np.log(slope) == pytest.approx(parameters()["yield_reversion"].p50, abs=5e-3)
    row = parameters()["short_rate_reversion"]
    assert row.p05 < -12.0 * np.log(slope) < row.p95


def test_the_wedge_has_the_shape_of_weeks_outside_the_episodes() -> None:
    found = wedge_shapes()
    for tenor, (low, mid, high) in found.items():
        row = parameters()[f"wedge_shape_{tenor.lower()}"]
        if row.distribution == "constant":
            assert row.p50 == pytest.approx(mid, abs=5e-4)
        elif row.distribution == "uniform":
            assert (row.p05, row.p95) == pytest.approx((low, high), abs=5e-3)
        else:
            assert (row.p05, row.p50, row.p95) == pytest.approx((low, mid, high), rel=5e-3)


def test_the_meta_analysis_fills_its_rows() -> None:
    meta = load_meta()
    for name, spread in meta.quantities.items():
        row = parameters()[name]
        assert (row.p05, row.p50, row.p95) == pytest.approx(spread, rel=5e-3)
        assert row.standing == "estimated"
        assert str(meta.certificate["rows"]) in row.source


def test_metrics_named_as_moved_exist() -> None:
    known = {*metrics(), *variables(), "absorbed_by", "trigger_paths"}
    for row in parameters().values():
        assert set(row.moves) <= known, row.name


CURRENCIES = ("JPY", "EUR", "GBP", "CNY")


@cache
def words_of_the_source() -> tuple[set[str], list[re.Pattern[str]]]:
    """Quoted words in the rooms that use parameters, and the shapes of words put together."""
    root = Path(selloff.__file__).parent
    words, shapes = set[str](), list[re.Pattern[str]]()
    for file in sorted(
        file for room in ("bridge", "studies") for file in (root / room).rglob("*.py")
    ):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(part.value) if isinstance(part, ast.Constant) else "[a-z0-9_]+"
                    for part in node.values
                ]
                if re.search("[a-z]{4}", "".join(parts).replace("[a-z0-9_]+", "")):
                    shapes.append(re.compile("".join(parts)))
    return words, shapes


def is_used(name: str) -> bool:
    """Whether it becomes a field, stands in the source, or is made of two words that both do."""
    if name in parameters() and parameters()[name].becomes:
        return True
    if any(row.turned == f"x {name}" for row in parameters().values()):
        return True
    words, shapes = words_of_the_source()
    endings = words | {currency.lower() for currency in CURRENCIES}
    cuts = [i + 1 for i, letter in enumerate(name) if letter == "_"]
    return (
        name in words
        or any(shape.fullmatch(name) for shape in shapes)
        or any(name[:cut] in words and name[cut:] in endings for cut in cuts)
    )


@every(n for n, row in parameters().items() if row.mechanism.startswith("reaction: "))
def test_every_parameter_of_the_answers_is_used(name: str) -> None:
    assert is_used(name)


def test_a_parameter_nobody_reads_would_be_found() -> None:
    assert not any(is_used(name) for name in ("fed_gates", "fed_pace_zeroth", "haven_squeeze_chf"))


@pytest.mark.parametrize(
    ("name", "first", "last", "sign"),
    [
        ("haven_squeeze", "2020-03-09", "2020-03-18", -1.0),
        ("haven_doubt", "2025-04-02", "2025-04-22", 1.0),
    ],
)
def test_a_unit_of_stress_is_what_currencies_did_then(
    name: str, first: str, last: str, sign: float
) -> None:
    levels = np.log(table("fx_daily").set_index("date")[list(CURRENCIES)])
    moved = 100.0 * (levels.loc[last] - levels.loc[first])
    for currency in CURRENCIES:
        row = parameters()[f"{name}_{currency.lower()}"]
        assert row.p50 == pytest.approx(sign * moved[currency], abs=0.02)


def test_a_unit_of_stress_is_what_the_ten_year_yield_did_in_march_2020() -> None:
    ten = table("us_yields_daily").set_index("date")["10Y"]
    moved = 100.0 * (ten.loc["2020-03-18"] - ten.loc["2020-03-09"])
    assert parameters()["stress_unit"].p50 == pytest.approx(moved)


def test_the_trigger_of_interventions_lies_where_yen_were_bought() -> None:
    rounds = table("mof_intervention_daily")
    bought = rounds[(rounds["date"] >= "2022") & (rounds["direction"] == "sell_USD_buy_JPY")]
    memory = parameters()["mof_memory"].p50
    gaps = [-yen_trend(day.date(), memory_days=memory) for day in bought["date"]]
    assert (min(gaps), max(gaps)) == pytest.approx((0.006, 0.13), abs=0.002)
    row = parameters()["mof_trigger"]
    assert row.p05 < np.median(gaps) < row.p95


@pytest.mark.parametrize(
    ("stress", "sold", "held"),
    # March 2020, and doubt in April 2025 at its weight: FEDS Notes of 2021 and 2026.
    [(1.0, 173.0, 1090.0), (0.5, 60.0, 2400.0)],
)
def test_levered_funds_sell_in_the_range_what_they_sold_then(
    stress: float, sold: float, held: float
) -> None:
    limit, scale, power = (
        np.array([getattr(parameters()[f"levered_{name}"], end) for end in ("p05", "p50", "p95")])
        for name in ("cut_limit", "stop_scale", "stop_power")
    )
    closed = limit[:, None, None] * -np.expm1(-((stress / scale[:, None]) ** power))
    assert closed.min() < sold / held < closed.max()
    middle = limit[1] * -np.expm1(-((stress / scale[1]) ** power[1]))
    assert 0.4 < middle / (sold / held) < 2.5
