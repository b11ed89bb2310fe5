"""The US block again, in plain loops from the equations on its pages."""

import math
from typing import Any

import numpy as np

from selloff.vocab import TENORS
from twin.arithmetic import Array


def alive(gross: Array, years: tuple[float, ...]) -> Array:
    """Half an issue pays in its first and last quarter, all of it between."""
    n_q, n_m = gross.shape
    face = np.zeros((n_q, n_q, n_m))
    for q in range(n_q):
        for s in range(q + 1):
            for m in range(n_m):
                age, life = q - s, round(4 * years[m])
                if 0 < age < life:
                    face[q, s, m] = gross[s, m]
                elif age in (0, life):
                    face[q, s, m] = gross[s, m] / 2.0
    return face


def levelled(extra: float, seen: float, over: float) -> float:
    """Follow what was seen, and end at one and a half times that."""
    size = abs(extra)
    if size > seen:
        size = seen * (1.0 + over * (1.0 - math.exp(-(size / seen - 1.0) / over)))
    return math.copysign(size, extra)


def repricing(alive: Array, yields: Array) -> list[float]:
    """Every issue pays the deviation of the quarter in which it was sold, for life."""
    n_q, _, n_m = alive.shape
    return [
        sum(alive[q, s, m] * yields[s, m] for s in range(n_q) for m in range(n_m)) / 4.0
        for q in range(n_q)
    ]


def baseline(chance: Array, budget: Any, shocks: Any, reaction: float) -> list[dict[str, float]]:
    """Growth, primary balance and yields stray, and debt with them."""
    n_q, n_m = chance.shape[0], budget.loading.shape[0]
    strayed = np.zeros((n_q, 3))
    for q in range(n_q):
        for i in range(3):
            kept = strayed[q - 1, i] if q else 0.0
            strayed[q, i] = shocks.memory[i] * kept + sum(
                shocks.spread[i, j] * chance[q, j] for j in range(3)
            )
    cost = repricing(np.asarray(budget.alive), np.array([[row[2]] * n_m for row in strayed]))
    rows, level, extra, ratio, before = [], 0.0, 0.0, 0.0, float(budget.opening)
    for q in range(n_q):
        level += strayed[q, 0] / 4.0
        gdp = budget.gdp[q] * math.exp(level)
        primary = budget.debt[q] - before - budget.interest[q]
        interest = cost[q] + budget.new_rate * extra / 4.0
        flow = (math.exp(level) - 1.0) * primary - strayed[q, 1] * gdp / 4.0
        extra += interest + flow - reaction * ratio * gdp / 4.0
        ratio = (budget.debt[q] + extra) / gdp - budget.debt[q] / budget.gdp[q]
        before = float(budget.debt[q])
        rows.append(
            {
                "debt": budget.debt[q] + extra,
                "gdp": gdp,
                "interest": budget.interest[q] + interest,
                "revenue": budget.revenue[q] * math.exp(level),
            }
        )
    return rows


def strain(moved: Array, demand: Any) -> list[float]:
    """A unit of squeeze and one of doubt: bond premium up, stocks down, fear up."""
    return [
        float(demand.spread * demand.premium * moved[0, s])
        - float(demand.stocks * moved[1, s])
        + float(demand.fear * moved[2, s])
        for s in range(2)
    ]


def us_paths(
    drivers: Any, chance: Array, world: Any, rules: Any, trade: Any = None
) -> dict[str, Array]:
    """Yields, output, interest, debt and yields again, quarter after quarter."""
    budget, fiscal = world.budget, rules.fiscal
    demand, labour, prices = rules.economy.demand, rules.economy.labour, rules.economy.prices
    base = baseline(chance, budget, rules.shocks, float(fiscal.reaction))
    market = repricing(np.asarray(budget.alive), np.asarray(drivers.yields))
    n_q, n_m = drivers.yields.shape
    y = u = p = pi = tight = used = dollar = debt = ratio = 0.0
    cost = strain(rules.moved, demand)
    premiums: list[float] = []
    out: dict[str, list[float]] = {}
    history = [float(each) for each in world.past_ratio]
    history_base = list(history)
    for q in range(n_q):
        premium = float(fiscal.premium) * levelled(ratio, float(fiscal.seen), float(fiscal.over))
        premiums.append(premium)
        y_next = demand.persistence * y - (1.0 - demand.persistence) * (tight - used)
        used += demand.adaptation * (tight - used)
        u_next = u - labour.impact * (y_next - y) - labour.speed * (u + labour.level * y)
        moved = drivers.broad[q] - dollar
        push = prices.slope * u + 4.0 * prices.pass_through * moved
        pi = prices.persistence * pi - (1.0 - prices.persistence) * push
        p += pi / 4.0
        y, u, dollar = y_next, u_next, drivers.broad[q]
        tight = (
            demand.ten_year * (drivers.yields[q, TENORS.at("10Y")] + premium)
            + demand.policy * drivers.rates[q, 0]
            + demand.dollar * drivers.broad[q]
            + sum(cost[s] * drivers.stress[q, s] for s in range(2))
        )
        rolled = sum(
            budget.alive[q, s, m] * budget.loading[m] * premiums[s] / 4.0
            for s in range(q + 1)
            for m in range(n_m)
        )
        interest = market[q] + rolled + budget.new_rate * debt / 4.0
        now = base[q]
        lost, dearer, customs = (0.0, 0.0, 0.0) if trade is None else trade[q]
        was = 0.0 if trade is None or q == 0 else trade[q - 1][1]
        level = math.exp(y + lost + p + dearer)
        saved = fiscal.cyclical * (y + lost) + fiscal.reaction * ratio + customs
        deficit = interest - saved * now["gdp"] / 4.0
        debt += deficit
        share_base = now["debt"] / now["gdp"]
        share = (now["debt"] + debt) / (now["gdp"] * level)
        ratio = share - share_base
        history.append(share)
        history_base.append(share_base)
        row = {
            "gdp": y + lost,
            "unemployment": u - labour.level * lost,
            "inflation": pi + 4.0 * (dearer - was),
            "premium": premium,
            "interest": interest,
            "deficit": deficit,
            "debt": debt,
            "interest_base": now["interest"],
            "debt_ratio_base": share_base,
            "debt_ratio": share,
            "interest_to_revenue_base": now["interest"] / now["revenue"],
            "interest_to_revenue": (now["interest"] + interest)
            / (now["revenue"] * level + customs * now["gdp"] / 4.0),
            "debt_trend_base": share_base - history_base[-5],
            "debt_trend": share - history[-5],
            "ten_year": drivers.yields[q, TENORS.at("10Y")] + premium,
        }
        for name, value in row.items():
            out.setdefault(name, []).append(float(value))
    return {name: np.array(values) for name, values in out.items()}


def downgrade_prob(paths: dict[str, Array], rules: Any, *, sold: bool) -> Array:
    """One less the chance that nobody has cut so far."""
    end, calm = ("", 1.0) if sold else ("_base", 0.0)
    total, out = 0.0, []
    for q in range(paths["ten_year"].size):
        score = (
            rules.interest * (paths[f"interest_to_revenue{end}"][q] - rules.usual_interest)
            + rules.trend * (paths[f"debt_trend{end}"][q] - rules.usual_trend)
            + rules.ten_year * calm * paths["ten_year"][q]
        )
        total += float(rules.hazard) * math.exp(score) / 4.0
        out.append(1.0 - math.exp(-total))
    return np.array(out)


def payment(delta: float, rules: Any) -> float:
    """Level payment that repays a loan, from the sum of discounted months."""
    monthly = (float(rules.opening_rate) + delta) / 12.0
    annuity = sum((1.0 + monthly) ** -k for k in range(1, round(12 * float(rules.loan_years)) + 1))
    return float(rules.loan) / annuity


def refinancing(delta: Array, rules: Any) -> Array:
    """Debt of each quarter pays its own deviation until its life, in quarters, is over."""
    life = 4.0 * float(rules.debt_years)
    out = []
    for q in range(delta.size):
        cost = 0.0
        for s in range(q + 1):
            # Debt sold between s and s + 1 pays, in quarter q, for the part in which it lives.
            begun = 0.5 if s == q else 1.0
            over = min(max(q - s - life + 0.5, 0.0), 1.0)
            cost += float(rules.maturing) / 4.0 * (begun - over) * delta[s]
        out.append(cost)
    return np.array(out)
