"""What is asked is checked before anything runs."""

import pytest

from selloff.studies.optimal import Wish, check_question
from selloff.studies.optimal.plans import WayDown
from selloff.vocab import InputError


@pytest.mark.parametrize(
    ("seller", "name", "into"),
    [
        ("japan", "Japan", ("jpy_cash", "eur_cash")),
        ("jpn_official", "Japan, official", ("jpy_cash", "eur_cash")),
        ("china", "China (mainland)", ("cny_cash", "eur_cash")),
        ("bel", "Belgium", ("eur_cash",)),
        ("gbr", "United Kingdom", ("eur_cash",)),
    ],
)
def test_a_seller_is_known_by_its_name_and_goes_home_or_into_euros(
    seller: str, name: str, into: tuple[str, ...]
) -> None:
    found = check_question(Wish(seller=seller))
    assert (found.name, found.into) == (name, into)
    assert found.is_whole


def test_an_amount_is_at_most_the_book() -> None:
    whole = check_question(Wish(seller="japan"))
    part = check_question(Wish(seller="japan", amount=300.0))
    assert part.amount_usd_bn == 300.0
    assert not part.is_whole
    again = check_question(Wish(seller="japan", amount=whole.amount_usd_bn))
    assert again == whole


def test_all_that_is_wrong_is_named_at_once() -> None:
    wish = Wish(
        seller="japn",
        into=("jpy_csh",),
        objective="sdd",
        risk="bil",
        aversions=(0.0, -1.0),
        hostility=2.0,
        max_turnover=0.0,
        max_rise=float("nan"),
        quantile=0.2,
        max_fed=1.5,
    )
    with pytest.raises(InputError) as failed:
        check_question(wish)
    text = str(failed.value)
    wanted = ("SELLER", "into", "objective", "risk", "aversion", "hostility", "max_turnover")
    for where in (*wanted, "max_rise", "quantile", "max_fed"):
        assert f"{where}: got" in text
    assert len(failed.value.problems) == 10
    for meant in ("Did you mean 'jpy_cash'?", "Did you mean 'sd'?", "Did you mean 'bill'?"):
        assert meant in text


@pytest.mark.parametrize("amount", [0.0, -5.0, float("nan"), 1e9])
def test_an_amount_that_cannot_be_sold_is_refused(amount: float) -> None:
    with pytest.raises(InputError, match="amount: got"):
        check_question(Wish(seller="japan", amount=amount))


@pytest.mark.parametrize("seller", ["fed", "usa_dealers"])
def test_who_makes_the_market_does_not_sell(seller: str) -> None:
    with pytest.raises(InputError, match="neither the dealers nor the Federal Reserve"):
        check_question(Wish(seller=seller))


def test_a_plan_is_said_in_words() -> None:
    question = check_question(Wish(seller="japan"))
    plan = WayDown(2.0, told=1.0, order="short_first", mix=(0.6, 0.4))
    assert plan.words(question) == (
        "over 2 years, half within 1 year, announced, short maturities first, into 60% yen and "
        "40% euros"
    )
    hedged = WayDown(1.0 / 252.0, told=0.3, mix=(1.0, 0.0), hedged=0.5, hedge_years=1.0)
    assert hedged.words(question) == (
        "all at once, 30% of it announced, all maturities alike, into 100% yen, 50% of the "
        "currency bought over 1 year"
    )
