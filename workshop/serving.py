"""Serving: from settings to a bound address, a greeting, and an orderly end."""

from __future__ import annotations

import contextlib
import errno
import logging
import signal
import socket
from collections.abc import Callable

import gevent

from workshop import app, errors, lock, welcome
from workshop.config import Settings
from workshop.sparing import Sparing

BACKLOG = 1024  # connections that wait while a whole room scans the code at once
LOG_LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def run(load: Callable[..., Settings]) -> int:
    """Serve until told to stop; the exit code.

    Args:
        load: gives the settings; called again with the ``port`` where a free one was asked for.

    Raises:
        errors.SettingError, errors.DataInUse, errors.StoreTooNew, errors.StoreUnavailable: before anything is served.
    """
    settings = load()
    logging.basicConfig(level=settings.log_level.upper(), format=LOG_LINE)
    for handler in logging.getLogger().handlers:
        handler.addFilter(Sparing())
    settings.ensure_data_folder()
    with lock.alone(settings.data):  # two hubs would not hear of each other's commits
        return _run(load, settings)


def _run(load: Callable[..., Settings], settings: Settings) -> int:
    listener = listen(settings)
    if not settings.port:
        settings = load(listener.getsockname()[1])
    _allow_many_sockets()
    workshop = app.create(settings)
    try:
        _serve(workshop, listener)
    finally:
        workshop.close()
    return 0


def listen(settings: Settings) -> socket.socket:
    """A listening socket on the settings' host and port.

    Raises:
        errors.SettingError: the port is taken, or the address is not this computer's.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=BACKLOG)
    except OSError as problem:
        raise _refusal(settings, problem) from problem


def _serve(workshop: app.Workshop, listener: socket.socket) -> None:
    server = gevent.spawn(workshop.serve, listener)
    for number in (signal.SIGINT, signal.SIGTERM):
        gevent.signal_handler(number, server.kill, block=False)
    welcome.greet(workshop, print)
    server.get()


def _allow_many_sockets() -> None:
    """Raise this process's limit of open files (often 1,024) to what the system lets it have: every phone is one."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        with contextlib.suppress(ValueError, OSError):  # macOS names a limit that it does not grant
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _refusal(settings: Settings, problem: OSError) -> errors.SettingError:
    port = settings.port
    if problem.errno == errno.EADDRINUSE:
        what = f"port {port} is taken by another program"
        remedy = f"Stop that one, or choose another port: --port {port % 65535 + 1}"
        return errors.SettingError(variable="WORKSHOP_PORT", problem=what, remedy=remedy)
    if problem.errno == errno.EACCES:
        what = f"this user may not listen on port {port}"
        return errors.SettingError(variable="WORKSHOP_PORT", problem=what, remedy="Choose one above 1023, such as 8000.")
    what = f"“{settings.host}” is not an address of this computer ({problem.strerror})"
    return errors.SettingError(variable="WORKSHOP_HOST", problem=what, remedy="Use 0.0.0.0 for all of them.")
