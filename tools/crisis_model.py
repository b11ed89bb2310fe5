"""Estimate the logit of currency crises; the VIX is read from a folder and never shipped."""

import sys
from pathlib import Path

import pandas as pd
from origins.crisis_model import rebuild_crisis_model


def yearly_vix(raw: Path) -> dict[int, float]:
    """Mean of the VIX in each year."""
    frame = pd.read_csv(raw / "us_rates" / "move_vix_skew_daily.csv", parse_dates=["date"])
    means = frame.groupby(frame["date"].dt.year)["VIXCLS"].mean()
    return {int(str(year)): float(value) for year, value in means.items()}


def main(arguments: list[str]) -> int:
    """Run from the command line with the raw folder as the only argument."""
    if len(arguments) != 1:
        sys.stderr.write("usage: crisis_model.py RAW_FOLDER\n")
        return 2
    found = rebuild_crisis_model(yearly_vix(Path(arguments[0])))
    for name in ("in_sample", "expanding_window", "country_left_out"):
        sys.stdout.write(f"{name}: AUROC {found['scores'][name]['auroc']}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
