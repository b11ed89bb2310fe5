"""What is known of the parameters, estimated again: the bank and all that stands beside it."""

from typing import TYPE_CHECKING

from selloff import studies

if TYPE_CHECKING:
    from selloff.studies.calibration.bank import build_bank, describe, rebuild_bank
    from selloff.studies.calibration.conversion import Conversion, convert
    from selloff.studies.calibration.meta import rebuild_meta
    from selloff.studies.calibration.moves import rebuild_moves
    from selloff.studies.calibration.two_country import rebuild_two_country

__all__ = [
    "Conversion",
    "build_bank",
    "convert",
    "describe",
    "rebuild_bank",
    "rebuild_meta",
    "rebuild_moves",
    "rebuild_two_country",
]

_FILES = {
    "build_bank": "bank",
    "describe": "bank",
    "rebuild_bank": "bank",
    "Conversion": "conversion",
    "convert": "conversion",
    "rebuild_meta": "meta",
    "rebuild_moves": "moves",
    "rebuild_two_country": "two_country",
}
__getattr__ = studies.open_late(__name__, _FILES)
