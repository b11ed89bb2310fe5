import pytest

from selloff.data import vintage
from selloff.vocab.errors import VintageError


def test_a_country_is_both_its_books() -> None:
    built = vintage()
    both = built.book("jpn_official") + built.book("jpn_private")
    assert built.book("jpn") == pytest.approx(both, abs=1e-12)
    assert built.book("cym") == built.book("cym_hedge_fund")


def test_names_are_every_holder_and_every_foreign_country() -> None:
    built = vintage()
    names = built.books_by_name()
    assert list(names)[: len(built.holders)] == list(built.holders)
    assert {"jpn", "chn", "gbr", "row"} <= set(names)
    assert "usa" not in names
    countries = [name for name in names if "_" not in name and name != "fed"]
    domestic = [name for name in built.holders if name == "fed" or name.startswith("usa_")]
    covered = sum(names[name] for name in (*countries, *domestic))
    assert covered == pytest.approx(built.outstanding.sum(), abs=1e-6)


def test_a_holder_not_in_the_vintage_is_refused_with_the_nearest() -> None:
    with pytest.raises(VintageError, match="Did you mean 'jpn_official'"):
        vintage().book("jpn_oficial")
    with pytest.raises(VintageError, match="2026-07"):
        vintage().book("oil")
