"""What the event tree is given, and where each input is from."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array as JaxArray
from jaxtyping import Float
from numpy.typing import NDArray

from selloff.evidence import Bank, Parameter, parameters
from selloff.model.triggers import Triggers
from selloff.studies.triggers.settings import TRIGGERS
from selloff.vocab import PCT

Array = NDArray[np.float64]

_BASES: Final = {
    "yen_crash": ("yen_round_rate", "yen_round_gap", "yen_crash_share"),
    "taiwan_conflict": ("taiwan_conflict_intensity",),
    "debt_ceiling": ("debt_ceiling_intensity",),
    "background": ("descent_rate", "descent_holders"),
}
"""Rows that make up each base intensity, not used once the user sets it."""
_OTHERS: Final = {
    "yen_crash": (
        "yen_round_loading",
        "yen_round_gap_limit",
        "yen_trend_memory",
        "yen_crash_sale_chance",
        "yen_crash_dump_share",
    ),
    "taiwan_conflict": (
        "taiwan_conflict_loading",
        "taiwan_conflict_sale_chance",
        "taiwan_conflict_dump_share",
    ),
    "debt_ceiling": (
        "debt_ceiling_loading",
        "debt_ceiling_sale_chance",
        "debt_ceiling_dump_share",
    ),
    "background": (),
}
_JUDGED: Final = ("assumption", "synthesis")


def triggers(bank: Bank, opening_gap: float, intensities: Mapping[str, float]) -> Triggers:
    """Read every trigger off the bank, draw by draw, with what the user sets in its place.

    yen: l_0 = s_c l_r exp(b (x_0 - x_r)), so that every state is zero when the books open
    """
    value, fixed = bank.draws, np.ones(bank.n_draws)
    away = opening_gap - value["yen_round_gap"]
    rounds = value["yen_round_rate"] * np.exp(value["yen_round_loading"] * away)
    base = {
        "yen_crash": value["yen_crash_share"] * rounds,
        "taiwan_conflict": value["taiwan_conflict_intensity"],
        "debt_ceiling": value["debt_ceiling_intensity"],
        "background": value["descent_holders"] * value["descent_rate"],
    }
    base |= {name: pct * PCT * fixed for name, pct in intensities.items()}
    loading = {
        "yen_crash": value["yen_round_loading"],
        "taiwan_conflict": value["taiwan_conflict_loading"],
        "debt_ceiling": value["debt_ceiling_loading"] / PCT,
        "background": 0.0 * fixed,
    }
    # Whoever goes down untriggered sells, and never all at once: that is what it means.
    return Triggers(
        base=_columns(base[name] for name in TRIGGERS),
        loading=_columns(loading[name] for name in TRIGGERS),
        sale=_columns(value.get(f"{name}_sale_chance", fixed) for name in TRIGGERS),
        dump=_columns(value.get(f"{name}_dump_share", 0.0 * fixed) for name in TRIGGERS),
    )


def _columns(values: Iterable[Array]) -> Float[JaxArray, "d k"]:
    return jnp.asarray(np.stack(list(values), axis=1))


def list_inputs(intensities: Mapping[str, float]) -> list[dict[str, Any]]:
    """List every input with its range, where it is from and whether it is judgement."""
    listed = []
    for trigger in TRIGGERS:
        is_given = trigger in intensities
        if is_given:
            listed.append(_given(trigger, intensities[trigger]))
        names = (*(() if is_given else _BASES[trigger]), *_OTHERS[trigger])
        listed += [_row(trigger, parameters()[name]) for name in names]
    return listed


def _row(trigger: str, row: Parameter) -> dict[str, Any]:
    return {
        "trigger": trigger,
        "name": row.name,
        "unit": row.unit,
        "p05": row.p05,
        "p50": row.p50,
        "p95": row.p95,
        "standing": row.standing,
        "judgement": row.standing in _JUDGED,
        "source": row.source,
        "reason": row.reason,
    }


def _given(trigger: str, pct: float) -> dict[str, Any]:
    return {
        "trigger": trigger,
        "name": f"{trigger} intensity",
        "unit": "percent a year",
        "p05": pct,
        "p50": pct,
        "p95": pct,
        "standing": "given",
        "judgement": True,
        "source": "none",
        "reason": "Set by the user, in place of what the package holds",
    }
