"""What clients sent and what they were told, in order: the evidence of a rehearsal or a fault test."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

Answer = dict[str, Any]
Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a journal.

    ``what`` is ``invoke`` (first sent), ``ok``, ``fail`` (answered with an error) or ``unknown``
    (no answer came; it is sent again). ``at`` is monotonic seconds, ``who`` the participant's id,
    or the role of a client that is none.
    """

    at: float
    who: str
    what: str
    command: str
    id: str
    body: Body
    answer: Answer | None = None


@dataclass
class Journal:
    """What was sent and answered, in order, over all the clients that share it."""

    entries: list[Entry] = field(default_factory=list)

    def add(self, who: str, what: str, command: str, body: Body, answer: Answer | None = None) -> None:
        """Note one event of the command in *body*."""
        self.entries.append(Entry(time.monotonic(), who, what, command, body["id"], body, answer))

    def acknowledged(self, *commands: str) -> list[Entry]:
        """The entries of commands (of the names given, or all) that the server said are stored."""
        return [e for e in self.entries if e.what == "ok" and (not commands or e.command in commands)]

    def seconds(self, *commands: str) -> list[float]:
        """From the first sending of each acknowledged command to its acknowledgement."""
        sent = {(e.who, e.id): e.at for e in self.entries if e.what == "invoke"}
        return [e.at - sent[e.who, e.id] for e in self.acknowledged(*commands)]
