"""Shares of currencies and gold in the world's official reserves, and whether they tip."""

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Bool, Float

from selloff.model.economy.drivers import Drivers
from selloff.model.economy.reserves.tipping import leads, network_pull, settle, tilted
from selloff.model.sums import add_up
from selloff.vocab import ASSET_RESERVE, ASSETS, FOREIGN, RESERVE_ASSETS


class ReserveWorld(eqx.Module):
    """Official reserves as the books open, and the markets in which they could be held."""

    share: Float[Array, "*d 7"]
    """Opening shares of USD, EUR, JPY, GBP, CNY, gold and other [fraction]."""
    total: Float[Array, "*d"]
    """Reserves of the world, gold at market prices, as the books open [USD bn]."""
    retired: Float[Array, "*d a"]
    """Part of what goes into an asset that is its own issuer's, and so no reserves [fraction]."""
    free: Float[Array, "*d 7"]
    """Size of each market without what its central bank holds [USD bn]."""
    unit_flow: Float[Array, "*d 7"]
    """Flow up to which a currency answers in proportion, one if nothing is exchanged [USD bn]."""
    exchanged: Float[Array, "*d 7"]
    """One where dollars must be exchanged for another currency [flag]."""
    bond_yield: Float[Array, "*d 7"]
    """10-year yield of each market, zero for gold [decimal]."""
    duration: Float[Array, "*d 7"]
    """Duration of the market, zero for gold [years]."""
    tonne: Float[Array, "*d"]
    """Price of a tonne of gold [USD bn]."""


class ReserveRules(eqx.Module):
    """How reserve managers choose.

    Source: form of Chinn and Frankel (2007): logit shares with a lag; the rest as in
    `docs/model/reserve-shares.md`.
    """

    persistence: Float[Array, "*d"]
    """rho, weight of last year in this year's choice [fraction]."""
    drift: Float[Array, "*d 7"]
    """Growth of the ratio to the dollar in the first year of the baseline [log a year]."""
    drift_kept: Float[Array, "*d"]
    """What is left of that growth a year later [fraction]."""
    growth: Float[Array, "*d"]
    """g, growth of all reserves, of which what was placed is an ever smaller part [log a year]."""
    network: Float[Array, "*d"]
    """kappa, attraction of a currency per unit of its share among currencies [log]."""
    networked: Float[Array, "*d 7"]
    """One for currencies that many trade in, zero for gold and the basket [flag]."""
    doubt: Float[Array, "*d"]
    """Attraction the dollar loses while doubt stands at one [log]."""
    freeze: Float[Array, "*d"]
    """Attraction it loses once a seller's reserves are frozen [log]."""
    default: Float[Array, "*d"]
    """Attraction it loses once an agency has cut the rating of the United States [log]."""
    freeze_spill: Float[Array, "*d"]
    """Part of that which currencies of allies lose too [fraction]."""
    fx_passthrough: Float[Array, "*d"]
    """Part of a currency's gain in price that its share keeps [fraction]."""
    gold_passthrough: Float[Array, "*d"]
    """Part of gold's gain in price that its share keeps [fraction]."""
    least: Float[Array, "*d"]
    """Part of a share that no sale can take away [fraction]."""


class ReservePaths(eqx.Module):
    """Shares by year, and whether the dollar's place is lost for good."""

    share_base: Float[Array, "*d y 7"]
    share: Float[Array, "*d y 7"]
    parts: Float[Array, "*d y 7 3"]
    """What volume, valuation and confidence add to each share; in all, share less base."""
    tipped: Bool[Array, "*d"]


class Feared(eqx.Module):
    """What makes managers trust the dollar less, by year.

    Source: see `ReserveRules`.
    """

    doubt: Float[Array, " y"]
    """Of the United States, one being April 2025 [ratio]."""
    frozen: Float[Array, " y"]
    """One once the United States has struck at a seller [flag]."""
    default: Float[Array, " y"]
    """Chance added that an agency has cut its rating [fraction]."""


def reserve_paths(
    drivers_y: Drivers,
    placed: Float[Array, "y a"],
    bought: Float[Array, " y"],
    *,
    gold_price: Float[Array, " y"],
    feared: Feared,
    world: ReserveWorld,
    rules: ReserveRules,
) -> ReservePaths:
    """Follow the shares with and without the sale.

    s[t] ~ b[t] exp(c[t] + v[t] + u[t]),  h[t] ~ b[t] exp(c[t] + u[t])
    u[t] = rho u[t-1] + (1 - rho) (x[t] + kappa (f(h[t-1]) - f(b[t-1])))
    tipped: with c kept and all else calm, the dollar comes to rest behind another currency

    Arguments:
        drivers_y: deviations from the baseline, means over years.
        placed: official proceeds turned into each asset by the end of the year [USD bn].
        bought: dollars that other officials bought by then for their own currency [USD bn].
        gold_price: gold against the baseline [log].
        feared: what makes managers trust the dollar less.
        world: reserves as the books open.
        rules: how managers choose.

    Returns:
        Shares in the baseline b and with the sale s, what adds to them, and whether they tip.

    Source: Chinn and Frankel (2007) for the form; feedback kappa is an assumption. A price that
    moves is no loss of network.
    """
    # Worked out once: a second time, fused otherwise, might differ in the last digit.
    base = jax.lax.optimization_barrier(baseline(placed.shape[0], world, rules))
    moved = direct_move(placed, bought, base, world=world, rules=rules)
    worth = valuation(drivers_y, gold_price, rules)
    network = rules.network * rules.networked

    def year(
        carry: tuple[Float[Array, " 7"], Float[Array, " 7"]],
        now: tuple[Float[Array, " 7"], Float[Array, " 7"], Float[Array, " 7"]],
    ) -> tuple[tuple[Float[Array, " 7"], Float[Array, " 7"]], Float[Array, " 7"]]:
        (taste, following), (before, shift, drawn) = carry, now
        rho = rules.persistence
        taste = rho * taste + (1.0 - rho) * (drawn + following)
        return (taste, network_pull(tilted(before, shift + taste), before, network)), taste

    nothing = jnp.zeros(len(RESERVE_ASSETS))
    (last, _), taste = jax.lax.scan(
        year, (nothing, nothing), (base, moved, attraction(feared, rules))
    )
    share, parts = split(base, moved, worth, taste)
    end = settle(base[-1], moved[-1], start=last, network=network)
    return ReservePaths(base, share, parts, leads(base[-1]) & ~leads(end))


def split(
    base: Float[Array, "y 7"],
    moved: Float[Array, "y 7"],
    worth: Float[Array, "y 7"],
    taste: Float[Array, "y 7"],
) -> tuple[Float[Array, "y 7"], Float[Array, "y 7 3"]]:
    """Say what each share becomes, and what volume, valuation and confidence add to it.

    b -> b exp(c) -> b exp(c + v) -> b exp(c + v + u), each made to add up: a part is a step

    Arguments:
        base: b, shares of the baseline [fraction].
        moved: c, what was sold and bought [log].
        worth: v, prices [log].
        taste: u, what managers want [log].

    Returns:
        Shares, and their parts by year and asset, which add up to what is gained [fraction].

    Source: arithmetic; in another order the parts differ by products of small changes.
    """
    shifts = jnp.cumsum(jnp.stack([moved, worth, taste]), axis=0)
    steps = jax.vmap(lambda by: jax.vmap(tilted)(base, by))(shifts)
    return steps[-1], jnp.moveaxis(jnp.diff(steps, axis=0, prepend=base[None]), 0, -1)


def baseline(n_years: int, world: ReserveWorld, rules: ReserveRules) -> Float[Array, "y 7"]:
    """Let the dollar lose ground as it has since 1999, ever more slowly.

    b_k[t] ~ s_k[0] exp(d_k (1 - phi^t) / (1 - phi))

    Arguments:
        n_years: years to follow [count].
        world: reserves as the books open.
        rules: how managers choose.

    Returns:
        Shares at the end of each year [fraction].

    Source: COFER 1999 to 2025 for the drift; that it fades is an assumption.
    """
    years = jnp.arange(1, n_years + 1)
    phi = rules.drift_kept
    so_far = -jnp.expm1(years * jnp.log(phi)) / (1.0 - phi)
    return jax.vmap(lambda g: tilted(world.share, g * rules.drift))(so_far)


def direct_move(
    placed: Float[Array, "y a"],
    bought: Float[Array, " y"],
    base: Float[Array, "y 7"],
    *,
    world: ReserveWorld,
    rules: ReserveRules,
) -> Float[Array, "y 7"]:
    """Move reserves by what was sold and bought: arithmetic, and it stays.

    c_k = ln((b_k + m_k / R) / b_k), with m_USD = bought - (all that left the dollar),
    R = R_0 exp(g t)

    Arguments:
        placed: official proceeds turned into each asset by the end of the year [USD bn].
        bought: dollars that other officials bought for their own currency, below zero spent in
            its defence [USD bn].
        base: shares in the baseline [fraction].
        world: reserves as the books open.
        rules: how fast reserves grow.

    Returns:
        Change of log shares before they are made to add up [log].

    Source: arithmetic. What an issuer takes home in its own currency is no reserve any more.
    """
    left = add_up(jnp.delete(placed, ASSETS.at("usd_cash"), axis=1), axis=1)
    kept = dict(zip(ASSETS, (placed * (1.0 - world.retired)).T, strict=True))
    moved: dict[str, Array] = {}
    for asset, reserve in ASSET_RESERVE.items():
        moved[reserve] = moved.get(reserve, 0.0) + kept[asset]
    moved["USD"] = bought - left
    amounts = _by_asset(moved, left)
    years = jnp.arange(1, placed.shape[0] + 1)
    total = world.total * jnp.exp(rules.growth * years)
    return jnp.log1p(jnp.maximum(amounts / total[:, None] / base, rules.least - 1.0))


def valuation(
    drivers_y: Drivers, gold_price: Float[Array, " y"], rules: ReserveRules
) -> Float[Array, "y 7"]:
    """Say what prices alone do to shares.

    v_k = phi_e ln(e_k), phi_g ln(gold), and for other -phi_e ln(broad dollar)

    Arguments:
        drivers_y: deviations from the baseline, means over years.
        gold_price: gold against the baseline [log].
        rules: how managers choose.

    Returns:
        Change of log shares before they are made to add up [log].

    Source: COFER on exchange rates 1999 to 2025 for the part that managers let stand.
    """
    kept = dict(zip(FOREIGN, rules.fx_passthrough * drivers_y.log_fx.T, strict=True))
    gold = rules.gold_passthrough * gold_price
    return _by_asset({**kept, "gold": gold, "other": -rules.fx_passthrough * drivers_y.broad}, gold)


def attraction(feared: Feared, rules: ReserveRules) -> Float[Array, "y 7"]:
    """Say how doubt, a freeze and the risk of default change what managers want to hold.

    x_USD = -beta D - gamma F - delta N;  x_EUR = x_JPY = x_GBP = -omega gamma F;  zero elsewhere

    Arguments:
        feared: doubt D, freeze F and chance N of a rating cut.
        rules: how managers choose.

    Returns:
        Change of long-run log shares before they are made to add up [log].

    Source: Arslanalp, Eichengreen and Simpson-Bell (2023) for gold as what is left when issuers
    act together; dollar shares of Russia, Turkey and Kazakhstan after the sanctions of 2018.
    """
    fear = rules.freeze * feared.frozen
    dollar = -rules.doubt * feared.doubt - fear - rules.default * feared.default
    ally = -rules.freeze_spill * fear
    return _by_asset({"USD": dollar, "EUR": ally, "JPY": ally, "GBP": ally}, fear)


def _by_asset(found: dict[str, Array], like: Float[Array, " y"]) -> Float[Array, "y 7"]:
    """Line up what is found by asset, zero elsewhere."""
    return jnp.stack(RESERVE_ASSETS.lay(found, jnp.zeros_like(like)), axis=1)
