"""`selloff meta`."""

import json as text_of
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from selloff.apps.cli._console import plain_table, say, say_json, say_table, spread
from selloff.apps.cli._options import AsJson

if TYPE_CHECKING:
    from selloff.evidence import Meta

_SHOWN_MOVERS: Final = 8


def meta(*, json: AsJson = False) -> None:
    """Show what the studies say together, and what each adds."""
    from selloff.evidence import BANK_FOLDER, load_meta

    if json:
        say_json(text_of.loads((BANK_FOLDER / "meta.json").read_text(encoding="utf-8")))
        return
    found = load_meta()
    certificate = found.certificate
    say(
        f"{certificate['rows']} rows of {certificate['studies']} studies; R-hat at most "
        f"{certificate['largest_r_hat']:.3f}, effective draws at least "
        f"{certificate['smallest_ess']:,.0f}, divergences {certificate['divergences']}",
        "",
        "Effect in a case not yet studied: median (5-95%)",
    )
    _show_spreads({"all rows": found.quantities} | dict(found.sensitivity))
    say("", "One study left out: those that move a median most")
    movers = sorted(found.studies, key=lambda name: -_moved(found, name))[:_SHOWN_MOVERS]
    _show_spreads({name: found.studies[name] for name in movers})
    say("", "What is common to studies; contraction near zero: the data do not say")
    table = plain_table(["Parameter", "5-50-95%", "Contraction"])
    for name, row in found.hyper.items():
        table.add_row(name, spread(row["posterior"]), f"{row['contraction']:.2f}")
    say_table(table)
    say(
        "mu: centre of studies, in logs; tau: spread between them; lambda: 1 if amounts grow with",
        "GDP, 0 with the stock of debt; delta: other maturities against ten years.",
    )


def _moved(meta: "Meta", study: str) -> float:
    """Largest factor by which leaving a study out moves a median."""
    left = meta.studies[study]
    return max(
        max(left[name][1] / spread[1], spread[1] / left[name][1])
        for name, spread in meta.quantities.items()
    )


def _show_spreads(cases: Mapping[str, Mapping[str, Sequence[float]]]) -> None:
    names = list(next(iter(cases.values())))
    table = plain_table(["", *names])
    for label, spreads in cases.items():
        cells = [
            f"{spreads[name][1]:.3g} ({spreads[name][0]:.2g} to {spreads[name][2]:.3g})"
            for name in names
        ]
        table.add_row(label, *cells)
    say_table(table)
