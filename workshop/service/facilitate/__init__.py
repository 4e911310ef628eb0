"""What a facilitator may do from the console. Each room of commands has its file; `act` is what they all work with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workshop import errors
from workshop.model import now_ms
from workshop.service import commands as c
from workshop.service import history
from workshop.service.facilitate import agenda, board, early, merging, moderating, people, proxy, running, screen, theming, turns, undoing
from workshop.service.facilitate.act import Act
from workshop.service.facilitate.table import Tables
from workshop.service.once import Answer, once
from workshop.service.participate import Participate
from workshop.store import Store, Tx
from workshop.store.queries import accounts

ROOMS = (agenda, running, screen, early, board, turns, merging, theming, moderating, people, proxy, undoing)
HANDLERS: dict[type[c.Command], Callable[[Act, Any], None]] = {kind: handle for room in ROOMS for kind, handle in room.HANDLERS.items()}
TABLES = Tables(
    running.SESSIONS, agenda.STEPS, theming.THEMES, board.IDEAS, board.EXPERIENCES, merging.DISMISSALS, people.PARTICIPANTS, proxy.BALLOTS,
)


class Facilitate:
    """Commands of the console.

    Args:
        clock: gives epoch milliseconds.
    """

    def __init__(self, store: Store, clock: Callable[[], int] = now_ms) -> None:
        self._store = store
        self._clock = clock
        self._participate = Participate(store, clock)  # for what is entered by proxy

    def command(self, signin: str, session_id: str, name: str, command: c.Command) -> Answer:
        """Carry out *command* in the session, once.

        Args:
            signin: the hash of the signed-in browser's token; looked up again at every command.
            name: the command's name, for the log.

        Raises:
            errors.WorkshopError: typed; nothing was stored.
        """
        return self._store.write(lambda tx: self._command(tx, signin, session_id, name, command))

    def history(self, session_id: str) -> list[dict[str, Any]]:
        """All that was done in the session, newest first, as the console's ``log`` tells it.

        Raises:
            errors.NotFound: the session is gone.
        """
        return self._store.read(lambda tx: history.entries(tx, session_id))

    def _command(self, tx: Tx, signin: str, session_id: str, name: str, command: c.Command) -> Answer:
        account = accounts.signed_in(tx, signin, self._clock())
        if account is None:
            raise errors.NotSignedIn()
        return once(tx, f"{account.id}/{session_id}", command.id, self._clock(),
                    lambda: _carried_out(Act(tx, session_id, account.id, name, self._clock(), self._participate, TABLES), command))


def _carried_out(act: Act, command: c.Command) -> Answer:
    HANDLERS[type(command)](act, command)
    return {"rev": act.rev, "set": {}}
