"""Questions that need many runs."""

from selloff.studies.calibrate import build_bank, describe, rebuild_bank

__all__ = ["build_bank", "describe", "rebuild_bank"]
