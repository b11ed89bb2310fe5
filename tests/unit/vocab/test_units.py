"""Units read as numbers."""

import pytest

from selloff.vocab import dollar_year, factor, measure


@pytest.mark.parametrize(
    ("unit", "wanted"),
    [
        ("ratio", 1.0),
        ("1/year", 1.0),
        ("bp", 1e-4),
        ("percentage points a year", 1e-2),
        ("100 x log", 1e-2),
        ("10 percent of yen", 0.1),
        ("100bp of premium", 1e-2),
        ("100 t", 100.0),
        ("1/quarter", 1.0),
        ("USD tn", 1e3),
        ("USD 100bn a month", 100.0),
        ("USD bn face, 2026 dollars", 1.0),
        ("point of VIX", 1.0),
    ],
)
def test_a_unit_is_measured(unit: str, wanted: float) -> None:
    assert measure(unit) == pytest.approx(wanted, rel=1e-15)


@pytest.mark.parametrize(
    ("unit", "wanted"),
    [
        ("bp per 100 bp", 1e-2),
        ("percent of GDP per 100 bp", 1.0),
        ("percent per 100 tonnes", 1e-4),
        ("percentage points per 10 percent of yen", 0.1),
        ("USD bn a year per percentage point", 100.0),
        ("100 x log per unit of stress", 1e-2),
        ("index points per 1 percent of US GDP", 100.0),
    ],
)
def test_a_unit_per_another_is_their_ratio(unit: str, wanted: float) -> None:
    assert factor(unit) == pytest.approx(wanted, rel=1e-14)


def test_only_amounts_have_a_year_of_dollars() -> None:
    assert dollar_year("USD bn per business day, 2020 dollars") == 2020
    assert dollar_year("USD of 2025") == 2025
    assert dollar_year("USD bn") is None
    assert dollar_year("bp per USD 100bn of 10-year equivalents, 2024 dollars") is None
