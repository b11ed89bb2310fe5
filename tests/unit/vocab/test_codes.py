"""Codes of other systems: every country has its own, and no two share one."""

import csv
import re
from importlib.resources import files

import pytest

from selloff import data
from selloff.vocab import CURRENCIES, code_lists, codes_by_label, codes_of, holders

NO_COUNTRY = {"blx", "car", "oil", "row"}
"""Several countries together."""
FORMS = {
    "CL_AREA": "[A-Z]{2}",
    "CL_CURRENCY": "[A-Z]{3}",
    "CL_SECTOR": r"S1\d{1,2}",
    "TIC": r"\d{5}",
}


def rows() -> list[dict[str, str]]:
    text = files("selloff.vocab").joinpath("codes.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_every_holder_that_is_of_a_country_has_its_codes() -> None:
    areas = codes_by_label("residence")
    for holder in holders().values():
        if holder.residence in NO_COUNTRY:
            assert holder.residence not in areas
            continue
        assert "CL_AREA" in codes_of(holder), holder.id
        assert ("TIC" in codes_of(holder)) is (holder.residence != "usa"), holder.id


def test_every_economy_has_its_area() -> None:
    listed = [each.iso3.lower() for each in data.listed_economies()]
    assert len(listed) > 40
    for label in listed:
        assert "CL_AREA" in codes_by_label("residence")[label], label


def test_codes_have_the_form_of_their_list_and_stand_once() -> None:
    seen = [(row["kind"], row["list"], row["code"]) for row in rows() if row["kind"] != "sector"]
    assert len(set(seen)) == len(seen)
    for row in rows():
        assert re.fullmatch(FORMS[row["list"]], row["code"]), row
    assert set(code_lists()) == {row["list"] for row in rows()} == set(FORMS)


def test_letters_agree_where_two_standards_share_them() -> None:
    """Both ISO codes of a country begin with the same letter, but for the Cayman Islands' KY."""
    found = codes_by_label("residence")
    assert {one for one, each in found.items() if each["CL_AREA"][0] != one[0].upper()} == {"cym"}
    assert found["cym"]["CL_AREA"] == "KY"


@pytest.mark.parametrize(
    ("holder", "wanted"),
    [
        ("jpn_official", {"CL_AREA": "JP", "TIC": "42609"}),
        ("usa_mmf", {"CL_AREA": "US", "CL_SECTOR": "S123"}),
        ("row_private", {}),
    ],
)
def test_a_holder_has_the_codes_of_its_area_and_sector(holder: str, wanted: dict[str, str]) -> None:
    assert codes_of(holders()[holder]) == wanted


def test_every_currency_is_its_own_iso_code() -> None:
    found = {label: each["CL_CURRENCY"] for label, each in codes_by_label("currency").items()}
    assert found == {each: each for each in CURRENCIES}


def test_every_list_says_where_it_was_read() -> None:
    for each in code_lists().values():
        assert each.source
        assert each.standing in ("verified", "secondary")
