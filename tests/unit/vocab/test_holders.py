import pytest

from selloff.vocab import country_books, holders

SECTORS = {
    "official",
    "private",
    "central_bank",
    "dealer",
    "bank",
    "mmf",
    "mutual_fund",
    "hedge_fund",
    "pension",
    "insurer",
    "household",
    "other",
}


def test_every_holder_has_a_known_sector_and_its_residence_in_its_id() -> None:
    for holder in holders().values():
        assert holder.sector in SECTORS
        assert holder.id == "fed" or holder.id.startswith(f"{holder.residence}_")
        assert holder.residence_basis == ("owner" if holder.residence == "usa" else "custody")


@pytest.mark.parametrize(
    ("holder", "group"),
    [
        ("fed", "fed"),
        ("usa_dealers", "dealers"),
        ("cym_hedge_fund", "levered"),
        ("usa_bank", "usa_bank"),
        ("usa_state_local", "usa_other"),
        ("usa_nonfinancial", "usa_other"),
        ("jpn_official", "foreign_official"),
        ("jpn_private", "foreign_private"),
        ("row_private", "foreign_private"),
    ],
)
def test_group_is_the_level_at_which_the_market_clears(holder: str, group: str) -> None:
    assert holders()[holder].group == group


def test_a_country_prefix_stands_for_both_books() -> None:
    assert country_books("jpn") == ("jpn_official", "jpn_private")
    assert country_books("cym") == ("cym_hedge_fund",)


def test_a_prefix_that_is_no_foreign_country_stands_for_nothing() -> None:
    assert country_books("usa") == ()
    assert country_books("fed") == ()
    assert country_books("atlantis") == ()


def test_the_table_cannot_be_spoilt_by_its_readers() -> None:
    holders().clear()
    assert "fed" in holders()
