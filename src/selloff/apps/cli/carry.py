"""`selloff carry`."""

from typing import Final

from selloff.apps.cli._console import plain_table, say, say_json, say_table
from selloff.apps.cli._options import AsJson, LatestVintage

_COLUMNS: Final = {
    "treasury_pct": "Treasury",
    "jgb_pct": "JGB",
    "unhedged_pickup_pct": "Unhedged pick-up",
    "hedge_cost_pct": "Hedge cost",
    "hedged_pct": "Hedged",
    "hedged_pickup_pct": "Hedged pick-up",
}


def carry(*, vintage: LatestVintage = None, json: AsJson = False) -> None:
    """Show what Treasuries pay a Japanese investor, hedged and not."""
    from selloff import data
    from selloff.evidence import parameters
    from selloff.studies.carry import carry as carry_of

    world = data.vintage(vintage or data.DEFAULT_VINTAGE)
    rows = carry_of(world)
    basis, ratio = parameters()["hedge_basis"], parameters()["hedge_ratio_insurers"]
    if json:
        say_json(
            {
                "vintage": world.id,
                "rows": [
                    {"tenor": row.tenor} | {name: round(getattr(row, name), 4) for name in _COLUMNS}
                    for row in rows
                ],
                "hedge_basis_pct": [basis.p05, basis.p50, basis.p95],
                "hedge_ratio_insurers_frac": ratio.p50,
            }
        )
        return
    say(f"Treasuries in the eyes of a Japanese investor, {world.date.isoformat()}, percent a year")
    table = plain_table(["", *_COLUMNS.values()])
    for row in rows:
        table.add_row(row.tenor, *(f"{getattr(row, name):.2f}" for name in _COLUMNS))
    say_table(table)
    losing = ", ".join(row.tenor for row in rows if row.hedged_pickup_pct < 0.0)
    say(
        "",
        f"Hedged, a JGB pays more than a Treasury at {losing}."
        if losing
        else "Hedged, Treasuries pay more than JGBs at every maturity shown.",
        "Hedge cost: three-month dollar rate less the yen call rate, plus a basis of "
        f"{basis.p50:g} ({basis.p05:g} to {basis.p95:g}, {basis.standing}).",
        f"Life insurers hedged {ratio.p50:.1%} of foreign bonds ({ratio.standing}: "
        f"{ratio.source}).",
    )
