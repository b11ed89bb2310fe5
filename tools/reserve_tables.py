"""Write the tables of the two pages on reserve currencies."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import jax
import jax.numpy as jnp
import numpy as np
import reserve_fit
from between_marks import Marks

from selloff.bridge.reserves import capacity_rules, reserve_rules, reserve_world
from selloff.data import vintage
from selloff.data.reserves import official_reserves
from selloff.evidence import load_bank, parameters
from selloff.model.economy.reserves.capacity import move_price
from selloff.model.economy.reserves.shares import baseline
from selloff.model.economy.reserves.tipping import (
    EUR,
    USD,
    critical_network,
    lasting_pull,
    moved_share,
    passing_pull,
)
from selloff.pipeline import jax_settings
from selloff.vocab import RESERVE_ASSETS

MODEL: Final = Path(__file__).resolve().parents[1] / "docs" / "model"
PROGRAMME_USD_BN: Final = 1100.0
NETWORKS: Final = (0.0, 0.75, 1.5, 2.0, 2.5, 2.75, 3.0)
YEARS: Final = (10, 30)


def conditions() -> str:
    """Tell what it takes for the dollar to lose its place, by strength of feedback."""
    world, share = reserve_world(vintage()), reserve_world(vintage()).share
    networked = jnp.array([1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0])
    direction = jnp.zeros(7).at[USD].set(-1.0)
    beta, rho = (parameters()[f"reserve_{name}"].p50 for name in ("doubt", "persistence"))
    bar = float(critical_network(share, networked))
    passing = {
        n: jax.jit(
            lambda network, n=n: passing_pull(
                share, direction, years=n, persistence=jnp.asarray(rho), network=network
            )
        )
        for n in YEARS
    }
    heads = ["doubt that never ends", *(f"doubt for {n} years, then none" for n in YEARS)]
    lines = [
        f"| `kappa` | {' | '.join(heads)} | moved into euros for good, USD bn |",
        "|---" * 5 + "|",
    ]
    for kappa in NETWORKS:
        network = kappa * networked
        if kappa > bar:
            lines.append(f"| {kappa:g} | any | any | any | any |")
            continue
        pulls = [lasting_pull(share, direction, network), *(passing[n](network) for n in YEARS)]
        cells = [_or_none(float(pull) / beta, "{:.1f}") for pull in pulls]
        moved = float(moved_share(share, EUR, network)) * float(world.total)
        lines.append(f"| {kappa:g} | {' | '.join(cells)} | {_or_none(moved, '{:,.0f}')} |")
    return "\n".join([*lines, "", f"The smallest loss feeds on itself from `kappa` = {bar:.2f}."])


def prices() -> str:
    """Tell what moving 1.1 USD tn into each asset costs."""
    world, rules = reserve_world(vintage()), capacity_rules(load_bank())
    found = jax.jit(jax.vmap(lambda r: move_price(jnp.asarray(PROGRAMME_USD_BN), world, r)))(rules)
    fast, slow = (np.percentile(100.0 * np.asarray(each), [5, 50, 95], axis=0) for each in found)
    lines = ["| asset | capacity, USD bn | within a quarter, percent | over ten years, percent |"]
    lines.append("|---" * 4 + "|")
    for i, name in enumerate(RESERVE_ASSETS):
        cells = [
            f"{mid:.0f} ({low:.0f} to {high:.0f})" for low, mid, high in (fast[:, i], slow[:, i])
        ]
        lines.append(f"| {name} | {float(world.free[i]):,.0f} | {' | '.join(cells)} |")
    return "\n".join(lines)


def opening() -> str:
    """Tell opening shares and where the baseline leads, in percent."""
    world, rules = reserve_world(vintage()), reserve_rules(load_bank())
    paths = 100.0 * np.asarray(jax.jit(jax.vmap(lambda r: baseline(20, world, r)))(rules))
    first = official_reserves(vintage().date)
    year = vintage().date.year
    heads = [f"opening, {vintage().id}", *(f"{year + n}: 50% (5 to 95%)" for n in (9, 20))]
    lines = [f"| asset | {' | '.join(heads)} |", "|---" * 4 + "|"]
    for i, name in enumerate(RESERVE_ASSETS):
        cells = [f"{100.0 * first.shares[name]:.1f}"]
        for n in (9, 20):
            low, mid, high = np.percentile(paths[:, n - 1, i], [5, 50, 95])
            cells.append(f"{mid:.1f} ({low:.1f} to {high:.1f})")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def history() -> str:
    """Tell how the baseline would have done since 1999."""
    half = reserve_fit.HALF_LIFE
    runs = {
        "1999 to 2025, drift fitted to these years": reserve_fit.follow(
            1999, 2025, known_until=2025, half_life=half
        ),
        "1999 to 2025, no change": reserve_fit.still(1999, 2025),
        "2012 to 2025, drift of 1999 to 2012": reserve_fit.follow(
            reserve_fit.SPLIT, 2025, known_until=reserve_fit.SPLIT, half_life=half
        ),
        "2012 to 2025, no change": reserve_fit.still(reserve_fit.SPLIT, 2025),
    }
    lines = [
        "| run | USD | EUR | JPY | GBP | other with CNY | dollar at the end |",
        "|---" * 7 + "|",
    ]
    for name, path in runs.items():
        errors = " | ".join(f"{value:.1f}" for value in reserve_fit.error(path))
        lines.append(f"| {name} | {errors} | {path['usd'].iloc[-1]:.1f} |")
    lines.append(f"| as told | | | | | | {reserve_fit.shares()['usd'].iloc[-1]:.1f} |")
    return "\n".join(lines)


def _or_none(value: float, form: str) -> str:
    return form.format(value) if np.isfinite(value) else "none is enough"


TABLES: Final[Mapping[str, Callable[[], str]]] = {
    "conditions": conditions,
    "prices": prices,
    "opening": opening,
    "history": history,
}
_MARKS: Final = Marks("tools/reserve_tables.py", MODEL, TABLES)
page, pages = _MARKS.page, _MARKS.pages


if __name__ == "__main__":
    with jax_settings():
        _MARKS.write()
    sys.stdout.write(f"{len(pages())} pages\n")
