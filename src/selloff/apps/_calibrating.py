"""The command that rebuilds the bank of parameter draws."""

from pathlib import Path

from selloff.apps._console import say
from selloff.studies import describe, rebuild_bank


def rebuild(*, draws: int, proposals: int, seed: int, folder: Path | None) -> None:
    """Rebuild the bank of parameter draws and say what it reached.

    Arguments:
        draws: how many to keep [count].
        proposals: how many candidates to solve [count].
        seed: seed of the random numbers [int].
        folder: where to, or nothing for the package's own [folder].

    Raises:
        OutputError: the bank cannot be written.

    Source: the calibration study.
    """
    bank = rebuild_bank(n_draws=draws, n_proposals=proposals, seed=seed, folder=folder)
    say(f"{bank.n_draws} draws from {bank.certificate['n_proposals']} candidates")
    describe(bank, say)
