"""Volatility, spreads, equities, gold, Bitcoin and oil by the type of the shock."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.economy.drivers import Drivers
from selloff.model.economy.markets.mortgage import Mortgage, mortgage_rate
from selloff.model.economy.markets.scarce import ScarceMarket, scarce_price
from selloff.model.economy.support import bend
from selloff.model.pricing.fading import fading
from selloff.vocab import (
    BORROWING_RATES,
    ECONOMIES,
    FOREIGN,
    MARKETS,
    SCARCE,
    SPREADS,
    STRESSES,
    TENOR_YEARS,
    TENORS,
    VOLATILITIES,
)

_HORIZONS = tuple(TENOR_YEARS[TENORS.at(name)] for name in ("2Y", "10Y"))
"""Years over which the two yields average expected policy rates."""


class Expectations(eqx.Module):
    """How yields are read: what is expected of policy, and what is premium.

    Source: Adrian, Crump and Moench (2013) through the slope of expected rates on the 2-year.
    """

    reversion: Float[Array, "*d"]
    """Speed at which the policy rate is expected to return [1/year]."""
    reading: Float[Array, "*d"]
    """Part of a 2-year move beyond the policy rate's own that is read as policy [fraction]."""


class Answers(eqx.Module):
    """What a group of markets does per unit of each shock."""

    by_type: Float[Array, "*d k 5"]
    """Per unit of growth, policy, premium, yen and dollar [points, decimal or log per one]."""
    by_stress: Float[Array, "*d k 2"]
    """In all in one unit of squeeze and of doubt [points, decimal or log]."""


class Records(eqx.Module):
    """The most that each market moved either way within a year.

    Source: rows `support_...` of the parameter table.
    """

    volatility: Float[Array, "*d 2"]
    """VIX and MOVE above their means [index points]."""
    rates: Float[Array, "*d 3"]
    """Mortgage spread over the 10-year, investment-grade and high-yield spread [decimal]."""
    assets: Float[Array, "*d 6"]
    """S&P 500, Nikkei, emerging equities, gold, Bitcoin, oil [log]."""


class MarketResponses(eqx.Module):
    """How markets answer.

    Source: weekly slopes by type, and the episodes of March 2020 and April 2025.
    """

    expectations: Expectations
    volatility: Answers
    """VIX and MOVE."""
    spreads: Answers
    """Investment grade and high yield; by type, with volatility held fixed."""
    spread_volatility: Float[Array, "*d 2 2"]
    """Rise of each spread per point of VIX and of MOVE [decimal per point]."""
    assets: Answers
    """S&P 500, Nikkei, emerging equities, gold, Bitcoin, oil."""
    episodes: Float[Array, "*d 2 4"]
    """What the 2-year and 10-year yield, the yen and the dollar did in the squeeze and while
    the United States was doubted [decimal and log]."""
    mortgage: Mortgage
    gold: ScarceMarket
    bitcoin: ScarceMarket
    seen: Records
    over: Float[Array, "*d"]
    """How far beyond the record a response may go [fraction]."""


class MarketMoves(eqx.Module):
    """Deviations of markets from the baseline of the same draw."""

    volatility: Float[Array, "*d t 2"]
    """VIX and MOVE [index points]."""
    rates: Float[Array, "*d t 3"]
    """30-year mortgage rate, investment-grade and high-yield spread [decimal]."""
    assets: Float[Array, "*d t 6"]
    """S&P 500, Nikkei, emerging equities, gold, Bitcoin, oil [log]."""


def read_yields(
    policy_rate: Float[Array, " t"],
    two_year: Float[Array, " t"],
    ten_year: Float[Array, " t"],
    expectations: Expectations,
) -> Float[Array, "t 2"]:
    """Tell what is expected of policy from what is premium.

    p = l_2 r + w (y_2 - l_2 r),  q = y_10 - p l_10 / l_2,  l_n = (1 - exp(-k n)) / (k n)

    Arguments:
        policy_rate: r, less baseline [decimal].
        two_year: y_2, less baseline [decimal].
        ten_year: y_10, less baseline [decimal].
        expectations: how they are read.

    Returns:
        Expected policy p over two years, and premium q of the 10-year yield [decimal].

    Source: expected rates return at a constant speed (Vasicek 1977); par yields stand for
    zero yields.
    """
    near, far = (fading(expectations.reversion, jnp.asarray(years)).kept for years in _HORIZONS)
    own = near * policy_rate
    policy = own + expectations.reading * (two_year - own)
    return jnp.stack([policy, ten_year - policy * far / near], axis=1)


def shocks(
    drivers: Drivers, growth: Float[Array, " t"], expectations: Expectations
) -> Float[Array, "t 5"]:
    """Sort what moves markets by type.

    Arguments:
        drivers: what the simulated markets hand on.
        growth: log US GDP less baseline [log].
        expectations: how yields are read.

    Returns:
        Growth, policy, premium, yen and dollar by step [decimal or log].

    Source: growth, policy and other news move markets differently (Hoek, Kamin and Yoldas 2020).
    """
    yields = read_yields(
        ECONOMIES.pick(drivers.rates, "USA"),
        TENORS.pick(drivers.yields, "2Y"),
        TENORS.pick(drivers.yields, "10Y"),
        expectations,
    )
    return jnp.column_stack([growth, yields, FOREIGN.pick(drivers.log_fx, "JPY"), drivers.broad])


def episode_shocks(responses: MarketResponses) -> Float[Array, "2 5"]:
    """Sort what moved in the two episodes in the same way.

    Arguments:
        responses: how markets answer, and what moved then.

    Returns:
        The same five by episode, policy rate and output being where they had been expected
        [decimal or log].

    Source: the cut of 15 March 2020 was in the price of the 2-year yield on 9 March.
    """
    still = jnp.zeros(2)
    two_year, ten_year, yen, dollar = responses.episodes.T
    yields = read_yields(still, two_year, ten_year, responses.expectations)
    return jnp.column_stack([still, yields, yen, dollar])


def market_moves(
    drivers: Drivers,
    growth: Float[Array, " t"],
    years: Float[Array, " t"],
    responses: MarketResponses,
) -> MarketMoves:
    """Move markets.

    y = E s + B (x - X s): an episode brings E, with what moved in it; B counts only the rest

    Arguments:
        drivers: what the simulated markets hand on.
        growth: log US GDP less baseline [log].
        years: length of each step [years].
        responses: how markets answer.

    Returns:
        Deviations at the end of each step.

    Source: assumption; see docs/model/markets.md. Spreads add S (volatility beyond its own E s),
    so that a squeeze is not counted again through VIX. All level off beyond their record (`bend`).
    """
    stress = drivers.stress
    types = shocks(drivers, growth, responses.expectations)
    beyond = types - stress @ episode_shocks(responses)
    volatility, spreads, assets = _groups(beyond, stress, responses)
    seen, over = responses.seen, responses.over
    volatility = bend(volatility, seen.volatility, over)
    ten_year = TENORS.pick(drivers.yields, "10Y")
    move = VOLATILITIES.pick(volatility, "move")
    mortgage = mortgage_rate(ten_year, move, years, responses.mortgage) - ten_year
    rates = bend(jnp.column_stack([mortgage, spreads]), seen.rates, over)
    for at, name in enumerate(SCARCE):
        rise = scarce_price(drivers.spent[:, at], years, getattr(responses, name))
        assets = assets.at[:, MARKETS.at(name)].add(rise)
    return MarketMoves(
        volatility=volatility,
        rates=rates.at[:, BORROWING_RATES.at("mortgage_30y")].add(ten_year),
        assets=bend(assets, seen.assets, over),
    )


def at_rest(responses: MarketResponses) -> Float[Array, "3 2"]:
    """Say what a unit of squeeze and a unit of doubt do with yields and currencies at rest.

    E - B X

    Arguments:
        responses: how markets answer.

    Returns:
        Investment-grade spread, log S&P 500 and VIX, by squeeze and doubt [decimal, log, points].

    Source: `market_moves` with nothing but stress.
    """
    units = jnp.eye(len(STRESSES))
    volatility, spreads, assets = _groups(-episode_shocks(responses), units, responses)
    return jnp.stack(
        [
            SPREADS.pick(spreads, "ig_oas"),
            MARKETS.pick(assets, "sp500"),
            VOLATILITIES.pick(volatility, "vix"),
        ]
    )


def _groups(
    beyond: Float[Array, "t 5"], stress: Float[Array, "t 2"], responses: MarketResponses
) -> tuple[Float[Array, "t 2"], Float[Array, "t 2"], Float[Array, "t 6"]]:
    """Volatility, spreads and assets, but for mortgages and the flow into gold."""
    volatility_beyond = beyond @ responses.volatility.by_type.T
    volatility = stress @ responses.volatility.by_stress.T + volatility_beyond
    spreads = _answer(beyond, stress, responses.spreads)
    spreads = spreads + volatility_beyond @ responses.spread_volatility.T
    return volatility, spreads, _answer(beyond, stress, responses.assets)


def _answer(
    beyond: Float[Array, "t 5"], stress: Float[Array, "t 2"], answers: Answers
) -> Float[Array, "t k"]:
    return stress @ answers.by_stress.T + beyond @ answers.by_type.T
