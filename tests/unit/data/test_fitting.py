import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from selloff.data.fitting import expit, fit_margins, logit, rake_shares

positive = st.floats(min_value=0.1, max_value=10.0)


@st.composite
def margins(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A guess and the two margins of another table of the same shape."""
    shape = (draw(st.integers(1, 8)), draw(st.integers(1, 7)))
    prior = draw(arrays(np.float64, shape, elements=positive))
    truth = draw(arrays(np.float64, shape, elements=positive))
    return prior, truth.sum(axis=1), truth.sum(axis=0)


@settings(max_examples=60, deadline=None)
@given(margins())
def test_fitted_table_meets_both_margins_and_is_not_negative(
    case: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    prior, rows, columns = case
    fitted = fit_margins(prior, rows, columns, tolerance=1e-8)
    assert np.abs(fitted.sum(axis=1) - rows).max() <= 1e-8
    assert np.abs(fitted.sum(axis=0) - columns).max() <= 1e-8
    assert (fitted >= 0.0).all()


def test_fitting_keeps_the_cross_ratios_of_the_guess() -> None:
    prior = np.array([[1.0, 2.0], [3.0, 1.0]])
    fitted = fit_margins(prior, np.array([5.0, 5.0]), np.array([4.0, 6.0]))
    ratio = fitted[0, 0] * fitted[1, 1] / (fitted[0, 1] * fitted[1, 0])
    assert ratio == pytest.approx(1.0 / 6.0, rel=1e-9)


def test_fitting_keeps_zeros() -> None:
    prior = np.array([[1.0, 0.0], [1.0, 1.0]])
    fitted = fit_margins(prior, np.array([2.0, 4.0]), np.array([3.0, 3.0]))
    assert fitted == pytest.approx(np.array([[2.0, 0.0], [1.0, 3.0]]))


def test_a_table_that_already_fits_is_left_alone() -> None:
    prior = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert np.array_equal(fit_margins(prior, prior.sum(axis=1), prior.sum(axis=0)), prior)


def test_fitting_refuses_margins_with_different_sums() -> None:
    with pytest.raises(ValueError, match="rows sum to"):
        fit_margins(np.ones((2, 2)), np.array([1.0, 1.0]), np.array([1.0, 2.0]))


def test_fitting_refuses_a_pattern_that_cannot_fit() -> None:
    prior = np.array([[1.0, 0.0], [1.0, 1.0]])
    with pytest.raises(ValueError, match="margins missed"):
        fit_margins(prior, np.array([3.0, 1.0]), np.array([2.0, 2.0]), rounds=50)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0.02, 0.98), st.floats(0.1, 2.0), st.floats(0.5, 1500.0)),
        min_size=1,
        max_size=30,
    ),
    st.floats(0.02, 0.98),
)
def test_raked_shares_meet_the_total_and_stay_shares(
    rows: list[tuple[float, float, float]], level: float
) -> None:
    prior, width, weights = (np.array(column) for column in zip(*rows, strict=True))
    target = level * float(weights.sum())
    shares = rake_shares(prior, width, weights, target=target)
    assert float(weights @ shares) == pytest.approx(target, rel=1e-12)
    assert ((shares >= 0.0) & (shares <= 1.0)).all()


def test_raking_moves_the_uncertain_share_more() -> None:
    prior, weights = np.array([0.6, 0.6]), np.array([10.0, 10.0])
    shares = rake_shares(prior, np.array([0.2, 1.0]), weights, target=8.0)
    assert shares[1] < shares[0] < 0.6


def test_raking_refuses_a_total_out_of_reach() -> None:
    with pytest.raises(ValueError, match="outside"):
        rake_shares(np.array([0.5]), np.array([1.0]), np.array([10.0]), target=10.0)


def test_logit_and_expit_undo_each_other() -> None:
    shares = np.array([0.001, 0.3, 0.5, 0.97])
    assert expit(logit(shares)) == pytest.approx(shares, rel=1e-12)
