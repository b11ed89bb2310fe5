"""When the Federal Reserve buys: a gate on dysfunction that lasts."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float


class FedRule(eqx.Module):
    """When the Federal Reserve buys, how much, and when it lets go.

    Source: New York Fed operations of March to May 2020.
    """

    gate: Float[Array, "*d"]
    """Dysfunction that opens the gate once it has lasted [decimal]."""
    memory: Float[Array, "*d"]
    """Speed at which what lasts is told from what passes [1/year]."""
    forced: Float[Array, "*d"]
    """What levered funds add to dysfunction if all they hold were forced out in a day [decimal]."""
    left: Float[Array, "*d"]
    """What it leaves for those who were forced out, over what they will buy back [ratio]."""
    cure: Float[Array, "*d"]
    """Cash that a squeeze of one makes holders want, and that cures it once bought [USD bn]."""
    exit_frac: Float[Array, "*d"]
    """Part of the gate below which it shuts [fraction]."""
    pace: Float[Array, "*d 3"]
    """Purchases on the first day, on the next days and then [USD bn per business day]."""
    pace_days: Float[Array, "*d 2"]
    """Last day of the first and of the second pace [business days]."""
    taper: Float[Array, "*d 4"]
    """Purchases of each stage after the gate shuts [USD bn per business day]."""
    taper_days: Float[Array, "*d"]
    """Length of each of these stages [business days]."""
    damping: Float[Array, "*d"]
    """Purchases forgone per unit of inflation above target [1 per decimal]."""
    runoff_delay: Float[Array, "*d"]
    """Time from the day the gate shuts to the run-off [years]."""
    runoff_speed: Float[Array, "*d"]
    """Speed of the run-off [1/year]."""


class FedState(eqx.Module):
    """Where the Federal Reserve stands."""

    open_days: Float[Array, ""]
    """Days the gate has been open; zero while it is shut [business days]."""
    shut_days: Float[Array, ""]
    """Days since it shut; infinite if it never opened [business days]."""
    held: Float[Array, " b"]
    """Face bought by the rule and still held [USD bn]."""
    lasting: Float[Array, ""]
    """Dysfunction that has lasted [decimal]."""
    given: Float[Array, ""]
    """Part of it that came from elsewhere when the gate was last open [fraction]."""
    closed: Float[Array, ""]
    """Part of levered funds' positions that was forced out when it last looked [fraction]."""


def own_dysfunction(
    news: Float[Array, ""], closing: Float[Array, ""], rule: FedRule
) -> Float[Array, ""]:
    """Read how badly the market works by itself, in basis points of March 2020.

    n + W max(closing, 0)

    Arguments:
        news: n, dealers' concession beyond what everybody is used to [decimal].
        closing: part of levered funds' positions forced out a day [fraction per business day].
        rule: the rule.

    Returns:
        Dysfunction without what comes from elsewhere [decimal].

    Source: what the Federal Reserve answered to in March 2020, and not in September 2019, October
    2023 and April 2025; see docs/model/fed.md. Volatility has no weight: it was as high without
    purchases in October 2022, March 2023 and April 2025.
    """
    return news + rule.forced * jnp.maximum(closing, 0.0)


def part_from_elsewhere(squeeze: Float[Array, ""], own: Float[Array, ""]) -> Float[Array, ""]:
    """Tell what of the dysfunction came from elsewhere, whether purchases have cured it or not.

    s / (s + max(own, 0))

    Arguments:
        squeeze: s, squeeze from elsewhere in the same measure [decimal].
        own: what the market does by itself [decimal].

    Returns:
        Part that came from elsewhere [fraction].

    Source: from 2 April 2020 the yield was back where it began, and purchases went on for two
    months: what they had been begun for was not over (New York Fed; H.4.1).
    """
    whole = squeeze + jnp.maximum(own, 0.0)
    return squeeze / jnp.where(whole > 0.0, whole, 1.0)


def uncured(squeeze: Float[Array, ""], held: Float[Array, ""], rule: FedRule) -> Float[Array, ""]:
    """Say how much of a squeeze from elsewhere purchases can still cure.

    max(s - held / C, 0)

    Arguments:
        squeeze: s, as it comes from elsewhere [ratio].
        held: face bought so far [USD bn].
        rule: with C, what a squeeze of one asks for [USD bn].

    Returns:
        What is left of it [ratio].

    Source: in 2020 purchases slowed from 2 April, after USD 0.9tn, and had nearly stopped by the
    end of May, after 1.6tn (H.4.1).
    """
    return jnp.maximum(squeeze - held / rule.cure, 0.0)


def watch(
    state: FedState,
    bad: Float[Array, ""],
    given: Float[Array, ""],
    *,
    over: tuple[Float[Array, ""], Float[Array, ""]],
    rule: FedRule,
) -> FedState:
    """Open or shut the gate.

    L[t] = D + (L[t-1] - D) exp(-v h); it opens above the gate, and stays open down to a part of it

    Arguments:
        state: where the Fed stood.
        bad: dysfunction D [decimal].
        given: part of it that came from elsewhere [fraction].
        over: length of the step [business days], and the same, h [years].
        rule: the rule.

    Returns:
        Where it stands, before it buys.

    Source: in March 2020 the yield turned on the 9th and the first purchases came on the 13th; a
    bad day by itself, as 25 February 2021, brought none.
    """
    days, years = over
    lasting = bad + (state.lasting - bad) * jnp.exp(-rule.memory * years)
    was_open = state.open_days > 0.0
    bar = jnp.where(was_open, rule.exit_frac * rule.gate, rule.gate)
    is_open = lasting > bar
    return FedState(
        open_days=jnp.where(is_open, state.open_days + days, 0.0),
        shut_days=jnp.where(is_open | was_open, 0.0, state.shut_days + days),
        held=state.held,
        lasting=lasting,
        given=jnp.where(is_open, given, state.given),
        closed=state.closed,
    )
