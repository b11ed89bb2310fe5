"""Reading again what was rebuilt."""

from selloff.evidence.bank import forget_bank
from selloff.evidence.crisis import load_crisis
from selloff.evidence.meta import load_meta
from selloff.evidence.parameters import parameters
from selloff.evidence.stored import stored


def forget() -> None:
    """Drop what was read: a rebuild takes several steps, each of which reads the last one's."""
    forget_bank()
    for each in (stored, load_meta, load_crisis, parameters):
        each.cache_clear()
