"""The command that shows why Japan holds Treasuries."""

from typing import Final

from selloff import data
from selloff.apps.cli._console import plain_table, say, say_json, say_table
from selloff.evidence import parameters
from selloff.studies.carry import carry

_NUMBERS: Final = (
    "treasury_pct",
    "jgb_pct",
    "unhedged_pickup_pct",
    "hedge_cost_pct",
    "hedged_pct",
    "hedged_pickup_pct",
)


def show_carry(vintage: str | None, *, is_json: bool) -> None:
    """Print what Treasuries pay a Japanese investor, hedged and not."""
    world = data.vintage(vintage or data.DEFAULT_VINTAGE)
    rows = carry(world)
    basis, ratio = parameters()["hedge_basis"], parameters()["hedge_ratio_insurers"]
    if is_json:
        say_json(
            {
                "vintage": world.id,
                "rows": [
                    {"tenor": row.tenor} | {name: round(getattr(row, name), 4) for name in _NUMBERS}
                    for row in rows
                ],
                "hedge_basis_pct": [basis.p05, basis.p50, basis.p95],
                "hedge_ratio_insurers_frac": ratio.p50,
            }
        )
        return
    say(f"Treasuries in the eyes of a Japanese investor, {world.date.isoformat()}, percent a year")
    heads = ("Treasury", "JGB", "Unhedged pick-up", "Hedge cost", "Hedged", "Hedged pick-up")
    table = plain_table(["", *heads])
    for row in rows:
        table.add_row(row.tenor, *(f"{getattr(row, name):.2f}" for name in _NUMBERS))
    say_table(table)
    say("")
    losing = [row.tenor for row in rows if row.hedged_pickup_pct < 0.0]
    if losing:
        say(f"Hedged, a JGB pays more than a Treasury at {', '.join(losing)}.")
    else:
        say("Hedged, Treasuries pay more than JGBs at every maturity shown.")
    say(
        "Hedge cost: three-month dollar rate less the yen call rate, plus a basis of "
        f"{basis.p50:g} ({basis.p05:g} to {basis.p95:g}, {basis.standing})."
    )
    say(
        f"Life insurers hedged {ratio.p50:.1%} of foreign bonds ({ratio.standing}: {ratio.source})."
    )
