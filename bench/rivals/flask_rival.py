"""A Flask-SocketIO server as its manual shows it: gevent, the stock WebSocket, handlers with a request context.

Run as ``python flask_rival.py FOLDER``; it says its port. It imports nothing of the product.
"""

from gevent import monkey

monkey.patch_all()

import gzip  # noqa: E402 - after the patching
import json  # noqa: E402
import socket  # noqa: E402
import sys  # noqa: E402
from collections import defaultdict  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

from flask import Flask, Response, abort, render_template, request  # noqa: E402
from flask_socketio import ConnectionRefusedError, SocketIO, join_room  # noqa: E402
from flask_store import Body, FlaskStore, Refused, hashed, now  # noqa: E402

TICK = 0.1  # seconds between two deltas of a room at least
STAFF = ("screen", "console")

folder = Path(sys.argv[1])
known = json.loads((folder / "rooms.json").read_text("utf-8"))
page = known["page"]
(folder / "templates").mkdir()
(folder / "templates" / "phone.html").write_text(
    page["start"] + "{{ boot|tojson }}" + page["middle"] + "{{ own|tojson }}" + page["end"], "utf-8"
)
app = Flask(__name__, template_folder=str(folder / "templates"))
socketio = SocketIO(app, async_mode="gevent", cors_allowed_origins="*", always_connect=True)
store = FlaskStore(folder / "workshop.db", known["settings"])


class Room:
    """One session: what its phones see, who has voted, and what has changed since the last tick."""

    def __init__(self, code: str, view: Body) -> None:
        session = store.session(code)
        self.id, self.rev, self.floor = session["id"], session["rev"], session["rev"]
        self.code, self.set = code, view
        self.of = store.one("SELECT COUNT(*) FROM participants WHERE session_id = ?", self.id)[0]
        self.versions: dict[str, int] = {}
        self.voters: dict[str, set[str]] = defaultdict(set)
        self.changed: dict[str, set[str]] = {"phone": set(), "staff": set()}
        self.here: set[str] = set()
        self.ticking = False

    def staff(self) -> Body:
        """What screen and console see beside."""
        themes = [value["id"] for key, value in self.set.items() if key.startswith("theme/")]
        turnouts = {f"turnout/{theme}": {"theme": theme, "round": 1, "voted": len(self.voters[theme]), "of": self.of} for theme in themes}
        return {"room": {"here": len(self.here), "joined": self.of}, **turnouts}

    def touch(self, audience: str, key: str) -> None:
        """The key has changed."""
        self.changed[audience].add(key)
        if not self.ticking:
            self.ticking = True
            socketio.start_background_task(self._tick)

    def _tick(self) -> None:
        while any(self.changed.values()):
            phone, staff = self.changed["phone"], self.changed["staff"]
            self.changed = {"phone": set(), "staff": set()}
            common, more = {key: self.set[key] for key in phone}, self.staff()
            if common:
                self._tell("phone", common)
            for role in STAFF:
                self._tell(role, common | {key: more[key] for key in staff})
            socketio.sleep(TICK)
        self.ticking = False

    def _tell(self, role: str, changed: Body) -> None:
        socketio.emit("changes", self.body(set=changed, gone=[]), to=f"{self.code}/{role}")

    def body(self, **more: Any) -> Body:
        """The body of a message down."""
        return {"rev": self.rev, "now": now(), **more}

    def first(self, role: str, who: str, since: int | None) -> list[tuple[str, Body]]:
        """What one who comes gets."""
        if role != "phone":
            return [("snapshot", self.body(set=self.set | self.staff(), mine={}))]
        mine = store.mine(who)
        if since is None or not self.floor <= since <= self.rev:
            return [("snapshot", self.body(set=self.set, mine=mine))]
        changed = {key: self.set[key] for key, rev in self.versions.items() if rev > since}
        newer = {key: value for key, value in mine.items() if value["rev"] > since}
        return [("changes", self.body(set=changed, gone=[])), *([("mine", {"set": newer})] if newer else [])]


rooms = {code: Room(code, view) for code, view in known["rooms"].items()}
bound: dict[str, tuple[Room, str, str]] = {}  # connection → room, role, participant or sign-in


@app.get("/<code>")
def phone(code: str) -> Any:
    """The phone's page."""
    session = store.session(code)
    if session is None or code not in rooms:
        return abort(404)
    room = rooms[code]
    try:
        who = store.participant(session, request.cookies.get(f"p-{code}", ""))
    except Refused:
        return abort(403)
    return render_template("phone.html", boot={**page["boot"], "set": room.set}, own=room.body(mine=store.mine(who)))


@app.after_request
def pack(response: Response) -> Response:
    """Compress pages, as the usual extension does."""
    if response.mimetype == "text/html":
        response.set_data(gzip.compress(response.get_data(), 6))
        response.headers["Content-Encoding"] = "gzip"
    return response


@socketio.on("connect")
def connect(auth: Body) -> None:
    """Let in whom the cookie proves."""
    session, role = store.session(auth["session"]), auth["role"]
    try:
        room, who = rooms[session["code"]], _who(session, role)
    except Refused as problem:
        raise ConnectionRefusedError(str(problem)) from None
    bound[request.sid] = room, role, who
    join_room(f"{room.code}/{role}")
    join_room(who)
    if role == "phone":
        room.here.add(who)
        room.touch("staff", "room")
    for event, content in room.first(role, who, auth.get("since")):
        socketio.emit(event, content, to=request.sid)


def _who(session: Any, role: str) -> str:
    if role == "phone":
        return store.participant(session, request.cookies.get(f"p-{session['code']}", ""))
    signin = hashed(request.cookies.get("account", ""))
    store.account(signin)
    return signin


@socketio.on("disconnect")
def disconnect() -> None:
    """Forget one."""
    room, role, who = bound.pop(request.sid, (None, "", ""))
    if room and role == "phone":
        room.here.discard(who)
        room.touch("staff", "room")


@socketio.on("ballot.put")
def vote(ballot: Body) -> Body:
    """A ballot."""
    room, _role, who = bound[request.sid]
    done = store.vote(who, ballot)
    if done["ok"]:
        room.rev = max(room.rev, done["rev"])
        if who not in room.voters[ballot["theme"]]:
            room.voters[ballot["theme"]].add(who)
            room.touch("staff", f"turnout/{ballot['theme']}")
        socketio.emit("mine", {"set": done["set"]}, to=who, skip_sid=request.sid)
    return done


@socketio.on("idea.edit")
def edit(command: Body) -> Body:
    """A change of an idea."""
    room, _role, signin = bound[request.sid]
    done = store.edit(signin, room.id, command)
    if done["ok"]:
        room.rev = max(room.rev, done["rev"])
        key = f"idea/{command['idea']}"
        room.set[key] = {**room.set[key], "title": command["title"], "detail": command["detail"]}
        room.versions[key] = done["rev"]
        room.touch("phone", key)
    return done


if __name__ == "__main__":
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    print(port, flush=True)
    socketio.run(app, host="127.0.0.1", port=port, log_output=False)
