"""What a connection may take before the application sees it: heads, bodies, polling POSTs."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.phones import PATIENCE, EchoServer, Poller, echo_server, read_all, until

POST = b"POST /socket.io/?EIO=4&transport=polling&sid=any HTTP/1.1\r\nHost: localhost\r\n"
SHORT = {"HEAD_SECONDS": 0.3, "BODY_SECONDS": 0.3, "IDLE_SECONDS": 0.3, "LINGER_SECONDS": 0.3}


@pytest.fixture(scope="module")
def server() -> Iterator[EchoServer]:
    with echo_server() as running:
        yield running


@pytest.fixture(scope="module")
def hasty() -> Iterator[EchoServer]:
    """A server that waits for nobody."""
    with echo_server(constants=SHORT) as running:
        yield running


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def answers(poller: Poller, count: int) -> list[object]:
    """The numbers that were answered, in their order."""
    found: list[object] = []
    while len(found) < count:
        found += [json.loads(text[text.index("["):])[0] for text in poller.get()[1].split("\x1e") if text.startswith("43")]
    return found


# -- polling POSTs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 17, 200])
def test_every_packet_of_a_post_is_handled(server: EchoServer, count: int) -> None:
    poller = Poller(server)
    assert poller.post(*(f'42{number}["echo",{number}]' for number in range(count))) == (200, "OK")
    assert answers(poller, count) == list(range(count))


def test_a_request_of_a_client_that_was_just_sent_away_is_refused(server: EchoServer) -> None:
    poller = Poller(server)
    assert poller.post('42["leave"]') == (200, "OK")
    for _ in range(2):
        assert poller.post('420["echo",1]') == (400, f'"Invalid session {poller.sid}"')
    assert poller.get() == (400, f'"Invalid session {poller.sid}"')


def test_more_packets_than_may_be_are_refused_aloud(server: EchoServer) -> None:
    poller = Poller(server)
    code, text = poller.post(*["3"] * 513)
    assert (code, text) == (400, "Too many packets in payload")
    assert poller.post('420["echo","again"]') == (200, "OK")


def test_who_posts_what_means_nothing_is_dropped(server: EchoServer) -> None:
    poller = Poller(server)
    poller.post("4hello")
    assert poller.get()[0] == 400


@pytest.mark.parametrize("packets", [("hello",), ('42["echo"]', ""), ("\udcff",)])
def test_a_post_that_cannot_be_read_is_refused_aloud(server: EchoServer, packets: tuple[str, ...]) -> None:
    assert Poller(server).post(*packets)[0] == 400


@pytest.mark.parametrize("head", [b"Content-Length: 65537", b"Content-Length: 60000000", b"Transfer-Encoding: chunked"])
def test_a_post_too_long_is_refused_before_it_is_read(server: EchoServer, head: bytes) -> None:
    with server.raw(POST + head + b"\r\n\r\n") as sock:
        assert status(read_all(sock)) == 413


def test_who_sends_the_whole_of_it_reads_the_refusal_and_no_reset(server: EchoServer) -> None:
    with server.raw(POST + b"Content-Length: 900000\r\n\r\n" + bytes(900_000)) as sock:
        sock.shutdown(socket.SHUT_WR)
        answer = b""
        while data := sock.recv(65536):
            answer += data
    assert status(answer) == 413


def test_the_largest_post_is_read(server: EchoServer) -> None:
    assert Poller(server).post('420["echo","' + "x" * (65_536 - 14) + '"]') == (200, "OK")


def test_other_pages_get_larger_bodies_but_not_any(server: EchoServer) -> None:
    for length, expected in [(1 << 20, (200, b"1048576")), ((1 << 20) + 1, (413, b"at most 1048576 bytes"))]:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        connection.request("POST", "/form", bytes(length))
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == expected
        connection.close()


def test_a_connection_serves_several_requests(server: EchoServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    for body in (b"one", None, b"three"):
        connection.request("POST" if body else "GET", "/form", body)
        assert connection.getresponse().read() == str(len(body or b"")).encode()
    connection.close()


def test_a_body_is_read_once_also_where_an_upgrade_is_asked(server: EchoServer) -> None:
    post = b"POST /form HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nContent-Length: 5\r\n\r\nhello"
    with server.raw(post + post) as sock:
        sock.shutdown(socket.SHUT_WR)
        assert read_all(sock).count(b"200 OK") == 2


@pytest.mark.parametrize("query", ["transport=polling&j=0", "transport=polling&j=", "transport=websocket"])
def test_jsonp_and_a_websocket_without_upgrade_are_refused(server: EchoServer, query: str) -> None:
    with server.raw(f"GET /socket.io/?EIO=4&{query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()) as sock:
        assert status(read_all(sock)) == 400


# -- those who never finish ----------------------------------------------------------------------------------


@pytest.mark.parametrize("start", [b"", b"GET / HT"])
def test_a_request_that_never_comes_ends_the_connection(hasty: EchoServer, start: bytes) -> None:
    with hasty.raw(start) as sock:
        assert read_all(sock) == b""


def test_a_head_that_never_ends_is_refused(hasty: EchoServer) -> None:
    with hasty.raw(b"GET / HTTP/1.1\r\nHost: loc") as sock:
        assert status(read_all(sock)) == 400


@pytest.mark.parametrize("headers", [b"X: " + b"x" * 70_000, b"X: y\r\n" * 200])
def test_headers_too_large_are_refused_and_leave_no_traceback(headers: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    with echo_server() as server, server.raw(b"GET / HTTP/1.1\r\n" + headers + b"\r\n\r\n") as sock:
        assert status(read_all(sock)) == 400
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("upgrade", [b"", b"Upgrade: websocket\r\nConnection: Upgrade\r\n"])
def test_a_body_that_never_ends_is_refused(hasty: EchoServer, upgrade: bytes) -> None:
    with hasty.raw(POST + upgrade + b"Content-Length: 100\r\n\r\nhalf") as sock:
        assert status(read_all(sock)) == 408


def test_an_idle_connection_ends(hasty: EchoServer) -> None:
    with hasty.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n") as sock:
        assert read_all(sock).endswith(b"\r\n\r\n0")


def test_of_many_half_open_connections_the_oldest_go_quietly(capfd: pytest.CaptureFixture[str]) -> None:
    with echo_server(constants={"MOST_WAITING": 50}) as server, server.phone() as phone, ExitStack() as opened:
        half_open = [opened.enter_context(server.raw(b"GET ")) for _ in range(80)]
        for sock in half_open[:30]:
            assert read_all(sock) == b""
        until(lambda: phone.ask("inside")["waiting"] == 50, "the younger ones wait on")
        with server.phone() as late:
            assert late.ask("echo", "in") == "in"
    assert capfd.readouterr().err == ""
