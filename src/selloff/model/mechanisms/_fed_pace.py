"""How much the Federal Reserve buys behind its gate, from whom, and when it lets go."""

import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.mechanisms._fed_gate import FedRule, FedState
from selloff.model.sums import TINY, add_up

_LONG_AGO = 1e6
"""Stands for never, where infinities would not cancel [business days]."""


def purchases_due(
    state: FedState, days: Float[Array, ""], inflation_gap: Float[Array, ""], *, rule: FedRule
) -> Float[Array, ""]:
    """Read what is bought in a step off the table of 2020.

    C(n) - C(n - days) while the gate is open, g (T(m + days) - T(m)) after it shut m days ago,
    times exp(-delta (pi - pi*)) where inflation is high; C and T cumulate the paces, and g is the
    part of the dysfunction that came from elsewhere

    Arguments:
        state: where the Fed stands, the step counted in the days the gate is open.
        days: length of the step [business days].
        inflation_gap: inflation above target [decimal].
        rule: the rule.

    Returns:
        Face to buy [USD bn].

    Source: New York Fed (2020); damping is an assumption: purchases feed inflation. A market that
    breaks by itself gets no taper: the Bank of England stopped on its day in October 2022.
    """
    first, second = rule.pace_days[0], rule.pace_days[1]

    def opened(n: Float[Array, ""]) -> Float[Array, ""]:
        begun = rule.pace[0] * jnp.clip(n, 0.0, first)
        more = rule.pace[1] * jnp.clip(n - first, 0.0, second - first)
        return begun + more + rule.pace[2] * jnp.maximum(n - second, 0.0)

    def tapered(m: Float[Array, ""]) -> Float[Array, ""]:
        done = m - rule.taper_days * jnp.arange(rule.taper.shape[0])
        return add_up(rule.taper * jnp.clip(done, 0.0, rule.taper_days))

    n, m = state.open_days, jnp.minimum(state.shut_days, _LONG_AGO)
    amount = jnp.where(
        n > 0.0, opened(n) - opened(n - days), state.given * (tapered(m + days) - tapered(m))
    )
    return amount * jnp.exp(-rule.damping * jnp.maximum(inflation_gap, 0.0))


def split_purchases(
    due: Float[Array, ""],
    carried: Float[Array, " b"],
    forced: Float[Array, " b"],
    *,
    given: Float[Array, ""],
    mix: Float[Array, " b"],
    rule: FedRule,
) -> tuple[Float[Array, " b"], Float[Array, " b"]]:
    """Find what it buys of what is due, and from whom.

    at hand in a bucket: x = max(carried - l forced, 0), no bills
    from intermediaries: min(due, max(sum (carried - l forced), 0), sum x), in proportion to x
    from holders: g (due - that), in proportion to the debt

    Arguments:
        due: what the table of 2020 says [USD bn].
        carried: inventory of earlier steps that intermediaries still hold [USD bn].
        forced: face that levered funds were forced to sell and will buy back [USD bn].
        given: g, part of the dysfunction that came from elsewhere [fraction].
        mix: what a dollar bought in proportion to the debt goes into [fraction].
        rule: the rule.

    Returns:
        Face to buy from intermediaries, and from holders who want cash [USD bn].

    Source: "across a range of maturities and security types to support smooth market functioning,
    with the intention that purchases will eventually be conducted roughly in line with the
    composition of Treasury securities outstanding" (New York Fed, 15 March 2020); the Bank of
    England bought long gilts alone in September 2022, and linkers once they were sold. In the
    squeeze of 2020 it bought by its table, USD 1.6tn by the end of May (H.4.1), while dealers' net
    position stood between 220 and 270; that it would stop at what they hold without such a squeeze
    is an assumption.
    """
    left = carried - rule.left * forced
    at_hand = jnp.where(mix > 0.0, jnp.maximum(left, 0.0), 0.0)
    there = add_up(at_hand)
    bought = jnp.minimum(due, jnp.minimum(jnp.maximum(add_up(left), 0.0), there))
    return at_hand * (bought / jnp.maximum(there, TINY)), given * (due - bought) * mix


def run_off(
    state: FedState, years: Float[Array, ""], *, day_years: Float[Array, ""], rule: FedRule
) -> Float[Array, " b"]:
    """Let go what was bought.

    held (1 - exp(-v h)), once the delay is over

    Arguments:
        state: where the Fed stands.
        years: length h of the step [years].
        day_years: length of a business day [years].
        rule: the rule.

    Returns:
        Face that comes back to the market [USD bn].

    Source: assumption; in 2022 run-off began two years after the purchases.
    """
    is_due = state.shut_days * day_years > rule.runoff_delay
    return jnp.where(is_due, -jnp.expm1(-rule.runoff_speed * years), 0.0) * state.held
