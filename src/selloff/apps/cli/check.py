"""`selloff check`."""

from selloff.apps.cli._console import say
from selloff.apps.cli._options import Result


def check(result: Result) -> None:
    """Check the identities of a saved result again."""
    from selloff import results

    ds = results.load_any(result)
    if results.is_streamed(ds):
        found = results.check_streamed(ds)
    else:
        found = results.residuals_by_unit(results.check_identities(ds))
    largest = ", ".join(f"{residual:.1e} {unit}" for unit, residual in found.items())
    say(f"OK: {result}: every identity holds, largest residual {largest}")
