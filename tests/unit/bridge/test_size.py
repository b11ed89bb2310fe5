"""Dollars of one year in dollars of another, as shares of GDP."""

import pytest

import questions
from selloff.bridge.size import IMPACT_YEAR, growth_since
from selloff.data import table, vintage


def test_growth_is_the_ratio_of_two_gdps() -> None:
    gdp = table("gdp_annual").set_index(["area", "year"]).gdp_usd_bn["USD", IMPACT_YEAR]
    world = questions.world()
    assert growth_since(IMPACT_YEAR, world) == pytest.approx(world.gdp_usd_bn["USD"] / gdp)
    assert growth_since(IMPACT_YEAR, world) > 1.0 > growth_since(IMPACT_YEAR, vintage("2010-06"))
