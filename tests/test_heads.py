"""The short ways through a request's head end where the libraries' own ways end, whatever comes."""

from __future__ import annotations

import http.client
from io import BytesIO

import pytest
from gevent.pywsgi import headers_factory
from hypothesis import given
from hypothesis import strategies as st
from websockets.datastructures import Headers
from websockets.http11 import Request, Response
from websockets.server import ServerProtocol

from workshop.live import heads
from workshop.live.websocket import _shake_hands

NAMES = st.sampled_from([b"Host", b"cookie", b"Content-Length", b"From", b"From x", b"", b"a b", b"X_Y", b" folded", b"\tfolded"])
COLONS = st.sampled_from([b":", b": ", b""])
TEXTS = st.sampled_from([b"", b" 1", b"\tx ", b" a: b", b" \xe5\xff", b" \x85", b" a\rb", b" a\x0bb\x0cc", b" \x00"])
ENDS = st.sampled_from([b"\r\n", b"\r\n", b"\r\n", b"\n", b"\r", b"\r\r\n"])
LINES = st.lists(st.tuples(NAMES, COLONS, TEXTS | st.binary(max_size=6), ENDS).map(b"".join))


def understood(parse, head: bytes) -> object:
    """What the server asks of the headers, or the refusal; and how much was read."""
    stream = BytesIO(head)
    try:
        found = parse(stream)
    except http.client.HTTPException as problem:
        return repr(problem), stream.tell()
    asked = [found.get(name) for name in ("content-length", "Connection", "transfer-encoding")]
    return list(found.headers), found.status, found.typeheader, asked, stream.tell()


@given(LINES, st.sampled_from([b"\r\n", b"\n", b""]), st.binary(max_size=4))
def test_any_head_is_understood_as_the_library_understands_it(lines, end, body):
    head = b"".join(lines) + end + body
    assert understood(heads.read, head) == understood(headers_factory, head)


@pytest.mark.parametrize("head", [
    b"Host: x\r\n\r\n", b"\r\n", b"", b"A: 1\r\nA: 2\r\n\r\nbody", b"A: 1\r\n folded\r\n\r\n", b"Host:\r\n\r\n", b"A : 1\r\n\r\n",
    *(b"A: 1\r\n" * count + b"\r\n" for count in (99, 100, 101, 500)),
    *(b"A: " + b"x" * length + b"\r\n\r\n" for length in (65530, 65531, 65532, 70000)),
])
def test_so_are_heads_at_the_limits(head):
    assert understood(heads.read, head) == understood(headers_factory, head)


def test_what_a_browser_sends_needs_no_other_parser():
    found = heads.read(BytesIO("Host: 127.0.0.1:8000\r\nCookie: p-ABC=x; lang=sv\r\nX: å\r\nAccept: \r\n\r\n".encode()))
    assert found.get("cookie") == "p-ABC=x; lang=sv" and found.get("accept") == ""
    assert found.get_payload() is None  # the library's parser sets one


# -- the handshake of a WebSocket ------------------------------------------------------------------

ASKED = {
    "HTTP_CONNECTION": ["Upgrade", "keep-alive, Upgrade", "upgrade", "close", "Upgrade,", "keep-alive", " upgrade"],
    "HTTP_UPGRADE": ["websocket", "WebSocket", "h2c", "websocket, h2c", ""],
    "HTTP_SEC_WEBSOCKET_VERSION": ["13", "8", "13, 8", ""],
    "HTTP_SEC_WEBSOCKET_KEY": [
        "dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25jZR==", "dGhlIHNhbXBsZQ==", "dGhl IHNhbXBsZSBub25jZQ==", "=", "å",
    ],
    "HTTP_ORIGIN": ["http://elsewhere"],
    "HTTP_SEC_WEBSOCKET_EXTENSIONS": ["permessage-deflate"],
    "HTTP_SEC_WEBSOCKET_PROTOCOL": ["chat"],
}


def answer_of_library(environ: dict[str, str]) -> tuple[int, list[tuple[str, str]]]:
    """The status and the headers, but for the date, that the library gives for all headers of a request."""
    headers = Headers([(key[5:].replace("_", "-"), value) for key, value in environ.items() if key.startswith("HTTP_")])
    return without_date(ServerProtocol().accept(Request("/", headers, environ["REQUEST_METHOD"], environ["SERVER_PROTOCOL"])))


def without_date(response: Response) -> tuple[int, list[tuple[str, str]]]:
    return response.status_code, [(name, value) for name, value in response.headers.raw_items() if name != "Date"]


@given(st.fixed_dictionaries(
    {"REQUEST_METHOD": st.sampled_from(["GET", "GET", "POST"]), "SERVER_PROTOCOL": st.sampled_from(["HTTP/1.1", "HTTP/1.1", "HTTP/1.0"])},
    optional={key: st.sampled_from([values[0], *values]) for key, values in ASKED.items()},
))
def test_a_handshake_is_answered_as_the_library_answers_it(environ):
    assert without_date(_shake_hands(ServerProtocol(), environ)) == answer_of_library(environ)
