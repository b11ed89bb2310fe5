"""What mechanisms may see of a step, and what all of them set out to do in it."""

from typing import Any

import equinox as eqx
from jaxtyping import Array

from selloff.engine.clearing import carried_over
from selloff.engine.inputs import Draws, Inputs
from selloff.engine.state import State
from selloff.engine.ticks import Tick
from selloff.model.mechanisms import AbstractMechanism, Flows, Moment, Report, Sellers
from selloff.model.sums import add_up, once

Mechanisms = tuple[AbstractMechanism, ...]


class Now(eqx.Module):
    """All that a stage of a step works with."""

    state: State
    tick: Tick
    inputs: Inputs
    draw: Draws


def look(now: Now) -> Moment:
    """Show mechanisms the step: prices of the last step's end, and what comes from outside."""
    state, tick, inputs, draw = now.state, now.tick, now.inputs, now.draw
    sale, seen, sold = inputs.sale, state.seen, add_up(state.others.sold, 1)
    shown = reports(draw.mechanisms, state.answers)
    return Moment(
        days=tick.days,
        years=tick.years,
        lengths=inputs.clock.lengths,
        on=inputs.switches,
        stress=draw.stress,
        elsewhere=tick.elsewhere,
        payment=tick.payment,
        dislocation=seen.dislocation,
        used_to=seen.used_to,
        rises=seen.rises,
        base_ten_year=tick.ten_year,
        log_fx=seen.log_fx,
        base_log_fx=seen.base_log_fx,
        carried=carried_over(state, tick),
        depth=tick.depth,
        intermediaries=draw.intermediaries,
        offered=Flows.nothing(sold.size, state.outstanding.size, seen.log_fx.size),
        outstanding=state.outstanding,
        bystanders=inputs.bystanders,
        sold=sold,
        sellers=Sellers(
            programme=add_up(sale.programme, 1),
            to_come=add_up(state.sold.to_come, 1),
            announced=sale.announced,
            member=sale.member,
            countries=sale.countries,
            hostility=sale.hostility,
        ),
        sunspot=tick.sunspot,
        patience=tick.patience,
        known=shown.series | shown.ending,
    )


def ask(moment: Moment, mechanisms: Mechanisms, states: tuple[Any, ...]) -> Moment:
    """Ask mechanisms in the order of their table; each sees what those before it offered."""
    for mechanism, state in zip(mechanisms, states, strict=True):
        wished = mechanism.wish(state, moment).scaled(moment.on[mechanism.switch])
        moment = eqx.tree_at(lambda m: m.offered, moment, moment.offered + wished)
    return eqx.tree_at(lambda m: m.offered, moment, once(moment.offered))


def reports(mechanisms: Mechanisms, states: tuple[Any, ...]) -> Report:
    """Gather what mechanisms show; entries of one name add up."""
    series: dict[str, Array] = {}
    ending: dict[str, Array] = {}
    for mechanism, state in zip(mechanisms, states, strict=True):
        shown = mechanism.report(state)
        for found, given in ((series, shown.series), (ending, shown.ending)):
            for name, value in given.items():
                found[name] = found[name] + value if name in found else value
    return Report(series, ending)
