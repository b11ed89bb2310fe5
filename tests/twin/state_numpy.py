"""What the plain loops remember from step to step, and what they leave behind."""

import math
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selloff.vocab import BOND_MARKETS
from twin.arithmetic import row

Array = NDArray[np.float64]
VIEW = ("y", "u", "pi", "c", "h", "d")


class Case:
    """One draw of one arm: its inputs, its parameters and how many there are of everything."""

    def __init__(self, inputs: Any, own: Any) -> None:
        self.inputs, self.own = inputs, own
        self.who, self.on = own.intermediaries, SimpleNamespace(**inputs.switches)
        self.rules, self.known = rules_of(own), known_of(own)
        self.n_s, self.n_b = inputs.sale.programme.shape
        self.n_g = own.speed.shape[0]
        self.n_k = inputs.unit_flow.shape[0]
        self.n_o = own.prices.wedge.shape[0]
        self.n_a = inputs.asset_bond.shape[0]
        self.n_c, self.n_q = inputs.bystanders.member.shape
        self.n_r = inputs.books.holdings.shape[0]
        rows, positions = range(self.n_r), self.rules.positions
        self.positions = [sum(positions[r, b] for r in rows) for b in range(self.n_b)]
        # Outputs: yields at tenors, bucket yields, foreign 10-year yields, exchange rates.
        self.first_bucket = self.n_o - 2 * self.n_k - self.n_b
        self.jgb, self.yen = self.n_o - 2 * self.n_k, self.n_o - self.n_k


def rules_of(own: Any) -> Any:
    """What everybody else's rules are, by who follows them."""
    who = {each.name: each for each in own.mechanisms}
    funds, carry = who["levered_funds"], who["carry_trade"]
    rates = [who[name].loadings for name in ("fed_rate", "boj_rate")]
    plain = (
        "followers",
        "haven",
        "boj",
        "ecb",
        "mof",
        "leaning",
        "defence",
        "retaliation",
        "fed_rate",
        "boj_rate",
    )
    return SimpleNamespace(
        **{name: who[name].rule for name in plain},
        stress=own.stress,
        fed=who["fed_purchases"].rule,
        repo=who["fed_repo"].rule,
        treasury=who["treasury"].rule.response,
        funds=funds.stops,
        funds_doubt_weight=funds.doubt_weight,
        margin_weight=funds.margin_weight,
        margin_speed=who["margins"].speed,
        positions=funds.positions,
        carry=carry.stops,
        carry_position=carry.owed,
        policy=np.stack(rates, axis=-1),
    )


def known_of(own: Any) -> Any:
    """What they know of the world as the books open."""
    who = {each.name: each for each in own.mechanisms}
    return SimpleNamespace(
        bought=who["fed_purchases"].mix,
        inflation_gap=who["fed_purchases"].inflation_gap,
        short=[-who[name].floor for name in ("fed_rate", "boj_rate")],
        jgb_cap=who["boj"].cap,
        bund_cap=who["ecb"].cap,
        yen_trend=who["mof"].yen_trend,
        output=who["leaning"].output,
        floating=who["leaning"].floating,
        official_mix=who["leaning"].mix,
        shifted=who["treasury"].mix,
        fed=who["fed_rate"],
        nodes=who["haven"].nodes,
    )


@dataclass
class Tick:
    """What one step is given."""

    at: int
    h: float
    """Years."""
    days: float
    noise: Array
    depth: float
    elsewhere: Array
    """Squeeze and doubt."""
    payment: float
    base_jgb: float
    base_log_fx: Array
    sunspot: float
    patience: float


@dataclass
class Sellers:
    """Accounts of all sellers so far."""

    backlog: Array
    to_come: Array
    refilled: Array
    """Longer paper sold to buy bills back, bills below zero."""
    proceeds: Array
    at_baseline: Array
    assets: Array
    conversion: Array
    carry: Array
    mark: Array
    """After each seller's latest sale."""
    worst_mark: float = 0.0
    first_day: float = math.inf
    last_day: float = 0.0


@dataclass
class Fed:
    """The gate, and what the rule has bought."""

    held: Array
    open_days: float = 0.0
    shut_days: float = math.inf
    lasting: float = 0.0
    """Dysfunction that has lasted."""
    given: float = 0.0
    """Part of it that came from elsewhere when the gate opened."""
    closed: float = 0.0
    """Share funds had closed when it last looked."""


@dataclass
class Others:
    """Where everybody else stands."""

    yen: list[float]
    """Log dollar in yen, as it is and in the baseline."""
    trend: list[float]
    sold: Array
    refilled: Array
    """Longer paper sold to buy bills back, bills below zero."""
    assets: Array
    fed: Fed
    hazard: Array
    planned: Array
    """Face each seller would still have to sell, had nothing come of it."""
    pace: Array
    """Of its latest sales, a month."""
    fresh: Array
    """Sales still held against each, weighted by their pace."""
    struck: Array
    frozen: Array
    sanction_loss: Array
    dislocation: float = 0.0
    normal: float = 0.0
    """Concession that everybody is used to."""
    rises: list[float] = field(default_factory=lambda: [0.0] * 5)
    """10-year yields by currency."""
    proceeds: float = 0.0
    closed: float = 0.0
    margin: float = 0.0
    """Asked at the last close, as the distress it is fit for."""
    carry_closed: float = 0.0
    rates: list[float] = field(default_factory=lambda: [0.0, 0.0])
    priced: list[float] = field(default_factory=lambda: [0.0, 0.0])
    view: dict[str, float] = field(default_factory=lambda: dict.fromkeys(VIEW, 0.0))
    """Output, unemployment, inflation, tightness, what is used to, dollar: the Fed's own sums."""
    strain: list[float] = field(default_factory=lambda: [0.0, 0.0])
    """Squeeze and doubt that borrowers still feel."""
    foreign: Array = field(default_factory=lambda: np.zeros(len(BOND_MARKETS)))
    """JGBs and Bunds that central banks bought."""
    intervened: float = 0.0
    several: float = 0.0
    used_to: float = 0.0
    """Rise of floating currencies that officials are used to."""
    risen: float = 0.0
    fallen_to: float = 0.0
    """Fall of floating currencies that those who defend theirs are used to."""
    needed: list[float] = field(default_factory=lambda: [0.0, 0.0])
    """Sold for want of dollars: Marches of 2020, and part of the book in defence."""
    leant: Array = field(default_factory=lambda: np.zeros(7))
    """Treasuries that officials of managed currencies bought, by bucket."""
    lent: float = 0.0
    """Loans to dealers against Treasuries, one being those of full stress."""


@dataclass
class State:
    """Everything a step needs to know of the past."""

    account: Sellers
    others: Others
    gaps: Array
    felt: Array
    fx_felt: Array
    fx_fresh: Array
    bucket_delta: Array
    holdings: Array
    to_buy: Array
    to_buy_later: Array
    net: Array
    """Face each row has bought so far, new debt left out."""
    foreign_felt: Array = field(default_factory=lambda: np.zeros(len(BOND_MARKETS)))
    fx_delta: Array = field(default_factory=lambda: np.zeros(4))
    """Log exchange rates less baseline at the end of the last step."""
    day: float = 0.0


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
    waiting: list[float] = field(default_factory=list)
    absorbed: list[list[float]] = field(default_factory=list)
    fed: list[float] = field(default_factory=list)
    followed: list[float] = field(default_factory=list)
    forced: list[float] = field(default_factory=list)
    margin: list[float] = field(default_factory=list)
    intervened: list[float] = field(default_factory=list)
    leant: list[float] = field(default_factory=list)
    needed: list[list[float]] = field(default_factory=list)
    bought_dollars: list[float] = field(default_factory=list)
    foreign_bonds: list[Array] = field(default_factory=list)
    rates: list[list[float]] = field(default_factory=list)
    stress: list[tuple[float, float]] = field(default_factory=list)
    sold_by: list[list[float]] = field(default_factory=list)
    placed: list[list[float]] = field(default_factory=list)
    placed_by_others: list[list[float]] = field(default_factory=list)
    hazard: list[float] = field(default_factory=list)
    struck: list[Array] = field(default_factory=list)
    account: Any = None
    reacted: Any = None
    bought: Any = None
    holdings: Any = None
    outcome: int = 0


def opening(case: Case) -> State:
    """Nothing is sold and nobody has reacted."""
    inputs, log_yen = case.inputs, -float(case.inputs.market.log_fx[0])
    account = Sellers(
        backlog=np.zeros((case.n_s, case.n_b)),
        to_come=inputs.sale.programme.copy(),
        refilled=np.zeros((case.n_s, case.n_b)),
        proceeds=np.zeros(case.n_s),
        at_baseline=np.zeros(case.n_s),
        assets=np.zeros(case.n_a),
        conversion=np.zeros(case.n_s),
        carry=np.zeros(case.n_s),
        mark=np.zeros(case.n_s),
    )
    others = Others(
        yen=[log_yen, log_yen],
        trend=[log_yen + float(case.known.yen_trend)] * 2,
        sold=np.zeros((case.n_c, case.n_b)),
        refilled=np.zeros((case.n_c, case.n_b)),
        assets=np.zeros(case.n_a),
        fed=Fed(np.zeros(case.n_b)),
        hazard=np.zeros(case.n_s),
        planned=inputs.sale.programme.sum(axis=1),
        pace=np.zeros(case.n_s),
        fresh=np.zeros(case.n_s),
        struck=np.zeros(case.n_s),
        frozen=np.zeros(case.n_s),
        sanction_loss=np.zeros(case.n_s),
    )
    return State(
        account=account,
        others=others,
        gaps=np.zeros((case.n_g, case.n_b)),
        felt=np.zeros(case.n_b),
        fx_felt=np.zeros(case.n_k),
        fx_fresh=np.zeros(case.n_k),
        bucket_delta=np.zeros(case.n_b),
        holdings=inputs.books.holdings.copy(),
        to_buy=np.zeros(case.n_b),
        to_buy_later=inputs.outside.programme.copy(),
        net=np.zeros((case.n_r, case.n_b)),
    )


def tick_at(case: Case, paths: Any, draw: int, at: int) -> Tick:
    """Gather what a step is given."""
    inputs, market = case.inputs, case.inputs.market
    noise = paths.noise[draw, at]
    return Tick(
        at=at,
        h=float(inputs.clock.years[at]),
        days=float(inputs.clock.days[at]),
        noise=noise,
        depth=float(paths.depth[draw, at]),
        elsewhere=inputs.elsewhere[at],
        payment=float(inputs.payment[at]),
        base_jgb=float(market.ten_year[1] + market.node_to_ten_year[1] @ noise),
        base_log_fx=market.log_fx + market.node_to_fx @ noise,
        sunspot=float(paths.sunspot[draw]),
        patience=float(paths.patience[draw]),
    )


def case_of(inputs: Any, draws: Any, draw: int) -> Case:
    """One draw of the batch."""
    return Case(inputs, row(draws, draw))
