import jax.numpy as jnp
import numpy as np
import pytest

from selloff.model.pricing.books import BookFlows, age, book_flows

WIDTHS = jnp.asarray([1.0, 2.0, 2.0, 2.0, 3.0, 10.0, 10.0])
DAY = jnp.asarray(1.0 / 252.0)
MONTH = jnp.asarray(1.0 / 12.0)
COLUMNS = ("rolldown", "redemptions", "primary_awards", "net_purchases")


def books(seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    holdings = rng.gamma(1.0, 300.0, (5, 7))
    holdings[1, 2:] = 0.0
    return holdings


def zero_sum(seed: int = 1) -> np.ndarray:
    trades = np.random.default_rng(seed).normal(0.0, 20.0, (5, 7))
    return trades - trades.mean(axis=0)


def flows(
    holdings: np.ndarray, trades: np.ndarray, issuance: np.ndarray, years: object = MONTH
) -> tuple[BookFlows, BookFlows]:
    return book_flows(
        jnp.asarray(holdings),
        jnp.asarray(trades),
        jnp.asarray(issuance),
        widths=WIDTHS,
        years=jnp.asarray(years),
    )


@pytest.mark.parametrize("name", COLUMNS)
@pytest.mark.parametrize("years", [DAY, MONTH])
def test_groups_sum_to_the_treasurys_account_column_by_column(name: str, years: object) -> None:
    issuance = 0.01 * books(2)
    groups, treasury = flows(books(), zero_sum(), issuance, years)
    summed = np.asarray(getattr(groups, name)).sum(axis=0)
    np.testing.assert_allclose(summed, getattr(treasury, name), atol=1e-9)


def test_total_is_the_signed_sum_of_the_columns() -> None:
    groups, _ = flows(books(), zero_sum(), 0.01 * books(2))
    parts = [np.asarray(getattr(groups, name)) for name in COLUMNS]
    expected = parts[0] - parts[1] + parts[2] + parts[3]
    np.testing.assert_allclose(groups.total, expected, atol=1e-12)


def test_purchases_from_other_holders_sum_to_zero() -> None:
    groups, treasury = flows(books(), zero_sum(), 0.01 * books(2))
    assert np.abs(np.asarray(groups.net_purchases).sum(axis=0)).max() < 1e-9
    assert np.all(np.asarray(treasury.net_purchases) == 0.0)
    assert np.abs(np.asarray(groups.net_purchases)).max() > 1.0


def test_awards_cover_redemptions_and_new_debt() -> None:
    issuance = 0.01 * books(2)
    groups, _ = flows(books(), zero_sum(), issuance)
    awarded, redeemed = np.asarray(groups.primary_awards), np.asarray(groups.redemptions)
    assert awarded.sum() == pytest.approx(redeemed.sum() + issuance.sum(), rel=1e-12)


def test_change_of_a_book_is_the_trade_plus_the_issue() -> None:
    trades, issuance = zero_sum(), 0.01 * books(2)
    groups, treasury = flows(books(), trades, issuance)
    np.testing.assert_allclose(groups.total, trades + issuance, atol=1e-10)
    np.testing.assert_allclose(treasury.total, issuance.sum(axis=0), atol=1e-10)


@pytest.mark.parametrize("years", [DAY, MONTH])
def test_without_trades_and_issues_every_book_stays(years: object) -> None:
    nothing = np.zeros((5, 7))
    groups, treasury = flows(books(), nothing, nothing, years)
    assert np.abs(np.asarray(groups.total)).max() < 1e-12
    assert np.abs(np.asarray(treasury.total)).max() < 1e-10


def test_a_bucket_nobody_holds_gives_no_missing_numbers() -> None:
    holdings = books()
    holdings[:, 3] = 0.0
    nothing = np.zeros((5, 7))
    groups, _ = flows(holdings, nothing, nothing)
    assert np.isfinite(np.asarray(groups.primary_awards)).all()
    assert np.abs(np.asarray(groups.total)).max() < 1e-12


def test_ageing_moves_bonds_down_and_creates_none() -> None:
    holdings = jnp.asarray(books())
    rolldown, redemptions = age(holdings, WIDTHS, MONTH)
    np.testing.assert_allclose(np.asarray(rolldown).sum(axis=1), 0.0, atol=1e-10)
    assert np.all(np.asarray(redemptions)[:, 1:] == 0.0)
    assert np.all(np.asarray(redemptions)[:, 0] >= 0.0)
    left = np.asarray(holdings + rolldown - redemptions)
    assert (left >= 0.0).all()
    assert np.all(left.sum(axis=1) < np.asarray(holdings).sum(axis=1))


def test_a_single_long_bond_is_repaid_in_full_in_the_end() -> None:
    book = jnp.zeros(7).at[6].set(100.0)
    repaid = 0.0
    for _ in range(12 * 150):
        rolldown, redemptions = age(book, WIDTHS, MONTH)
        book = book + rolldown - redemptions
        repaid += float(redemptions.sum())
    assert repaid + float(book.sum()) == pytest.approx(100.0, abs=1e-9)
    assert repaid > 99.9


def test_ageing_in_a_bucket_is_in_proportion_to_its_width() -> None:
    rolldown, redemptions = age(jnp.full(7, 60.0), WIDTHS, jnp.asarray(0.1))
    assert float(redemptions[0]) == pytest.approx(6.0)
    assert float(rolldown[0]) == pytest.approx(3.0)
    assert float(rolldown[4]) == pytest.approx(0.6 - 2.0)
    assert float(rolldown[6]) == pytest.approx(-0.6)
