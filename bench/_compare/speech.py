"""What the servers speak: Socket.IO (ours and three rivals), and the bare JSON of the ``ws`` rival, behind one client.

The bodies are the same. A bare message is ``["EVENT", body]`` down, ``[NUMBER, "COMMAND", body]`` up and ``[NUMBER, answer]``
back, after a first ``["auth", body]``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from bench._compare.lines import CLOSE, PING, PONG, TEXT, Address, Line, Loop, Stuck, cut, frame, response

AGENT = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148"


@dataclass(frozen=True)
class Speech:
    """One way to speak.

    Args:
        path: what the WebSocket asks for.
        event, ack: what messages down begin with.
        auth, command: the messages up, to be filled in.
    """

    path: str
    event: bytes
    ack: bytes
    auth: str
    command: str


SOCKETIO = Speech("/socket.io/?EIO=4&transport=websocket", b'42["', b"43", "40%s", '42%d["%s",%s]')
BARE = Speech("/live", b'["', b"[", '["auth",%s]', '[%d,"%s",%s]')


@dataclass(frozen=True)
class Place:
    """Where a server listens and how it speaks."""

    address: Address
    speech: Speech

    def request(self, path: str, cookie: str, *more: str) -> bytes:
        """A browser's GET."""
        host = f"{self.address[0]}:{self.address[1]}"
        lines = (f"GET {path} HTTP/1.1", f"Host: {host}", f"Origin: http://{host}", f"User-Agent: {AGENT}", "Accept: */*",
                 "Accept-Encoding: gzip, deflate", "Accept-Language: en", f"Cookie: {cookie}", *more)
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


class Client:
    """A WebSocket of one browser.

    Args:
        cookie: the browser's.
        auth: the body that asks to be let in.
        hear: gets every event, as JSON from behind the opening ``["``.
    """

    __slots__ = ("_auth", "_line", "_speech", "answer", "hear", "heard", "sent_at")

    def __init__(self, loop: Loop, place: Place, cookie: str, auth: dict[str, object], hear: Callable[[Client, bytes], None]) -> None:
        self._speech, self._auth, self.hear = place.speech, place.speech.auth % json.dumps(auth), hear
        self.answer: Callable[[Client, int, bytes], None] = _nobody_asked
        self.heard, self.sent_at = 0, 0.0
        self._line = Line(loop, place.address, self._shaken)
        self._line.write(place.request(
            place.speech.path, cookie, "Connection: Upgrade", "Upgrade: websocket",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13",
        ))

    def send(self, number: int, command: str, body: str) -> None:
        """Send a command; *body* is JSON."""
        self._line.write(frame(self._speech.command % (number, command, body)))

    def close(self) -> None:
        """Be gone."""
        self._line.close()

    def _shaken(self, data: bytes) -> int:
        found = response(data)
        if found is None:
            return 0
        head, _body, used = found
        if b" 101 " not in head[:16]:
            raise Stuck(f"no WebSocket: {head[:200]!r}")
        self._line.take = self._take
        if self._speech is BARE:
            self._line.write(frame(self._auth))
        return used + self._take(data[used:])

    def _take(self, data: bytes) -> int:
        return cut(data, self._frame)

    def _frame(self, kind: int, message: bytes) -> None:
        speech = self._speech
        if message.startswith(speech.event):
            self.hear(self, message[len(speech.event):])
        elif kind == PING:
            self._line.write(frame(message.decode(), PONG))
        elif kind == CLOSE or kind != TEXT:
            raise Stuck(f"a client is sent away: {kind} {message[:100]!r}")
        elif message.startswith(speech.ack):
            begin = len(speech.ack)
            at = message.index(b"," if speech is BARE else b"[", begin)
            self.answer(self, int(message[begin:at]), message[at + 1:])
        else:
            self._engine(message)

    def _engine(self, message: bytes) -> None:
        """What only Socket.IO has: ping, the opening, being let in or not."""
        if message == b"2":
            self._line.write(frame("3"))
        elif message[:1] == b"0":
            self._line.write(frame(self._auth))
        elif message[:2] != b"40":
            raise Stuck(f"a client is refused: {message[:200]!r}")


def _nobody_asked(_client: Client, _number: int, answer: bytes) -> None:
    raise Stuck(f"an answer that nobody waits for: {answer[:100]!r}")


def fetch(loop: Loop, place: Place, path: str, cookie: str, then: Callable[[Line, bytes], None]) -> None:
    """Get a page over a new connection, which stays open; *then* gets the line and the body as it came.

    Raises:
        Stuck: from the loop, where the answer is not 200.
    """
    def take(data: bytes) -> int:
        found = response(data)
        if found is None:
            return 0
        head, body, used = found
        if b" 200 " not in head[:16]:
            raise Stuck(f"{path}: {head[:200]!r}")
        then(line, body)
        return used

    line = Line(loop, place.address, take)
    line.write(place.request(path, cookie))
