"""The command that estimates every parameter again."""

from pathlib import Path

from selloff.apps.backtesting import ALL, DRAWS, backtest
from selloff.apps.cli import _mechanisms
from selloff.apps.cli._console import remark, say
from selloff.apps.cli._mechanisms import BANK
from selloff.apps.cli._output import check_folder
from selloff.evidence import forget
from selloff.studies.calibration import (
    describe,
    rebuild_bank,
    rebuild_meta,
    rebuild_moves,
    rebuild_two_country,
)


def rebuild(*, draws: int, seed: int, folder: Path | None) -> None:
    """Rebuild the bank of parameter draws; in the package, all that stands beside it too."""
    if folder is not None:
        check_folder(folder, draws=draws, horizon_years=1)
    else:
        remark("Meta-analysis ...")
        rebuild_meta()
        forget()
    remark("Pricing core ...")
    bank = rebuild_bank(folder=folder, n_draws=draws, seed=seed)
    if folder is None:
        forget()
        remark("Two countries, measured effects, backtest ...")
        rebuild_two_country(seed=seed)
        rebuild_moves(seed=seed)
        backtest(ALL, seed=seed).save(BANK / "backtest.json")
        forget()
        remark("Mechanisms ...")
        _mechanisms.rebuild(draws=DRAWS, seed=seed)
        forget()
    solved = sum(bank.certificate["candidates_by_round"])
    where = folder or "the package"
    say(f"{bank.n_draws:,} parameter draws from {solved:,} candidates written to {where}")
    describe(bank, say)
