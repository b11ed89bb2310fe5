"""A made-up result dataset that satisfies the schema, with invented but plausible numbers."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import pytest
import xarray as xr

import blank
from selloff.evidence import support
from selloff.results import metric_draws, summarise
from selloff.vocab import ASSETS, BUCKETS, CURRENCIES, TENORS, holders

DAYS = 252
MONTH = 21
IDENTITIES = (
    "stock_flow",
    "sum_of_holders",
    "secondary_sums_to_zero",
    "counter_asset",
    "fx_flows_sum_to_zero",
)
OUTCOMES = ("completed", "unfinished", "no_equilibrium", "frozen")
SHARES = (0.8, 0.85, 1.45, 1.02, 1.0)
"""Made-up levels of every metric, part by part, over the metric itself."""
BUYERS = {
    "foreign_private": 0.24,
    "usa_mutual_fund": 0.2,
    "usa_household": 0.17,
    "usa_bank": 0.13,
    "usa_mmf": 0.09,
    "usa_pension": 0.06,
    "usa_insurer": 0.05,
    "usa_other": 0.04,
    "foreign_official": 0.02,
}
GROUPS = (*BUYERS, "dealers", "levered", "fed")
EXPORTERS = {"toyota": "Toyota Motor", "honda": "Honda Motor", "denso": "Denso"}
COUNTRIES = {
    "EGY": "Egypt", "PAK": "Pakistan", "TUR": "Turkey", "ARG": "Argentina", "KEN": "Kenya",
    "ZAF": "South Africa", "COL": "Colombia", "UKR": "Ukraine", "NGA": "Nigeria",
    "TUN": "Tunisia", "LKA": "Sri Lanka", "IDN": "Indonesia", "BRA": "Brazil", "MEX": "Mexico",
    "CHL": "Chile", "MYS": "Malaysia", "IND": "India", "HKG": "Hong Kong", "MUS": "Mauritius",
    "SGP": "Singapore", "SAU": "Saudi Arabia", "CHN": "China",
}  # fmt: skip
DROPPED = [{"country": "VEN", "name": "Venezuela", "reason": "no reserves published"}]
QUARTERLY = {
    "delta_us_gdp": -0.3,
    "delta_us_unemployment": 0.15,
    "delta_us_inflation": 0.05,
    "delta_us_policy_rate": -12.0,
    "delta_us_10y_quarter": 20.0,
    "fiscal_premium": 2.0,
    "federal_interest": 9.0,
    "federal_deficit": 12.0,
    "mortgage_payment": 40.0,
    "corporate_refinancing": 6.0,
    "delta_japan_cpi": -0.4,
    "delta_japan_gdp": -0.5,
    "delta_japan_exports": -2.0,
    "japan_reserve_loss": 9.0,
    "boj_assets": 4.0,
    "insurer_hedge_bill": 3.0,
}
"""Made-up highest or lowest point of each variable by quarter."""
Build = Callable[..., tuple[xr.Dataset, dict[str, Any]]]


@dataclass(frozen=True, kw_only=True)
class Case:
    """What to make up."""

    face: float = 1104.0
    years: float | None = None
    draws: int = 60
    horizon_years: float = 10.0
    seed: int = 7
    failed: int = 0
    frozen: int = 0
    reacts: bool = False
    question: dict[str, Any] = field(default_factory=dict)
    title: str = "Japan sells every Treasury it has, at once"
    name: str = "japan-dump"
    description: str = "The whole Japanese book, as fast as the market takes it, into yen."
    attrs: dict[str, Any] = field(default_factory=dict)


@pytest.fixture(scope="session")
def build() -> Build:
    """Give the builder of made-up results."""
    return synthetic


@pytest.fixture(scope="session")
def dump() -> tuple[xr.Dataset, dict[str, Any]]:
    """Give a fast sale."""
    return synthetic()


@pytest.fixture(scope="session")
def answered() -> tuple[xr.Dataset, dict[str, Any]]:
    """Give a fast sale that everybody answers, with its attribution."""
    return synthetic(reacts=True)


@pytest.fixture(scope="session")
def yen_crash() -> tuple[xr.Dataset, dict[str, Any]]:
    """Give a flight from the yen: no seller, and yet all moves."""
    flow = {
        "currency": "JPY",
        "amount_usd_bn": -500.0,
        "pace": {"kind": "linear", "years": 0.25},
        "start_day": 1,
        "why": "flight from the yen",
    }
    return synthetic(
        face=0.0, reacts=True, title="The yen crashes", name="yen-crash",
        description="Flight from the yen.", question={"currency_flows": [flow]},
    )  # fmt: skip


@pytest.fixture(scope="session")
def descent() -> tuple[xr.Dataset, dict[str, Any]]:
    """Give a slow sale of the same amount."""
    return synthetic(
        years=10.0,
        title="Japan sells the same Treasuries over ten years",
        name="controlled-descent",
        description="The whole Japanese book, evenly over ten years.",
    )


@pytest.fixture(scope="session")
def no_sale() -> tuple[xr.Dataset, dict[str, Any]]:
    """Give a scenario that sells nothing."""
    return synthetic(face=0.0, title="Nobody sells", name="no-sale", description="The baseline.")


def synthetic(**given: Any) -> tuple[xr.Dataset, dict[str, Any]]:
    """Make up a dataset and the summary that belongs to it."""
    case = Case(**given)
    rng = np.random.default_rng(case.seed)
    daily = round(min(1.0, case.horizon_years) * DAYS)
    months = max(0, round((case.horizon_years * DAYS - DAYS) / MONTH))
    day = np.concatenate([np.arange(daily + 1.0), DAYS + MONTH * np.arange(1.0, months + 1.0)])
    flow = _flows(case, day, rng)
    dataset = _dataset(case, day, flow, rng)
    for name in list(dataset.data_vars):
        if case.failed and "draw" in dataset[name].dims and name != "outcome":
            dataset[name] = dataset[name].where(dataset["draw"] >= case.failed)
    dataset["attribution_level"][:] = np.nan
    if case.reacts:
        levels = [np.outer(numbers, SHARES) for numbers in metric_draws(dataset).values()]
        dataset["attribution_level"][:] = np.stack(levels, axis=1)
    return dataset, summarise(dataset)


def _react(case: Case, dataset: xr.Dataset, rng: np.random.Generator) -> None:
    """Followers and funds sell, the Fed holds, Tokyo acts and the dollar moves."""
    day = dataset["day"].to_numpy()
    size = np.exp(rng.normal(0.0, 0.5, case.draws))[:, None]
    hump = day / 21.0 * np.exp(1.0 - day / 21.0)
    dataset["followed_face"][:] = np.diff(size * 40.0 * (1.0 - np.exp(-day / 60.0)), prepend=0.0)
    dataset["forced_face"][:] = 300.0 * size * hump
    dataset["absorbed_face"].loc[{"group": "fed"}] = 500.0 * size * hump
    dataset["mof_intervention"][:] = 50.0 * size * (1.0 - np.exp(-day / 60.0))
    dataset["boj_purchases"][: case.draws // 2, 5:] = 20.0
    dataset["delta_usd_broad"][:] = (-1.0 if case.face > 0 else 1.0) * size * hump
    dataset["several_equilibria"][:3] = 1.0
    if case.face > 0:
        dataset["sanction_prob"][:] = 0.02 * size[:, 0]
        dataset["seller_sanction_loss"][:] = 9.0 * size[:, 0]
    else:
        dataset["delta_par_yield"][:] = (3.0 * size * hump)[:, :, None]
        dataset["delta_fx"][:, :, 1] = -8.0 * hump


def _level(dataset: xr.Dataset, rng: np.random.Generator) -> None:
    """What the world economy is without any sale: levels, chances and facts of countries."""
    years = dataset["quarter_years"].to_numpy()
    chance = rng.normal(0.0, 1.0, dataset.sizes["draw"])[:, None] * np.sqrt(years)
    for name in ("us_debt_ratio", "us_debt_ratio_base"):
        dataset[name][:] = 100.0 + 2.0 * years + 8.0 * chance
    for name in ("us_interest_to_revenue", "us_interest_to_revenue_base"):
        dataset[name][:] = 19.0 + 0.6 * years + 1.2 * chance
    for name in ("downgrade_prob", "downgrade_prob_base"):
        dataset[name][:] = 1.0 - np.exp(-0.03 * years * np.exp(0.2 * chance))
    dataset["federal_interest_base"][:] = 260.0
    shares = np.array([46.0, 16.0, 5.0, 4.0, 2.0, 20.0, 7.0])
    drift = np.arange(dataset.sizes["year"])[:, None] * np.array([-0.3, 0, 0, 0, 0.1, 0.2, 0])
    noise = np.exp(rng.normal(0.0, 0.05, (dataset.sizes["draw"], 1, shares.size)))
    levels = (shares + drift) * noise
    for name in ("reserve_share", "reserve_share_base"):
        dataset[name][:] = 100.0 * levels / levels.sum(axis=2, keepdims=True)
    dataset["reserve_capacity"][:] = [31000.0, 2000.0, 8000.0, 3200.0, 5000.0, 31700.0, np.nan]
    count = dataset.sizes["country"]
    for name in ("em_crisis_prob", "em_crisis_prob_base"):
        dataset[name][:] = 0.04 + 0.2 * np.linspace(1.0, 0.0, count) ** 2
    dataset["em_reserve_adequacy"][:] = np.linspace(0.3, 2.5, count)
    dataset["em_current_account"][:] = np.linspace(-6.0, 12.0, count)
    dataset["em_short_term_debt"][:] = np.linspace(150.0, 5.0, count)
    dataset["em_short_term_debt"][-1] = np.nan
    flags = {"flag_values": [0, 1, 2]}
    flags["flag_meanings"] = "neither yen_up_disinflation fiscal_dominance"
    dataset["japan_branch"].attrs |= flags
    flags = {"flag_values": [0, 1, 2]}
    flags["flag_meanings"] = "room_for_all orders_waited beyond_capacity"
    dataset["capacity_outcome"].attrs |= flags


def spread(dataset: xr.Dataset, rng: np.random.Generator) -> None:
    """What the world economy makes of a sale."""
    draws, day = dataset.sizes["draw"], dataset["day"].to_numpy()
    size = np.exp(rng.normal(0.0, 0.5, draws))[:, None]
    hump = day / 21.0 * np.exp(1.0 - day / 21.0) + 0.2 * (1.0 - np.exp(-day / 60.0))
    for name, tops in (
        ("delta_borrowing_rate", (34.0, 11.0, 48.0)),
        ("delta_asset_price", (-4.0, -9.0, -5.0, 1.5, -6.0, -3.0)),
        ("delta_volatility", (9.0, 21.0)),
    ):
        moves = size[:, :, None] * hump[None, :, None] * np.array(tops)
        dataset[name][:] = moves
    years = dataset["quarter_years"].to_numpy()
    slow = years * np.exp(1.0 - years)
    for name, top in QUARTERLY.items():
        dataset[name][:] = top * size * slow
    added = 0.15 * size * years
    dataset["us_debt_ratio"][:] += added
    dataset["us_interest_to_revenue"][:] += added
    dataset["downgrade_prob"][:] = np.minimum(1.0, dataset["downgrade_prob"] + 0.01 * added)
    loss = np.linspace(0.5, 1.5, dataset.sizes["exporter"])
    dataset["exporter_profit"][:] = -8.0 * (size * slow)[:, :, None] * loss
    dataset["japan_branch"][: draws // 4] = 1
    dataset["japan_branch"][draws // 4 : draws // 3] = 2
    rise = np.linspace(0.05, -0.006, dataset.sizes["country"])
    dataset["em_crisis_prob"][:] += size * rise
    dataset["em_flow_loss"][:] = 12.0 * size * rise
    leaves = size[:, :, None] * np.array([-1.0, 0.3, 0.0, 0.0, 0.1, 0.5, 0.1])
    dataset["reserve_share"][:] += leaves
    dataset["reserve_share_part"][:] = leaves[..., None] * np.array([0.5, 0.2, 0.3])
    dataset["reserve_tipped"][: draws // 20] = 1.0
    dataset["reserve_price_fast"][:] = size * np.array([0.0, 9.0, 3.0, 6.0, 4.0, 30.0, 5.0])
    dataset["reserve_price_slow"][:] = size * np.array([0.0, 1.0, 0.4, 0.8, 0.5, 8.0, 0.6])


def _flows(case: Case, day: np.ndarray, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Sell at a pace, absorb from inventory at a rate; shapes (draw, step)."""
    draws = case.draws
    length = np.exp(rng.normal(np.log(34.0), 0.35, draws)).round()
    if case.years is not None:
        length = np.full(draws, case.years * DAYS)
    rate = np.exp(rng.normal(np.log(0.016), 0.5, draws))
    cum = case.face * np.minimum(1.0, day / length[:, None])
    sold = np.diff(cum, axis=1, prepend=0.0)
    held = np.zeros_like(cum)
    for step in range(1, day.size):
        dt = day[step] - day[step - 1]
        keep = np.exp(-rate * dt)
        inflow = sold[:, step] / dt * (1.0 - keep) / rate
        held[:, step] = held[:, step - 1] * keep + inflow
    finished = length <= day[-1]
    finished[case.draws - case.frozen :] = False
    return {
        "cum": cum,
        "sold": sold,
        "held": held,
        "length": np.where(finished & (case.face > 0), length, np.nan),
    }


def _dataset(
    case: Case, day: np.ndarray, flow: dict[str, np.ndarray], rng: np.random.Generator
) -> xr.Dataset:
    draws, cum, held = case.draws, flow["cum"], flow["held"]
    lasting = np.exp(rng.normal(np.log(18.0), 0.6, draws))[:, None] * cum / 1104.0
    passing = np.exp(rng.normal(np.log(70.0), 0.5, draws))[:, None] * held / 1104.0
    loading = np.array([0.15, 0.4, 0.6, 0.75, 0.9, 1.0, 1.05, 1.0, 0.95])
    delta = (lasting + passing)[:, :, None] * loading
    yen = np.exp(rng.normal(np.log(9.0), 0.4, draws))[:, None] * (0.4 * cum + 0.6 * held) / 1104.0
    fx = np.zeros((draws, day.size, len(CURRENCIES)))
    fx[:, :, 1] = yen
    ten = np.zeros_like(fx)
    ten[:, :, 0], ten[:, :, 1] = delta[:, :, TENORS.index("10Y")], 0.2 * lasting
    weights = rng.dirichlet(40.0 * np.array(list(BUYERS.values())), draws)
    absorbed = np.zeros((draws, day.size, len(GROUPS)))
    absorbed[:, :, : len(BUYERS)] = (cum - held)[:, :, None] * weights[:, None, :]
    absorbed[:, :, GROUPS.index("dealers")] = 0.6 * held
    absorbed[:, :, GROUPS.index("levered")] = 0.4 * held
    books, by_holder = _books(case, absorbed[:, -1], cum[:, -1])
    proceeds = 0.96 * cum[:, -1] * np.exp(rng.normal(0.0, 0.01, draws))
    assets = np.zeros((draws, len(ASSETS)))
    assets[:, 1] = proceeds
    loss = 0.05 * proceeds * np.exp(rng.normal(0.0, 0.5, draws))
    dataset = blank.result(day, draws, _attrs(case), **_labels(day))
    values = {
        "curve_par_yield": np.array([3.9, 3.8, 3.8, 3.85, 3.95, 4.1, 4.3, 4.8, 4.85]),
        "holdings_face": books,
        "delta_par_yield": delta,
        "delta_par_yield_10y": ten,
        "delta_fx": fx,
        "baseline_par_yield_10y": np.full_like(ten, 3.0),
        "baseline_fx": np.ones_like(ten),
        "sold_face": flow["sold"],
        "unsold_face": case.face - cum,
        "intermediary_face": held,
        "dealer_use": np.minimum(1.0, 0.35 + 0.6 * held / 600.0),
        "absorbed_face": absorbed,
        "absorbed_by_holder": by_holder,
        "days_to_complete": flow["length"],
        "seller_proceeds": proceeds,
        "seller_execution_loss": loss,
        "seller_mark_loss": 0.7 * loss,
        "seller_bill": np.outer(loss, [1.0, 4.0, 0.1, 0.2, 0.3]),
        "counter_asset": assets,
        "outcome": _outcome(case, flow["length"]),
        "identity_residual": rng.uniform(0.0, 4e-10, (draws, len(IDENTITIES))),
    }
    for name, array in values.items():
        dataset[name][:] = array
    if case.reacts:
        _react(case, dataset, rng)
    _level(dataset, rng)
    if case.face > 0 or case.question:
        spread(dataset, rng)
    dataset["outcome"].attrs |= {"flag_values": [0, 1, 2, 3], "flag_meanings": " ".join(OUTCOMES)}
    return dataset


def _books(case: Case, by_group: np.ndarray, sold: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    table = holders()
    sellers = ("jpn_official", "jpn_private")
    books = np.zeros((len(table), len(BUCKETS)))
    bought = np.zeros((case.draws, len(table)))
    for at, one in enumerate(table.values()):
        books[at] = 552.0 / len(BUCKETS) if one.id in sellers else 300.0 / len(BUCKETS)
        if one.id in sellers:
            bought[:, at] = -sold / len(sellers)
            continue
        peers = [peer.id for peer in table.values() if peer.group == one.group]
        peers = [peer for peer in peers if peer not in sellers]
        share = np.arange(len(peers), 0, -1.0) ** 3
        share /= share.sum()
        bought[:, at] = by_group[:, GROUPS.index(one.group)] * share[peers.index(one.id)]
    return books, bought


def _outcome(case: Case, length: np.ndarray) -> np.ndarray:
    code = np.where(np.isnan(length), 1, 0) if case.face > 0 else np.zeros(case.draws, dtype=int)
    code[: case.failed] = 2
    code[case.draws - case.frozen :] = 3
    return code


def _labels(day: np.ndarray) -> dict[str, Any]:
    table = list(holders().values())
    since = (day * 365.25 / DAYS * 86400e9).astype("timedelta64[ns]")
    regimes = [("floating", "managed", "peg")[len(name) % 3] for name in COUNTRIES.values()]
    return {
        "years": ("step", day / DAYS),
        "date": ("step", np.datetime64("2026-07-31", "ns") + since),
        "holder": [one.id for one in table],
        "holder_name": ("holder", [one.name for one in table]),
        "sector": ("holder", [one.sector for one in table]),
        "residence": ("holder", [one.residence for one in table]),
        "group_of": ("holder", [one.group for one in table]),
        "group": list(GROUPS),
        "identity": list(IDENTITIES),
        "exporter": list(EXPORTERS),
        "exporter_name": ("exporter", list(EXPORTERS.values())),
        "country": [one.lower() for one in COUNTRIES],
        "country_name": ("country", list(COUNTRIES.values())),
        "country_regime": ("country", regimes),
        "year": np.arange(2026, 2046),
    }


def _attrs(case: Case) -> dict[str, Any]:
    pace = {"kind": "block"} if case.years is None else {"kind": "linear", "years": case.years}
    sellers = [
        {
            "holder": "jpn",
            "sale_usd_bn": None,
            "sale_frac": 1.0,
            "pace": pace,
            "proceeds": {"jpy_cash": 1.0},
            "announced_frac": 0.0,
        }
    ]
    scenario = {
        "schema_version": 1,
        "name": case.name,
        "title": case.title,
        "description": case.description,
        "sellers": sellers if case.face > 0 else [],
        **case.question,
    }
    parameters = [
        {
            "name": f"Made-up parameter {at}",
            "symbol": "k",
            "unit": "1/year",
            "p05": 0.01 * at,
            "p50": 0.02 * at,
            "p95": 0.05 * at,
            "standing": "assumption" if at % 2 else "data",
            "source": "Author 2020, table 3; a source with a rather long line of words in it",
            "mechanism": ("core", "dealers", "sectors")[at % 3],
        }
        for at in range(1, 19)
    ]
    sources = [
        {
            "what": "Holdings by country",
            "publisher": "US Treasury",
            "series": "TIC SLT table 5",
            "as_of": "2026-07-31",
            "standing": "data",
        },
        {
            "what": "Maturity by holder",
            "publisher": "none",
            "series": "",
            "as_of": "2026-07-31",
            "standing": "assumption",
        },
    ]
    return {
        "scenario": json.dumps(scenario),
        "scenario_name": case.name,
        "title": case.title,
        "vintage": "2026-07",
        "seed": case.seed,
        "draws": case.draws,
        "horizon_years": case.horizon_years,
        "versions": json.dumps({"selloff": "0.1.0", "jax": "0.0"}),
        "sources": json.dumps(sources),
        "parameters": json.dumps(parameters),
        "wall_seconds": json.dumps({"total": 9.0, "compile": 5.0, "engine": 2.0}),
        "warnings": json.dumps([]),
        "records": json.dumps([asdict(row) for row in support().values()]),
        "em_dropped": json.dumps(DROPPED),
        "limits": json.dumps(["The central bank does not react.", "No other holder follows."]),
        **case.attrs,
    }
