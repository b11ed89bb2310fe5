from datetime import date

import pytest

from selloff.data import PACKAGED, provenance, table, vintage
from selloff.data.economies import read_gdp
from selloff.vocab.axes import CURRENCIES


@pytest.mark.parametrize(
    ("area", "year", "usd_bn"),
    [
        ("USD", 2024, 29298.025),
        ("JPY", 2024, 4019.382),
        ("GBP", 2000, 1668.69),
        ("CNY", 2026, 20650.754),
        ("EUR", 2024, 15911.659),
    ],
)
def test_gdp_equals_the_published_outlook(area: str, year: int, usd_bn: float) -> None:
    frame = table("gdp_annual")
    row = frame[(frame["area"] == area) & (frame["year"] == year)]
    assert row["gdp_usd_bn"].tolist() == [pytest.approx(usd_bn, abs=1e-9)]


def test_every_area_has_every_year_and_projections_are_marked() -> None:
    frame = table("gdp_annual").pivot(index="year", columns="area", values="is_forecast")
    assert list(frame.index) == list(range(2000, 2028))
    assert set(frame.columns) == set(CURRENCIES)
    for area in CURRENCIES:
        assert frame.index[frame[area]].tolist() == [2025, 2026, 2027]


def test_members_left_out_of_the_euro_area_are_named() -> None:
    note = next(record.note for record in provenance() if record.table == "gdp_annual")
    for country in ("Croatia", "Cyprus", "Estonia", "Latvia", "Lithuania", "Malta", "Slovakia"):
        assert country in note.split("Missing:")[1]


def test_a_vintage_takes_its_calendar_year() -> None:
    assert vintage("2020-02").gdp_usd_bn == read_gdp(PACKAGED, date(2020, 12, 31))[0]
    assert list(vintage().gdp_usd_bn) == list(CURRENCIES)
    assert vintage().gdp_usd_bn["USD"] == pytest.approx(31821.293, abs=1e-9)


@pytest.mark.parametrize(("month", "is_projection"), [("2024-12", False), ("2025-01", True)])
def test_figures_tell_projections_from_outcomes(month: str, is_projection: bool) -> None:
    built = vintage(month)
    found = {f.name: f for f in built.figures if f.name.startswith("gdp_")}
    assert len(found) == len(CURRENCIES)
    for currency in CURRENCIES:
        figure = found[f"gdp_{currency.lower()}"]
        assert figure.value == built.gdp_usd_bn[currency]
        assert figure.standing == "data"
        assert ("projection" in figure.note) == is_projection
        assert ("twelve of the twenty" in figure.note) == (currency == "EUR")


def test_a_year_without_gdp_is_refused() -> None:
    with pytest.raises(LookupError, match="no USD GDP in 1999"):
        read_gdp(PACKAGED, date(1999, 12, 31))
