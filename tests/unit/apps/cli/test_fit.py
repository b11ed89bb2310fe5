"""`fit` shows the core beside the data."""

import json
from typing import Any


def test_fit_shows_moments_structure_and_two_countries(selloff_: Any) -> None:
    text = selloff_("fit").stdout
    for part in ("volatility usd_10y", "short_rate_reversion", "Fama-Bliss home", "Not verified"):
        assert part in text
    assert {"fit", "identified", "two"} == set(json.loads(selloff_("fit", "--json").stdout))
