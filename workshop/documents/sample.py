"""The sample sets of documents, written by the very code that writes real ones: an invented day, the same at every run, and a replay.

``python -m workshop.documents.sample`` writes both again, the replay's from its own report.json, which ``workshop.rehearse.sample`` makes.
Tests hold the committed sets to the code.
"""

from __future__ import annotations

import json
import random
from dataclasses import replace
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from workshop import __version__
from workshop.documents.sample_practices import with_practices
from workshop.model import Ballot, Event, Experience, Idea, LogEntry, Organisation, Participant, Quote, Record, Session, Theme
from workshop.rules import tally
from workshop.service import sample

if TYPE_CHECKING:
    from workshop.documents.shape import Report

T = TypeVar("T")
FOLDER = Path(__file__).resolve().parents[2] / "exports"
REPLAYED = FOLDER / "hivemind-freshwater-quality-in-new-zealand" / "freshwater-quality" / "report.json"
SCHEMAS = FOLDER.parent / "docs" / "schema"
DAY = 1_795_507_200_000  # 24 November 2026, 08:00 UTC, in epoch milliseconds
MINUTE = 60_000
MADE_AT = DAY + 480 * MINUTE
ABSENT = ("Fashion group", "Mining company")
IDEAS = 14  # of each theme
NAMES = (
    "Alva", "Bengt", "Cecilia", "David", "Elin", "Farid", "Greta", "Hugo", "Ingrid", "Jonas", "Karin", "Leila", "Maja",
    "Nils", "Olga", "Peter", "Ravi", "Sara", "Tove", "Ulf", "Vera", "Wiktor", "Yasmin", "Åke", "Örjan",
)
MERGES = {  # what the facilitator merged: idea → into
    "One supplier report for all buyers in the network": "Ask for a product carbon footprint per model and configuration",
    "Spare parts for seven years at a known price":
        "Require repairability: battery, memory, storage and screen changed with ordinary tools",
    "Clear the drawers: collection week every spring": "Return box in the price of every new phone",
}
PHASES = (("write", 20), ("share", 55), ("vote", 130), ("reveal", 150))  # minutes after the beginning


def record() -> Record:
    """Everything that the store would hold after the sample day."""
    return with_practices(_Day().record(), DAY + 240 * MINUTE)


def replayed() -> Report:
    """What was replayed, as its committed report.json tells it.

    Raises:
        msgspec.ValidationError: the model has changed since; ``workshop.rehearse.sample`` replays anew.
    """
    from workshop.documents import reread

    return replace(reread.report(REPLAYED.read_bytes()), product_version=__version__)


def main() -> None:
    """Write both sets into the checkout's exports/, publish the schema in docs/schema/, and print the paths."""
    from workshop import documents
    from workshop.documents import json as documents_json

    (SCHEMAS / documents_json.SCHEMA_NAME).write_bytes(documents_json.schema())
    for path in (*documents.save(record(), FOLDER, MADE_AT), *documents.save_report(replayed(), FOLDER)):
        print(path)


class _Day:
    """Makes the rows of the day; all chance comes from one seeded source."""

    def __init__(self) -> None:
        self._chance = random.Random(2026)
        self._serial = 0
        self._weights: dict[str, float] = {}
        self._source = json.loads(resources.files("workshop").joinpath("sample_ideas.json").read_text("utf-8"))["themes"]

    def record(self) -> Record:
        """The rows in the order in which they came to be."""
        people, themes = self.people, self.themes
        ideas = [idea for theme, source in zip(themes, self._source, strict=True) for idea in self._ideas(theme, source["ideas"][:IDEAS])]
        experiences = self._experiences(ideas)
        merged = _merged(ideas)
        ballots = [ballot for theme in themes for ballot in self._ballots(theme, merged)]
        return Record(self.event, self.session, self.organisations, themes, people, tuple(merged), tuple(experiences),
                      tuple(ballots), tuple(self._log(merged)))

    @cached_property
    def event(self) -> Event:
        """The sample event, on a day of its own."""
        return replace(sample.EVENT.onto(Event("sample-event", "", "", "", "", "en", True, DAY)), date="2026-11-24")

    @cached_property
    def session(self) -> Session:
        """The sample session, after the vote."""
        blank = Session("sample-session", "sample-event", "SAMPLE", "", "", "reveal", "approval", None, 3, "organisation",
                        True, False, None, None, "{}", 1, 0, DAY)
        return sample.session().onto(blank)

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        """The three themes; the last one was voted on twice."""
        last = len(self._source)
        return tuple(
            Theme(f"theme-{n}", self.session.id, n, source["title"], source["prompt"], None, 2 if n == last else 1, True, 1)
            for n, source in enumerate(self._source, start=1)
        )

    @cached_property
    def organisations(self) -> tuple[Organisation, ...]:
        """The organisations invited."""
        return tuple(Organisation(f"organisation-{n}", "sample-event", name, name.casefold(), n, True)
                     for n, name in enumerate(sample.ORGANISATIONS))

    @cached_property
    def people(self) -> tuple[Participant, ...]:
        """One to eight people from each organisation that came, and three who belong to none."""
        homes: list[str | None] = [None] * 3
        for organisation in self.organisations:
            if organisation.name not in ABSENT:
                homes += [organisation.id] * (1 + int(7 * self._chance.random() ** 1.3))
        return tuple(self._person(home) for home in homes)

    def _person(self, home: str | None) -> Participant:
        fate = self._chance.random()
        quote: Quote = "name" if fate < 0.3 else "organisation" if fate < 0.85 else "anonymous"
        name = self._pick(NAMES) if quote == "name" else ""
        return Participant(self._id(1), self.session.id, home, name, quote, "", "", 1, DAY)

    # -- what they said ---------------------------------------------------------------------------

    def _ideas(self, theme: Theme, sources: list[dict[str, Any]]) -> list[Idea]:
        return [self._idea(theme, source) for source in sources]

    def _idea(self, theme: Theme, source: dict[str, Any]) -> Idea:
        id_ = self._id(22)
        warmth = sum({"do": 1.0, "would": 0.7, "not": -0.6}.get(e["kind"], 0.2) for e in source["experiences"])
        self._weights[id_] = max(0.4, warmth) ** 1.5
        return Idea(id_, self.session.id, theme.id, self._pick(self.people).id, source["title"], source["detail"], "active",
                    None, 1, DAY, DAY)

    def _experiences(self, ideas: list[Idea]) -> list[Experience]:
        sources = {i["title"]: i["experiences"] for theme in self._source for i in theme["ideas"]}
        return [e for idea in ideas for e in self._said(idea, sources[idea.title])]

    def _said(self, idea: Idea, sources: list[dict[str, Any]]) -> list[Experience]:
        """Each thing said by somebody of another organisation, as far as there are enough."""
        speakers: dict[str | None, Participant] = {}
        for person in self._shuffled(self.people):
            speakers.setdefault(person.organisation_id, person)
        return [self._experience(idea, speaker, source) for speaker, source in zip(speakers.values(), sources, strict=False)]

    def _experience(self, idea: Idea, speaker: Participant, source: dict[str, Any]) -> Experience:
        return Experience(self._id(60), idea.session_id, idea.id, speaker.id, source["kind"], source["text"], "active", 1, DAY, DAY,
                          source.get("result", ""), source.get("year"))

    # -- how they voted ---------------------------------------------------------------------------

    def _ballots(self, theme: Theme, ideas: list[Idea]) -> list[Ballot]:
        votable = [i.id for i in ideas if i.theme_id == theme.id and i.merged_into is None]
        tastes = {organisation: {i: self._weights[i] * (0.5 + self._chance.random()) for i in votable}
                  for organisation in [None, *(o.id for o in self.organisations)]}
        limit = tally.budget(len(votable), None)
        return [
            Ballot(theme.id, person.id, number, self.session.id, 1, DAY, DAY, self._choices(tastes[person.organisation_id], limit))
            for number in range(1, theme.round + 1) for person in self.people if self._chance.random() < 0.93
        ]

    def _choices(self, tastes: dict[str, float], limit: int) -> dict[str, int]:
        """Up to *limit* ideas, each the likelier the more the organisation likes it."""
        drawn = sorted(tastes, key=lambda idea: -(self._chance.random() ** (1 / tastes[idea])))
        return dict.fromkeys(drawn[: max(1, limit - int(2 * self._chance.random()))], 1)

    # -- what the facilitator did -------------------------------------------------------------------

    def _log(self, ideas: list[Idea]) -> list[LogEntry]:
        phases = [self._done(minute, "phase.set", "", {"phase": phase}) for phase, minute in PHASES]
        merges = [self._done(95 + n, "idea.merge", idea.id, {"merged_into": idea.merged_into})
                  for n, idea in enumerate(i for i in ideas if i.merged_into)]
        again = [self._done(165, "round.next", self.themes[-1].id, {}),
                 self._done(180, "phase.set", self.themes[-1].id, {"phase": "reveal"})]
        return [*phases, *merges, *again]

    def _done(self, minute: int, action: str, subject: str, after: dict[str, Any]) -> LogEntry:
        return LogEntry(self._id(minute), self.session.id, 1, DAY + minute * MINUTE, "facilitator", action, subject, "{}",
                        json.dumps(after), None)

    # -- chance: only random() is used, which every Python version draws alike -------------------------

    def _id(self, minute: int) -> str:
        self._serial += 1
        return f"{DAY + minute * MINUTE + self._serial:012x}{self._serial:020x}"

    def _pick(self, things: tuple[T, ...]) -> T:
        return things[int(len(things) * self._chance.random())]

    def _shuffled(self, things: tuple[T, ...]) -> list[T]:
        return sorted(things, key=lambda _thing: self._chance.random())


def _merged(ideas: list[Idea]) -> list[Idea]:
    ids = {idea.title: idea.id for idea in ideas}
    return [replace(idea, merged_into=ids.get(MERGES.get(idea.title, ""))) for idea in ideas]


if __name__ == "__main__":
    main()
