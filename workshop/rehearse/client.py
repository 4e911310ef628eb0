"""Clients of the live protocol (docs/protocol.md): a phone, a screen and a console without a picture.

They do what the browsers' `live.js` and `outbox.js` do: keep the state by revision, come back by
themselves, and send an unacknowledged command again under its own id. Rehearsal, replay and the
socket tests are built on them.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from workshop.model import new_id
from workshop.rehearse.browser import Cookies, Refused, join, sign_in
from workshop.rehearse.journal import Answer, Body, Entry, Journal
from workshop.rehearse.mirror import Mirror
from workshop.rehearse.patience import BACK_OFF, PATIENCE, back_off
from workshop.rehearse.wire import TROUBLE, Wire

__all__ = ["Answer", "Client", "Console", "Entry", "Journal", "Phone", "Refused", "Screen", "join", "sign_in"]

ACK_SECONDS = 10.0  # without an answer for so long, a command is sent again
TRY_AGAIN = ("too_many", "not_saved")  # answers that ask for the same command a little later
FINAL = ("removed", "signed_out", "sent_out")  # reasons of a `bye` after which there is nothing to come back to


class Client:
    """One connection that is kept; an async context manager.

    Args:
        url: the server's address.
        code: the session's join code.
        cookies: who one is, from `join` or `sign_in`.
        since: the revision already known, or None for a snapshot.
        journal: where commands are noted, if anywhere.
        transports: as python-socketio names them.

    ``mirror`` holds what has arrived; ``connects`` counts connections, ``byes`` what the server said
    in parting.
    """

    role = ""

    def __init__(self, url: str, code: str, cookies: Cookies, *, since: int | None = None,
                 journal: Journal | None = None, transports: tuple[str, ...] = ("websocket",)) -> None:
        self.url, self.code, self.journal = url.rstrip("/"), code, journal
        self.mirror = Mirror(since)
        self.connects = 0
        self.byes: list[Body] = []
        self.trouble: Exception | None = None  # why the last connection ended, if it did
        self._cookies, self._transports = cookies, transports
        self._online = asyncio.Event()
        self._end: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._asked: set[asyncio.Future[Any]] = set()
        self._watched: list[tuple[Callable[[], bool], asyncio.Future[None]]] = []
        self._wire: Wire | None = None
        self._keeper: asyncio.Task[None] | None = None

    # -- coming and going ----------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        return await self.open()

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.close()

    async def open(self) -> Self:
        """Connect, and wait for the first state.

        Raises:
            Refused: the server does not let this one in.
            TimeoutError: no server for `PATIENCE` seconds.
        """
        self._keeper = asyncio.create_task(self._keep())
        try:
            await self.until(lambda: self.mirror.up_to_date)
        except BaseException:
            await self.close()
            raise
        return self

    async def close(self) -> None:
        """Go away for good."""
        if self._keeper is None:
            return
        self._keeper.cancel()
        await asyncio.gather(self._keeper, return_exceptions=True)
        self._keeper = None
        self._end.cancel() if not self._end.done() else self._end.exception()

    async def drop(self) -> None:
        """Lose the connection as in a lift; the client comes back by itself."""
        if self._wire is not None:
            await self._wire.hang_up()

    @property
    def state(self) -> dict[str, Any]:
        """Key → value, as the protocol lists them; own entries included."""
        return self.mirror.state

    @property
    def who(self) -> str:
        """The participant's id; the role of a client that is none."""
        return self.state["mine/me"]["id"] if "mine/me" in self.state else self.role

    @property
    def mine(self) -> dict[str, Any]:
        """The own entries, by key without ``mine/``."""
        return {key[5:]: value for key, value in self.state.items() if key.startswith("mine/")}

    # -- what a test or a script does ------------------------------------------------------------

    async def call(self, command: str, body: Body | None = None, *, id: str | None = None, patience: float = PATIENCE) -> Answer:
        """Send a command until it is answered, always under the same id.

        Args:
            patience: seconds after which to give up.

        Returns:
            the acknowledgement, ``{"ok": True, …}`` or ``{"ok": False, "error": …}``.

        Raises:
            TimeoutError: no final answer within *patience*.
            Refused: the server does not let this one in any more.
        """
        message = {"id": id or new_id(), **(body or {})}
        self._note("invoke", command, message)
        async with asyncio.timeout(patience):
            while True:
                answer = await self._ask(command, message)
                if answer is None:
                    self._note("unknown", command, message)
                elif not answer["ok"] and answer["error"]["code"] in TRY_AGAIN:
                    await asyncio.sleep(answer["error"].get("wait") or BACK_OFF[0])
                else:
                    self._note("ok" if answer["ok"] else "fail", command, message, answer)
                    return answer

    async def do(self, command: str, body: Body | None = None) -> Answer:
        """As `call`, for a command that must succeed.

        Raises:
            Refused: with the server's message.
        """
        answer = await self.call(command, body)
        if not answer["ok"]:
            raise Refused(f"{command}: {answer['error']['message']} ({answer['error']['code']})")
        return answer

    async def until(self, holds: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Wait until *holds* of what has arrived.

        Raises:
            TimeoutError: it does not within *patience* seconds.
            Refused: the server does not let this one in.
        """
        if holds():
            return
        future = asyncio.get_running_loop().create_future()
        self._watched.append((holds, future))
        await self._unless_over(future, patience)

    # -- one command ----------------------------------------------------------------------------

    async def _ask(self, command: str, message: Body) -> Answer | None:
        """The answer to one sending, or None where none came."""
        await self._unless_over(asyncio.ensure_future(self._online.wait()), None)
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._asked.add(answer)
        try:
            await self._emit(command, message, answer)
            async with asyncio.timeout(ACK_SECONDS):
                return self._acknowledged(await answer)
        except (ConnectionError, *TROUBLE):
            return None
        finally:
            self._asked.discard(answer)
            answer.cancel()

    async def _emit(self, event: str, message: Body, answer: asyncio.Future[Answer]) -> None:
        if self._wire is None:
            raise ConnectionError("offline")
        await self._wire.emit(event, message, answer)

    def _acknowledged(self, answer: Answer) -> Answer:
        if answer["ok"]:
            self._heard(self.mirror.mine, answer.get("set", {}))
        return answer

    async def _unless_over(self, future: asyncio.Future[Any], seconds: float | None) -> None:
        """Wait for *future*, for the end of it all, or for the time to pass."""
        try:
            done, _ = await asyncio.wait({future, self._end}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not future.done():
                future.cancel()
        if not done:
            raise TimeoutError(f"the {self.role} waited {seconds:.0f} seconds in vain (last trouble: {self.trouble!r})")
        if future not in done:
            await self._end

    def _note(self, what: str, command: str, body: Body, answer: Answer | None = None) -> None:
        if self.journal is not None:
            self.journal.add(self.who, what, command, body, answer)

    # -- keeping the connection -------------------------------------------------------------------

    async def _keep(self) -> None:
        wait = BACK_OFF[0]
        while not self._end.done():
            before = self.connects
            try:
                await self._stay()
            except TROUBLE as problem:
                self.trouble = problem  # the server is away or overloaded: this loop is the remedy
            except Exception as problem:  # a refusal, or a fault of ours: whoever waits must hear of it
                self._finish(problem)
            wait = await back_off(BACK_OFF[0] if self.connects > before else wait)

    async def _stay(self) -> None:
        """Connect once and stay until the connection ends."""
        handlers = {
            "connect": self._came,
            "snapshot": lambda body: self._heard(self.mirror.snapshot, body),
            "changes": lambda body: self._heard(self.mirror.changes, body),
            "mine": lambda body: self._heard(self.mirror.mine, body["set"]),
            "beat": self._beat,
            "bye": self._bye,
        }
        auth = {"session": self.code, "role": self.role, "since": self.mirror.rev}
        async with Wire(handlers) as self._wire:
            try:
                await self._wire.connect(self.url, self._cookies, auth, self._transports)
                await self._wire.until_gone()
            finally:
                self._wire = None
                self._offline()

    def _came(self) -> None:
        self.connects += 1
        self.mirror.up_to_date = False
        self._online.set()

    def _offline(self) -> None:
        self._online.clear()
        for answer in self._asked:
            if not answer.done():
                answer.set_exception(ConnectionError("the connection ended"))

    def _finish(self, problem: Exception) -> None:
        if not self._end.done():
            self._end.set_exception(problem)

    # -- what arrives -------------------------------------------------------------------------

    def _heard(self, take: Callable[[Body], None], body: Body) -> None:
        take(body)
        self._look()

    async def _beat(self, body: Body) -> None:
        if self._wire is not None and self.mirror.is_behind(body["rev"]):
            with contextlib.suppress(*TROUBLE):  # the line has just gone: the next one brings what is missing
                await self._wire.emit("sync", {"since": self.mirror.rev})

    def _bye(self, body: Body) -> None:
        self.byes.append(body)
        if body["reason"] in FINAL:
            self._finish(Refused(body.get("message") or body["reason"]))

    def _look(self) -> None:
        """Wake those whose wait is over."""
        waiting, self._watched = self._watched, []
        for holds, future in waiting:
            if future.done():
                continue
            if holds():
                future.set_result(None)
            else:
                self._watched.append((holds, future))


class Phone(Client):
    """A participant's phone."""

    role = "phone"


class Screen(Client):
    """The projector; its cookies are the facilitator's."""

    role = "screen"


class Console(Client):
    """The facilitator's console."""

    role = "console"
