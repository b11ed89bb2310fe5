"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

ScenarioSource = Annotated[str, typer.Argument(metavar="SCENARIO", help="A preset or YAML file.")]
Result = Annotated[Path, typer.Argument(metavar="RESULT", help="A saved result (.nc).")]
Draws = Annotated[int, typer.Option(min=1, max=100_000, help="Random draws.")]
Seed = Annotated[int, typer.Option(min=0, help="Seed of the random numbers.")]
Horizon = Annotated[
    float | None,
    typer.Option("--horizon-years", help="Years to run, 0.25 to 50.", show_default="scenario's"),
]
VintageId = Annotated[
    str | None,
    typer.Option("--vintage", help="Opening books, as YYYY-MM.", show_default="scenario's"),
]
LatestVintage = Annotated[
    str | None, typer.Option("--vintage", help="Date as YYYY-MM.", show_default="latest")
]
Out = Annotated[
    Path | None,
    typer.Option("--out", help="Folder for the result.", show_default="out/NAME"),
]
OutFile = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Also write the result as JSON.")
]
Attribution = Annotated[
    bool,
    typer.Option("--attribution/--no-attribution", help="Split headline numbers by mechanism."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
