"""Events in words."""

import numpy as np
import pytest

from selloff.studies.reverse import Bound, read_bounds
from selloff.studies.reverse.bounds import hold
from selloff.vocab import InputError


def test_an_event_is_read() -> None:
    found = read_bounds("us_10y_peak_bp >= 100 and usdjpy_trough_pct<=-10.5", years=10.0)
    assert found == (
        Bound("us_10y_peak_bp", ">=", 100.0),
        Bound("usdjpy_trough_pct", "<=", -10.5),
    )
    assert str(found[1]) == "usdjpy_trough_pct <= -10.5"
    assert found[0].words == "US 10-year yield, highest: at least 100 bp"


def test_all_must_hold_ends_included_and_what_is_missing_does_not() -> None:
    bounds = read_bounds("us_10y_peak_bp >= 2 and usdjpy_trough_pct <= -1", years=10.0)
    numbers = {
        "us_10y_peak_bp": np.array([2.0, 3.0, 1.0, np.nan]),
        "usdjpy_trough_pct": np.array([-1.0, -0.9, -5.0, -5.0]),
    }
    assert hold(bounds, numbers).tolist() == [True, False, False, False]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "METRIC >= NUMBER"),
        ("us_10y_peak_bp > 100", "METRIC >= NUMBER"),
        ("us_10y_peak_bp", "METRIC >= NUMBER"),
        ("us_10y_pek_bp >= 1", "Did you mean 'us_10y_peak_bp'?"),
        ("us_10y_peak_bp >= 100bp", "a number of bp"),
        ("us_10y_peak_bp >= inf", "a number of bp"),
        ("us_gdp_q8_pct <= -1", "a run of 2 years or more; this one is 1 year"),
        ("us_10y_peak_bp >= 1 and", "METRIC >= NUMBER"),
    ],
)
def test_what_is_no_event_is_refused(text: str, words: str) -> None:
    with pytest.raises(InputError) as error:
        read_bounds(text, years=1.0)
    assert words in str(error.value)


def test_all_that_is_wrong_is_named() -> None:
    with pytest.raises(InputError) as error:
        read_bounds("x >= 1 and us_10y_peak_bp < 3 and us_2y_peak_bp >= y", years=10.0)
    assert len(error.value.problems) == 3
