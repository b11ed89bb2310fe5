"""`meta` shows what the studies say together."""

import json
from typing import Any

from selloff.evidence import load_meta


def test_meta_shows_posterior_movers_and_priors(selloff_: Any) -> None:
    text = selloff_("meta").stdout
    assert "all rows" in text
    assert "without rows from memory" in text
    assert "beltran-2013" in text
    found = json.loads(selloff_("meta", "--json").stdout)
    assert found["quantities"]["fx_impact"] == list(load_meta().quantities["fx_impact"])
