"""Clients that speak the wire protocol themselves, to behave well or badly on purpose."""

from __future__ import annotations

import base64
import http.client
import json
import re
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

PATIENCE = 30.0  # seconds until a condition that should come true counts as failed
QUERY = "/socket.io/?EIO=4&transport=websocket"
HANDSHAKE = (
    f"GET {QUERY} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
    f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {base64.b64encode(bytes(16)).decode()}\r\n\r\n"
).encode()


class EchoServer:
    """A running `tests.echo_server`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        assert process.stdout is not None
        self.port = int(process.stdout.readline())

    def memory(self, peak: bool = False) -> float:
        """Resident memory in MB, now or at most since `forget_peak`."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(rf"{'VmHWM' if peak else 'VmRSS'}:\s+(\d+) kB", status)
        assert found
        return int(found[1]) / 1024

    def forget_peak(self) -> None:
        """Let the peak start anew."""
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")

    def phone(self, **options: Any) -> Phone:
        """A well-behaved client."""
        return Phone(self.port, **options)

    def raw(self, first: bytes = b"") -> socket.socket:
        """A TCP connection that has sent *first*."""
        sock = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        sock.sendall(first)
        return sock


@contextmanager
def echo_server(**settings: Any) -> Iterator[EchoServer]:
    """A server process with *settings* of `tests.echo_server`."""
    command = [sys.executable, "-m", "tests.echo_server", json.dumps(settings)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent) as process:
        try:
            yield EchoServer(process)
        finally:
            process.terminate()


class Phone:
    """One Socket.IO client over WebSocket. Without `receive`, it does not read.

    Args:
        small: with the smallest receive buffer, so that the sender feels it at once.
    """

    def __init__(self, port: int, small: bool = False, **options: Any) -> None:
        sock = socket.socket()
        if small:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.connect(("127.0.0.1", port))
        options = {"compression": None, "ping_interval": None, "max_queue": 1, "max_size": None, "close_timeout": 5, **options}
        self._until_exit = ExitStack()
        self.ws: ClientConnection = self._until_exit.enter_context(connect(f"ws://127.0.0.1:{port}{QUERY}", sock=sock, **options))
        self.sent = 0
        self.heard: list[Any] = []  # events that came while another answer was waited for
        assert str(self.ws.recv(PATIENCE)).startswith("0")
        self.ws.send("40")
        assert str(self.ws.recv(PATIENCE)).startswith("40")

    def __enter__(self) -> Phone:
        return self

    def __exit__(self, *_: object) -> None:
        self._until_exit.close()

    def tell(self, event: str, *body: Any) -> None:
        """Send an event without an answer."""
        self.ws.send("42" + json.dumps([event, *body]))

    def ask(self, event: str, *body: Any) -> Any:
        """Send an event; its answer."""
        self.sent += 1
        self.ws.send(f"42{self.sent}" + json.dumps([event, *body]))
        head = f"43{self.sent}["
        while not (text := self._text()).startswith(head):
            self.heard.append(json.loads(text[2:]))
        return (json.loads(text[len(head) - 1:]) or [None])[0]

    def receive(self) -> Any:
        """The next event, as ``[name, body]``."""
        return self.heard.pop(0) if self.heard else json.loads(self._text()[2:])

    def _text(self) -> str:
        while (text := str(self.ws.recv(PATIENCE))) == "2":
            self.ws.send("3")
        return text


class Poller:
    """One Socket.IO client over long-polling."""

    def __init__(self, server: EchoServer) -> None:
        self._port = server.port
        self.path = "/socket.io/?EIO=4&transport=polling"
        self.sid = json.loads(self.get()[1][1:])["sid"]
        self.path += f"&sid={self.sid}"
        assert self.post("40") == (200, "OK")
        assert self.get()[1].startswith("40")

    def get(self) -> tuple[int, str]:
        """What waits: status and text."""
        return self._request("GET", None, {})

    def post(self, *packets: str, **headers: str) -> tuple[int, str]:
        """Send packets in one request: status and text."""
        return self._request("POST", "\x1e".join(packets).encode(errors="surrogateescape"), headers)

    def _request(self, method: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        with closing(connection):
            connection.request(method, self.path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()


def until(condition: Callable[[], Any], what: str) -> Any:
    """Wait until *condition* holds; its value."""
    tick = threading.Event()
    for _ in range(int(PATIENCE / 0.02)):
        if value := condition():
            return value
        tick.wait(0.02)
    raise AssertionError(f"waited in vain: {what}")


def masked(opcode: int, data: bytes, fin: bool = True) -> bytes:
    """A client's frame of less than 64 KiB, its mask all zeros."""
    length = len(data)
    size = bytes([0x80 | length]) if length < 126 else struct.pack("!BH", 0xFE, length)
    return bytes([(0x80 if fin else 0) | opcode]) + size + bytes(4) + data


def read_all(sock: socket.socket) -> bytes:
    """What comes until the end, also where the end is a reset."""
    parts = []
    try:
        while data := sock.recv(65536):
            parts.append(data)
    except ConnectionError:
        pass
    return b"".join(parts)

