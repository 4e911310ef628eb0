"""One audience's view by revision: what changed for whoever has seen everything up to a revision.

It knows nothing of the domain: a view is a flat map from key to value, and a change is the
difference between two views. The map of versions lets a client that was away catch up.
"""

from __future__ import annotations

from typing import Any

View = dict[str, dict[str, Any]]


class Audience:
    """The view that everybody of one role in one session shares.

    Args:
        view: the view at *rev*. Nothing older is known here: who is older gets a snapshot.
    """

    def __init__(self, view: View, rev: int) -> None:
        self.view, self.rev, self.floor = view, rev, rev
        self.listeners: set[str] = set()
        self._versions = dict.fromkeys(view, rev)
        self._gone: dict[str, int] = {}

    def update(self, view: View, rev: int) -> tuple[View, list[str]]:
        """Take over the view at *rev*; return what changed, and the keys that are gone."""
        changed = {key: value for key, value in view.items() if self.view.get(key) != value}
        gone = [key for key in self.view if key not in view]
        self.view, self.rev = view, rev
        for key in changed:
            self._versions[key] = rev
            self._gone.pop(key, None)
        for key in gone:
            self._gone[key] = rev
            self._versions.pop(key, None)
        return changed, gone

    def since(self, rev: int | None) -> tuple[View, list[str]] | None:
        """What changed since *rev*, or None where only a snapshot will do.

        What is as new as *rev* itself is sent again: presence may change without a new revision.
        """
        if rev is None or rev <= self.floor or rev > self.rev:
            return None
        changed = {key: self.view[key] for key, version in self._versions.items() if version >= rev}
        return changed, [key for key, version in self._gone.items() if version >= rev]
