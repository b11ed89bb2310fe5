"""Questions that need many runs: one package a study, each with one door."""

from selloff.vocab.late import open_late

__all__ = ["open_late"]
