"""How the server is set: addresses, sizes, limits."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

DRAFT: Final = 100
"""Draws of a draft [count]."""


def _nothing() -> None:
    pass


@dataclass(frozen=True)
class RoomSettings:
    """Addresses, sizes and limits of one server."""

    port: int
    host: str = "127.0.0.1"
    extra_origins: tuple[str, ...] = ()
    """Addresses under which a proxy shows it, such as https://room.example.org."""
    draft_draws: int = DRAFT
    full_draws: int = 2000
    most_body: int = 300_000
    """Largest body and largest frame [bytes]."""
    body_seconds: float = 10.0
    """A body must be there after so long [seconds]."""
    most_kept: int = 64_000_000
    """Answers kept [bytes]."""
    most_clients: int = 64
    """Pages connected at once."""
    most_pages: int = 8
    """Of them by one browser."""
    most_waiting: int = 256
    """Pieces of work that wait, in all."""
    most_each: int = 8
    """And of one client."""
    per_second: float = 50.0
    burst: float = 300.0
    """Requests of one client."""
    asks_per_second: float = 30.0
    asks_burst: float = 60.0
    """Questions of one page."""
    most_studies: int = 4
    """Studies that run at once, in all."""
    most_jobs: int = 32
    """Studies kept, those that run among them."""
    look_seconds: float = 180.0
    """A study that nobody has looked at for so long ends [seconds]."""
    send_seconds: float = 10.0
    """A client that takes longer to read is let go [seconds]."""
    cookie_seconds: int = 30 * 86_400
    on_spent: Callable[[], None] = field(default=_nothing)
    """Called when a token is spent, so that a new one can be shown."""

    @property
    def cookie(self) -> str:
        """Name of the cookie; browsers tell servers apart by host and not by port."""
        return f"selloff_room_{self.port}"

    @property
    def origins(self) -> frozenset[str]:
        """Where the page may come from."""
        own = (f"http://{host}" for host in self._own_hosts)
        return frozenset((*own, *self.extra_origins))

    @property
    def hosts(self) -> frozenset[str]:
        """Names a request may call the server by."""
        return frozenset((*self._own_hosts, *(urlsplit(one).netloc for one in self.extra_origins)))

    @property
    def is_secure(self) -> bool:
        """Whether the cookie is for https alone."""
        return bool(self.extra_origins) and all(
            one.startswith("https://") for one in self.extra_origins
        )

    @property
    def _own_hosts(self) -> tuple[str, ...]:
        names = dict.fromkeys(("127.0.0.1", "localhost", "[::1]", self.host))
        return tuple(f"{name}:{self.port}" for name in names)
