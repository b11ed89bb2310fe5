"""How often a client may ask: a bucket each that fills by the second."""

import time
from collections import OrderedDict
from typing import Final

_MOST_CLIENTS: Final = 4096
"""Buckets kept; the longest unused goes, and is full again when its client comes back."""


class Rates:
    """Buckets by client."""

    def __init__(self, per_second: float, burst: float) -> None:
        self.per_second, self.burst = per_second, burst
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_for(self, client: str) -> float:
        """Take one out of a client's bucket; if it is empty, say how long to wait [seconds]."""
        now = time.monotonic()
        left, since = self._held.pop(client, (self.burst, now))
        left = min(self.burst, left + (now - since) * self.per_second)
        is_enough = left >= 1.0
        self._held[client] = (left - 1.0 if is_enough else left, now)
        while len(self._held) > _MOST_CLIENTS:
            self._held.popitem(last=False)
        return 0.0 if is_enough else (1.0 - left) / self.per_second
