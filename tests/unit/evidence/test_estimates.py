"""The registry says who found what, and how well it is known."""

from marks import every
from selloff.evidence import TOPICS, PublishedEstimate, estimates, parameters

ROWS = every(estimates(), lambda row: row.id)
STANDINGS = {"verified", "secondary", "computed", "memory"}
QUANTITIES = {"bond_lasting", "bond_month", "fx_lasting", "fx_day", "half_life", "none"}


@ROWS
def test_a_row_is_complete(row: PublishedEstimate) -> None:
    assert row.topic in TOPICS
    assert row.standing in STANDINGS
    assert row.quantity in QUANTITIES
    assert row.authors
    assert 1980 <= row.year <= 2026
    assert row.shock
    assert row.effect
    assert row.where_read
    assert set(row.informs) <= set(parameters())
    assert all(first < last for first, last in row.windows)


@ROWS
def test_what_is_verified_is_not_from_memory(row: PublishedEstimate) -> None:
    assert row.standing != "verified" or "memory" not in row.where_read


@ROWS
def test_numbers_that_count_say_what_was_assumed(row: PublishedEstimate) -> None:
    if row.quantity == "none":
        assert row.bound == "none"
        return
    assert row.bound in ("exact", "upper", "lower", "noisy")
    assert row.informs
    if row.unit == "bp":
        assert 0.0 < row.face_to_tye <= 1.0
        assert row.face_standing == "assumption"
    if row.standing == "memory":
        assert "memory" in f"{row.note} {row.where_read}".lower() or "not read" in row.where_read


def test_names_are_unique_and_there_is_enough_to_analyse() -> None:
    ids = [each.id for each in estimates()]
    assert len(set(ids)) == len(ids)
    bonds = [each for each in estimates() if each.quantity in ("bond_lasting", "bond_month")]
    assert len(bonds) >= 20
    assert sum(each.standing == "verified" for each in bonds) > len(bonds) / 2


def test_surveys_of_other_rows_do_not_count_twice() -> None:
    by_id = {each.id: each for each in estimates()}
    assert by_id["kansas-city"].quantity == "none"
    assert by_id["surveys"].quantity == "none"
