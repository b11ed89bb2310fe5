"""Reading again what was rebuilt."""

from selloff.evidence.bank import forget_bank
from selloff.evidence.crisis import load_crisis
from selloff.evidence.factcheck import load_factcheck
from selloff.evidence.meta import load_meta
from selloff.evidence.moves import load_moves
from selloff.evidence.parameters import parameters
from selloff.evidence.scores import load_mechanisms, load_scores
from selloff.evidence.two_country import load_two_country


def forget() -> None:
    """Drop what was read, so that files rebuilt since are read again.

    Source: assumption; a rebuild takes several steps, each of which reads what the last wrote.
    """
    forget_bank()
    kept = (
        *(load_meta, load_moves, parameters, load_scores, load_mechanisms, load_two_country),
        *(load_crisis, load_factcheck),
    )
    for each in kept:
        each.cache_clear()
