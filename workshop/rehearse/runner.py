"""Rehearsals from the console: one at a time, in a child process, with word of how it goes."""

from __future__ import annotations

import contextlib
import json
import logging
import sys
from collections.abc import Callable
from typing import Any

import gevent
from gevent import subprocess

from workshop import addresses, errors
from workshop.config import Settings
from workshop.service import commands as c
from workshop.service.rehearsing import Rehearsing

END_SECONDS = 5.0  # that a child has to end by itself
Told = dict[str, Any]
log = logging.getLogger(__name__)


class Runner:
    """Starts, stops and wipes.

    Args:
        tell: called with a session's id and how its rehearsal goes (docs/protocol.md, ``rehearsal``), or None.
    """

    def __init__(self, settings: Settings, rehearsing: Rehearsing, tell: Callable[[str, Told | None], None]) -> None:
        self._settings, self._rehearsing, self._tell = settings, rehearsing, tell
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
        if isinstance(command, c.RehearseStart):
            self._start(signin, session_id, command)
        elif isinstance(command, c.RehearseWipe):
            self._wipe(signin, session_id, command.confirmed)
        elif self._session == session_id:
            self._stop("stopped")
        return {"set": {}}

    def close(self) -> None:
        """End the child that runs."""
        self._stop("stopped")

    def _start(self, signin: str, session_id: str, command: c.RehearseStart) -> None:
        if self._child is not None:
            raise errors.Rehearsing()
        code, token = self._rehearsing.begin(session_id, command.confirmed, signin)
        job = {"code": code, "participants": command.participants, "pace": command.pace, "token": token,
               "url": self._url(), "data": str(self._settings.data)}
        self._session = session_id
        self._told = {"state": "running", "step": "", "of": command.participants, "lost": None, "problem": ""}
        self._child = subprocess.Popen([sys.executable, "-m", "workshop.rehearse.child"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._child.stdin.write(json.dumps(job).encode() + b"\n")
        self._child.stdin.flush()
        self._tell(session_id, self._told)
        self._reader = gevent.spawn(self._listen, self._child)

    def _url(self) -> str:
        """Where this server answers on this computer; by way of the proxy where pages are for HTTPS alone."""
        public, host = self._settings.public_url, self._settings.host
        if public.startswith("https:"):
            return public
        return addresses.phone_urls("127.0.0.1" if host in addresses.ANY else host, self._settings.port)[0]

    def _listen(self, child: subprocess.Popen) -> None:
        """Pass on what the child says, until it has ended."""
        for line in child.stdout:
            said = json.loads(line)
            ended = "running" if "step" in said else "failed" if "problem" in said else "done"
            self._say(state=ended, **said)
        child.wait()
        if self._child is child:
            self._child = None
        if self._told["state"] == "running":  # it said nothing of its end
            self._say(state="failed")

    def _say(self, **said: Any) -> None:
        self._told = self._told | said
        self._tell(self._session, self._told)

    def _stop(self, state: str) -> None:
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
        for pipe in (child.stdin, child.stdout):
            with contextlib.suppress(OSError):
                pipe.close()
        self._say(state=state)

    def _wipe(self, signin: str, session_id: str, confirmed: bool) -> None:
        if self._session == session_id:
            self._stop("stopped")
        self._rehearsing.wipe(session_id, confirmed, signin)
        self._tell(session_id, None)
