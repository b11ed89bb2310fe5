from pathlib import Path

from selloff.vocab import PARTS, mechanisms

DOCS = Path(__file__).parents[3] / "docs" / "model"
OF_0_4_0 = {
    "followers": "followers",
    "levered_funds": "levered_funds",
    "haven": "haven",
    "fed_purchases": "policy",
    "fed_repo": "policy",
    "policy_rates": "policy",
    "treasury": "policy",
    "boj": "policy",
    "mof": "policy",
    "retaliation": "policy",
}


def test_what_was_a_switch_stays_one_is_on_and_counts_under_the_same_part() -> None:
    found = mechanisms()
    assert {name: found[name].part for name in OF_0_4_0} == OF_0_4_0
    assert all(found[name].on_by_default for name in OF_0_4_0)


def test_every_mechanism_counts_under_a_part_and_every_part_but_the_sale_has_one() -> None:
    assert {row.part for row in mechanisms().values()} == set(PARTS) - {"seller"}


def test_every_mechanism_has_a_page_a_label_and_a_sentence() -> None:
    for row in mechanisms().values():
        assert (DOCS / f"{row.page}.md").is_file()
        assert row.label
        assert not row.label.endswith(".")
        assert row.description.endswith(".")
