"""What the economy rests on is listed, each number with its source."""

import pytest

from selloff.data import bond_markets, economy_figures, emerging, exporters, vintage


@pytest.mark.parametrize("month", ["2000-03", "2012-06", "2026-07"])
def test_every_figure_says_where_it_is_from(month: str) -> None:
    world = vintage(month)
    found = economy_figures(world)
    assert all(each.source and each.unit for each in found)
    assert {each.standing for each in found} == {"data", "derived", "assumption"}
    keys = [(each.name, each.holder, each.as_of) for each in found]
    assert len(keys) == len(set(keys))
    sizes = [each.value for each in found if each.name == "bonds_outstanding"]
    assert sizes == [each.outstanding.value for each in bond_markets()]
    held = {each.holder for each in found if each.name == "official_reserves"}
    assert held == {each.iso3 for each in emerging(world.date)[0]}


def test_companies_are_quoted_with_date_and_address() -> None:
    quoted = {
        (each.holder, each.name): each
        for each in economy_figures(vintage())
        if each.name in ("operating_profit", "profit_per_yen")
    }
    assert {holder for holder, _ in quoted} == {each.id for each in exporters()}
    assert len(quoted) == 2 * len(exporters())
    assert all(each.note.startswith("http") for each in quoted.values())
