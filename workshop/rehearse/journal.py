"""What clients sent and what they were told, in order: the evidence of a rehearsal or a fault test."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any, TextIO

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

    @property
    def line(self) -> str:
        """The entry as a line of JSON; what was sent stands at ``invoke`` alone."""
        said = {"body": self.body} if self.what == "invoke" else {"answer": self.answer} if self.answer else {}
        head = {"at": self.at, "who": self.who, "what": self.what, "command": self.command, "id": self.id}
        return json.dumps(head | said, ensure_ascii=False)


@dataclass
class Journal:
    """What was sent and answered, in order, over all the clients that share it.

    Args:
        file: where every entry is also written, as a line of JSON. Opened with ``buffering=1`` it holds the entry
            before the command is sent, and is evidence even if this process dies.
    """

    entries: list[Entry] = field(default_factory=list)
    file: TextIO | None = None

    def add(self, who: str, what: str, command: str, body: Body, answer: Answer | None = None) -> None:
        """Note one event of the command in *body*."""
        entry = Entry(time.monotonic(), who, what, command, body["id"], body, answer)
        self.entries.append(entry)
        if self.file is not None:
            self.file.write(f"{entry.line}\n")

    def acknowledged(self, *commands: str) -> list[Entry]:
        """The entries of commands (of the names given, or all) that the server said are stored."""
        return [e for e in self.entries if e.what == "ok" and (not commands or e.command in commands)]

    def seconds(self, *commands: str) -> list[float]:
        """From the first sending of each acknowledged command to its acknowledgement."""
        sent = {(e.who, e.id): e.at for e in self.entries if e.what == "invoke"}
        return [e.at - sent[e.who, e.id] for e in self.acknowledged(*commands)]
