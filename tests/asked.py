"""What several tests ask: two sellers each, over one horizon, so that one program answers all."""

from typing import Any

from selloff.scenario import Reactions

IDLE = {"holder": "chn_official", "sale_frac": 0.0}
"""Fills the second seat where a question has one seller."""
MONTH = {
    "holder": "jpn",
    "sale_usd_bn": 120.0,
    "pace": {"kind": "linear", "years": 0.1},
    "proceeds": {"jpy_cash": 1.0},
}
SELLERS: dict[str, tuple[dict[str, Any], ...]] = {
    "nothing": (IDLE, {"holder": "jpn", "sale_frac": 0.0}),
    "dump": (IDLE, {"holder": "jpn", "sale_frac": 1.0, "proceeds": {"jpy_cash": 1.0}}),
    "small": (IDLE, {"holder": "jpn", "sale_usd_bn": 20.0, "proceeds": {"jpy_cash": 1.0}}),
    "smaller": (IDLE, {"holder": "jpn", "sale_usd_bn": 10.0, "proceeds": {"jpy_cash": 1.0}}),
    "for dollars": (IDLE, {"holder": "jpn", "sale_usd_bn": 300.0}),
    "ordered": (
        IDLE,
        {
            "holder": "jpn",
            "sale_frac": 0.9,
            "buckets": "short_first",
            "proceeds": {"jpy_cash": 0.5, "usd_cash": 0.5},
        },
    ),
    "ordered slowly": (
        IDLE,
        {
            "holder": "jpn",
            "sale_frac": 0.9,
            "buckets": "long_first",
            "pace": {"kind": "linear", "years": 1.0},
        },
    ),
    "bills first": (IDLE, {**MONTH, "buckets": "bills_first"}),
    "as held": (IDLE, MONTH),
    "bills of two": (
        {
            "holder": "chn",
            "sale_frac": 0.9,
            "buckets": "bills_first",
            "pace": {"kind": "linear", "years": 1.0},
        },
        {**MONTH, "buckets": "bills_first", "announced_frac": 0.5},
    ),
    "stealth": (
        IDLE,
        {
            "holder": "jpn",
            "sale_frac": 0.4,
            "pace": {"kind": "linear", "years": 1.0},
            "proceeds": {"jpy_cash": 1.0},
        },
    ),
    "announced": (
        IDLE,
        {
            "holder": "jpn",
            "sale_frac": 0.4,
            "pace": {"kind": "linear", "years": 1.0},
            "proceeds": {"jpy_cash": 1.0},
            "announced_frac": 1.0,
        },
    ),
    "two sellers": (
        {
            "holder": "chn",
            "sale_usd_bn": 300.0,
            "buckets": "long_first",
            "participation_cap_frac": 0.02,
            "proceeds": {"cny_cash": 0.6, "gold": 0.4},
            "announced_frac": 0.5,
            "start_day": 30,
        },
        {
            "holder": "jpn_official",
            "sale_frac": 0.5,
            "pace": {"kind": "exponential", "half_life_years": 0.3},
            "proceeds": {"jgb": 0.4, "eur_cash": 0.3, "usd_cash": 0.3},
        },
    ),
    "capped": (
        IDLE,
        {"holder": "jpn", "sale_usd_bn": 200.0, "participation_cap_frac": 0.005},
    ),
    "too slow": (
        IDLE,
        {
            "holder": "jpn",
            "sale_frac": 1.0,
            "pace": {"kind": "linear", "years": 3.0},
            "proceeds": {"jpy_cash": 1.0},
        },
    ),
}
"""Questions in which nobody reacts."""
ALONE = dict.fromkeys(Reactions.model_fields, False)
USUAL = [name for name, is_on in Reactions().model_dump().items() if is_on]
"""Mechanisms that are at work unless switched off."""
IN_DOUBT = {"kind": "doubt", "size": 2.0, "half_life_days": 40}
SQUEEZED = {"kind": "squeeze", "size": 2.0, "start_day": 5}
PAUSING = {
    "kind": "custom",
    "points": [
        {"day": 10, "cum_frac": 0.3},
        {"day": 120, "cum_frac": 0.3},
        {"day": 252, "cum_frac": 1.0},
    ],
}
MANY = {"jpy_cash": 0.5, "gold": 0.4, "crypto": 0.1}
NOT_JAPAN = (
    {"holder": "chn", "sale_frac": 0.5},
    {"holder": "gbr", "sale_frac": 0.2, "proceeds": MANY},
)
"""Leaves the Ministry of Finance and Tokyo's private holders free to react."""
EVERYTHING = {
    "sellers": (
        {
            "holder": "chn",
            "sale_frac": 1.0,
            "pace": {"kind": "linear", "years": 0.2},
            "announced_frac": 0.3,
            "hostility": 0.8,
        },
        NOT_JAPAN[1],
    ),
    "shocks": [SQUEEZED, IN_DOUBT, {"kind": "payment", "size": 1.0, "start_day": 3}],
    "currency_flows": [
        {"currency": "JPY", "amount_usd_bn": -300.0, "start_day": 20},
        {"currency": "JPY", "amount_usd_bn": 600.0, "start_day": 60},
        {"currency": "EUR", "amount_usd_bn": 100.0, "pace": {"kind": "linear", "years": 0.3}},
    ],
    "rules": {"fed_gate_bp": 20.0, "boj_gate_bp": 2.0, "retaliation_intensity_pct": 2.0},
}
ANSWERED: dict[str, dict[str, Any]] = {
    "nothing answered": {"sellers": SELLERS["nothing"]},
    "dump answered": {"sellers": SELLERS["dump"]},
    "ordered answered": {"sellers": SELLERS["ordered"]},
    "descent answered": {"sellers": SELLERS["stealth"]},
    "announced answered": {"sellers": SELLERS["announced"]},
    "two sellers answered": {"sellers": SELLERS["two sellers"]},
    "squeeze": {"sellers": SELLERS["nothing"], "shocks": [SQUEEZED]},
    "doubt": {"sellers": SELLERS["nothing"], "shocks": [IN_DOUBT]},
    "fed off": {
        "sellers": SELLERS["dump"],
        "reactions": {"fed_purchases": False, "fed_repo": False},
    },
    "early gate": {
        "sellers": SELLERS["dump"],
        "shocks": [{"kind": "squeeze", "size": 1.0, "start_day": 2}],
        "rules": {"fed_gate_bp": 10.0, "us_inflation_gap_pp": 3.0},
    },
    "late gate": {
        "sellers": SELLERS["dump"],
        "rules": {"fed_gate_bp": 60.0, "us_inflation_gap_pp": -1.0},
    },
    "programme": {
        "sellers": NOT_JAPAN,
        "fed_programme": {
            "amount_usd_bn": 4000.0,
            "pace": {"kind": "linear", "years": 0.5},
            "announced_frac": 0.5,
        },
    },
    "programme and rule": {
        "sellers": SELLERS["dump"],
        "rules": {"fed_gate_bp": 10.0},
        "fed_programme": {"amount_usd_bn": 1000.0, "start_day": 6},
    },
    "run": {
        "sellers": (IDLE, {"holder": "jpn", "sale_frac": 1.0, "announced_frac": 1.0}),
        "rules": {"run_cost_frac": 0.3},
    },
    "hostile": {
        "sellers": (
            {
                "holder": "chn",
                "sale_frac": 1.0,
                "pace": {"kind": "linear", "years": 1.0},
                "announced_frac": 0.5,
                "hostility": 1.0,
            },
            {"holder": "jpn", "sale_usd_bn": 100.0, "start_day": 10},
        ),
        "rules": {"retaliation_intensity_pct": 1.0},
    },
    "hostile alone": {
        "sellers": (
            {
                "holder": "chn",
                "sale_frac": 0.8,
                "buckets": "bills_first",
                "pace": {"kind": "linear", "years": 1.0},
                "proceeds": MANY,
                "announced_frac": 0.5,
                "hostility": 1.0,
            },
        ),
        "rules": {"retaliation_intensity_pct": 1.0},
    },
    "hostile with a pause": {
        "sellers": (
            {"holder": "chn", "sale_frac": 1.0, "pace": PAUSING, "hostility": 0.7},
            {"holder": "jpn", "sale_frac": 0.0},
        ),
        "rules": {"retaliation_intensity_pct": 3.0},
    },
    "capped yields": {
        "sellers": NOT_JAPAN,
        "rules": {"jgb_cap_pct": 2.5, "boj_pace_usd_bn": 4.0},
    },
    "weak yen": {
        "sellers": NOT_JAPAN,
        "currency_flows": [{"currency": "JPY", "amount_usd_bn": -600.0, "start_day": 20}],
    },
    "ministry runs dry": {
        "sellers": NOT_JAPAN,
        "currency_flows": [{"currency": "JPY", "amount_usd_bn": -900.0, "start_day": 20}],
        "rules": {"mof_pace_usd_bn": 500.0, "mof_trigger_pct": 0.2},
    },
    "strong yen": {
        "sellers": NOT_JAPAN,
        "currency_flows": [
            {"currency": "JPY", "amount_usd_bn": 500.0, "start_day": 20},
            {"currency": "EUR", "amount_usd_bn": 300.0, "pace": {"kind": "linear", "years": 0.2}},
        ],
        "rules": {"carry_position_usd_bn": 400.0},
    },
    "leaning": {
        "sellers": SELLERS["nothing"],
        "reactions": {"policy_rates": False},
        "currency_flows": [
            {"currency": "EUR", "amount_usd_bn": 600.0, "pace": {"kind": "linear", "years": 0.2}},
            {"currency": "JPY", "amount_usd_bn": -200.0, "start_day": 200},
        ],
    },
    "bills for bonds": {
        "sellers": SELLERS["dump"],
        "rules": {"treasury_response_usd_bn": 2000.0},
    },
    "at the floor": {"sellers": SELLERS["dump"], "rules": {"fed_rate_response": 3.0}},
    "bunds bought": {
        **EVERYTHING,
        "reactions": {"ecb": True},
        "shocks": [SQUEEZED],
        "currency_flows": [{"currency": "EUR", "amount_usd_bn": -2000.0, "start_day": 5}],
    },
    "everything": EVERYTHING,
}
"""Questions in which everybody reacts, as a scenario's fields beside its name and horizon."""
BUT_ONE = [name for name in USUAL if name != "leaning"]
"""China sells in everything, so nobody leans there."""
ANSWERED |= {f"all but {name}": {**EVERYTHING, "reactions": {name: False}} for name in BUT_ONE}
PURCHASES: dict[str, tuple[str, float, float, float]] = {
    "bank buys": ("dump", 900.0, 0.0, 40.0),
    "bank promises": ("announced", 600.0, 0.8, -15.0),
}
"""A question nobody reacts to, what the central bank buys evenly over the first year [USD bn],
the share of it that is announced, and yen bought on the tenth day [USD bn]."""
