"""One audience's view by revision: what changed for whoever has seen everything up to a revision.

It knows nothing of the domain: a view is a flat map from key to value, and a change is the
difference between two views. The map of versions lets a client that was away catch up.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

View = dict[str, dict[str, Any]]
AFTER = 0.5  # what changes without a new revision counts as later than that revision, and as older than the next


class Audience:
    """The view that everybody of one role in one session shares.

    Args:
        view: the view at *rev*. Nothing older is known here: who is older gets a snapshot.
        restless: keys that change without a new revision: whoever comes back gets them again.
    """

    def __init__(self, view: View, rev: int, restless: Iterable[str] = ()) -> None:
        self.view, self.rev, self.floor = view, rev, rev
        self.listeners: dict[str, None] = {}  # in the order in which they came: what lies together is gone through faster
        self._versions: dict[str, float] = dict.fromkeys(view, rev) | dict.fromkeys(restless, rev + AFTER)
        self._gone: dict[str, float] = {}
        self._encoded: orjson.Fragment | None = None

    def update(self, view: View, rev: int) -> tuple[View, list[str]]:
        """Take over the view at *rev*; return what changed, and the keys that are gone."""
        changed = {key: value for key, value in view.items() if (old := self.view.get(key)) is not value and old != value}
        gone = [key for key in self.view if key not in view]
        version = rev if rev > self.rev else rev + AFTER
        self.view, self.rev = view, rev
        for key in changed:
            self._versions[key] = version
            self._gone.pop(key, None)
        for key in gone:
            self._gone[key] = version
            self._versions.pop(key, None)
        if changed or gone:
            self._encoded = None
        return changed, gone

    @property
    def encoded(self) -> orjson.Fragment:
        """The view as JSON, for all who come before it changes; the same object as long as it is the same."""
        if self._encoded is None:
            self._encoded = orjson.Fragment(orjson.dumps(self.view))
        return self._encoded

    def since(self, rev: int | None) -> tuple[View, list[str]] | None:
        """What changed since *rev*, or None where only a snapshot will do."""
        if rev is None or rev < self.floor or rev > self.rev:
            return None
        changed = {key: self.view[key] for key, version in self._versions.items() if version > rev and key in self.view}
        return changed, [key for key, version in self._gone.items() if version > rev]
