"""The engine once more in plain loops: draw by draw, step by step, bucket by bucket.

Written from the equations; it shares no code with the model or the engine. It takes the same
inputs, as NumPy arrays.
"""

import math
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twin.arithmetic import bond_price, concave, left_of_flow, row

Array = NDArray[np.float64]


@dataclass
class Sellers:
    """Accounts of all sellers so far."""

    backlog: Array
    to_come: Array
    proceeds: Array
    at_baseline: Array
    assets: Array
    worst_mark: float = 0.0
    first_day: float = math.inf
    last_day: float = 0.0


@dataclass
class Path:
    """What one draw leaves behind, step by step."""

    prices: list[Array] = field(default_factory=list)
    base_ten_year: list[Array] = field(default_factory=list)
    base_log_fx: list[Array] = field(default_factory=list)
    sold: list[float] = field(default_factory=list)
    unsold: list[float] = field(default_factory=list)
    dealers: list[float] = field(default_factory=list)
    levered: list[float] = field(default_factory=list)
    use: list[float] = field(default_factory=list)
    absorbed: list[list[float]] = field(default_factory=list)
    fed: list[float] = field(default_factory=list)
    account: Any = None
    bought: Any = None
    holdings: Any = None
    outcome: int = 0


@dataclass
class Chance:
    """Paths of noise and depth, draw by step."""

    noise: Array
    depth: Array


def simulate(inputs: Any, paths: Any, draws: Any, *, draw: int) -> Path:
    """One draw of one arm."""
    own = row(draws, draw)
    return _Draw(inputs, own).run(paths.noise[draw], paths.depth[draw])


class _Draw:
    def __init__(self, inputs: Any, own: Any) -> None:
        self.inputs, self.own, self.who = inputs, own, own.intermediaries
        self.n_s, self.n_b = inputs.sale.programme.shape
        self.n_g = own.speed.shape[0]
        self.n_k = inputs.gdp.shape[0]
        self.n_o = own.prices.wedge.shape[0]
        self.first_bucket = self.n_o - 2 * self.n_k - self.n_b

    def run(self, noise: Array, depth: Array) -> Path:
        sale, clock = self.inputs.sale, self.inputs.clock
        account = Sellers(
            backlog=np.zeros((self.n_s, self.n_b)),
            to_come=sale.programme.copy(),
            proceeds=np.zeros(self.n_s),
            at_baseline=np.zeros(self.n_s),
            assets=np.zeros(self.inputs.jgb.shape[0]),
        )
        state = SimpleNamespace(
            day=0.0,
            account=account,
            gaps=np.zeros((self.n_g, self.n_b)),
            felt=np.zeros(self.n_b),
            fx_felt=np.zeros(self.n_k),
            fx_fresh=np.zeros(self.n_k),
            jgb_felt=0.0,
            bucket_delta=np.zeros(self.n_b),
            holdings=self.inputs.books.holdings.copy(),
            to_buy=np.zeros(self.n_b),
            to_buy_later=self.inputs.outside.programme.copy(),
            purchases=np.zeros(self.n_b),
        )
        path = Path()
        for t in range(len(clock.years)):
            self._step(state, t, path, noise=noise[t], depth=float(depth[t]))
        path.account, path.holdings = account, state.holdings
        path.bought = self._bought(state, state.gaps)
        path.outcome = self._outcome(account, path)
        return path

    def _step(self, state: Any, t: int, path: Path, *, noise: Array, depth: float) -> None:
        inputs, own, account = self.inputs, self.own, state.account
        h, days = float(inputs.clock.years[t]), float(inputs.clock.days[t])
        account.backlog += inputs.sale.scheduled[t]
        state.to_buy = state.to_buy + inputs.outside.purchases[t]
        state.purchases = self._purchases(state, h, days, depth)
        state.to_buy = state.to_buy - state.purchases
        state.to_buy_later = state.to_buy_later - state.purchases
        sales = self._sales(state, h, days, depth)
        sold = [
            sum(sales[s, b] for s in range(self.n_s)) - state.purchases[b] for b in range(self.n_b)
        ]

        # Slow buyers.
        before = [sum(state.gaps[g, b] for g in range(self.n_g)) for b in range(self.n_b)]
        gaps = np.zeros_like(state.gaps)
        for g in range(self.n_g):
            for b in range(self.n_b):
                gaps[g, b] = (
                    math.exp(-own.speed[g] * h) * state.gaps[g, b]
                    + left_of_flow(own.speed[g], h) * own.shares[g, b] * sold[b]
                )
        inventory = [sum(gaps[g, b] for g in range(self.n_g)) for b in range(self.n_b)]
        levered = self._levered(sum(inventory))
        dealers = sum(inventory) - levered
        use = dealers / (self.who.dealer_capacity * depth)

        # Bonds.
        felt = [
            math.exp(-own.supply_decay * h) * state.felt[b]
            + left_of_flow(own.supply_decay, h) * sold[b]
            for b in range(self.n_b)
        ]
        to_come = account.to_come - sales
        believed = [own.belief * inputs.sale.announced[s] for s in range(self.n_s)]
        trusted = [own.belief * inputs.outside.announced[b] for b in range(self.n_b)]
        wedge = self._wedge(inventory, use) * self._surprise(believed, trusted)
        bonds = np.zeros(self.n_o)
        for o in range(self.n_o):
            for b in range(self.n_b):
                expected = sum(believed[s] * to_come[s, b] for s in range(self.n_s))
                expected -= trusted[b] * state.to_buy_later[b]
                bonds[o] += own.prices.lasting[o, b] * felt[b]
                bonds[o] += own.prices.carried[o, b] * inventory[b]
                bonds[o] += own.prices.expected[o, b] * expected
            bonds[o] += own.prices.wedge[o] * wedge

        # Sellers are paid half-way and place the money.
        base_yield, paid, base_price = np.zeros(self.n_b), np.zeros(self.n_b), np.zeros(self.n_b)
        for b in range(self.n_b):
            base_yield[b] = inputs.market.bucket_yield[b] + sum(
                inputs.market.node_to_bucket[b, f] * noise[f] for f in range(len(noise))
            )
            moved = 0.5 * (state.bucket_delta[b] + bonds[self.first_bucket + b])
            base_price[b] = self._price(base_yield[b], b)
            paid[b] = self._price(base_yield[b] + moved, b)
        fx_flow, jgb_flow = self._pay(account, sales, paid, base_price=base_price)
        account.backlog -= sales
        account.to_come -= sales
        if sales.sum() > 1e-6:
            account.first_day = min(account.first_day, state.day + 1.0)
            account.last_day = state.day + days

        # Currencies.
        fx_flow = [fx_flow[k] + inputs.outside.currency[t, k] for k in range(self.n_k)]
        state.jgb_felt = (
            math.exp(-own.supply_decay * h) * state.jgb_felt
            + left_of_flow(own.supply_decay, h) * jgb_flow
        )
        prices = bonds + own.prices.jgb * state.jgb_felt
        for k in range(self.n_k):
            state.fx_felt[k] = (
                math.exp(-own.supply_decay * h) * state.fx_felt[k]
                + left_of_flow(own.supply_decay, h) * fx_flow[k]
            )
            state.fx_fresh[k] = (
                math.exp(-own.fx_jump_decay * h) * state.fx_fresh[k]
                + left_of_flow(own.fx_jump_decay, h) * fx_flow[k]
            )
            lasting = concave(state.fx_felt[k], inputs.gdp[k], own.fx_power)
            fresh = concave(state.fx_fresh[k], inputs.gdp[k], own.fx_power)
            prices += own.prices.fx[:, k] * lasting
            prices[self.n_o - self.n_k + k] += own.fx_jump[k] * fresh

        # Books, and losses on what the sellers still hold.
        state.bucket_delta = prices[self.first_bucket : self.first_bucket + self.n_b].copy()
        self._close_books(state, t, gaps=gaps, before=before, inventory=inventory, sales=sales)
        mark = sum(
            state.holdings[self.n_g + 3 + s, b]
            * (base_price[b] - self._price(base_yield[b] + state.bucket_delta[b], b))
            for s in range(self.n_s)
            for b in range(self.n_b)
        )
        account.worst_mark = max(account.worst_mark, mark)
        state.gaps, state.felt = gaps, np.array(felt)
        state.day += days
        self._write(path, prices, noise, state=state)
        path.sold.append(sales.sum())
        path.dealers.append(dealers)
        path.levered.append(levered)
        path.use.append(use)

    def _space(self, state: Any, h: float, depth: float, *, flow: Any, sign: float) -> float:
        """Face that still fits: sales above the normal book, purchases below it."""
        own, who = self.own, self.who
        kept, carried = 0.0, 0.0
        for b in range(self.n_b):
            unsettled = sum(
                left_of_flow(own.speed[g], h) * own.shares[g, b] for g in range(self.n_g)
            )
            kept = max(kept, unsettled if flow[b] > 0.0 else 0.0)
            for g in range(self.n_g):
                carried += math.exp(-own.speed[g] * h) * state.gaps[g, b]
            if sign > 0.0:
                carried -= unsettled * state.purchases[b]
        room = who.use_limit * who.dealer_capacity * depth
        limit = min(room / (1.0 - who.levered_share), room + who.levered_capacity)
        return max(limit - sign * carried, 0.0) / (kept if kept > 0.0 else 1.0)

    def _purchases(self, state: Any, h: float, days: float, depth: float) -> Array:
        """What the market delivers of what the central bank wants, bucket by bucket."""
        wanted = sum(state.to_buy)
        space = self._space(state, h, depth, flow=state.to_buy, sign=-1.0)
        taken = min(wanted, self.who.daily_turnover * days, space)
        return np.array([each * taken / max(wanted, 1e-12) for each in state.to_buy])

    def _sales(self, state: Any, h: float, days: float, depth: float) -> Array:
        """What the market takes of each seller's backlog, bucket by bucket."""
        own, who, sale = self.own, self.who, self.inputs.sale
        backlog = state.account.backlog
        turnover = who.daily_turnover * days
        wanted = [
            min(sum(backlog[s]), min(sale.turnover_frac[s], own.participation) * turnover)
            for s in range(self.n_s)
        ]
        put_up = [sum(backlog[s, b] for s in range(self.n_s)) for b in range(self.n_b)]
        taken = min(sum(wanted), turnover, self._space(state, h, depth, flow=put_up, sign=1.0))
        sales = np.zeros_like(backlog)
        for s in range(self.n_s):
            mine = wanted[s] * taken / max(sum(wanted), 1e-12)
            for b in range(self.n_b):
                if sale.ordered[s]:
                    ahead = sum(
                        backlog[s, c] for c in range(self.n_b) if sale.before[s, b, c] == 1.0
                    )
                    sales[s, b] = min(max(mine - ahead, 0.0), backlog[s, b])
                else:
                    sales[s, b] = backlog[s, b] * mine / max(sum(backlog[s]), 1e-12)
        return sales

    def _levered(self, inventory: float) -> float:
        return min(self.who.levered_share * inventory, self.who.levered_capacity)

    def _wedge(self, inventory: list[float], use: float) -> float:
        equivalents = sum(inventory[b] * self.inputs.books.equivalents[b] for b in range(self.n_b))
        full = min(max(use, 0.0), 1.0)
        stress = 1.0 + (self.who.stress_multiple - 1.0) * full**self.who.stress_power
        return float(self.who.wedge * equivalents * stress)

    def _surprise(self, believed: list[float], trusted: list[float]) -> float:
        sales, purchases = self.inputs.sale.programme, self.inputs.outside.programme
        told = sum(sum(sales[s]) * believed[s] for s in range(self.n_s))
        told += sum(purchases[b] * trusted[b] for b in range(self.n_b))
        mean = told / max(sales.sum() + purchases.sum(), 1e-12)
        return float(1.0 - mean * (1.0 - self.own.surprise_left))

    def _price(self, ytm: float, b: int) -> float:
        books = self.inputs.books
        return bond_price(ytm, books.coupon[b], books.years[b])

    def _pay(
        self, account: Sellers, sales: Array, paid: Array, *, base_price: Array
    ) -> tuple[list[float], float]:
        fx_flow, jgb_flow = [0.0] * self.n_k, 0.0
        for s in range(self.n_s):
            cash = sum(sales[s, b] * paid[b] for b in range(self.n_b))
            account.proceeds[s] += cash
            account.at_baseline[s] += sum(sales[s, b] * base_price[b] for b in range(self.n_b))
            for a in range(len(account.assets)):
                bought = cash * self.inputs.sale.into[s, a]
                account.assets[a] += bought
                jgb_flow += bought * self.inputs.jgb[a]
                for k in range(self.n_k):
                    fx_flow[k] += bought * self.inputs.asset_currency[a, k]
        return fx_flow, jgb_flow

    def _close_books(
        self,
        state: Any,
        t: int,
        *,
        gaps: Array,
        before: list[float],
        inventory: list[float],
        sales: Array,
    ) -> None:
        """Everybody keeps the maturity mix it has, trades and takes its part of new debt."""
        issuance = self.inputs.books.issuance[t]
        new = state.holdings.copy()
        was, now = self._split(before), self._split(inventory)
        for b in range(self.n_b):
            sold = sum(sales[s, b] for s in range(self.n_s)) - state.purchases[b]
            new[self.n_g + 2, b] += state.purchases[b]
            for g in range(self.n_g):
                bought = self.own.shares[g, b] * sold - (gaps[g, b] - state.gaps[g, b])
                new[g, b] += bought + self.own.shares[g, b] * issuance[b]
            new[self.n_g, b] += now[0][b] - was[0][b]
            new[self.n_g + 1, b] += now[1][b] - was[1][b]
            for s in range(self.n_s):
                new[self.n_g + 3 + s, b] -= sales[s, b]
        state.holdings = new

    def _split(self, inventory: list[float]) -> tuple[list[float], list[float]]:
        """Dealers' and levered funds' part of every bucket of the inventory."""
        total = sum(inventory)
        part = self._levered(total) / total if total != 0.0 else 0.0
        return [(1.0 - part) * each for each in inventory], [part * each for each in inventory]

    def _bought(self, state: Any, gaps: Array) -> Array:
        """Face each group has bought so far: its part of net sales less what it has yet to buy."""
        gone = (self.inputs.sale.programme - state.account.to_come).sum(axis=0)
        net = gone - (self.inputs.outside.programme - state.to_buy_later)
        return np.array(
            [
                [self.own.shares[g, b] * net[b] - gaps[g, b] for b in range(self.n_b)]
                for g in range(self.n_g)
            ]
        )

    def _write(self, path: Path, prices: Array, noise: Array, *, state: Any) -> None:
        market = self.inputs.market
        path.prices.append(prices)
        path.base_ten_year.append(market.ten_year + market.node_to_ten_year @ noise)
        path.base_log_fx.append(market.log_fx + market.node_to_fx @ noise)
        path.unsold.append(float(state.account.to_come.sum()))
        path.absorbed.append([float(each.sum()) for each in self._bought(state, state.gaps)])
        path.fed.append(float((self.inputs.outside.programme - state.to_buy_later).sum()))

    def _outcome(self, account: Sellers, path: Path) -> int:
        if not all(math.isfinite(x) for prices in path.prices for x in prices):
            return 4
        if self.inputs.sale.programme.sum() <= 0.0:
            return 0
        if account.to_come.sum() > 1e-6:
            return 3
        return 2 if account.last_day > float(self.inputs.sale.due) + 0.5 else 1
