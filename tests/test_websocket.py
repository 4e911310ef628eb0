"""The WebSocket path: whole frames to everybody, whatever one client does."""

from __future__ import annotations

import hashlib
import socket
import struct
import threading
from collections.abc import Iterator
from typing import ClassVar

import engineio.socket
import gevent.socket
import pytest
import socketio
from engineio.packet import Packet
from websockets.exceptions import ConnectionClosed

from tests.apart import played
from tests.phones import HANDSHAKE, PATIENCE, EchoServer, Phone, Poller, echo_server, masked, read_all, until
from workshop.live.limits import Limits
from workshop.live.outbox import Outbox, encode_once
from workshop.live.transport import Clients, install
from workshop.live.websocket import WebSocketDriver

TEXT, BINARY, PING = 1, 2, 9


@pytest.fixture(scope="module", params=["fast", "safe"])
def server(request: pytest.FixtureRequest) -> Iterator[EchoServer]:
    with echo_server(safe=request.param == "safe") as running:
        with running.phone() as phone:
            assert phone.ask("inside")["mode"] == request.param
        yield running


@pytest.fixture
def other(server: EchoServer) -> Iterator[Phone]:
    """Somebody who must not notice."""
    with server.phone() as phone:
        yield phone
        assert phone.ask("echo", "still here") == "still here"


def alone(phone: Phone, clients: int) -> None:
    until(lambda: phone.ask("inside")["clients"] == clients, "the others are forgotten")


def close_code(phone: Phone) -> int:
    with pytest.raises(ConnectionClosed) as end:
        while True:
            phone.ws.recv(PATIENCE)
    return end.value.rcvd.code if end.value.rcvd else 1006


def raw_close_code(sock: socket.socket) -> int:
    """The code of the close frame that ends what the server sends."""
    data = read_all(sock)
    at = data.rfind(b"\x88")
    assert at >= 0, f"no close frame in {data[-40:]!r}"
    return int(struct.unpack("!H", data[at + 2:at + 4])[0])


# -- whole frames ------------------------------------------------------------------------------------


def test_a_phone_that_pauses_gets_every_frame_whole(server: EchoServer, other: Phone) -> None:
    count = 3000
    with server.phone(small=True) as slow:
        slow.tell("frames", {"count": count, "size": 3000})
        until(lambda: max(other.ask("inside")["queues"]) > 50, "the slow phone's frames wait")
        for number in range(50):
            slow.ws.ping()  # the pongs go out between the frames
            assert other.ask("echo", number) == number
        bodies = [slow.receive()[1] for _ in range(count)]
    assert sorted(body["number"] for body in bodies) == list(range(count))
    assert all(hashlib.sha256(body["text"].encode()).hexdigest() == body["hash"] for body in bodies)


def test_everybody_hears_in_the_same_order(server: EchoServer, other: Phone) -> None:
    with server.phone() as listener:
        for number in range(300):
            other.tell("say", number)
        assert [listener.receive() for _ in range(300)] == [["said", number] for number in range(300)]
        assert [other.receive() for _ in range(300)] == [["said", number] for number in range(300)]


def test_binary_goes_out_as_binary(server: EchoServer, other: Phone) -> None:
    text = "blå" * 10_000
    other.ws.send(f'427["binary","{text}"]')
    assert other.ws.recv(PATIENCE) == '461-7[{"_placeholder":true,"num":0}]'
    assert other.ws.recv(PATIENCE) == text.encode()


def test_fragments_within_the_limit_are_one_message(server: EchoServer, other: Phone) -> None:
    other.ws.send(['420["echo",', '"in', ' parts"]'])
    assert other.ws.recv(PATIENCE) == '430["in parts"]'


def test_what_comes_with_the_handshake_is_heard(server: EchoServer) -> None:
    early = HANDSHAKE + masked(TEXT, b"40") + masked(TEXT, b'420["echo","early"]')
    with server.raw(early) as sock:
        answer = b""
        while b'430["early"]' not in answer:
            assert (data := sock.recv(65536))
            answer += data


def test_no_direct_write_into_the_middle_of_another() -> None:
    ours, theirs = gevent.socket.socketpair()
    driver = WebSocketDriver(lambda _: [], None, Limits())
    driver._sock, packet, long = ours, encode_once("beat", {}), "x" * 5_000_000
    writer = gevent.spawn(driver.send, long)
    gevent.idle()  # it writes until nothing more fits
    got = theirs.recv(1 << 20)  # now there is room again, but the writer has not been woken
    assert driver.write_now(packet) is packet
    while len(got) < len(long) + 10:
        got += theirs.recv(1 << 20)
    writer.get()
    assert got[10:] == long.encode()
    ours.close()
    theirs.close()


def test_nothing_overtakes_what_waits() -> None:
    class Wire:
        """Takes nothing directly at first, and then only what is waited for."""

        too_slow = False
        room: ClassVar[list[bool]] = [False, True]
        written: ClassVar[list[str]] = []

        def write_now(self, packet: Packet) -> Packet | None:
            if not self.room.pop(0):
                return packet
            self.written.append(packet.encode())
            return None

        def send(self, message: str) -> None:
            self.written.append(message)

    outbox = Outbox(Limits(), on_full=lambda _: None)
    outbox.wire = Wire()
    first, second, third = (encode_once("beat", {"rev": rev}) for rev in range(3))
    outbox.put(first)
    outbox.put(second)
    outbox.join()
    outbox.put(third)
    assert Wire.written == [packet.encode() for packet in (first, second, third)]


# -- bad frames ----------------------------------------------------------------------------------------


def test_sixty_megabytes_are_not_read(server: EchoServer, other: Phone) -> None:
    server.forget_peak()
    before = server.memory()
    with server.raw(HANDSHAKE) as sock:
        head = struct.pack("!BBQ", 0x82, 0xFF, 60_000_000) + bytes(4)
        with pytest.raises(ConnectionError):  # the server closes long before the end
            sock.sendall(head + bytes(60_000_000))
        assert other.ask("echo", "meanwhile") == "meanwhile"
    assert server.memory(peak=True) - before < 8
    alone(other, 1)


def test_a_message_too_big_says_so(server: EchoServer, other: Phone) -> None:
    with server.phone() as phone:
        phone.ws.send("x" * 65537)
        assert close_code(phone) == 1009


def test_fragments_too_big_in_total_say_so(server: EchoServer, other: Phone) -> None:
    with server.phone() as phone:
        phone.ws.send(["4" * 1000] * 66)
        assert close_code(phone) == 1009


@pytest.mark.parametrize(("frames", "code"), [
    (bytes([0x81, 2]) + b"40", 1002),  # not masked
    (masked(3, b"?"), 1002),  # an opcode that does not exist
    (masked(0, b"?"), 1002),  # a continuation of nothing
    (bytes([0xC1, 0x82]) + bytes(4) + b"40", 1002),  # compressed, which was not agreed
    (masked(PING, bytes(126)), 1002),  # a ping too long
    (masked(TEXT, b"4\xff"), 1007),  # not UTF-8
    (masked(TEXT, b"hello"), 1002),  # not engine.io
    (masked(TEXT, b""), 1002),
    (masked(TEXT, b"4" + b"[" * 60000), 1002),  # deeper than the decoder goes
    (b"\x16\x03\x01" + bytes(range(256)), 1002),  # another protocol
])
def test_malformed_frames_end_the_connection(server: EchoServer, other: Phone, frames: bytes, code: int) -> None:
    with server.raw(HANDSHAKE + frames) as sock:
        ending = raw_close_code(sock)
    alone(other, 1)
    assert ending == code


@pytest.mark.parametrize("message", ["4hello", "49", "42", '42{"a":1}', b"bytes", '4599999999-["echo",{"_placeholder":true,"num":0}]'])
def test_messages_that_mean_nothing_end_the_connection(server: EchoServer, other: Phone, message: str | bytes) -> None:
    with server.phone() as phone:
        phone.ws.send(message)
        close_code(phone)
    alone(other, 1)


def test_deflate_is_not_agreed(server: EchoServer) -> None:
    with server.phone(compression="deflate") as phone:
        assert phone.ws.protocol.extensions == []
        assert phone.ask("echo", "plain") == "plain"


@pytest.mark.parametrize("line", ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="])
def test_a_broken_handshake_is_refused_and_forgotten(server: EchoServer, other: Phone, line: str) -> None:
    assert line.encode() in HANDSHAKE
    with server.raw(HANDSHAKE.replace(line.encode() + b"\r\n", b"Connection: close\r\n")) as sock:
        assert b" 400 " in read_all(sock).split(b"\r\n")[0]
    alone(other, 1)


def test_a_flood_of_events_lets_others_through(server: EchoServer, other: Phone) -> None:
    many = 20_000
    flood = HANDSHAKE + masked(TEXT, b"40") + masked(TEXT, b'42["count"]') * many
    with server.raw() as sock:
        sender = threading.Thread(target=sock.sendall, args=(flood,))
        sender.start()
        counted = until(lambda: other.ask("inside")["counted"], "the flood is being handled")
        sender.join()
    assert counted < many


# -- the end ----------------------------------------------------------------------------------------------


def test_the_client_closes(server: EchoServer, other: Phone) -> None:
    phone = server.phone()
    phone.ws.close(1000)
    assert phone.ws.close_code == 1000
    alone(other, 1)


def test_the_client_vanishes(server: EchoServer, other: Phone) -> None:
    phone = server.phone()
    phone.ws.socket.shutdown(socket.SHUT_RDWR)
    alone(other, 1)


def test_the_server_closes(server: EchoServer, other: Phone) -> None:
    phone = server.phone()
    phone.tell("leave")
    assert close_code(phone) == 1000
    alone(other, 1)


def test_a_client_that_does_not_answer_the_close_is_left() -> None:
    with echo_server(limits={"close_seconds": 0.2}) as server, server.phone() as other:
        with server.raw(HANDSHAKE + masked(TEXT, b"40") + masked(TEXT, b'42["leave"]')) as sock:
            assert raw_close_code(sock) == 1000  # and the end came without our answer
        alone(other, 1)


def test_silence_after_a_ping_ends_the_connection() -> None:
    with echo_server(ping=(0.2, 0.2)) as server, server.raw(HANDSHAKE) as sock:
        assert b"\x81\x012" in read_all(sock)  # it was asked


@pytest.mark.parametrize("safe", [False, True])
def test_who_answers_pings_may_be_quiet(safe: bool) -> None:
    with echo_server(safe=safe, ping=(0.1, 0.4)) as server, server.phone() as phone:
        for _ in range(10):  # longer than the library waits for its queue
            assert phone.ws.recv(PATIENCE) == "2"
            phone.ws.send("3")
        assert phone.ask("echo", "here") == "here"


# -- those who do not read ------------------------------------------------------------------------------------


@pytest.mark.parametrize("safe", [False, True])
def test_who_never_reads_is_dropped_and_costs_little(safe: bool) -> None:
    with echo_server(safe=safe, limits={"send_seconds": 1}) as server, server.phone() as other:
        before = server.memory()
        server.forget_peak()
        stalled = [server.phone(small=True) for _ in range(5)]
        for phone in stalled:
            phone.tell("flood", {"count": 20_000, "size": 3000})
        until(lambda: max((now := other.ask("inside"))["queues"]) > 100 or now["closed"] or now["clients"] < 6, "their frames wait")
        alone(other, 1)
        assert server.memory(peak=True) - before < 25
        for phone in stalled:
            phone.ws.socket.close()


@pytest.mark.parametrize("safe", [False, True])
def test_who_lags_is_told(safe: bool) -> None:
    with echo_server(safe=safe) as server, server.phone() as other:
        late = server.phone(small=True)
        late.tell("flood", {"count": 20_000, "size": 3000})
        until(lambda: other.ask("inside")["closed"], "the session is over; the connection still has to say why")
        events, code = heard(late)
        assert events[-1] == ["bye", {"reason": "too_slow", "message": ""}]
        assert code == (1000 if safe else 1013)
        numbers = [body["number"] for _, body in events[:-1]]
        assert numbers == list(range(len(numbers)))  # whole, in order, up to where it lagged


def heard(phone: Phone) -> tuple[list[list[object]], int]:
    """Everything until the connection ends, and the code that it ends with."""
    events = []
    with pytest.raises(ConnectionClosed) as end:
        while True:
            events.append(phone.receive())
    return events, end.value.rcvd.code if end.value.rcvd else 1006


def test_nobody_waits_for_ever_until_all_is_written() -> None:
    outbox = Outbox(Limits(close_seconds=0.01), on_full=lambda _: None)
    outbox.put(encode_once("beat", {}))
    outbox.join()  # nobody writes
    assert outbox.qsize() == 1


# -- polling, and the way from it to WebSocket ------------------------------------------------------------------


def test_a_polling_client_upgrades(server: EchoServer) -> None:
    async def play() -> None:
        async with socketio.AsyncSimpleClient() as client:
            await client.connect(f"http://127.0.0.1:{server.port}")
            assert client.transport == "websocket"
            for number in range(50):
                assert await client.call("echo", number) == number
            await client.emit("frames", {"count": 200, "size": 2000})
            bodies = [(await client.receive(PATIENCE))[1] for _ in range(200)]
            assert {body["number"] for body in bodies} == set(range(200))

    played(play())


def test_a_failed_upgrade_leaves_the_session_polling(server: EchoServer) -> None:
    poller = Poller(server)
    upgrade = HANDSHAKE.replace(b"&transport", f"&sid={poller.sid}&transport".encode())
    with server.raw(upgrade + masked(TEXT, b"2wrong")) as sock:
        read_all(sock)
    assert poller.post('420["echo","polling"]') == (200, "OK")
    assert '430["polling"]' in poller.get()[1]


# -- install ----------------------------------------------------------------------------------------------------


def test_one_server_gets_it_and_no_other() -> None:
    first, second = (socketio.Server(async_mode="gevent") for _ in range(2))
    assert install(first.eio) == "fast"
    assert isinstance(engineio.socket.Socket(first.eio, "sid").queue, Outbox)
    assert not isinstance(engineio.socket.Socket(second.eio, "sid").queue, Outbox)


def test_another_inside_of_the_library_goes_the_safe_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engineio.socket.Socket, "send", lambda self, packet: None)
    assert install(socketio.Server(async_mode="gevent").eio) == "safe"


def test_without_gevent_it_refuses() -> None:
    with pytest.raises(RuntimeError, match="requirements.lock"):
        install(socketio.Server(async_mode="threading").eio)


# -- the book of clients ---------------------------------------------------------------------------


def books(manager: socketio.Manager) -> list[list[object]]:
    """What the book of clients says after each of some comings and goings."""
    socketio.Server(async_mode="threading", client_manager=manager)
    one, two, three = (manager.pre_connect(client, "/") for client in ("a", "b", "c"))
    manager.connect(one, "/")
    manager._generate_ack_id(one, print)
    names, pages = {None: "all", one: "one", two: "two", three: "three"}, []
    for gone in (one, "nobody", three, two, two):
        manager.pre_disconnect(gone, "/") if gone in (one, three) else None
        manager.disconnect(gone, "/")
        rooms = {names[room]: {names[sid]: client for sid, client in inside.items()} for room, inside in manager.rooms.get("/", {}).items()}
        pages.append([rooms, *({space: [names[sid] for sid in sids] for space, sids in pending.items()}
                               for pending in (manager.pending_connect, manager.pending_disconnect)), len(manager.callbacks)])
    return pages


def test_who_goes_is_forgotten_as_the_library_forgets():
    assert books(Clients()) == books(socketio.Manager())
    assert books(Clients())[-1] == [{}, {}, {}, 0]
