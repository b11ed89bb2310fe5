"""What happened between two closes, against figures worked out elsewhere."""

from datetime import date

import numpy as np
import pytest

from selloff.data import not_known, observed, trading_days
from selloff.scenario import episode_names, load_episode
from selloff.vocab import EPISODE_ABROAD, EPISODE_VARIABLES

NAN = float("nan")
# Bp for yields and the term premium; percent for the yen, which was read near Tokyo's close.
ELSEWHERE = {
    ("2020-03-09", "2020-03-18"): (16, 33, 64, 78, 75, 5.1, 20),
    ("2020-03-18", "2020-03-27"): (-29, -38, -46, -48, -32, 1.4, -4),
    ("2015-08-10", "2015-08-31"): (1, -8, -3, 6, 9, -2.7, -2),
    ("2015-08-10", "2016-02-11"): (-9, -51, -61, -39, -48, -10.3, -40),
    ("2013-05-21", "2013-09-05"): (26, 101, 104, 74, 92, -2.7, -11),
    ("2013-06-18", "2013-06-25"): (16, 42, 40, 26, 26, 2.4, 4),
    ("2022-09-21", "2022-09-22"): (9, 17, 19, 15, 15, 1.4, -2),
    ("2024-04-26", "2024-05-03"): (-15, -20, -17, -12, -2, -2.5, -2),
    ("2024-07-10", "2024-07-12"): (-17, -14, -10, -8, 0, -1.4, -4),
    ("2024-07-31", "2024-08-05"): (-40, -35, -31, -29, -17, -4.9, -29),
    ("2025-04-04", "2025-04-11"): (28, 43, 47, 44, 44, -2.4, 18),
    ("2025-04-02", "2025-04-21"): (-16, 2, 22, 37, 50, -6.1, -18),
    ("2011-07-22", "2011-08-05"): (-12, -30, -41, -44, -47, -0.2, -9),
    ("2011-08-05", "2011-08-10"): (-9, -30, -41, -28, -48, -2.4, 4),
    ("2023-08-01", "2023-08-03"): (-2, 6, 15, 21, 0, 0.1, 6),
    ("2023-07-31", "2023-10-19"): (26, 77, 101, 109, 108, 5.4, 24),
    ("2025-05-16", "2025-05-21"): (2, 9, 15, 19, 21, -0.9, 6),
    ("2008-11-24", "2008-11-25"): (-16, -18, -24, -15, -12, -0.1, 2),
    ("2008-11-28", "2008-12-01"): (-10, -22, -21, -23, -14, -0.3, 1),
    ("2008-12-15", "2008-12-16"): (-10, -16, -16, -12, -12, -0.7, -1),
    ("2009-01-27", "2009-01-28"): (2, 11, 12, 18, 11, -1.0, -1),
    ("2009-03-17", "2009-03-18"): (-23, -46, -51, -26, -40, -0.1, 0),
    ("2010-08-09", "2010-08-10"): (-2, -8, -7, -1, -5, 0.0, 1),
    ("2010-09-20", "2010-09-21"): (-4, -9, -11, -8, -9, -0.4, -2),
    ("2010-11-02", "2010-11-03"): (0, -4, 4, 16, 12, 1.0, 0),
    ("2011-09-20", "2011-09-21"): (3, 3, -7, -17, -19, -0.2, 0),
    ("2012-09-12", "2012-09-13"): (-1, -5, -2, 3, -2, -0.2, 2),
    ("2020-03-13", "2020-03-16"): (-13, -21, -21, -22, -18, 0.7, 2),
    ("2020-03-20", "2020-03-23"): (-9, -14, -16, -22, -17, -1.0, -3),
    ("1997-06-20", "1997-06-24"): (1, NAN, 5, 5, 2, 0.2, -5),
    ("2025-05-01", "2025-05-02"): (13, 11, 8, 5, 1, 0.5, -1),
    ("2022-02-25", "2022-03-08"): (8, -6, -11, -5, -18, 0.1, -5),
    ("2026-01-16", "2026-01-20"): (1, 4, 6, 8, 10, 0.1, 15),
    ("2026-01-22", "2026-01-27"): (-8, -4, -2, -1, -1, -2.6, 4),
    ("2026-02-27", "2026-03-31"): (41, NAN, 33, 24, 6, 2.3, 23),
    ("2022-12-19", "2022-12-20"): (0, 9, 12, 12, 14, -2.4, 15),
}
# Hours from Frankfurt's fixing, on days on which the yen moved by more in between.
OTHER_HOURS = {"2022-09-21": 3.8, "2025-04-02": 1.8, "2020-03-13": 2.5}


HOME = [name for name in EPISODE_VARIABLES if name not in EPISODE_ABROAD]


@pytest.mark.parametrize(("window", "wanted"), list(ELSEWHERE.items()), ids=str)
def test_moves_are_those_worked_out_elsewhere(
    window: tuple[str, str], wanted: tuple[float, ...]
) -> None:
    found = observed(*map(date.fromisoformat, window))
    assert list(found) == [name for name in EPISODE_VARIABLES if name in found]
    assert set(HOME) < set(found)
    # There the JGB is of the same day, in Tokyo before New York; here of the next one.
    pairs = [pair for pair in zip(HOME, wanted, strict=True) if "jgb" not in pair[0]]
    assert sum(bool(np.isfinite(value) and np.isfinite(found[name])) for name, value in pairs) >= 2
    for name, value in pairs:
        slack = OTHER_HOURS.get(window[0], 1.4) if name == "usdjpy_pct" else 0.75
        if np.isfinite(value) and np.isfinite(found[name]):
            assert found[name] == pytest.approx(value, abs=slack), name


def test_episodes_of_the_record_are_covered_by_it() -> None:
    told = list(map(load_episode, episode_names()))
    spans = [(str(e.start), str(e.end)) for e in told]
    assert sum(each in ELSEWHERE for each in spans) >= 25
    for each in told:
        found = observed(each.start, each.end)
        quoted = [name for name in each.judged if name in found]
        assert len(quoted) >= len(HOME)
        assert np.isfinite([found[name] for name in quoted]).all(), each.name


@pytest.mark.parametrize(
    ("window", "moved"),
    [
        (("2009-03-17", "2009-03-18"), -3.7),
        (("2022-12-19", "2022-12-20"), 23.5),
        (("2011-09-20", "2011-09-22"), -1.2),
    ],
)
def test_the_jgb_is_read_after_new_york_has_closed(window: tuple[str, str], moved: float) -> None:
    """From the last close in Tokyo up to the start to the first one after the end."""
    found = observed(*map(date.fromisoformat, window))
    assert found["jgb_10y_bp"] == pytest.approx(moved, abs=0.05)


def test_tables_that_do_not_reach_say_from_when_to_when() -> None:
    gone = observed(date(2026, 11, 2), date(2026, 11, 6))
    told = not_known(gone)
    (yields,) = [each for each in told if "us_10y_bp" in each]
    assert yields.startswith("us_2y_bp, us_5y_bp, us_10y_bp: us_yields_daily runs from 1990-01-02")
    assert not_known(observed(date(2020, 3, 9), date(2020, 3, 18))) == []


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


def test_rates_abroad_are_quoted_as_markets_do() -> None:
    """By the fixings of Frankfurt: the pound from 1.0802 to 1.0596, the yuan from 6.2 to 6.4."""
    pound = observed(date(2022, 9, 27), date(2022, 9, 28))["gbpusd_pct"]
    assert pound == pytest.approx(-1.91, abs=0.02)
    august = observed(date(2015, 8, 10), date(2015, 8, 31))
    assert august["usdcny_pct"] == pytest.approx(2.78, abs=0.02)
    assert august["eurusd_pct"] == pytest.approx(2.33, abs=0.02)


def test_a_yield_that_no_table_holds_is_said_to_be_missing() -> None:
    assert "cgb_10y_bp" not in observed(date(2015, 8, 10), date(2015, 8, 31))
    (told,) = not_known({"cgb_10y_bp": float("nan")})
    assert "no free table holds it by day; observed can give it" in told
