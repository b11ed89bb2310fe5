"""What a run opens with."""

import jax
import numpy as np

import questions
from selloff.engine.state import opening
from selloff.model.sums import DUST
from selloff.results import TOLERANCE_USD_BN


def test_books_open_as_given_and_nothing_is_felt() -> None:
    ready = questions.lowered("two sellers")
    inputs, draw = ready.inputs, jax.tree.map(lambda leaf: leaf[0], ready.draws)
    state = opening(inputs, draw)
    np.testing.assert_array_equal(state.holdings, inputs.books.holdings)
    np.testing.assert_allclose(state.outstanding, np.asarray(inputs.books.holdings).sum(axis=0))
    np.testing.assert_array_equal(state.sold.to_come, inputs.sale.programme)
    for stock in (state.gaps, state.felt, state.fx_felt, state.fx_fresh, state.foreign_felt):
        assert np.all(np.asarray(stock) == 0.0)
    assert np.isinf(float(state.sold.first_day))
    assert len(state.answers) == len(draw.mechanisms)


def test_dust_is_the_tolerance_of_identities() -> None:
    assert DUST == TOLERANCE_USD_BN
