"""The library: published practices, each as it may be shown today.

What is published is a frozen version. Its names are put in at each reading, so that a consent taken back takes the name out here as
everywhere. Reading a session whole takes a moment, and strangers read often: what was read is kept until a revision says that the
session, or one of its published practices, has changed.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass, replace

from workshop import errors
from workshop.model import Event, Published, StoredPractice, now_ms
from workshop.rules.practice import Answer, Field, Practice
from workshop.rules.tally import Verdict
from workshop.service.practices import next_year, versions
from workshop.service.practices.act import Act
from workshop.store import Store, Tx
from workshop.store.queries import events, library, practices

Stamp = tuple[int, tuple[tuple[str, int], ...]]
USES = ("do", "will")  # an organisation does it, or will or would do it
FOREIGN = re.compile(r"[^\x00-\x7f]+")
WORDS_IN_A_SEARCH = 12  # more say nothing more


@dataclass(frozen=True, slots=True)
class Text:
    """A practice as everybody may read it, all that a search looks through, folded, and the verdict on the one that it continues."""

    practice: Practice
    words: str
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A published practice: as it reads, what is kept of it, its event, when it was frozen (epoch ms), what a search looks through, and
    what the room that it comes from said of the one that it continues."""

    practice: Practice
    kept: StoredPractice
    event: Event
    frozen_at: int
    words: str = ""
    verdict: Verdict | None = None

    @property
    def year(self) -> str:
        """The year of the event, else of the freezing."""
        return self.event.date[:4] or str(time.gmtime(self.frozen_at / 1000).tm_year)

    @property
    def tags(self) -> set[str]:
        """The tags of all sections."""
        return {tag for field in self.practice.fields for tag in field.tags}

    @property
    def kpis(self) -> set[str]:
        """The known indicators among its measures."""
        return {measure.kpi for measure in self.practice.field("measures").measures if measure.kpi}

    @property
    def uses(self) -> dict[str, int]:
        """How many organisations said so: in review, or (where fewer did) in the room. The two are never added up: they may be the same."""
        room = {stance.kind: stance.organisations for stance in self.practice.stances}
        review = {use: sum(answer.adoption == use for answer in self.practice.answers) for use in USES}
        return {"do": max(room.get("do", 0), review["do"]), "will": max(room.get("would", 0), review["will"])}

    @property
    def reservations(self) -> tuple[str, ...]:
        """What organisations made a condition in review: it belongs to the constraints, without their names."""
        known = {source.text for source in self.practice.field("risks").sources}
        return tuple(a.sentence for a in self.practice.answers if a.ratification == "reservation" and a.sentence not in known)


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader looks for; "" leaves open. *theme* is a title in any case, *use* one of `USES`."""

    words: str = ""
    theme: str = ""
    year: str = ""
    maturity: str = ""
    stage: str = ""
    measure: str = ""
    use: str = ""


class Shelf:
    """Everything that is published, the newest first. *followed* says which practice each continues, by ids."""

    def __init__(self, entries: Iterable[Entry], followed: dict[str, str]) -> None:
        self._all = {entry.kept.id: entry for entry in entries}
        self._followed = followed
        renewed = {before for one in self._all.values() for before in self._before(one.kept.id) if self._is_of(before, one.event)}
        self.entries = [one for one in self._all.values() if one.kept.id not in renewed]  # the newest version of each, event by event

    def find(self, practice_id: str) -> Entry:
        """The published practice.

        Raises:
            errors.NotFound: there is none, or it is not published: nobody learns which.
        """
        if practice_id not in self._all:
            raise errors.NotFound("practice")
        return self._all[practice_id]

    def answers(self, question: Question) -> list[Entry]:
        """What fits the question, the newest first."""
        words = folded(question.words).split()[:WORDS_IN_A_SEARCH]
        return [one for one in self.entries if _fits(one, question) and all(word in one.words for word in words)]

    def history(self, entry: Entry) -> list[Entry]:
        """Its published versions and years, itself included, the oldest first: by what continues what, whatever the clock said then."""
        ids = self._line(entry.kept.id)
        found = (one for one in self._all.values() if one.kept.id in ids)
        return sorted(found, key=lambda one: (len(list(self._before(one.kept.id))), one.frozen_at, one.kept.id))

    def years(self, entry: Entry) -> list[Entry]:
        """Of each event in its history the newest version, the oldest event first."""
        return list({one.event.id: one for one in self.history(entry)}.values())

    def newer(self, entry: Entry) -> Entry | None:
        """The version of the same event that has overtaken it."""
        later = [one for one in self.history(entry) if one.event.id == entry.event.id and entry.kept.id in self._before(one.kept.id)]
        return later[-1] if later else None

    def _is_of(self, practice_id: str, event: Event) -> bool:
        return practice_id in self._all and self._all[practice_id].event.id == event.id

    def _before(self, practice_id: str) -> Iterator[str]:
        """What it continues, step by step, published or not."""
        seen = {practice_id}
        while (practice_id := self._followed.get(practice_id, "")) and practice_id not in seen:
            seen.add(practice_id)
            yield practice_id

    def _line(self, practice_id: str) -> set[str]:
        """What it continues and what continues it."""
        return {practice_id, *self._before(practice_id), *(one for one in self._all if practice_id in self._before(one))}


class Library:
    """What strangers read, and what an organizer publishes.

    Args:
        clock: gives epoch milliseconds.
    """

    def __init__(self, store: Store, clock: Callable[[], int] = now_ms) -> None:
        self._store = store
        self._clock = clock
        self._read: dict[str, tuple[Stamp, dict[str, Text]]] = {}

    def shelf(self) -> Shelf:
        """Everything that is published now."""
        return self._store.read(self._shelf)

    def publish(self, event_id: str, practice_ids: Iterable[str], actor: str) -> int:
        """Put frozen practices of the event into the library; how many were not there before.

        Args:
            practice_ids: none is every frozen one that has no newer frozen version.

        Raises:
            errors.NotFound: the event, or it has no such practice; errors.NotFrozenYet, errors.NothingFrozen
        """
        return self._each(event_id, practice_ids, actor, _ready, _publish)

    def withdraw(self, event_id: str, practice_ids: Iterable[str], actor: str) -> int:
        """Take practices of the event out of the library, everywhere at once; how many were in it. None named is all.

        Raises:
            errors.NotFound
        """
        return self._each(event_id, practice_ids, actor, lambda tx, event: [one.id for one in practices.of_event(tx, event)], _withdraw)

    def _each(
        self, event_id: str, ids: Iterable[str], actor: str, every: Callable[[Tx, str], list[str]], work: Callable[[Act], bool],
    ) -> int:
        named = list(ids)
        return self._store.write(lambda tx: sum(work(self._act(tx, event_id, one, actor)) for one in named or every(tx, event_id)))

    def _act(self, tx: Tx, event_id: str, practice_id: str, actor: str) -> Act:
        return Act(tx, event_id, practice_id, actor, self._clock())

    def _shelf(self, tx: Tx) -> Shelf:
        groups: dict[str, list[Published]] = defaultdict(list)
        for one in (rows := library.published(tx)):
            groups[one.practice.session_id or one.practice.id].append(one)
        self._read = {key: self._of_group(tx, key, group) for key, group in groups.items()}  # what is published no more is forgotten
        texts = {id_: text for _stamp, found in self._read.values() for id_, text in found.items()}
        return Shelf((_entry(one, texts[one.practice.id]) for one in rows), library.followed(tx))

    def _of_group(self, tx: Tx, key: str, group: list[Published]) -> tuple[Stamp, dict[str, Text]]:
        stamp = (group[0].room, tuple((one.practice.id, one.practice.rev) for one in group))
        kept = self._read.get(key)
        return kept if kept and kept[0] == stamp else (stamp, _texts(tx, [one.practice for one in group]))


def folded(text: str) -> str:
    """*text* as a search compares it: without case, accents and ligatures."""
    return FOREIGN.sub(_bare, unicodedata.normalize("NFKD", text).casefold())


def _bare(found: re.Match[str]) -> str:
    return "".join(c for c in found[0] if not unicodedata.combining(c))


def _entry(one: Published, text: Text) -> Entry:
    return Entry(text.practice, one.practice, one.event, one.frozen_at, text.words, text.verdict)


def for_all(found: Practice) -> Practice:
    """The practice as everybody may read it: without the people who were asked to complete or to measure something, as nobody asked them.

    Of what organisations said in review the use and the agreement stay, and the words of a reservation; an organisation's name only
    where one of theirs agreed to be quoted with it.
    """
    named = _agreed(found)
    return replace(
        found, fields=tuple(_field_for_all(field, named) for field in found.fields),
        stances=tuple(replace(one, named=tuple(name for name in one.named if name in named)) for one in found.stances),
        answers=tuple(sorted((_for_all(one, named) for one in found.answers), key=astuple)),
    )


def _agreed(found: Practice) -> set[str]:
    """The organisations whose name stands in the credit of something that was said in the room."""
    said = (*found.merged, *found.comments, *(source for field in found.fields for source in field.sources if source.of != "review"))
    credits = {found.by, *(source.by for source in said)} - {None}
    known = {name for stance in found.stances for name in stance.named} | {answer.organisation for answer in found.answers}
    return {name for name in known if any(f", {by}".endswith(f", {name}") for by in credits)}


def _field_for_all(field: Field, named: set[str]) -> Field:
    sources = (replace(one, by=None) if one.of == "review" and one.by not in named else one for one in field.sources)
    return replace(field, owner="", measures=tuple(replace(one, owner="") for one in field.measures), sources=tuple(sources))


def _for_all(answer: Answer, named: set[str]) -> Answer:
    """In an order of its own (see `for_all`), which does not tell who answered when."""
    words = answer.sentence if answer.ratification == "reservation" else ""
    return replace(answer, organisation=answer.organisation if answer.organisation in named else "", sentence=words)


def _fits(entry: Entry, question: Question) -> bool:
    asked = (
        (question.theme, lambda theme: folded(entry.kept.theme) == folded(theme)),
        (question.year, lambda year: entry.year == year),
        (question.maturity, lambda maturity: entry.practice.maturity == maturity),
        (question.stage, lambda stage: f"stage.{stage}" in entry.tags),
        (question.measure, lambda kpi: kpi in entry.kpis),
        (question.use, lambda use: entry.uses.get(use, 0) > 0),
    )
    return all(fits(value) for value, fits in asked if value)


def _texts(tx: Tx, group: list[StoredPractice]) -> dict[str, Text]:
    """The practices of one session (or one from elsewhere) as they may be shown, by id."""
    reading = versions.room(tx, group[0].session_id or "")
    read = {id_: found for id_, (found, _) in versions.read_in(tx, reading, group).items()}
    return {one.id: Text(for_all(read[one.id]), _words(one, read[one.id]), next_year.verdict(tx, one, reading)) for one in group}


def _words(kept: StoredPractice, found: Practice) -> str:
    said = (part for field in found.fields for part in (field.text, *(f"{s.text} {s.result}" for s in field.sources)))
    return folded("\n".join((found.title, kept.theme, *said)))


def _ready(tx: Tx, event_id: str) -> list[str]:
    if events.by_id(tx, event_id) is None:
        raise errors.NotFound("event")
    found = next_year.ready(tx, event_id)
    if not found:
        raise errors.NothingFrozen("practice")
    return [one.id for one in found]


def _publish(act: Act) -> bool:
    if act.practice.state != "frozen":
        raise errors.NotFrozenYet("practice", title=act.practice.title)
    if act.practice.published_at is not None:
        return False
    act.note("practice.publish", number=act.practice.number)
    act.change(published_at=act.at)
    return True


def _withdraw(act: Act) -> bool:
    if act.practice.published_at is None:
        return False
    act.note("practice.withdraw", number=act.practice.number)
    act.change(published_at=None)
    return True
