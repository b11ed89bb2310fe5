"""Who may come in: a token in the start address, spent once for a cookie; a bearer for programs."""

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Final

BEARER: Final = "SELLOFF_TOKEN"
"""Variable of the environment with the token for programs."""
_SECRET_BYTES: Final = 32
_NAME_BYTES: Final = 9
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL


class Keys:
    """Makes and checks tokens and cookies; a cookie outlives a restart, since the secret does."""

    def __init__(self, secret: bytes, *, bearer: str, is_open: bool = False) -> None:
        self._secret, self._bearer, self.is_open = secret, bearer, is_open
        self._tokens: set[str] = set()

    def new_token(self) -> str:
        """Make a token that opens the door once."""
        token = secrets.token_urlsafe(24)
        self._tokens.add(token)
        return token

    def spend(self, token: str) -> bool:
        """Spend a token; it is good for one time."""
        found = next((one for one in self._tokens if _is_same(one, token)), None)
        if found is not None:
            self._tokens.remove(found)
        return found is not None

    def new_cookie(self) -> str:
        """Make a cookie for a new client."""
        name = secrets.token_urlsafe(_NAME_BYTES)
        return f"{name}.{self._seal(name)}"

    def client_of(self, cookie: str) -> str | None:
        """Read whose cookie it is; nobody's if it is not ours."""
        name, _, seal = cookie.partition(".")
        is_ours = _is_same(seal, self._seal(name))
        return name if name and is_ours else None

    def is_program(self, header: str) -> bool:
        """Say whether an Authorization header holds the bearer."""
        kind, _, given = header.partition(" ")
        is_known = _is_same(given.strip(), self._bearer)
        return kind.lower() == "bearer" and bool(self._bearer) and is_known

    def _seal(self, name: str) -> str:
        return hmac.new(self._secret, name.encode(), hashlib.sha256).hexdigest()


def _is_same(one: str, other: str) -> bool:
    """Compare in a time that tells nothing."""
    return hmac.compare_digest(one.encode(), other.encode())


def lasting_secret(folder: Path) -> bytes:
    """Read the secret of cookies, or make one that only the user can read; one that cannot be kept
    lasts as long as the process."""
    file, fresh = folder / "room.key", secrets.token_bytes(_SECRET_BYTES)
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            with os.fdopen(os.open(file, _NEW, 0o600), "wb") as to:
                to.write(fresh)
        held = file.read_bytes()
        return held if len(held) == _SECRET_BYTES else fresh
    return fresh
