"""Rehearsals from the console: one at a time, in a child process, with word of how it goes."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from typing import Any

import gevent
from gevent import subprocess
from gevent.lock import RLock

from workshop import addresses, errors
from workshop.config import Settings
from workshop.native import in_child
from workshop.service import commands as c
from workshop.service.rehearsing import Rehearsing

END_SECONDS = 5.0  # that a child has to end by itself
Told = dict[str, Any]


class Runner:
    """Starts, stops and wipes.

    Args:
        tell: called with a session's id and how its rehearsal goes (docs/protocol.md, ``rehearsal``), or None.
    """

    def __init__(self, settings: Settings, rehearsing: Rehearsing, tell: Callable[[str, Told | None], None]) -> None:
        self._settings, self._rehearsing, self._tell = settings, rehearsing, tell
        self._one_at_a_time = RLock()
        self._child: subprocess.Popen | None = None
        self._reader: gevent.Greenlet | None = None
        self._session, self._told = "", {}  # type: tuple[str, Told]

    def command(self, signin: str, session_id: str, command: c.Command) -> dict[str, Any]:
        """Carry out a command of the console; twice is as good as once.

        Args:
            signin: the hash of the signed-in browser's token.

        Raises:
            errors.Rehearsing: another rehearsal runs.
            errors.WorkshopError: as `Rehearsing` says.
        """
        with self._one_at_a_time:
            if isinstance(command, c.RehearseStart):
                self._start(signin, session_id, command)
            elif isinstance(command, c.RehearseWipe):
                self._wipe(signin, session_id, command.confirmed)
            elif self._session == session_id:
                self._stop()
        return {"set": {}}

    def close(self) -> None:
        """End the child that runs."""
        self._stop()

    def _start(self, signin: str, session_id: str, command: c.RehearseStart) -> None:
        if self._child is not None:
            raise errors.Rehearsing()
        code, token = self._rehearsing.begin(session_id, command.confirmed, signin)
        job = {"code": code, "participants": command.participants, "pace": command.pace, "token": token,
               "url": self._url(), "data": str(self._settings.data)}
        self._session = session_id
        self._told = {"state": "running", "step": "", "of": command.participants, "lost": None, "problem": ""}
        self._tell(session_id, self._told)
        self._child = _spawn(job)
        self._reader = gevent.spawn(self._listen, self._child)

    def _url(self) -> str:
        """Where this server answers on this computer; by way of the proxy where pages are for HTTPS alone."""
        public, host = self._settings.public_url, self._settings.host
        if public.startswith("https:"):
            return public
        return addresses.phone_urls("127.0.0.1" if host in addresses.ANY else host, self._settings.port)[0]

    def _listen(self, child: subprocess.Popen) -> None:
        """Pass on what the child says, until it has ended: by its last words well, or with a problem, or without a word."""
        said: Told = {}
        for line in child.stdout:
            said = json.loads(line)
            if "step" in said:
                self._say(**said)
        child.wait()
        _close(child)
        self._child = None
        self._say(**said | {"state": "done" if "lost" in said else "failed"})

    def _say(self, **said: Any) -> None:
        self._told = self._told | said
        self._tell(self._session, self._told)

    def _stop(self) -> None:
        """End the child, if one runs, and see that it has ended."""
        child, self._child = self._child, None
        if child is None:
            return
        if self._reader:
            self._reader.kill()
        child.terminate()
        try:
            child.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        _close(child)
        self._say(state="stopped")

    def _wipe(self, signin: str, session_id: str, confirmed: bool) -> None:
        if self._session == session_id:
            self._stop()
        self._rehearsing.wipe(session_id, confirmed, signin)
        self._tell(session_id, None)


def _spawn(job: dict[str, Any]) -> subprocess.Popen:
    """The child, which has got its job."""
    child = in_child("workshop.rehearse.child")
    child.stdin.write(json.dumps(job).encode() + b"\n")
    child.stdin.flush()
    return child


def _close(child: subprocess.Popen) -> None:
    for pipe in (child.stdin, child.stdout):
        with contextlib.suppress(OSError):
            pipe.close()
