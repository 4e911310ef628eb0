"""A server of one's own: a child process on a loopback port with a data folder that nobody else uses."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from workshop import errors
from workshop.errors import N_
from workshop.native import PACKAGE_HOME

START_SECONDS = 60.0
STOP_SECONDS = 15.0
LOG = "server.log"


class NoServer(errors.WorkshopError, code="no_server"):
    """The server did not come up."""

    message = N_("The server did not start: %(problem)s")


class PrivateServer:
    """``python -m workshop serve`` on a data folder, stopped by its own process id; a context manager.

    Args:
        data: the folder; made where it does not exist. The server's output goes to a log in it.
        module: what runs in place of ``workshop``; a test's own may break things on purpose.
        environment: variables that the server gets beside the usual ones, or in their place.
    """

    def __init__(self, data: Path, module: str = "workshop", environment: Mapping[str, str] | None = None) -> None:
        self.data, self.module, self.environment = data, module, dict(environment or {})
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> PrivateServer:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    @property
    def log(self) -> str:
        """What the server has said so far."""
        path = self.data / LOG
        return path.read_text("utf-8", "replace") if path.exists() else ""

    def start(self) -> None:
        """Start, and wait until it answers.

        Raises:
            NoServer: with the end of what it said.
        """
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.data / LOG).open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self.module, "serve"], env=self._environment(),
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            )
        try:
            self._wait_until_ready()
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """Ask it to end, and see that it does."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None

    def kill(self) -> None:
        """End it at once, as a power cut does; `start` takes up the same data and port again."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = None

    def command(self, name: str, *arguments: str) -> str:
        """What a command of the product prints, run on the same data.

        Raises:
            subprocess.CalledProcessError: it did not end well.
        """
        command = [sys.executable, "-m", "workshop", name, *arguments]
        return subprocess.run(command, env=self._environment(), capture_output=True, text=True, check=True).stdout

    @property
    def pid(self) -> int:
        """Its process id.

        Raises:
            ValueError: it does not run.
        """
        if self._process is None:
            raise ValueError("it does not run")
        return self._process.pid

    def wait(self, seconds: float = STOP_SECONDS) -> int:
        """Wait until it has ended by itself; its exit code, negative for a signal.

        Raises:
            TimeoutError: it goes on.
        """
        if self._process is None:
            raise ValueError("it does not run")
        try:
            code = self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise TimeoutError(f"the server goes on after {seconds:.0f} seconds") from None
        self._process = None
        return code

    def _environment(self) -> dict[str, str]:
        ours = {"WORKSHOP_DATA": str(self.data), "WORKSHOP_HOST": "127.0.0.1", "WORKSHOP_PORT": str(self.port),
                "WORKSHOP_PUBLIC_URL": self.url, "WORKSHOP_EXPORTS": str(self.data / "exports"), "PYTHONUNBUFFERED": "1"}
        others = {name: value for name, value in os.environ.items() if not name.startswith("WORKSHOP_")}
        path = os.pathsep.join(filter(None, [str(PACKAGE_HOME), os.environ.get("PYTHONPATH")]))
        return {**others, **ours, **self.environment, "PYTHONPATH": path}

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process is None or self._process.poll() is not None or time.monotonic() > deadline:
                raise NoServer(problem="\n".join(self.log.splitlines()[-12:]))
            time.sleep(0.05)

    def _answers(self) -> bool:
        # Not urllib, which would ask a proxy of the environment for a loopback address.
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
