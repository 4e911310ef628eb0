"""No totals before reveal: not in any frame, page, answer or document, of any role, in words or between the lines."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import engineio
import pytest

from tests.apart import played
from tests.leak import EACH, HELD, HIDDEN_STAGES, PLAYED, STAGES, Cast, Evidence, Play, plain, without_ballots
from tests.server import join, prepare
from tests.support import PART, boot
from workshop.app import create
from workshop.config import Settings
from workshop.live.commands import CONSOLE, PHONE
from workshop.model import METHODS, StoredMeasure, StoredPractice
from workshop.rehearse.desk import Desk
from workshop.rehearse.server import PrivateServer
from workshop.service.reviews.desk import EVENT, ReviewDesk
from workshop.store.queries import practices

pytestmark = pytest.mark.timeout(300)  # a day is played twice, and every document made at every stage
# The names of all that is counted, as docs/protocol.md lists them: by every method, and what each adds.
ALWAYS = {
    "ranking", "rank", "score", "reach", "approvals", "raw", "chosen", "close_to", "raw_order", "raw_differs", "stability", "stable",
    "changed_by", "top", "voters", "eligible", "before", "moves", "places",
}
ADDED = {
    "approval": set(),
    "dots": {"dots"},
    "agree": {"agree", "disagree", "passes", "consensus"},
    "adoption": {"grade", "above", "below", "graded", "grades", "doing", "doing_small"},
    "impact": {"answers", "impact", "effort", "quadrant", "x", "y"},
}
COUNTED = ALWAYS.union(*ADDED.values())
# By one method every document comes at every stage by its address, all in one and one alone. Who may have it and when it is written do
# not depend on the method: by the others those are written that tell all there is, and the command writes every one in the second round.
BY_ADDRESS, WRITTEN = ("", "/json"), ("json", "markdown", "csv")
MEASURE = "measure-1"
CHANCE = {"rehearse.start", "rehearse.stop", "rehearse.wipe"}  # no two rehearsals are the same: test_rehearsing.py has them
CHOICES = re.compile(r'"choices": ?(\{[^}]*\})')
AUTHORS = ("Ada", "Bo", "Cy", "Dora")
TAG = re.compile(r"<[^>]*>")
PERCENT = re.compile(r"\d\s?%")


@dataclass
class Twice:
    """The same session played twice, with different votes."""

    cast: Cast
    plays: list[Evidence]
    ports: list[int]
    known: set[str]

    def same(self, pick: Any) -> None:
        """Fail where *pick* of the two plays differs by more than chance and time."""
        one, two = (plain(pick(seen), self.known, port) for seen, port in zip(self.plays, self.ports, strict=True))
        assert one == two


@pytest.fixture(scope="module", params=METHODS)
def twice(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Twice:
    """Both plays start from copies of one data folder, and run side by side."""
    folder = tmp_path_factory.mktemp("leak")
    cast, known = prepared(folder / "first", request.param)
    with ExitStack() as stack:
        servers = [stack.enter_context(PrivateServer(shutil.copytree(folder / "first", folder / variant))) for variant in ("0", "1")]
        stack.enter_context(tapped())
        plays = played(both(Play(server, cast, variant, Evidence()) for variant, server in enumerate(servers)))
    assert not any("ERROR" in server.log for server in servers)
    return Twice(cast, plays, [server.port for server in servers], known)


async def both(plays: Iterable[Play]) -> list[Evidence]:
    """What came of the plays."""
    return await asyncio.gather(*(play.run() for play in plays))


def prepared(data: Path, method: str) -> tuple[Cast, set[str]]:
    """A session that four people have joined, and all ids that its folder holds."""
    data.mkdir()
    with Desk(data) as desk:
        hall = prepare(desk, method=method)
        people = {"Ada": "City", "Bo": "Bank", "Cy": "", "Dora": "City", "Eve": "Bank"}
        cookies = {name: join(desk, hall, name, organisation) for name, organisation in people.items()}
        cookies |= {"nobody": {}, "facilitator": desk.facilitator()}
        record, practice = desk.record(hall.code), imported(desk, hall.event)
        [invited] = ReviewDesk(desk._store).make_links("account", hall.event, EVENT)
    guest = next(who.id for who in record.participants if who.name == "Eve")
    known = {row.id for row in (*record.organisations, *record.themes, *record.participants, record.event, record.session)}
    names = {
        "code": hall.code, "event_id": hall.event, "session_id": hall.session, "practice_id": practice, "locale": "sv",
        "token": invited.token, "section": "problem", "ending": "json", "measure_id": MEASURE,
    }
    addresses, formats = (BY_ADDRESS, ()) if method == METHODS[0] else ((), WRITTEN)
    return Cast(hall, method, formats, cookies, guest, pages(data.parent / "app", names, addresses)), known


def imported(desk: Desk, event: str) -> str:
    """A practice of the event that comes from no session, with a measure; its id. Those of a session would be what its documents hold."""
    practice = StoredPractice("practice-1", event, None, None, "Imported", "Share what works", 1, "review", "", "", None, None, 1, 0, 0)
    measure = StoredMeasure(MEASURE, practice.id, "service_life", "", "years", 3, 6, "", "", 1, "active", 1)
    desk._store.write(lambda tx: (practices.insert(tx, practice), practices.put_measure(tx, measure)))
    return practice.id


def pages(data: Path, names: dict[str, str], outcomes: tuple[str, ...]) -> tuple[str, ...]:
    """The address of every page that there is, but of the static files; of the outcome some."""
    settings = Settings.load({}, {"host": "127.0.0.1", "data": str(data)})
    settings.ensure_data_folder()
    workshop = create(settings)
    rules = [rule.rule for rule in workshop.flask.url_map.iter_rules() if "GET" in (rule.methods or ()) and rule.endpoint != "static"]
    workshop.close()
    rules = [rule for rule in rules if not rule.startswith("/export/")] + [f"/export/<code>{one}" for one in outcomes]
    return tuple(re.sub(r"<(?:\w+:)?(\w+)>", lambda found: names[found[1]], rule) for rule in rules)


@contextmanager
def tapped() -> Iterator[None]:
    """Keeps every packet that any client receives meanwhile, by either transport, in the play that the client is of."""
    receive = engineio.AsyncClient._receive_packet

    async def listen(self: engineio.AsyncClient, packet: Any) -> None:
        PLAYED.get().hear(packet)
        await receive(self, packet)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engineio.AsyncClient, "_receive_packet", listen)
        yield


def counted(value: Any, but: str = "") -> set[str]:
    """The names in *value* under which totals could stand; what is under ``results/`` of the theme *but* may."""
    if isinstance(value, list):
        return set().union(*(counted(one, but) for one in value))
    if not isinstance(value, dict):
        return set()
    found = {key for key in value if key in COUNTED or key.startswith("results/")} - {f"results/{but}"}
    inner = (one for key, one in value.items() if key not in ("strings", f"results/{but}"))
    return found.union(*(counted(one, but) for one in inner))


def body(packet: str) -> Any:
    """What a Socket.IO packet carries."""
    text = packet.lstrip("0123456789")
    return json.loads(text) if text[:1] in ("[", "{") else None


# -- in words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", STAGES[:-1])
def test_no_frame_names_a_total(twice: Twice, stage: str) -> None:
    shown = twice.cast.hall.themes[0] if stage == "one" else ""
    for seen in twice.plays:
        assert {who for who, _ in seen.frames[stage]} >= seen.states[stage].keys() - {name for name in seen.states[stage] if "late" in name}
        for who, packet in seen.frames[stage]:
            assert not counted(body(packet), shown), (who, packet)


@pytest.mark.parametrize("stage", STAGES[:-1])
def test_no_state_page_or_document_names_a_total(twice: Twice, stage: str) -> None:
    shown = twice.cast.hall.themes[0] if stage == "one" else ""
    for seen in twice.plays:
        assert not counted(seen.states[stage], shown)
        for name, page in seen.pages[stage].items():
            assert not counted(boot(page), shown), name
            assert not PERCENT.search(TAG.sub("", PART.sub("", page))), name


@pytest.mark.parametrize("stage", HIDDEN_STAGES)
def test_no_document_holds_a_result(twice: Twice, stage: str) -> None:
    for seen in twice.plays:
        files = seen.files[stage]
        for name in [name for name in files if name.endswith("report.json")]:
            assert not counted(json.loads(files[name]))
        for name in [name for name in files if name.endswith("results.csv")]:
            assert len(list(csv.reader(io.StringIO(files[name])))) == 1  # the head
        for name in [name for name in files if name.endswith("report.md")]:
            assert "No result is revealed yet" in files[name]
            assert not PERCENT.search(files[name])
        for name in [name for name in files if name.endswith(("docx", "pptx", "xlsx"))]:
            assert "Interim version" in files[name]


def test_while_one_theme_is_revealed_documents_hold_that_one_alone(twice: Twice) -> None:
    for seen in twice.plays:
        files = seen.files["one"]
        shown, hidden = json.loads(files["report.json"])["themes"]
        assert shown["result"] and not hidden["result"]
        assert {row["theme"] for row in csv.DictReader(io.StringIO(files["results.csv"]))} == {shown["title"]}


def test_everything_that_can_be_done_was_done(twice: Twice) -> None:
    for seen in twice.plays:
        assert seen.commands == (CONSOLE.keys() | PHONE.keys()) - CHANCE


def test_while_people_write_nobody_reads_what_others_write(twice: Twice) -> None:
    for seen in twice.plays:
        for who, text in reads(seen, "write"):
            if not is_facilitators_own(who):  # whose own idea it is begins with the name
                assert {name for name in AUTHORS if f"{name} wrote" in text} <= {who.split("'")[0].split()[0]}, (who, text)
        assert all(any(f"{name} wrote" in text for who, text in reads(seen, "share") if "screen" in who) for name in ("Ada", "Bo", "Cy"))


def test_choices_reach_their_voter_alone(twice: Twice) -> None:
    for seen in twice.plays:
        frames = [(who, text) for stage in STAGES for who, text in seen.frames[stage]]
        pages = [(name.split()[0], text) for stage in STAGES for name, text in seen.pages[stage].items()]
        for who, text in frames + pages:
            found = [json.loads(choices) for choices in CHOICES.findall(text)]
            assert all(choices in seen.sent.get(who, []) for choices in found), (who, text)


def is_facilitators_own(who: str) -> bool:
    """Whether the facilitator alone reads it: the console, and pages (paper ballots among them) that are not the wall's."""
    return "console" in who or (who.startswith("facilitator /") and "/screen" not in who)


def test_what_waits_for_approval_reaches_its_author_and_the_console_alone(twice: Twice) -> None:
    for seen in twice.plays:
        for stage in ("write", "share", *STAGES):
            heard = {who for who, text in reads(seen, stage) if HELD in text}
            assert not {one for one in heard if not one.startswith("Ada") and "console" not in one}
            assert not any(HELD in file for file in seen.files[stage].values())
        assert any(HELD in json.dumps(state) for state in seen.states["vote"].values())  # it would have been seen


def reads(seen: Evidence, stage: str) -> list[tuple[str, str]]:
    """What came to whom in a stage: frames, states and pages, as text."""
    states = ((name, json.dumps(state, ensure_ascii=False)) for name, state in seen.states[stage].items())
    return [*seen.frames[stage], *states, *seen.pages[stage].items()]


# -- between the lines ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", STAGES[:-1])
def test_other_votes_leave_no_trace(twice: Twice, stage: str) -> None:
    for name in twice.plays[0].states[stage]:
        twice.same(lambda seen, name=name: without_ballots(seen.states[stage][name]))
    for name in twice.plays[0].pages[stage]:
        twice.same(lambda seen, name=name: page_of(seen.pages[stage][name]))
    for name in twice.plays[0].files[stage]:
        twice.same(lambda seen, name=name: seen.files[stage][name])
    twice.same(lambda seen: [*seen.pages[stage], *seen.files[stage], *seen.states[stage]])
    twice.same(lambda seen: seen.answers[stage])


def page_of(page: str) -> list[Any]:
    """A page and what it starts with, without what is a voter's own."""
    return [PART.sub("", page), without_ballots(boot(page))]


def test_a_recount_shows_nothing_that_is_not_revealed(twice: Twice) -> None:
    twice.same(lambda seen: seen.recount)
    assert all("Both counts are equal." in seen.recount and not PERCENT.search(seen.recount) for seen in twice.plays)


# -- and that all this would have been seen ------------------------------------------------------------------


def test_after_reveal_everybody_has_the_totals(twice: Twice) -> None:
    results = {f"results/{theme}" for theme in twice.cast.hall.themes}
    for seen in twice.plays:
        assert all(state.keys() | state.get("set", {}).keys() >= results for state in seen.states["all"].values())
        shells = [boot(page)["snapshot"]["set"] for page in seen.pages["all"].values() if "snapshot" in (boot(page) or ())]
        assert len(shells) == 4  # two phones, screen and console
        assert all(shell.keys() >= results for shell in shells)
        rows = list(csv.DictReader(io.StringIO(seen.files["all"]["results.csv"])))
        assert len(rows) == EACH + 2 * (EACH - 1)  # of one theme two rounds; two of its ideas are merged
        names = set().union(*(counted(body(packet)) for _, packet in seen.frames["all"]))
        assert names == ALWAYS | ADDED[twice.cast.method] | results


def test_after_reveal_other_votes_show(twice: Twice) -> None:
    one, two = ([seen.states["all"]["Dora's phone by websocket"][f"results/{theme}"] for theme in twice.cast.hall.themes]
                for seen in twice.plays)
    assert all(a != b for a, b in zip(one, two, strict=True))
    with pytest.raises(AssertionError):
        twice.same(lambda seen: seen.files["all"]["results.csv"])
