"""What happened between two closes, against figures worked out elsewhere."""

from datetime import date

import numpy as np
import pytest

from selloff.data import observed, trading_days
from selloff.vocab import EPISODE_VARIABLES

# Bp for yields and the term premium; the yen at Tokyo's close, hours away from Frankfurt's.
ELSEWHERE = {
    ("2020-03-09", "2020-03-18"): (16, 33, 64, 78, 75, 5.1, 20),
    ("2013-05-21", "2013-09-05"): (26, 101, 104, 74, 92, -2.7, -11),
    ("2025-04-04", "2025-04-11"): (28, 43, 47, 44, 44, -2.4, 18),
    ("2011-08-05", "2011-08-10"): (-9, -30, -41, -28, -48, -2.4, 4),
    ("2009-03-17", "2009-03-18"): (-23, -46, -51, -26, -40, -0.1, 0),
    ("2012-09-12", "2012-09-13"): (-1, -5, -2, 3, -2, 0.4, 2),
    ("2026-01-16", "2026-01-20"): (1, 4, 6, 8, 10, 0.1, 15),
}


@pytest.mark.parametrize(("window", "wanted"), list(ELSEWHERE.items()))
def test_moves_are_those_worked_out_elsewhere(
    window: tuple[str, str], wanted: tuple[float, ...]
) -> None:
    found = observed(*map(date.fromisoformat, window))
    assert list(found) == list(EPISODE_VARIABLES)
    for name, value in zip(EPISODE_VARIABLES, wanted, strict=True):
        slack = 1.3 if name == "usdjpy_pct" else 1.0
        assert found[name] == pytest.approx(value, abs=slack), name


def test_what_no_table_covers_is_not_a_number() -> None:
    found = observed(date(2026, 9, 1), date(2026, 12, 1))
    assert np.isnan(found["us_10y_bp"])
    assert np.isnan(observed(date(1998, 1, 5), date(1998, 2, 5))["usdjpy_pct"])


def test_a_weekend_takes_the_last_close_and_a_long_gap_takes_none() -> None:
    friday, sunday = date(2020, 3, 13), date(2020, 3, 15)
    assert observed(sunday, date(2020, 3, 16)) == observed(friday, date(2020, 3, 16))


def test_trading_days_know_holidays_and_go_on_without_the_table() -> None:
    assert trading_days(date(2020, 3, 9), date(2020, 3, 18)) == 7
    assert trading_days(date(2025, 7, 3), date(2025, 7, 7)) == 1
    assert trading_days(date(2030, 1, 7), date(2030, 1, 14)) == 5
    assert trading_days(date(2020, 3, 9), date(2020, 3, 9)) == 0
