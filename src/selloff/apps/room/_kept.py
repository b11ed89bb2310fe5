"""Answers kept by name, within a bound of bytes; the longest unused goes first."""

from collections import OrderedDict


class Kept:
    """A store of bytes that forgets."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes, self.n_bytes = most_bytes, 0
        self._held: OrderedDict[str, bytes] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    def get(self, key: str) -> bytes | None:
        """Look one up; it counts as used."""
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
        return found

    def put(self, key: str, content: bytes) -> None:
        """Keep one, and let others go where there is no room."""
        self.n_bytes += len(content) - len(self._held.pop(key, b""))
        self._held[key] = content
        while self.n_bytes > self.most_bytes:
            _, old = self._held.popitem(last=False)
            self.n_bytes -= len(old)
