"""A draft best practice: what the room said fills what it can, the rest stays visibly to complete.

The sections follow what the good-practice literature asks for (FAO 2015, WHO 2008, UN DESA). Nothing
is invented here: every filled section names the ideas and experiences that it stands on, verbatim
and credited as each contributor consented.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from workshop.model import STANCES, Experience, Idea, Kind
from workshop.rules.kpi import Measure

Maturity = Literal["idea", "promising", "candidate", "good"]
Ratification = Literal["endorse", "agree", "reservation", "aside", "against"]
RATIFICATIONS: tuple[Ratification, ...] = ("endorse", "agree", "reservation", "aside", "against")  # gradients of agreement (Kaner 1996)
NEEDS_SENTENCE = ("reservation", "aside", "against")
Adoption = Literal["do", "will", "not"]
ADOPTIONS: tuple[Adoption, ...] = ("do", "will", "not")
MATURITIES: tuple[Maturity, ...] = ("idea", "promising", "candidate", "good")

SECTIONS = (
    "sentence", "problem", "steps", "experience", "adoption", "measures", "risks", "stage", "clause", "verification",
    "success", "lessons", "replicability", "references", "owner",
)  # in the order of the document; the title stands above them
CANDIDATE_FROM = 3  # organisations with results
ASKS_BUYERS = re.compile(r"\s*(buyers|purchasers|procurers|(in)?köpare) (should|must|bör|ska|skall|måste)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Contributor:
    """Who said something, as far as it may be said.

    Args:
        organisation: the organisation's id, or None; for counting only, never printed.
        organisation_name: its name where the contributor consented to it, else None.
        by: the credit line as consented, or None for anonymous.
    """

    organisation: str | None
    organisation_name: str | None
    by: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """One idea, experience or reservation in review, verbatim, that a section stands on.

    *result* and *year* are of an experience of those who do it.
    """

    of: Literal["idea", "experience", "review"]
    id: str
    text: str
    by: str | None
    result: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Stance:
    """How many organisations take a stance, and those of them that may be named.

    People without an organisation count together as one, as everywhere in the product.
    """

    kind: Kind
    organisations: int
    named: tuple[str, ...]

    @property
    def unnamed(self) -> int:
        """How many of the organisations are counted but not named."""
        return self.organisations - len(self.named)


@dataclass(frozen=True, slots=True)
class Field:
    """One section: filled by what the room said, by the editor, or to complete.

    Args:
        key: one of `SECTIONS`.
        sources: what it stands on, verbatim.
        text: the editor's words, in light Markdown (`rules.light`); they stand before the sources, which stay as evidence.
        tags: the chosen ones of `rules.tags`, in their order; of the sections in `tags.OF_SECTION`.
        measures: the indicators; of the section "measures".
        owner: who completes or keeps it; "" where nobody is named.
    """

    key: str
    sources: tuple[Source, ...] = ()
    text: str = ""
    tags: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    owner: str = ""

    @property
    def complete(self) -> bool:
        """Whether the room or the editor has filled it; whom the practice belongs to is said by its owner's name alone."""
        return bool(self.sources or self.text.strip() or self.tags or self.measures or (self.key == "owner" and self.owner))


@dataclass(frozen=True, slots=True)
class Answer:
    """What one organisation says of a practice in review; the newest stands.

    Args:
        organisation: its name.
        ratification: one of `RATIFICATIONS`, or "" while it has not said.
        sentence: why; needed with a reservation, a standing aside and a no.
        adoption: one of `ADOPTIONS`, or "".
        by_when: for "will": the year or month as ISO 8601 ("2027", "2027-06"), else "".
    """

    organisation: str
    ratification: str
    sentence: str
    adoption: str
    by_when: str


@dataclass(frozen=True, slots=True)
class Practice:
    """A best practice made from one or several ideas and those merged into them.

    Args:
        idea_id: the idea that leads it.
        confirmed: why the editor confirms it as good practice; "" while nobody does. It alone makes *maturity* "good".
        version: "1.0" once frozen, "" while a draft.
        content_hash: of the frozen content, as in the report; "" while a draft.
        review_on: when it is looked at next, an ISO 8601 day, or "".
        answers: what organisations said of it in review.
        id: of the stored practice; "" for one that is derived and not kept.
    """

    idea_id: str
    title: str
    by: str | None
    maturity: Maturity
    fields: tuple[Field, ...]
    stances: tuple[Stance, ...]
    merged: tuple[Source, ...]
    comments: tuple[Source, ...]
    confirmed: str = ""
    version: str = ""
    content_hash: str = ""
    review_on: str = ""
    answers: tuple[Answer, ...] = ()
    id: str = ""

    @property
    def filled(self) -> int:
        """How many sections are filled."""
        return sum(field.complete for field in self.fields)

    def field(self, key: str) -> Field:
        """The section with the key, one of `SECTIONS`."""
        return next(field for field in self.fields if field.key == key)


def draft(
    idea: Idea, merged: Sequence[Idea], experiences: Sequence[Experience], people: Mapping[str, Contributor]
) -> Practice:
    """Make the draft practice of *idea*.

    Args:
        merged: the ideas merged into it; their words, authors and experiences belong to it.
        experiences: everything said about the idea or about a merged one.
        people: every author by participant id.
    """
    said = {kind: _sources(_only(experiences, kind), people) for kind in ("measure", "obstacle", "comment")}
    told = {kind: [e for e in _only(experiences, kind) if e.text.strip() or e.result.strip()] for kind in STANCES}
    ideas = (idea, *merged)
    filled = {
        "sentence": _sentence(ideas, people),
        "steps": tuple(_of_idea(i, i.detail, people) for i in ideas if i.detail.strip()),
        "experience": _sources(told["do"], people),
        "adoption": _adopters(experiences, people),
        "measures": said["measure"],
        "risks": (*said["obstacle"], *_sources(told["not"], people)),
    }
    return Practice(
        idea_id=idea.id,
        title=idea.title,
        by=people[idea.participant_id].by,
        maturity=maturity(experiences, people),
        fields=tuple(Field(key, filled.get(key, ())) for key in SECTIONS),
        stances=stances(experiences, people),
        merged=tuple(_of_idea(i, i.title, people) for i in merged),
        comments=said["comment"],
    )


def maturity(experiences: Iterable[Experience], people: Mapping[str, Contributor]) -> Maturity:
    """How well tried a practice is, derived and never claimed.

    *promising* from one tested experience: "we do this" with a result. *candidate* from three organisations
    with results. *good* needs an editor's confirmation, so it is never the answer here. People without an
    organisation do not make a candidate.
    """
    tested = [e for e in _only(experiences, "do") if e.result.strip()]
    if len(_organisations(tested, people) - {None}) >= CANDIDATE_FROM:
        return "candidate"
    return "promising" if tested else "idea"


def stances(experiences: Iterable[Experience], people: Mapping[str, Contributor]) -> tuple[Stance, ...]:
    """The organisations that do, would or would not; named where one of theirs who says so consented."""
    experiences = list(experiences)
    return tuple(_stance(kind, _only(experiences, kind), people) for kind in STANCES)


def _stance(kind: Kind, experiences: list[Experience], people: Mapping[str, Contributor]) -> Stance:
    names = {people[e.participant_id].organisation_name for e in experiences} - {None}
    return Stance(kind, len(_organisations(experiences, people)), tuple(sorted(n for n in names if n)))


def _sentence(ideas: Sequence[Idea], people: Mapping[str, Contributor]) -> tuple[Source, ...]:
    """A contributor's own "Buyers should …"; a sentence is never made up from a title."""
    texts = ((i, text) for i in ideas for text in (i.title, i.detail))
    own = [_of_idea(i, text.strip().splitlines()[0], people) for i, text in texts if ASKS_BUYERS.match(text)]
    return tuple(own[:1])


def _adopters(experiences: Sequence[Experience], people: Mapping[str, Contributor]) -> tuple[Source, ...]:
    """Everybody who does or would do it; a stance counts also without words."""
    return _sources([*_only(experiences, "do"), *_only(experiences, "would")], people)


def _only(experiences: Iterable[Experience], kind: str) -> list[Experience]:
    return [e for e in experiences if e.kind == kind]


def _organisations(experiences: Iterable[Experience], people: Mapping[str, Contributor]) -> set[str | None]:
    return {people[e.participant_id].organisation for e in experiences}


def _sources(experiences: Iterable[Experience], people: Mapping[str, Contributor]) -> tuple[Source, ...]:
    """As sources, credited ones first and then by their words: never by time, which could tell who was silent."""
    sources = [Source("experience", e.id, e.text, people[e.participant_id].by, e.result, e.year) for e in experiences]
    return tuple(sorted(sources, key=lambda s: (s.by is None, s.by or "", s.text, s.id)))


def _of_idea(idea: Idea, text: str, people: Mapping[str, Contributor]) -> Source:
    return Source("idea", idea.id, text, people[idea.participant_id].by)
