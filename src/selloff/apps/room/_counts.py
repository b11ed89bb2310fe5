"""Counters of the room, written out as Prometheus reads them."""

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

Labels = tuple[tuple[str, str], ...]
HELP: Final = {
    "requests_total": ("counter", "Requests by route and status."),
    "answers_total": ("counter", "Answers by stage and outcome."),
    "refused_total": ("counter", "Requests and frames refused, by reason."),
    "engine_seconds_total": ("counter", "Seconds the engine worked, by stage."),
    "engine_work_total": ("counter", "Pieces of work of the engine, by stage."),
    "clients": ("gauge", "Pages connected."),
    "waiting": ("gauge", "Pieces of work that wait."),
    "kept_bytes": ("gauge", "Bytes of answers kept."),
    "kept_answers": ("gauge", "Answers kept."),
    "studies": ("gauge", "Studies that run."),
    "ready": ("gauge", "Whether the engine is warm."),
    "memory_bytes": ("gauge", "Largest memory of the process so far."),
}


class Counts:
    """Counters by name and labels, and gauges that are read when asked."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, Labels], float] = defaultdict(float)
        self.gauges: dict[str, Callable[[], float]] = {"memory_bytes": most_memory}

    def add(self, name: str, by: float = 1.0, /, **labels: str) -> None:
        """Count."""
        self._held[name, tuple(sorted(labels.items()))] += by

    @contextmanager
    def worked(self, **labels: str) -> Iterator[None]:
        """Count a piece of work of the engine, and how long it takes."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.add("engine_seconds_total", time.perf_counter() - began, **labels)
            self.add("engine_work_total", **labels)

    def text(self) -> str:
        """Write all out."""
        lines = []
        for name, (kind, words) in HELP.items():
            full = f"selloff_room_{name}"
            lines += [f"# HELP {full} {words}", f"# TYPE {full} {kind}"]
            if kind == "gauge":
                lines.append(f"{full} {self.gauges[name]():g}")
            lines += [f"{full}{_braced(has)} {n:g}" for has, n in self._of(name)]
        return "\n".join(lines) + "\n"

    def _of(self, name: str) -> list[tuple[Labels, float]]:
        return sorted((has, n) for (one, has), n in self._held.items() if one == name)


def most_memory() -> float:
    """Read the largest memory the process has had [bytes]; zero where the system does not say."""
    if sys.platform == "win32":
        return 0.0
    import resource  # noqa: PLC0415  Windows has none

    unit = 1 if sys.platform == "darwin" else 1024
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit)


def _braced(labels: Labels) -> str:
    inside = ",".join(f'{key}="{value}"' for key, value in labels)
    return f"{{{inside}}}" if inside else ""
