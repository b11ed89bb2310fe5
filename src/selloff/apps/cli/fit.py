"""The commands that show how parameters were estimated."""

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any, Final

from selloff.apps.cli._console import plain_table, say, say_json, say_table
from selloff.evidence import Meta, load_bank, load_meta, load_two_country

_SHOWN_MOVERS: Final = 8


def show_fit(*, is_json: bool) -> None:
    """Print moments of the data beside those of the pricing core, and what they identify."""
    certificate, two = load_bank().certificate, load_two_country()
    if is_json:
        say_json({"fit": certificate["fit"], "identified": certificate["identified"], "two": two})
        return
    say("Moments of the data and of the pricing core, over the bank")
    table = plain_table(["Moment", "Data", "S.e.", "Core", "5-95%", "Gap, s.e."])
    for row in certificate["fit"]:
        low, mid, high = row["model"]
        data, error = row["data"], row["standard_error"]
        cells = (f"{data:.4g}", f"{error:.2g}", f"{mid:.4g}", f"{low:.4g} to {high:.4g}")
        table.add_row(row["moment"], *cells, f"{row['gap_in_standard_errors']:+.1f}")
    say_table(table)
    say("")
    say("What the moments say of the structure; contraction near zero: not identified")
    table = plain_table(["Parameter", "Prior 5-50-95%", "Posterior 5-50-95%", "Contraction"])
    for row in certificate["identified"]:
        spreads = (_spread(row["prior"]), _spread(row["posterior"]))
        table.add_row(row["parameter"], *spreads, f"{row['contraction']:.2f}")
    say_table(table)
    say("")
    _show_two_country(two)


def _show_two_country(two: Mapping[str, Any]) -> None:
    say("Two countries, beside the published numbers of Gourinchas, Ray and Vayanos (2025)")
    table = plain_table(["Regression", "Years", "Published", "Core", "Standing"])
    for row in two["coefficients"]:
        cells = (f"{row['years']:g}", _or_dash(row["published"]), _or_dash(row["model"]))
        table.add_row(row["name"], *cells, row["standing"])
    say_table(table)
    for line in two["experiments"]:
        say(f"{line['question']}: {line['answer']}")
    for line in two["unverified"]:
        say(f"Not verified: {line}")


def _or_dash(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def show_meta(*, is_json: bool) -> None:
    """Print the meta-analysis."""
    if is_json:
        folder = files("selloff.evidence").joinpath("bank")
        say_json(json.loads(folder.joinpath("meta.json").read_text(encoding="utf-8")))
        return
    meta = load_meta()
    certificate = meta.certificate
    say(
        f"{certificate['rows']} rows of {certificate['studies']} studies; R-hat at most "
        f"{certificate['largest_r_hat']:.3f}, effective draws at least "
        f"{certificate['smallest_ess']:,.0f}, divergences {certificate['divergences']}"
    )
    say("")
    say("Effect in a case not yet studied: median (5-95%)")
    _show_spreads({"all rows": meta.quantities} | dict(meta.sensitivity))
    say("")
    say("One study left out: those that move a median most")
    movers = sorted(meta.studies, key=lambda name: -_moved(meta, name))[:_SHOWN_MOVERS]
    _show_spreads({name: meta.studies[name] for name in movers})
    say("")
    say("What is common to studies; contraction near zero: the data do not say")
    table = plain_table(["Parameter", "5-50-95%", "Contraction"])
    for name, told in meta.hyper.items():
        table.add_row(name, _spread(told["posterior"]), f"{told['contraction']:.2f}")
    say_table(table)
    say("mu: centre of studies, in logs; tau: spread between them; lambda: 1 if amounts grow with")
    say("GDP, 0 with the stock of debt; delta: other maturities against ten years.")


def _moved(meta: Meta, study: str) -> float:
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


def _spread(values: Sequence[float]) -> str:
    low, mid, high = values
    return f"{low:.3g}  {mid:.3g}  {high:.3g}"
