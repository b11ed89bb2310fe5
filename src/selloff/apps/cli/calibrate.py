"""`selloff calibrate`."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from selloff.apps.cli._console import remark, say
from selloff.apps.cli._options import MOST_DRAWS, Seed, out_folder
from selloff.apps.cli._places import check_room
from selloff.vocab.extras import without


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
        from selloff.studies import calibration
        from selloff.studies.calibration import rebuild_bank, rebuild_meta
    except ModuleNotFoundError as missing:
        raise without("calibrate", missing.name, extra="bayes") from None
    if out is None:
        _step("Meta-analysis", rebuild_meta)
    remark("Pricing core ...")
    bank = rebuild_bank(folder=out, n_draws=draws, seed=seed)
    if out is None:
        _rebuild_rest(seed)
    solved = sum(bank.certificate["candidates_by_round"])
    where = out or "the package"
    say(f"{bank.n_draws:,} parameter draws from {solved:,} candidates written to {where}")
    calibration.describe(bank, say)


def _step(name: str, rebuild: Callable[[], object]) -> None:
    """Rebuild what the next step reads, and forget what was read of it before."""
    from selloff.evidence import forget

    remark(f"{name} ...")
    forget()
    rebuild()
    forget()


def _rebuild_rest(seed: int) -> None:
    """Rebuild what stands beside the bank in the package."""
    from selloff.apps.backtesting import ALL, Backtest, backtest, mechanisms
    from selloff.evidence import BANK_FOLDER
    from selloff.studies.calibration import rebuild_moves, rebuild_two_country

    _step("Two countries", lambda: rebuild_two_country(seed=seed))
    _step("Measured effects", lambda: rebuild_moves(seed=seed))
    _step("Backtest", lambda: backtest(ALL, seed=seed).save(BANK_FOLDER / "backtest.json"))
    _step(
        "Mechanisms",
        lambda: Backtest(mechanisms(seed=seed)).save(BANK_FOLDER / "mechanisms.json"),
    )
