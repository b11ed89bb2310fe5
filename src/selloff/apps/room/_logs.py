"""One line of JSON for each event, on standard error."""

import json
import logging
import time
from typing import Any, Final

LOGGER: Final = logging.getLogger("selloff.room")


def log(event: str, *, level: int = logging.INFO, **fields: Any) -> None:
    """Write an event with its fields."""
    if LOGGER.isEnabledFor(level):
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        line = {"time": stamp, "level": logging.getLevelName(level).lower(), "event": event}
        LOGGER.log(level, json.dumps(line | fields, default=str))


def start_logging(*, is_quiet: bool) -> None:
    """Send lines to standard error as they are; quiet lets only what went wrong through."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    LOGGER.handlers, LOGGER.propagate = [handler], False
    LOGGER.setLevel(logging.WARNING if is_quiet else logging.INFO)
