"""The data folder of a server, opened beside it: what sockets cannot tell, or nobody signed in may ask.

Not to be called inside a running event loop: the store waits in its own way.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from workshop import errors
from workshop.model import Record
from workshop.rehearse.browser import Cookies
from workshop.service.accounts import Accounts
from workshop.service.entrance import Entrance
from workshop.service.organize import Organize
from workshop.service.practices import Practices
from workshop.service.rehearsing import Rehearsing
from workshop.store import Store
from workshop.store.queries import record

DATABASE = "workshop.db"


class Desk:
    """Rights and records out of a data folder; a context manager.

    Args:
        data: the folder.

    Raises:
        errors.StoreTooNew, errors.StoreUnavailable: with what to do.
    """

    def __init__(self, data: Path) -> None:
        self._store = Store(data / DATABASE)
        self.organize = Organize(self._store)
        self.entrance = Entrance(self._store)
        self.practices = Practices(self._store)
        self._accounts = Accounts(self._store)
        self._rehearsing = Rehearsing(self._store)

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._store.close()

    def link(self) -> str:
        """The path of a fresh one-time link that signs a browser in."""
        return f"/account/link/{self._accounts.new_link()}"

    def facilitator(self) -> Cookies:
        """The cookies of a browser signed in by a link that is used up at once."""
        return {"account": self._accounts.spend_link(self._accounts.new_link())}

    def rehearsal(self, code: str) -> Cookies:
        """The cookies of the account that plays in rehearsals of the session: what it does can be wiped."""
        session, _ = self.entrance.session(code)
        return {"account": self._rehearsing.begin(session.id, confirmed=True)[1]}

    def record(self, code: str) -> Record:
        """Everything that is stored of the session.

        Raises:
            errors.UnknownCode: no session has the code.
        """
        session, _ = self.entrance.session(code)
        found = self._store.read(lambda tx: record.load(tx, session.id))
        if found is None:
            raise errors.UnknownCode("code", code=code[:20])
        return found
