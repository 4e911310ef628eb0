"""The rivals: what they need is installed and described for them, and they are started as the product is."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from bench._compare.crowd import cookie
from bench._compare.servers import OURS, SERVER_CORE, Kind, Server, on_core
from bench._compare.speech import BARE, SOCKETIO, Place, Speech
from bench._compare.venue import ROOMS, Room, Venue
from workshop.rehearse.desk import DATABASE
from workshop.store.sqlite import connect

HERE = Path(__file__).resolve().parents[1] / "rivals"
PACKAGES = ("socket.io", "ws", "better-sqlite3", "bufferutil")
SETTINGS = ("journal_mode", "synchronous", "foreign_keys", "wal_autocheckpoint")
ASK = """const Database = require("better-sqlite3");
console.log(process.version, new Database(":memory:").prepare("SELECT sqlite_version()").pluck().get());"""
START_SECONDS, STOP_SECONDS = 30.0, 5.0


class NoRival(Exception):
    """A rival cannot be had; says why."""


# -- what Node needs -------------------------------------------------------------------------------


def install() -> None:
    """Fetch what the Node servers need from the package registry, where it is not there already, in the locked versions.

    Raises:
        NoRival: there is no npm, or it failed; with the end of what it said.
    """
    if _installed():
        return
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        raise NoRival("Node 20.15 or newer with npm is needed (or --only ours,flask)")
    done = subprocess.run([npm, "ci"], cwd=HERE, env={**os.environ, **_headers(Path(node))}, capture_output=True, text=True, check=False)
    if done.returncode or not _installed():
        raise NoRival("npm ci failed:\n" + "\n".join((done.stdout + done.stderr).splitlines()[-12:]))


def _headers(node: Path) -> dict[str, str]:
    """Where Node's own headers lie beside it, the SQLite binding is built with them: nothing else is fetched."""
    prefix = node.resolve().parent.parent
    if not (prefix / "include" / "node" / "node.h").exists():
        return {}
    return {"npm_config_nodedir": str(prefix), "npm_config_build_from_source": "true"}


def _installed() -> bool:
    wanted = json.loads((HERE / "package.json").read_text("utf-8"))["dependencies"]
    binding = HERE / "node_modules" / "better-sqlite3" / "build" / "Release" / "better_sqlite3.node"
    return binding.exists() and all(_version(name) == version for name, version in wanted.items())


def _version(package: str) -> str:
    path = HERE / "node_modules" / package / "package.json"
    return str(json.loads(path.read_text("utf-8"))["version"]) if path.exists() else ""


def versions() -> str:
    """Node, its SQLite, and its packages, as they are used."""
    asked = subprocess.run(["node", "-e", ASK], cwd=HERE, capture_output=True, text=True, check=True)
    node, sqlite = asked.stdout.split()
    return ", ".join([f"Node {node.removeprefix('v')}", *(f"{name} {_version(name)}" for name in PACKAGES), f"its SQLite {sqlite}"])


# -- what they are told ----------------------------------------------------------------------------


def describe(venue: Venue) -> None:
    """Write down, beside the database, what the rivals cannot know: what phones see in each room, our settings of SQLite, our page."""
    with OURS.start(venue, venue.data.parent / "pages") as server:
        pages = [_page(server, room) for room in venue.rooms.values()]
    rooms = {page["boot"]["code"]: page["boot"].pop("set") for page in pages}
    with contextlib.closing(connect(venue.data / DATABASE)) as connection:
        settings = [f"{name} = {connection.execute(f'PRAGMA {name}').fetchone()[0]}" for name in SETTINGS]
    (venue.data / ROOMS).write_text(json.dumps({"settings": settings, "rooms": rooms, "page": pages[0]}), "utf-8")


def _page(server: Server, room: Room) -> dict[str, Any]:
    """Our page, cut at what it tells everybody, which comes decoded, and at one's own part."""
    http = HTTPConnection(*server.place.address)
    http.request("GET", f"/{room.code}", headers={"Cookie": cookie(room, 0)})
    text = http.getresponse().read().decode()
    http.close()
    start, mark, rest = text.partition('id="boot">')
    boot, _, rest = rest.partition("</script>")
    middle, own, end = rest.partition('id="own">')
    if not own or '"set"' not in boot:
        raise NoRival("the phone's page is made in another way now: bench/_compare/rivals.py has to follow")
    return {"start": start + mark, "boot": json.loads(boot), "middle": "</script>" + middle + own, "end": end[end.index("</script>"):]}


# -- running them ----------------------------------------------------------------------------------


@contextlib.contextmanager
def _running(command: list[str], speech: Speech, words: tuple[str, ...], venue: Venue, folder: Path) -> Iterator[Server]:
    venue.copy(folder)
    with on_core(SERVER_CORE), (folder / "rival.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, str(folder), *words], cwd=HERE, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log,
            env={**os.environ, "NODE_ENV": "production"},
        )
    try:
        port = _port(process, folder)
        yield Server(process.pid, Place(("127.0.0.1", port), speech), folder)
    finally:
        _end(process)


def _port(process: subprocess.Popen[bytes], folder: Path) -> int:
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    if not line:
        raise NoRival((folder / "rival.log").read_text("utf-8", "replace")[-2000:])
    _until_it_listens(int(line))
    return int(line)


def _until_it_listens(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            return connection.connect()
        except OSError:
            if time.monotonic() > deadline:
                raise NoRival(f"nothing listens on port {port}") from None
            time.sleep(0.05)
        finally:
            connection.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()


def _node(name: str, title: str, script: str, speech: Speech, *words: str) -> Kind:
    return Kind(name, title, partial(_running, ["node", str(HERE / script)], speech, words))


SOCKETIO_GROUPED = _node("socketio", "Node socket.io, group commit", "socketio.js", SOCKETIO, "grouped")
SOCKETIO_EACH = _node("socketio-each", "Node socket.io, commit per vote", "socketio.js", SOCKETIO)
WS_GROUPED = _node("ws", "Node ws, group commit", "bare.js", BARE, "grouped")
WS_EACH = _node("ws-each", "Node ws, commit per vote", "bare.js", BARE)
NAIVE = _node("naive", "Node socket.io, broadcast per vote", "socketio.js", SOCKETIO, "naive")
FLASK = Kind("flask", "stock Flask-SocketIO", partial(_running, [sys.executable, str(HERE / "flask_rival.py")], SOCKETIO, ()))
NODE = (SOCKETIO_GROUPED, SOCKETIO_EACH, WS_GROUPED, WS_EACH, NAIVE)
