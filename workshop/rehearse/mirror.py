"""The state that a client holds, kept by revision as docs/protocol.md says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Body = dict[str, Any]


class Mirror:
    """One client's copy of what its audience may see, own entries included.

    Args:
        since: the revision already known, or None.

    ``on_key`` is called with each key that arrives.
    """

    def __init__(self, since: int | None) -> None:
        self.rev = since
        self.state: dict[str, Any] = {}
        self.on_key: Callable[[str], None] | None = None
        self.up_to_date = False  # since the last connection

    def snapshot(self, body: Body) -> None:
        """Throw away what is here and take what comes; of one's own an answer may have brought something newer."""
        self.state = {key: value for key, value in self.state.items() if key.startswith("mine/")}
        self.rev, self.up_to_date = body["rev"], True
        self._take(body["set"])
        self.mine(body.get("mine") or {})

    def changes(self, body: Body) -> None:
        """Take what changed, unless something newer is here."""
        if self.rev is None or body["rev"] < self.rev:
            return  # no state yet that could change, or older than what is here: two writers' messages do cross
        self.rev, self.up_to_date = body["rev"], True
        for key in body["gone"]:
            self.state.pop(key, None)
        self._take(body["set"])

    def mine(self, entries: Body) -> None:
        """Take own entries, each unless a newer one is here."""
        self._take({key: value for key, value in entries.items()
                    if value["rev"] >= self.state.get(key, {"rev": -1})["rev"]})

    def is_behind(self, rev: int) -> bool:
        """Whether the server is at a newer revision."""
        return self.rev is None or rev > self.rev

    def _take(self, entries: Body) -> None:
        self.state.update(entries)
        for key in entries if self.on_key else ():
            self.on_key(key)  # type: ignore[misc]
