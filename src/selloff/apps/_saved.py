"""The commands about results that are already saved."""

from collections.abc import Sequence
from pathlib import Path

from selloff import report, results
from selloff.apps._console import say
from selloff.vocab.errors import InputError, Problem


def check(file: Path) -> None:
    """Check the identities of a saved result again."""
    place = _existing(file)
    checked = results.check_identities(results.load(place))
    residual = float(abs(checked["identity_residual"]).max())
    say(f"OK: {file}: every identity holds, largest residual {residual:.1e} USD bn")


def write_report(files: Sequence[Path], out: Path) -> None:
    """Write the report of saved results."""
    places = [_existing(each) for each in files]
    datasets = [results.load(each) for each in places]
    report.write_report(datasets, [results.summarise(each) for each in datasets], out)
    say(f"Written: {out}")


def missing_file(file: Path) -> list[Problem]:
    """Say where there is no file to read."""
    if file.is_file():
        return []
    return [
        Problem(
            where="RESULT",
            given=f"{file}, which is {'a folder' if file.is_dir() else 'no file'}",
            allowed="a saved result (.nc)",
            remedy="`selloff run` writes one and prints its name.",
        )
    ]


def _existing(file: Path) -> Path:
    if problems := missing_file(file):
        raise InputError(problems)
    return file
