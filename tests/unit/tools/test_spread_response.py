"""What spreads and stocks do to output: the fit finds what was put in."""

import numpy as np
import pytest
import spread_response as tool

from selloff.evidence import parameters


def test_the_path_of_output_is_that_of_the_model() -> None:
    table = parameters()
    names = ("persistence", "adaptation", "ten_year", "policy")
    used = (tool.KEPT, tool.ADAPTED, tool.TEN_YEAR, tool.POLICY)
    assert used == tuple(table[f"us_demand_{name}"].p50 for name in names)
    found = tool.output_path(np.full(3, 1.0))
    assert found == pytest.approx([0.0, -0.089, -0.089 * (0.911 + 1.0 - 0.0799)])


def test_weights_that_were_put_in_come_out() -> None:
    n = len(tool.NAMES)
    moves = np.zeros((tool.HORIZON, n, n))
    paths = 0.7 ** np.arange(tool.HORIZON)
    for at, own in ((2, paths), (3, paths**0.2)):
        moves[:, at, at] = own
    moves[:, 5, 2] = -0.5 * paths
    moves[:, 0, 2] = tool.output_path(5.0 * paths - tool.POLICY * 0.5 * paths)
    moves[:, 0, 3] = tool.output_path(-0.2 * paths**0.2)
    assert tool.weights(moves) == pytest.approx([5.0, 0.2])


def test_an_autoregression_finds_its_coefficients() -> None:
    rng = np.random.default_rng(0)
    levels = np.zeros((4000, 2))
    step = np.array([[0.6, -0.2], [0.1, 0.5]])
    for t in range(1, len(levels)):
        levels[t] = step @ levels[t - 1] + rng.normal(size=2)
    found = tool.autoregression(levels, squared=False, horizon=3)
    assert found.moves[1] == pytest.approx(step, abs=0.05)
    assert found.moves[2] == pytest.approx(step @ step, abs=0.06)


def test_stocks_for_good_do_what_chodorow_reich_nenov_and_simsek_find() -> None:
    # Stocks higher by 20 percent: hours by 0.75 percent at least, the labour bill by 1.7 at least.
    lift = tool.output_path(np.full(9, -20.0 * parameters()["us_demand_stocks"].p50))[8]
    assert 0.75 < lift < 1.7
