"""Emerging economies from percent to fractions, and the logit draw by draw."""

from dataclasses import replace

import numpy as np
import pytest

from selloff.bridge.emerging import crisis_limits, emerging_rules, emerging_world
from selloff.data import REGIMES, emerging, vintage
from selloff.evidence import fix, load_bank
from selloff.evidence.crisis import load_crisis

BANK = load_bank()


def test_limits_are_those_of_the_table_in_the_models_units() -> None:
    lowest, highest = crisis_limits()
    np.testing.assert_allclose(lowest, [-np.inf, -0.15, np.log(0.9802), -0.5, 0.0])
    np.testing.assert_allclose(highest, [np.log(1000.0), 0.15, np.log(1.4), 0.5, 2.0])


def test_the_world_holds_the_economies_of_the_data_in_their_order() -> None:
    world = vintage()
    found, _ = emerging(world.date)
    economies = emerging_world(world).economies
    assert economies.debt.shape == (len(found),)
    for i, each in enumerate(found):
        wanted = each.reserves_usd_bn / each.gdp_usd_bn
        assert float(economies.reserves[i]) == pytest.approx(wanted, rel=1e-12)
        assert float(economies.current_account[i]) == pytest.approx(
            each.current_account_pct_gdp / 100.0, rel=1e-12
        )
        assert REGIMES[int(np.argmax(economies.regime[i]))] == each.regime
    np.testing.assert_array_equal(np.sum(economies.regime, axis=1), 1.0)
    for values in (economies.reserves, economies.inflation, economies.appreciation):
        assert np.all(np.isfinite(values))


def test_rules_in_the_units_of_the_house() -> None:
    fixed = fix(
        BANK,
        {
            "emerging_flow_loss": 1.3,
            "emerging_flow_relief": 0.5,
            "emerging_tight_dollar": 2.0,
            "emerging_tight_vix": 7.0,
        },
    )
    rules = emerging_rules(fixed)
    # 1.3 percent of GDP per 100 basis points; half a percent per ten percent of the dollar.
    np.testing.assert_allclose(rules.flow * 0.01, 0.013)
    np.testing.assert_allclose(rules.relief * 0.1, 0.005)
    np.testing.assert_allclose(rules.crisis.tight, np.tile([0.02, 7.0], (BANK.n_draws, 1)))
    assert rules.met.shape == (BANK.n_draws, 3)
    assert np.all(rules.met[:, 0] > rules.met[:, 2])


def test_the_logit_is_the_shipped_posterior() -> None:
    known, crisis = load_crisis(), emerging_rules(BANK).crisis
    np.testing.assert_array_equal(crisis.slopes, known.draws["slopes"])
    np.testing.assert_array_equal(crisis.scale[7], known.scale)


def test_a_bank_of_another_size_goes_round_the_posterior() -> None:
    longer = replace(
        BANK, draws={name: np.tile(v, (2,) + (1,) * (v.ndim - 1)) for name, v in BANK.draws.items()}
    )
    crisis = emerging_rules(longer).crisis
    np.testing.assert_array_equal(
        crisis.intercept[: BANK.n_draws], crisis.intercept[BANK.n_draws :]
    )


def test_reserves_in_treasuries_are_those_of_the_books_where_there_are_any() -> None:
    world = vintage()
    found, _ = emerging(world.date)
    ours = emerging_world(world)
    shares = np.asarray(ours.treasuries) / np.asarray(ours.economies.reserves)
    assert np.all((shares > 0.0) & (shares < 1.0))
    names = [each.iso3 for each in found]
    book = world.books[world.holders.index("bra_official")].sum()
    reserves = found[names.index("bra")].reserves_usd_bn
    assert shares[names.index("bra")] == pytest.approx(book / reserves, rel=0.15)
    unknown = [i for i, name in enumerate(names) if f"{name}_official" not in world.holders]
    assert len({round(float(shares[i]), 12) for i in unknown}) == 1
    assert np.all(np.sum(np.asarray(ours.durations), axis=1) > 1.0)
