"""The Federal Reserve buys behind a gate, at the pace of 2020, and lets go later."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.mechanisms._abstract import AbstractMechanism
from selloff.model.mechanisms._fed_gate import (
    FedRule,
    FedState,
    own_dysfunction,
    part_from_elsewhere,
    uncured,
    watch,
)
from selloff.model.mechanisms._fed_pace import purchases_due, run_off, split_purchases
from selloff.model.mechanisms._flows import Cleared, Flows, Report
from selloff.model.mechanisms._moment import Moment, Opening
from selloff.model.sums import add_up
from selloff.vocab.axes import STRESSES


class FedPurchases(AbstractMechanism):
    """The Federal Reserve's purchases.

    Source: see `FedRule`.
    """

    rule: FedRule
    mix: Float[Array, "*d b"]
    """What a dollar of its purchases in proportion to the debt goes into [fraction]."""
    inflation_gap: Float[Array, "*d"]
    """US inflation above target [decimal]."""

    def start(self, opening: Opening) -> FedState:
        """The gate is shut and nothing is held."""
        nothing = jnp.zeros(())
        never = jnp.asarray(jnp.inf)
        return FedState(nothing, never, jnp.zeros_like(opening.outstanding), *3 * (nothing,))

    def wish(self, state: FedState, moment: Moment) -> Flows:
        """Buy what is due, as far as nobody else will."""
        seen = self._watched(state, moment)
        due = purchases_due(seen, moment.days, self.inflation_gap, rule=self.rule)
        forced = add_up(moment.known["forced_by_row"], 0)
        bought, direct = split_purchases(
            due, moment.carried, forced, given=seen.given, mix=self.mix, rule=self.rule
        )
        day = moment.lengths[0]
        returned = run_off(seen, moment.years, day_years=day, rule=self.rule)
        return Flows(purchases=bought, returned=returned - direct)

    def settle(self, state: FedState, moment: Moment, cleared: Cleared) -> FedState:
        """Count the days and what was bought."""
        seen, wished = self._watched(state, moment), self.wish(state, moment)
        bought = moment.on[self.switch] * wished.purchases * cleared.delivered
        held = seen.held + (bought - moment.on[self.switch] * wished.returned)
        return eqx.tree_at(lambda s: s.held, seen, held)

    def report(self, state: FedState) -> Report:
        """What it holds, and how long the gate has been open or shut."""
        days = {"fed_open_days": state.open_days, "fed_shut_days": state.shut_days}
        why = {"fed_lasting": state.lasting, "fed_given": state.given}
        return Report({}, {"held_by_rules": state.held, **days, **why})

    def _watched(self, state: FedState, moment: Moment) -> FedState:
        """A squeeze of the world opens the gate as a dislocation does."""
        squeeze = STRESSES.pick(moment.elsewhere, "squeeze")
        left = uncured(squeeze, add_up(state.held), self.rule)
        closed = moment.known["funds_closed"]
        own = own_dysfunction(moment.news, (closed - state.closed) / moment.days, self.rule)
        given = part_from_elsewhere(moment.stress.unit * squeeze, own)
        bad = own + moment.stress.unit * left
        seen = watch(state, bad, given, over=(moment.days, moment.years), rule=self.rule)
        return eqx.tree_at(lambda s: s.closed, seen, closed)
