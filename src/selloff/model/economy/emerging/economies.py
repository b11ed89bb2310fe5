"""Emerging economies: capital that leaves them, and the chance of a currency crisis."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.economy.drivers import Drivers
from selloff.model.economy.emerging.crisis import (
    CrisisModel,
    Economies,
    chance,
    pressures,
    tightness,
    vulnerability,
)
from selloff.model.economy.support import bend
from selloff.vocab import QUARTERS_PER_YEAR, TENORS


class EmergingWorld(eqx.Module):
    """Emerging economies at the vintage, one row each.

    Source: `data.emerging`.
    """

    economies: Economies
    treasuries: Float[Array, " n"]
    """Value of the Treasuries in official reserves over GDP [fraction]."""
    durations: Float[Array, " n m"]
    """Fall of their log value per rise of each par yield [years]."""
    march: Float[Array, " n"]
    """Part of them sold in March and April 2020 [fraction]."""


class EmergingRules(eqx.Module):
    """How capital and crises answer.

    Source: World Bank (June 2015) for capital flows; `tools/origins/crisis_model.py` for crises.
    """

    crisis: CrisisModel
    flow: Float[Array, "*d"]
    """Capital lost per unit of the 10-year yield, in the mean economy [fraction of GDP]."""
    relief: Float[Array, "*d"]
    """Capital gained per unit by which the dollar falls, in the mean economy [fraction of GDP]."""
    exposure: Float[Array, "*d"]
    """How much more the vulnerable lose [1 per log odds]."""
    debt_cap: Float[Array, "*d"]
    """External debt over the mean beyond which more of it counts no more [ratio]."""
    met: Float[Array, "*d 3"]
    """Part of the capital lost that is met out of reserves, by regime [fraction]."""
    spent: Float[Array, "*d"]
    """Part of what is sold in a squeeze that leaves reserves [fraction]."""


class EmergingPaths(eqx.Module):
    """What happens to each economy.

    Source: `emerging_paths`.
    """

    flow_loss: Float[Array, "*d n"]
    """Capital lost in the first year [fraction of GDP]."""
    crisis_prob_base: Float[Array, "*d n"]
    """Chance of a crisis within two years without the sale [fraction]."""
    crisis_prob: Float[Array, "*d n"]
    """The same with it [fraction]."""
    mark: Float[Array, "*d n"]
    """Loss on the Treasuries in reserves after a year [fraction of GDP]."""
    defended: Float[Array, "*d n"]
    """Treasuries sold and spent for want of dollars by then [fraction of GDP]."""


def emerging_paths(
    drivers: Drivers,
    vix: Float[Array, " q"],
    spent: Float[Array, "q 2"],
    *,
    world: EmergingWorld,
    rules: EmergingRules,
) -> EmergingPaths:
    """Follow capital flows for a year and the chance of a crisis for two.

    s[y] = s + g . pressures of year y;  P = 1 - (1 - P_1)(1 - P_2)
    reserves: less the mark of the first year on their Treasuries and what was sold of them and
    spent by then; in the second less the larger of that and what was met of the capital lost in
    the first, for it is one defence; mark = U D . dy, sold = U min(o n + d, 1)

    Arguments:
        drivers: means over quarters, less baseline.
        vix: by quarter, less baseline [index points].
        spent: n Marches of 2020 and part d of Treasuries sold and spent so far [ratio, fraction].
        world: the economies.
        rules: how they answer.

    Returns:
        Capital lost and chances.

    Source: World Bank (June 2015), Global Economic Prospects; `tools/origins/crisis_model.py`.
    """
    economies, crisis = world.economies, rules.crisis
    ten_year = _two_years(TENORS.pick(drivers.yields, "10Y"))
    dollar, fear = _two_years(drivers.broad), _two_years(vix)
    index = vulnerability(economies, crisis)
    quiet = chance(index, crisis)
    begin = slice(QUARTERS_PER_YEAR)
    tide = capital_tide(ten_year[begin], dollar[begin], vix=fear[begin], rules=rules)
    lost = tide * _exposure(economies, index, rules)
    met = jnp.maximum(lost, 0.0) * (economies.regime @ rules.met)
    marks = _two_years(drivers.yields @ world.durations.T) * world.treasuries
    sold = jnp.outer(_two_years(spent)[:, 0], world.march) + _two_years(spent)[:, 1:]
    sold = world.treasuries * jnp.minimum(sold, 1.0)
    gone = jnp.mean((marks + sold)[begin], axis=0)
    mark, defended = (each[QUARTERS_PER_YEAR - 1] for each in (marks, sold))
    first, second = world_index(ten_year, dollar, vix=fear, crisis=crisis)
    before = chance(_after(economies, gone, crisis) + first, crisis)
    after = chance(_after(economies, mark + jnp.maximum(met, defended), crisis) + second, crisis)
    return EmergingPaths(
        flow_loss=lost,
        crisis_prob_base=1.0 - (1.0 - quiet) * (1.0 - quiet),
        crisis_prob=1.0 - (1.0 - before) * (1.0 - after),
        mark=mark,
        defended=defended,
    )


def capital_tide(
    ten_year: Float[Array, " q"],
    dollar: Float[Array, " q"],
    *,
    vix: Float[Array, " q"],
    rules: EmergingRules,
) -> Float[Array, ""]:
    """Capital that leaves the mean economy within a year.

    mean over the quarters of k max(yield, 0) tight - r max(-dollar, 0) (1 - tight)

    Arguments:
        ten_year: US 10-year yield by quarter, less baseline [decimal].
        dollar: broad dollar, positive when stronger [log].
        vix: less baseline [index points].
        rules: how capital answers.

    Returns:
        Capital lost, negative when it flows in [fraction of GDP].

    Source: World Bank (June 2015), 0.8 to 1.8 percent of GDP per 100 basis points in an episode
    like that of 2013; that yields alone, without a stronger dollar or fear, do no harm is the
    reading of Hoek, Kamin and Yoldas (2020) made sharp, an assumption.
    """
    tight = tightness(dollar, vix, rules.crisis.tight)
    out = rules.flow * jnp.maximum(ten_year, 0.0) * tight
    back = rules.relief * jnp.maximum(-dollar, 0.0) * (1.0 - tight)
    return jnp.mean(out - back)


def world_index(
    ten_year: Float[Array, " q"],
    dollar: Float[Array, " q"],
    *,
    vix: Float[Array, " q"],
    crisis: CrisisModel,
) -> Float[Array, " 2"]:
    """What the world adds to the log odds in each of two years.

    g . pressures, bent beyond their sample, from the yield and the dollar in the last quarter of
    the year less a year before, and the mean VIX

    Arguments:
        ten_year: US 10-year yield by quarter, eight of them, less baseline [decimal].
        dollar: broad dollar, positive when stronger [log].
        vix: less baseline [index points].
        crisis: the logit.

    Returns:
        Log odds added [log odds].

    Source: `tools/origins/crisis_model.py`, which counts years the same way.
    """
    last = jnp.array([QUARTERS_PER_YEAR - 1, 2 * QUARTERS_PER_YEAR - 1])
    found = pressures(
        jnp.diff(ten_year[last], prepend=0.0),
        jnp.diff(dollar[last], prepend=0.0),
        vix=vix.reshape(2, QUARTERS_PER_YEAR).mean(axis=1),
        tight=crisis.tight,
        unit=crisis.unit,
    )
    return bend(found, crisis.seen, crisis.over) @ crisis.world


def _after(economies: Economies, gone: Float[Array, " n"], crisis: CrisisModel) -> Array:
    """How prone to crisis economies are once a part of their reserves is gone."""
    left = economies.reserves - gone
    return vulnerability(eqx.tree_at(lambda each: each.reserves, economies, left), crisis)


def _two_years(values: Float[Array, "q *m"]) -> Float[Array, "8 *m"]:
    """The first eight quarters; the last one stands for those beyond the horizon."""
    last = values.shape[0] - 1
    return values[jnp.minimum(jnp.arange(2 * QUARTERS_PER_YEAR), last)]


def _exposure(
    economies: Economies, index: Float[Array, " n"], rules: EmergingRules
) -> Float[Array, " n"]:
    """Share in the tide: by external debt and vulnerability, one on average."""
    debt = jnp.minimum(economies.debt / jnp.mean(economies.debt), rules.debt_cap)
    prone = debt * jnp.exp(rules.exposure * (index - jnp.mean(index)))
    return prone / jnp.mean(prone)
