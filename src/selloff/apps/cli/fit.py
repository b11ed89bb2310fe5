"""`selloff fit`."""

from collections.abc import Mapping
from typing import Any

from selloff.apps.cli._console import number, plain_table, say, say_json, say_table, spread
from selloff.apps.cli._options import AsJson


def fit(*, json: AsJson = False) -> None:
    """Show how near the pricing core comes to the data."""
    from selloff.evidence import load_bank, load_two_country

    certificate, two = load_bank().certificate, load_two_country()
    if json:
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
    say("", "What the moments say of the structure; contraction near zero: not identified")
    table = plain_table(["Parameter", "Prior 5-50-95%", "Posterior 5-50-95%", "Contraction"])
    for row in certificate["identified"]:
        spreads = spread(row["prior"]), spread(row["posterior"])
        table.add_row(row["parameter"], *spreads, f"{row['contraction']:.2f}")
    say_table(table)
    say()
    _show_two_country(two)


def _show_two_country(two: Mapping[str, Any]) -> None:
    say("Two countries, beside the published numbers of Gourinchas, Ray and Vayanos (2025)")
    table = plain_table(["Regression", "Years", "Published", "Core", "Standing"])
    for row in two["coefficients"]:
        cells = f"{row['years']:g}", number(row["published"], 2), number(row["model"], 2)
        table.add_row(row["name"], *cells, row["standing"])
    say_table(table)
    say(*(f"{line['question']}: {line['answer']}" for line in two["experiments"]))
    say(*(f"Not verified: {line}" for line in two["unverified"]))
