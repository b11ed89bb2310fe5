"""The what-if room: a page that asks by hand, and the server behind it."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from selloff.apps.room._server import Start, serve_room

__all__ = ["Start", "serve_room"]


def __getattr__(name: str) -> Any:
    """Open the server only when it is asked for: the door loads nothing of the extra `web`."""
    if name not in __all__:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    return getattr(import_module(f"{__name__}._server"), name)
