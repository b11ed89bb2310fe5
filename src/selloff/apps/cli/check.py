"""`selloff check`."""

from selloff.apps.cli._console import say
from selloff.apps.cli._options import Result


def check(result: Result) -> None:
    """Check the identities of a saved result again."""
    from selloff import results

    found = results.residuals_by_unit(results.check_identities(results.load(result)))
    largest = ", ".join(f"{residual:.1e} {unit}" for unit, residual in found.items())
    say(f"OK: {result}: every identity holds, largest residual {largest}")
