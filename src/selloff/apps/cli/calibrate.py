"""`selloff calibrate`."""

from pathlib import Path
from typing import Annotated

import typer

from selloff.apps.cli._console import remark, say
from selloff.apps.cli._options import MOST_DRAWS, Seed, out_folder
from selloff.apps.cli._places import check_room
from selloff.vocab.errors import InputError, Problem


def calibrate(
    *,
    draws: Annotated[int, typer.Option(min=1, max=MOST_DRAWS, help="Draws to keep.")] = 512,
    seed: Seed = 0,
    out: Annotated[Path | None, out_folder("the package")] = None,
) -> None:
    """Estimate every parameter again, from the studies on."""
    from selloff.evidence import BANK_FOLDER

    check_room(out or BANK_FOLDER, draws=draws, horizon_years=1)
    try:
        from selloff import studies
    except ModuleNotFoundError as missing:
        raise _without(missing.name) from None
    if out is None:
        _rebuild_meta()
    remark("Pricing core ...")
    bank = studies.rebuild_bank(folder=out, n_draws=draws, seed=seed)
    if out is None:
        _rebuild_rest(seed)
    solved = sum(bank.certificate["candidates_by_round"])
    where = out or "the package"
    say(f"{bank.n_draws:,} parameter draws from {solved:,} candidates written to {where}")
    studies.describe(bank, say)


def _without(extra: str | None) -> InputError:
    return InputError(
        [
            Problem(
                where="calibrate",
                given=f"an installation without {extra}",
                allowed="one with the extra bayes",
                remedy="Run: pip install 'selloff[bayes]'",
            )
        ]
    )


def _rebuild_meta() -> None:
    from selloff.evidence import forget
    from selloff.studies.calibration.meta import rebuild_meta

    remark("Meta-analysis ...")
    rebuild_meta()
    forget()


def _rebuild_rest(seed: int) -> None:
    """Rebuild what stands beside the bank in the package."""
    from selloff.apps.backtesting import ALL, Backtest, backtest, mechanisms
    from selloff.evidence import BANK_FOLDER, forget
    from selloff.studies.calibration.moves import rebuild_moves
    from selloff.studies.calibration.two_country import rebuild_two_country

    forget()
    remark("Two countries, measured effects, backtest ...")
    rebuild_two_country(seed=seed)
    rebuild_moves(seed=seed)
    backtest(ALL, seed=seed).save(BANK_FOLDER / "backtest.json")
    forget()
    remark("Mechanisms ...")
    Backtest(mechanisms(seed=seed)).save(BANK_FOLDER / "mechanisms.json")
    forget()
