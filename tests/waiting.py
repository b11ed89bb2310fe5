"""Wait until something is so."""

import time
from collections.abc import Callable


def until(is_so: Callable[[], object]) -> None:
    for _ in range(2000):
        if is_so():
            return
        time.sleep(0.002)
    raise AssertionError("it never came to be")
