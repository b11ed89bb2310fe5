import numpy as np
import pytest

from selloff.report.holders import (
    GROUP_NAMES,
    buyers_by_group,
    buyers_by_name,
    group_name,
    holder_name,
    seller_books,
)
from selloff.vocab import holders


def test_every_group_of_the_vocabulary_has_a_name() -> None:
    assert {one.group for one in holders().values()} <= set(GROUP_NAMES)


def test_an_unnamed_group_is_spelt_out() -> None:
    assert group_name("moon_bank") == "moon bank"


def test_a_country_stands_for_both_its_books(dump) -> None:
    dataset, _ = dump
    assert seller_books(dataset, "jpn") == ["jpn_official", "jpn_private"]
    assert seller_books(dataset, "jpn_official") == ["jpn_official"]


@pytest.mark.parametrize(
    ("holder", "name"),
    [
        ("jpn", "Japan"),
        ("jpn_official", "Japan, official"),
        ("chn", "China (mainland)"),
        ("fed", "Federal Reserve"),
        ("xyz", "xyz"),
    ],
)
def test_names(dump, holder, name) -> None:
    assert holder_name(dump[0], holder) == name


def test_groups_add_up_to_the_sale_draw_by_draw(dump) -> None:
    dataset, _ = dump
    total = dataset["absorbed_face"].isel(step=-1).sum("group").to_numpy()
    np.testing.assert_allclose(total, dataset["sold_face"].sum("step").to_numpy(), rtol=1e-9)
    rows = buyers_by_group(dataset)
    assert len(rows) == dataset.sizes["group"]
    assert [row[1].p50 for row in rows] == sorted((row[1].p50 for row in rows), reverse=True)


def test_sellers_are_not_buyers(dump) -> None:
    names = [name for name, _ in buyers_by_name(dump[0])]
    assert "Japan, official" not in names
    assert "US banks" in names
