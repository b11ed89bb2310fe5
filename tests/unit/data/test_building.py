import subprocess
import sys
from datetime import date

import numpy as np
import pandas as pd
import pytest

from selloff.data import (
    DEFAULT_VINTAGE,
    PACKAGED,
    Snapshot,
    Vintage,
    build_vintage,
    vintage,
    vintages,
)
from selloff.vocab.axes import BUCKETS, CURRENCIES
from selloff.vocab.errors import VintageError
from selloff.vocab.holders import holders

SAMPLE = ("2000-03", "2002-11", "2008-09", "2013-04", "2020-02", "2022-12", "2025-09", "2026-07")


def known_by(day: date) -> Snapshot:
    def read(name: str) -> pd.DataFrame:
        frame = PACKAGED.read(name)
        return frame[frame["date"] <= pd.Timestamp(day)]

    return Snapshot(read)


def dated(built: Vintage) -> str:
    return repr(built.figures)


def test_list_runs_without_a_gap_from_the_first_month_to_the_default() -> None:
    ids = [info.id for info in vintages()]
    months = pd.period_range("2000-03", DEFAULT_VINTAGE, freq="M").strftime("%Y-%m")
    assert ids == list(months)
    assert [info.id for info in vintages() if info.is_default] == [DEFAULT_VINTAGE]


@pytest.mark.parametrize("month", SAMPLE)
def test_books_add_up_in_both_directions(month: str) -> None:
    built = vintage(month)
    assert built.books.shape == (len(built.holders), len(BUCKETS))
    assert np.abs(built.books.sum(axis=0) - built.outstanding).max() < 1e-8
    totals = {f.holder: f.value for f in built.figures if f.name == "holder_total"}
    assert set(totals) == set(built.holders)
    for holder, row in zip(built.holders, built.books, strict=True):
        assert row.sum() == pytest.approx(totals[holder], abs=1e-8)
    assert (built.books >= 0.0).all()
    assert (built.books.sum(axis=1) > 0.0).all()


@pytest.mark.parametrize("month", SAMPLE)
def test_foreign_books_sum_to_the_published_totals(month: str) -> None:
    built = vintage(month)
    faces = built.books_by_name()
    foreign = [name for name in built.holders if holders()[name].residence != "usa"]
    official = [name for name in foreign if holders()[name].sector == "official"]
    published = {f.name: f.value for f in built.figures if f.holder is None}
    assert sum(faces[name] for name in foreign) == pytest.approx(
        published["foreign_total"], abs=1e-8
    )
    assert sum(faces[name] for name in official) == pytest.approx(
        published["foreign_official_total"], abs=1e-8
    )
    lines = {f.holder: f.value for f in built.figures if f.name == "country_total"}
    for country, line in lines.items():
        assert faces[str(country)] == pytest.approx(line, abs=1e-8)


def test_default_vintage_holds_the_published_figures() -> None:
    built = vintage()
    assert built.id == DEFAULT_VINTAGE
    assert built.date == date(2026, 7, 31)
    assert built.book("jpn") == pytest.approx(1103.943, abs=1e-8)
    assert built.book("fed") == pytest.approx(4487.319, abs=1e-8)
    assert built.outstanding.sum() == pytest.approx(31451.5, abs=1e-8)
    published = {f.name: f.value for f in built.figures if f.holder is None}
    assert published["foreign_total"] == pytest.approx(9248.13, abs=0.01)
    assert published["foreign_official_total"] == pytest.approx(3773.139)


def test_money_funds_hold_nothing_beyond_a_year() -> None:
    built = vintage("2020-02")
    row = built.books[built.holders.index("usa_mmf")]
    assert row[0] > 0.0
    assert (row[1:] == 0.0).all()


def test_holders_come_in_the_order_of_the_holder_table() -> None:
    built = vintage("2013-04")
    assert [name for name in holders() if name in built.holders] == list(built.holders)


@pytest.mark.parametrize("month", ["2002-11", "2013-04", "2020-02"])
def test_a_vintage_uses_nothing_dated_after_it(month: str) -> None:
    built = vintage(month)
    rebuilt = build_vintage(known_by(built.date), built.date)
    assert rebuilt.holders == built.holders
    assert np.array_equal(rebuilt.books, built.books)
    assert np.array_equal(rebuilt.coupon_pct, built.coupon_pct)
    assert np.array_equal(rebuilt.net_issuance_usd_bn, built.net_issuance_usd_bn)
    assert rebuilt.fx_usd_per_lc == built.fx_usd_per_lc
    assert dated(rebuilt) == dated(built)
    assert all(figure.as_of <= built.date for figure in built.figures)


def test_what_happens_later_is_seen_only_later() -> None:
    early = build_vintage(known_by(date(2020, 2, 29)), date(2020, 2, 29))
    assert early.book("jpn") == pytest.approx(1268.6, abs=1e-8)
    assert vintage("2020-03").book("jpn") != early.book("jpn")


def test_default_vintage_does_not_rest_on_days_with_one_source() -> None:
    day = pd.Timestamp(2026, 8, 20)
    assert vintage().date < day.date()


@pytest.mark.parametrize("month", ["2000-03", "2026-07"])
def test_every_figure_says_what_it_rests_on(month: str) -> None:
    built = vintage(month)
    for figure in built.figures:
        assert figure.source
        assert figure.unit
        assert figure.standing in {"data", "derived", "assumption"}
        if figure.standing == "assumption" and figure.name == "holder_total":
            assert figure.note


@pytest.mark.parametrize("month", ["2026-7", "2026-08", "1999-12", "next year", ""])
def test_unknown_month_is_refused_with_the_allowed_range(month: str) -> None:
    with pytest.raises(VintageError, match="2000-03 to 2026-07") as caught:
        vintage(month)
    assert caught.value.exit_code == 2
    assert repr(month) in str(caught.value)


def test_a_mistyped_month_gets_the_nearest_one() -> None:
    with pytest.raises(VintageError, match="Did you mean '2026-07'"):
        vintage("2026-7")


@pytest.mark.parametrize(
    ("month", "words"),
    [("1900-01", "begin with .* in 2000-03"), ("2031-01", "Write vintage: 2026-07")],
)
def test_a_month_beyond_the_books_is_told_where_they_end(month: str, words: str) -> None:
    with pytest.raises(VintageError, match=words) as caught:
        vintage(month)
    assert "Did you mean" not in str(caught.value)


def test_a_month_whose_inputs_are_missing_is_refused_with_the_reason() -> None:
    day = date(2013, 4, 30)
    with pytest.raises(VintageError, match="no foreign holdings for 2013-05-31"):
        build_vintage(known_by(day), date(2013, 5, 31))


def test_arrays_of_a_vintage_cannot_be_written() -> None:
    built = vintage()
    for array in (
        built.books,
        built.outstanding,
        built.coupon_pct,
        built.net_issuance_usd_bn,
        built.curves["USD"].par_yield_pct,
    ):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1.0


def test_reading_data_loads_no_jax() -> None:
    code = (
        "import sys, selloff.data; selloff.data.vintage(); "
        "sys.exit(any(name.split('.')[0] == 'jax' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_currencies_without_a_free_curve_are_absent_and_say_so() -> None:
    built = vintage()
    assert set(built.curves) == {"USD", "JPY"}
    assert set(built.fx_usd_per_lc) == set(CURRENCIES)
    absent = {f.name: f.note for f in built.figures if np.isnan(f.value)}
    for name in ("par_yield_eur", "par_yield_gbp", "par_yield_cny"):
        assert "absent" in absent[name]
