"""Numbers of the world economy that stand in no table of their own, each with its source."""

from dataclasses import replace
from datetime import date

from selloff.data.bond_markets import bond_markets
from selloff.data.emerging import emerging
from selloff.data.federal import federal
from selloff.data.japan import Quote, boj_accounts, exporters, insurer_dollar_bonds
from selloff.data.records import Figure, Vintage
from selloff.data.reserves import official_reserves, reserve_facts


def economy_figures(world: Vintage) -> tuple[Figure, ...]:
    """Gather what the economy behind the bond market rests on."""
    return (
        *federal(world, 1).figures,
        *official_reserves(world.date, world.snapshot).figures,
        *_reserve_markets(),
        *_bond_markets(),
        *_japan(world.date),
        *_emerging(world),
    )


def _reserve_markets() -> list[Figure]:
    return [
        Figure(
            name=f"reserve_market_{row.item}",
            holder=row.asset,
            value=row.value,
            unit=row.unit,
            standing="assumption" if row.standing == "assumption" else "data",
            source=row.source if row.source != "none" else "assumption",
            as_of=row.as_of,
            note=row.reason,
        )
        for row in reserve_facts()
    ]


def _bond_markets() -> list[Figure]:
    name, unit = "bonds_outstanding", "fraction of GDP"
    return [
        replace(
            _quoted(name, each.currency, each.outstanding, unit),
            note=f"{each.reason}; {each.outstanding.url}",
        )
        for each in bond_markets()
    ]


def _japan(day: date) -> list[Figure]:
    found = []
    for company in exporters():
        profit, gain = company.operating_profit, company.per_yen
        quotes = {
            "operating_profit": (profit, "JPY bn"),
            "profit_per_yen": (gain, "JPY bn per yen"),
        }
        found += [_quoted(n, company.id, q, unit) for n, (q, unit) in quotes.items() if q]
    accounts = boj_accounts(day)
    if accounts is not None:
        assets = Quote(accounts.total_assets, accounts.source, accounts.date, accounts.url)
        found.append(_quoted("total_assets", "boj", assets, "JPY tn"))
    bonds = insurer_dollar_bonds()
    assumed = Figure(
        name="insurer_dollar_bonds",
        value=bonds.value,
        unit="USD bn",
        standing="assumption",
        source=bonds.source,
        as_of=day,
        note=bonds.reason,
    )
    return [*found, assumed]


def _quoted(name: str, holder: str, quote: Quote, unit: str) -> Figure:
    return Figure(
        name=name,
        holder=holder,
        value=quote.value,
        unit=unit,
        standing="data",
        source=quote.source,
        as_of=quote.date,
        note=quote.url,
    )


def _emerging(world: Vintage) -> list[Figure]:
    return [
        Figure(
            name="official_reserves",
            holder=each.iso3,
            value=each.reserves_usd_bn,
            unit="USD bn",
            standing="data",
            source="tables emerging_wealth_annual and emerging_recent_annual",
            as_of=each.reserves_as_of,
        )
        for each in emerging(world.date, world.snapshot)[0]
    ]
