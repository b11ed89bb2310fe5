"""What a scenario prescribes beside sales: currency flows, purchases and stress."""

from collections.abc import Mapping
from typing import Any, Final

import xarray as xr

from selloff.report.estimate import digits
from selloff.report.question import is_nothing_sold, pace_phrase, sale_clause, scenario, spoken_list

CURRENCY_NAMES: Final = {
    "JPY": "yen",
    "EUR": "euros",
    "GBP": "pounds",
    "CNY": "yuan",
}
STRESS: Final = {
    "squeeze": ("a squeeze for dollars", "March 2020"),
    "doubt": ("doubt of the United States", "April 2025"),
    "payment": ("fear that bills are paid late", "the standoffs of 2011, 2013 and 2023"),
}
"""Kinds of stress, and when each was of size one."""
AT_ONCE: Final = pace_phrase({})


def is_quiet(dataset: xr.Dataset) -> bool:
    """Say whether nothing happens at all: no sale, no flow, no programme and no shock."""
    return is_nothing_sold(dataset) and not prescriptions(dataset)


def is_stressed(dataset: xr.Dataset) -> bool:
    """Say whether stress comes from elsewhere: differences to the baseline then hold it too."""
    return bool(scenario(dataset).get("shocks"))


def prescriptions(dataset: xr.Dataset) -> list[str]:
    """Put what the scenario prescribes beside sales in words."""
    asked = scenario(dataset)
    words = [_flow(one) for one in asked.get("currency_flows") or () if one.get("amount_usd_bn")]
    programme = asked.get("fed_programme")
    if programme:
        bought = _amount(programme["amount_usd_bn"])
        words.append(f"{bought} bought by the Federal Reserve {_pace(programme)}")
    return words + [_shock(one) for one in asked.get("shocks") or ()]


def asked(dataset: xr.Dataset) -> str:
    """Put the whole question in words, as a line under a title."""
    words = prescriptions(dataset)
    if is_nothing_sold(dataset):
        return f"{spoken_list(words)}; nothing is planned to be sold" if words else ""
    return sale_clause(dataset) + (f", with {spoken_list(words)}" if words else "")


def _flow(flow: Mapping[str, Any]) -> str:
    amount = float(flow["amount_usd_bn"])
    name = CURRENCY_NAMES.get(str(flow["currency"]), str(flow["currency"]))
    side = f"of {name} bought with dollars" if amount > 0.0 else f"of {name} sold for dollars"
    why = str(flow.get("why") or "")
    return f"{_amount(abs(amount))} {side} {_pace(flow)}" + (f" ({why})" if why else "")


def _shock(shock: Mapping[str, Any]) -> str:
    name, when = STRESS[str(shock["kind"])]
    size = float(shock["size"])
    strength = "as" if size == 1.0 else f"{size:g} times as strong as"
    return f"{name} ({strength} in {when}){_start(shock)}"


def _pace(given: Mapping[str, Any]) -> str:
    pace = pace_phrase(given)
    return ("at once" if pace == AT_ONCE else pace) + _start(given)


def _start(given: Mapping[str, Any]) -> str:
    day = int(given.get("start_day") or 1)
    return f" from day {day}" if day > 1 else ""


def _amount(amount: float) -> str:
    return f"${digits(amount, 0 if amount >= 10 else 1)}bn"
