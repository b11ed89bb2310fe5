"""The command that rebuilds the bank of parameter draws."""

from pathlib import Path

from selloff import studies
from selloff.apps._console import say
from selloff.apps._output import check_folder


def rebuild(*, draws: int, proposals: int, seed: int, folder: Path | None) -> None:
    """Rebuild the bank of parameter draws and say what it holds.

    Arguments:
        draws: how many to keep [count].
        proposals: how many candidates to solve [count].
        seed: seed of the random numbers [int].
        folder: where to, or nothing for the package's own [folder].

    Raises:
        InputError: the folder cannot be written to.
        OutputError: the bank could not be written.

    Source: the calibration study.
    """
    if folder is not None:
        check_folder(folder, draws=draws, horizon_years=1)
    bank = studies.rebuild_bank(folder=folder, n_draws=draws, n_proposals=proposals, seed=seed)
    where = folder or "the package"
    say(f"{bank.n_draws:,} parameter draws from {proposals:,} proposals written to {where}")
    studies.describe(bank, say)
