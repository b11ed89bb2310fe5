from datetime import date

import numpy as np
import pytest

from selloff.data import PACKAGED, vintage
from selloff.data.issuance import YEARS_AHEAD, read_issuance


def test_ten_years_ahead_sum_to_the_baseline() -> None:
    issuance = vintage().net_issuance_usd_bn
    assert issuance.shape == (YEARS_AHEAD,)
    days = (date(2036, 7, 31) - date(2035, 9, 30)).days / 366.0
    last = 53103.223 + days * (56152.391 - 53103.223)
    days = (date(2026, 7, 31) - date(2025, 9, 30)).days / 365.0
    first = 30172.402 + days * (32095.165 - 30172.402)
    assert issuance[:10].sum() == pytest.approx(last - first, abs=15.0)


def test_after_the_baseline_debt_grows_at_its_last_rate() -> None:
    issuance = vintage().net_issuance_usd_bn
    growth = 56152.391 / 53103.223
    assert issuance[15:] / issuance[14:-1] == pytest.approx(np.full(15, growth), rel=1e-6)


def test_figures_say_where_the_baseline_ends() -> None:
    standings = [f.standing for f in vintage().figures if f.name == "net_issuance"]
    assert standings == ["derived"] * 10 + ["assumption"] * 20


def test_only_a_baseline_published_by_then_is_used() -> None:
    _, figures = read_issuance(PACKAGED, date(2020, 2, 29))
    assert {figure.as_of for figure in figures} == {date(2019, 5, 1)}


def test_without_a_baseline_issuance_is_zero_and_says_so() -> None:
    issuance, figures = read_issuance(PACKAGED, date(2013, 4, 30))
    assert not issuance.any()
    assert [figure.standing for figure in figures] == ["assumption"]
