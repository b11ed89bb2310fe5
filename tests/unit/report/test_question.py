import json
import math

import pytest

from selloff.report.question import (
    is_nothing_sold,
    pace_phrase,
    planned_face,
    sale_clause,
    span,
    spoken_list,
    title,
)
from selloff.vocab import ASSET_LABELS, ASSETS


def _with_sellers(dataset, sellers):
    return dataset.assign_attrs(scenario=json.dumps({"sellers": sellers}))


def test_the_whole_book_is_called_whole(dump) -> None:
    assert sale_clause(dump[0]) == (
        "Selling the whole $1,104bn Treasury book of Japan as fast as the market takes it, into yen"
    )


def test_a_part_is_not_called_whole(build) -> None:
    dataset, _ = build(face=75.0, draws=5)
    assert sale_clause(dataset).startswith("Selling $75bn of US Treasuries held by Japan ")


def test_several_sellers_at_several_paces(dump) -> None:
    sellers = [
        {"holder": "jpn", "pace": {"kind": "block"}, "proceeds": {"gold": 1.0}},
        {
            "holder": "chn_official",
            "pace": {"kind": "linear", "years": 2},
            "proceeds": {"gold": 0.5, "eur_cash": 0.5, "jgb": 0.0},
        },
    ]
    text = sale_clause(_with_sellers(dump[0], sellers))
    assert "held by Japan and officials in China (mainland), each" in text
    assert text.endswith(", each at its own pace, into gold and euros")


@pytest.mark.parametrize(
    ("seller", "words"),
    [
        ({"pace": {"kind": "block"}}, "as fast as the market takes it"),
        ({"pace": {"kind": "linear", "years": 10}}, "over 10 years"),
        ({"pace": {"kind": "linear", "years": 0.0833333333}}, "over 1 month"),
        ({"pace": {"kind": "exponential", "half_life_years": 1}}, "with a half-life of 1 year"),
        ({"pace": {"kind": "custom"}}, "on a set timetable"),
        (
            {"pace": {"kind": "block"}, "participation_cap_frac": 0.1},
            "as fast as the market takes it, at most 10% of a day's turnover",
        ),
    ],
)
def test_paces(seller, words) -> None:
    assert pace_phrase(seller) == words


@pytest.mark.parametrize(
    ("years", "words"),
    [(10.0, "10 years"), (1.0, "1 year"), (0.5, "6 months"), (5 / 252, "5 business days")],
)
def test_spans(years, words) -> None:
    assert span(years) == words


def test_spoken_list() -> None:
    assert spoken_list(["yen"]) == "yen"
    assert spoken_list(["yen", "euros", "gold"]) == "yen, euros and gold"


def test_every_asset_has_a_name() -> None:
    assert set(ASSETS) == set(ASSET_LABELS)


def test_nothing_is_sold_only_when_nothing_is_sold(no_sale, dump, build) -> None:
    assert is_nothing_sold(no_sale[0])
    assert not is_nothing_sold(dump[0])
    failed, _ = build(failed=5, draws=5)
    assert math.isnan(planned_face(failed))
    assert not is_nothing_sold(failed)


def test_planned_face_counts_what_is_still_unsold(build) -> None:
    dataset, _ = build(years=20.0, horizon_years=3.0, draws=5)
    assert planned_face(dataset) == pytest.approx(1104.0)


def test_title_falls_back_to_the_name(dump) -> None:
    assert title(dump[0].assign_attrs(title="")) == "japan-dump"
