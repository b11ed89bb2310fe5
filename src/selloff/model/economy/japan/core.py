"""Japan on the paths of the markets: prices, trade, output, exporters and official books."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float, Int

from selloff.model.economy.adjustment import adjust
from selloff.model.economy.drivers import Drivers
from selloff.model.economy.japan.balance import central_bank_assets, hedge_bill, reserve_loss
from selloff.model.economy.japan.branches import BranchRule, branch_path, doubt_inflation
from selloff.model.economy.japan.exporters import profit_changes
from selloff.vocab import ECONOMIES, FOREIGN, QUARTERS_PER_YEAR

QUARTER_YEARS = 1.0 / QUARTERS_PER_YEAR


class JapanWorld(eqx.Module):
    """Japan as the books open, the same for all draws.

    Source: the vintage; exporters' own disclosures.
    """

    level: Float[Array, ""]
    """Yen per dollar."""
    per_yen: Float[Array, " e"]
    """Operating profit per yen on the dollar over a year's profit [fraction per yen]."""
    price: Float[Array, ""]
    """Value of the official Treasuries [fraction of face]."""
    durations: Float[Array, " m"]
    """Fall of their log value per rise of each par yield [years]."""
    hedged: Float[Array, ""]
    """Life insurers' dollar bonds hedged into yen [USD bn]."""


class JapanRules(eqx.Module):
    """How the economy answers.

    Source: the parameter table, rows of `economy: Japan` and `economy: exporters`.
    """

    rivals: Float[Array, "*d k"]
    """Weights of the currencies but the dollar in the effective yen; the yen's own is zero."""
    pass_through: Float[Array, "*d"]
    """Consumer prices per effective yen, in the long run [ratio]."""
    price_speed: Float[Array, "*d"]
    """Speed at which prices follow [1/year]."""
    exports: Float[Array, "*d"]
    """Price elasticity of exports, in the long run [ratio]."""
    imports: Float[Array, "*d"]
    """Price elasticity of imports, in the long run [ratio]."""
    trade_speed: Float[Array, "*d"]
    """Speed at which trade follows [1/year]."""
    trade_share: Float[Array, "*d"]
    """Exports over output, imports likewise [fraction]."""
    retained: Float[Array, "*d"]
    """Part of the change of net exports that output keeps [fraction]."""
    rate_effect: Float[Array, "*d"]
    """Output lost per unit of interest rates, in the long run [ratio]."""
    rate_speed: Float[Array, "*d"]
    """Speed at which output follows [1/year]."""
    long_weight: Float[Array, "*d"]
    """Weight of the 10-year yield in those rates, the rest the policy rate's [fraction]."""
    cover_speed: Float[Array, "*d"]
    """Speed at which exporters' forward cover runs off [1/year]."""
    branches: BranchRule


class JapanPaths(eqx.Module):
    """Japan less its baseline, by quarter."""

    cpi: Float[Array, "*d q"]
    """Level of consumer prices [log]."""
    exports: Float[Array, "*d q"]
    """Real exports [log]."""
    gdp: Float[Array, "*d q"]
    """Real output [log]."""
    profits: Float[Array, "*d q e"]
    """Operating profit at an annual rate, by exporter [fraction]."""
    reserve_loss: Float[Array, "*d q"]
    """Loss on the official Treasuries still held [JPY bn]."""
    boj_assets: Float[Array, "*d q"]
    """Assets of the Bank of Japan [JPY bn]."""
    hedge_bill: Float[Array, "*d q"]
    """Life insurers' bill for currency hedges [USD bn a year]."""
    branch: Int[Array, "*d"]
    """0 neither, 1 disinflation of a strong yen, 2 fiscal dominance."""


def effective_yen(log_fx: Float[Array, "q k"], rivals: Float[Array, " k"]) -> Float[Array, " q"]:
    """Yen against the currencies Japan trades in.

    e = yen - sum_k w_k fx_k

    Arguments:
        log_fx: log dollars per yen, euro, pound, yuan against baseline [log].
        rivals: w_k, weights of the others [ratio].

    Returns:
        Effective yen, positive when stronger [log].

    Source: definition; everything but these currencies counts as the dollar.
    """
    return FOREIGN.pick(log_fx, "JPY") - log_fx @ rivals


def output(
    yen: Float[Array, " q"], jgb: Float[Array, " q"], short: Float[Array, " q"], rules: JapanRules
) -> tuple[Float[Array, " q"], Float[Array, " q"]]:
    """Exports, and output by net exports and interest rates.

    s = adjusted e;  x = -e_x s;  m = e_m s
    y = k a (x - m) - r adjusted (l jgb + (1 - l) short)

    Arguments:
        yen: effective yen against baseline [log].
        jgb: 10-year JGB less baseline [decimal].
        short: policy rate of Japan less baseline [decimal].
        rules: how the economy answers.

    Returns:
        Real exports and real output [log].

    Source: elasticities Chinn (2013); interest rates ESRI (2015), -0.32 percent in the first
    year per point; what output keeps is set so that ten percent of the yen costs about a tenth
    and then four tenths of a percent, as in the Cabinet Office's model.
    """
    followed = adjust(yen, rules.trade_speed, years=QUARTER_YEARS)
    exports = -rules.exports * followed
    trade = rules.trade_share * (exports - rules.imports * followed)
    cost = rules.long_weight * jgb + (1.0 - rules.long_weight) * short
    tightened = adjust(cost, rules.rate_speed, years=QUARTER_YEARS)
    return exports, rules.retained * trade - rules.rate_effect * tightened


def consumer_prices(
    yen: Float[Array, " q"],
    jgb: Float[Array, " q"],
    branch: Int[Array, " q"],
    rules: JapanRules,
) -> Float[Array, " q"]:
    """Level of consumer prices: cheaper imports, and doubt about the country's debt.

    p = -theta adjusted e + h sum of doubt's inflation so far

    Arguments:
        yen: effective yen against baseline [log].
        jgb: 10-year JGB less baseline [decimal].
        branch: code of the branch in each quarter [index].
        rules: how the economy answers.

    Returns:
        Log prices against baseline [log].

    Source: Sasaki, Yoshida and Otsubo (2022) for pass-through; doubt is an assumption.
    """
    imported = adjust(yen, rules.price_speed, years=QUARTER_YEARS)
    doubt = doubt_inflation(yen, jgb, branch, rules.branches)
    return QUARTER_YEARS * jnp.cumsum(doubt) - rules.pass_through * imported


def japan_paths(
    drivers: Drivers,
    held: Float[Array, " q"],
    world: JapanWorld,
    rules: JapanRules,
    *,
    last: int | Int[Array, ""] = -1,
) -> JapanPaths:
    """Work out Japan on one draw's markets.

    Arguments:
        drivers: deviations from baseline, mean of each quarter.
        held: face of Treasuries Japan's official book still holds [USD bn].
        world: Japan as the books open.
        rules: how the economy answers.
        last: quarter in which the run ends [index].

    Returns:
        Japan less its baseline; all zero where nothing moved.

    Source: assumption; see docs/model/japan-economy.md.
    """
    dollar_yen, jgb = FOREIGN.pick(drivers.log_fx, "JPY"), drivers.jgb
    yen = effective_yen(drivers.log_fx, rules.rivals)
    branch = branch_path(yen, jgb, rules.branches)
    exports, gdp = output(yen, jgb, ECONOMIES.pick(drivers.rates, "JPN"), rules)
    return JapanPaths(
        cpi=consumer_prices(yen, jgb, branch, rules),
        exports=exports,
        gdp=gdp,
        profits=profit_changes(
            dollar_yen,
            world.per_yen,
            level=world.level,
            speed=rules.cover_speed,
            years=QUARTER_YEARS,
        ),
        reserve_loss=reserve_loss(
            held,
            dollar_yen,
            drivers.yields,
            price=world.price,
            durations=world.durations,
            level=world.level,
        ),
        boj_assets=central_bank_assets(drivers.jgbs, world.level),
        hedge_bill=hedge_bill(drivers.rates, world.hedged),
        branch=branch[last],
    )
