"""Records by hand, for tests of documents: a few buyers, their ideas, what they say and how they vote."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from typing import Any

import pypdfium2

from workshop import documents
from workshop.documents.packing import unpacked
from workshop.model import Ballot, Event, Experience, Idea, LogEntry, Organisation, Participant, Record, Session, Theme

AT = 1_795_507_200_000  # 24 November 2026, 08:00 UTC


class Day:
    """Builds a `Record` step by step; names double as ids."""

    def __init__(self, language: str = "en", method: str = "approval", take: int = 1, title: str = "Circular IT") -> None:
        self.event = Event("event", "Learning Academy", "2026-11-24", "Atrium", "The host", language, False, AT)
        self.session = Session("session", "event", "CODE23", title, "What works?", "reveal", method, None, take,
                               "organisation", True, False, None, None, "{}", 1, 0, AT)
        self.organisations: list[Organisation] = []
        self.themes: list[Theme] = []
        self.people: list[Participant] = []
        self.ideas: list[Idea] = []
        self.experiences: list[Experience] = []
        self.ballots: list[Ballot] = []
        self.log: list[LogEntry] = []

    def organisation(self, name: str, invited: bool = True) -> str:
        """An organisation of the event."""
        self.organisations.append(Organisation(name, "event", name, name.casefold(), len(self.organisations), invited))
        return name

    def theme(self, title: str, revealed: bool = True, round: int = 1, prompt: str = "") -> str:
        """A theme of the session."""
        self.themes.append(Theme(title, "session", len(self.themes), title, prompt, None, round, revealed, 1))
        return title

    def person(self, id: str, organisation: str | None = None, quote: str = "organisation", name: str = "") -> str:
        """A participant; *name* is the id where none is given."""
        self.people.append(Participant(id, "session", organisation, name or id, quote, "", "", 1, AT))
        return id

    def idea(self, title: str, by: str, detail: str = "", into: str | None = None, state: str = "active", theme: str = "") -> str:
        """An idea in the theme (the first where none is given); merged *into* another."""
        id_ = f"idea-{len(self.ideas)}"
        theme = theme or self.themes[0].id
        self.ideas.append(Idea(id_, "session", theme, by, title, detail, state, into, 1, AT, AT))
        return id_

    def say(self, idea: str, by: str, kind: str, text: str = "", state: str = "active", **outcome: object) -> str:
        """An experience; *outcome* is its result and year."""
        id_ = f"experience-{len(self.experiences)}"
        self.experiences.append(Experience(id_, "session", idea, by, kind, text, state, 1, AT, AT, **outcome))
        return id_

    def vote(self, by: str, *ideas: str, theme: str = "", round: int = 1, **choices: int) -> None:
        """A ballot: ticks, or with *choices* values by idea id."""
        theme = theme or self.themes[0].id
        values = dict.fromkeys(ideas, 1) | {key.replace("_", "-"): value for key, value in choices.items()}
        self.ballots.append(Ballot(theme, by, round, "session", 1, AT, AT, values))

    def did(self, action: str, subject: str = "", **after: object) -> None:
        """An entry of the log."""
        number = len(self.log)
        self.log.append(LogEntry(f"log-{number}", "session", 1, AT + number * 60_000, "facilitator", action, subject, "{}",
                                 json.dumps(after), None))

    def record(self, **event: object) -> Record:
        """What the store would hold."""
        return Record(replace(self.event, **event), self.session, tuple(self.organisations), tuple(self.themes),
                      tuple(self.people), tuple(self.ideas), tuple(self.experiences), tuple(self.ballots), tuple(self.log))


def three_buyers(**session: object) -> Day:
    """City (Ada, named), Bank (Ben, organisation) and Mine (Mallory, anonymous), one theme, two ideas, not yet voted on."""
    day = Day(**session)
    day.theme("Less waste", prompt="And then?")
    day.person("ada", day.organisation("City"), "name", "Ada")
    day.person("ben", day.organisation("Bank"), "organisation", "Ben")
    day.person("mallory", day.organisation("Mine"), "anonymous", "Mallory")
    day.idea("Take-back with reuse first", "ada", "Collect, erase, sell.")
    day.idea("Shred everything", "mallory")
    return day


def voted(**session: object) -> Day:
    """The three buyers, after a vote that the first idea won."""
    day = three_buyers(**session)
    for who in ("ada", "ben", "mallory"):
        day.vote(who, "idea-0")
    return day


def crowd(ideas: int, text: str = "Idea") -> Day:
    """A theme of many ideas by one person, without a vote."""
    day = Day(take=3)
    day.theme("Theme")
    day.person("ada", day.organisation("City"))
    for number in range(ideas):
        day.idea(f"{text} {number}", "ada")
    return day


def files(day: Day | Record) -> dict[str, bytes]:
    """Every document of the day by file name, but the PDF: it takes a process of its own and has tests of its own."""
    names = [one.name for one in documents.FORMATS if one.name != "pdf"]
    return documents.render(documents.build(day if isinstance(day, Record) else day.record(), AT), names)


def made(name: str, day: Day | Record) -> dict[str, bytes]:
    """The documents of one format alone, by file name."""
    return documents.render(documents.build(day if isinstance(day, Record) else day.record(), AT), [name])


def opened(content: bytes) -> object:
    """A file as it is; a package as its files, whatever packed them."""
    return {name: opened(part) for name, part in unpacked(content).items()} if content.startswith(b"PK") else content


PNG = b"\x89PNG"
BREAK = re.compile("\u200b\\s*")  # a place where a long word may break, and has


def everything(found: dict[str, bytes]) -> str:
    """All that the files say, wherever in them: packages are opened, and those inside them."""
    return "\n".join(said(content) for content in found.values())


def said(content: bytes) -> str:
    """What a file says."""
    if content.startswith(b"PK"):
        return everything(unpacked(content))
    if content.startswith(b"%PDF"):
        text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
        return " ".join(BREAK.sub("", text).split())  # where its lines end depends on every word
    return "" if content.startswith(PNG) else content.decode("utf-8-sig", "replace")


def markdown(day: Day | Record) -> str:
    """The Markdown report of the day."""
    return made("markdown", day)["report.md"].decode()


def data(day: Day | Record) -> dict[str, Any]:
    """The JSON report of the day."""
    return json.loads(made("json", day)["report.json"])


def rows(name: str, day: Day | Record) -> list[dict[str, str]]:
    """The rows of one of the CSV files."""
    return list(csv.DictReader(io.StringIO(made("csv", day)[name].decode("utf-8-sig"), newline="")))
