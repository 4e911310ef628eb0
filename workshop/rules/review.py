"""What an organisation may say of a practice in review, and how what it said joins the practice.

Ratification goes by the gradients of agreement (Kaner 1996, *Facilitator's Guide to Participatory Decision-Making*), adoption by
what the organisation does itself. The newest answer of an organisation stands, whole.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from workshop import errors
from workshop.model import DETAIL_LIMIT, STANCES, Experience, Review
from workshop.rules import text
from workshop.rules.practice import (
    ADOPTIONS,
    NEEDS_SENTENCE,
    RATIFICATIONS,
    SECTIONS,
    Answer,
    Contributor,
    Practice,
    Source,
    Stance,
    stances,
)

SENTENCE_LIMIT = 400  # graphemes of why
COMMENT_LIMIT = DETAIL_LIMIT
YEARS_AHEAD = 15  # until when an organisation can say that it will
STANCE_OF = {"do": "do", "will": "would", "not": "not"}  # what an answer counts as beside what was said in the room
_WHEN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Said:
    """What one organisation says: as in `rules.practice.Answer`, without its name."""

    ratification: str = ""
    sentence: str = ""
    adoption: str = ""
    by_when: str = ""

    @property
    def nothing(self) -> bool:
        """Whether neither is answered; a sentence alone is no answer."""
        return not (self.ratification or self.adoption)


@dataclass(frozen=True, slots=True)
class Given:
    """The standing answer of one organisation: ``id`` is the answer's, by which its reservation is a source."""

    id: str
    organisation_id: str
    answer: Answer


def checked(answer: Said, at: int) -> Said:
    """*answer*, cleaned; what belongs to another choice is left out (a time without "we will").

    Args:
        at: epoch milliseconds.

    Raises:
        errors.Invalid: no such ratification or adoption; errors.TooLong: the sentence.
        errors.NeedsReason: a reservation, a standing aside and a no need a sentence.
        errors.OffTime: "we will" by a time that is none, is over or is too far.
    """
    if answer.ratification not in ("", *RATIFICATIONS):
        raise errors.Invalid("ratification", what=answer.ratification[:20])
    if answer.adoption not in ("", *ADOPTIONS):
        raise errors.Invalid("adoption", what=answer.adoption[:20])
    sentence = text.clean_line(answer.sentence, SENTENCE_LIMIT, "sentence") if answer.sentence.strip() else ""
    if answer.ratification in NEEDS_SENTENCE and not sentence:
        raise errors.NeedsReason("sentence")
    by_when = _when(answer.by_when.strip(), at) if answer.adoption == "will" else ""
    return Said(answer.ratification, sentence, answer.adoption, by_when)


def said(review: Review | None) -> Said:
    """What *review* says; nothing where there is none."""
    return Said(review.ratification, review.sentence, review.adoption, review.by_when) if review else Said()


def standing(found: Iterable[Review]) -> dict[tuple[str, str], Review]:
    """By organisation and practice, the answer that stands: the last one, unless it takes an earlier one back.

    Args:
        found: answers, oldest first.
    """
    newest = {(one.organisation_id, one.practice_id): one for one in found}
    return {key: one for key, one in newest.items() if not said(one).nothing}


def section(key: str) -> str:
    """*key* as a section that can be commented on, "" for the whole practice.

    Raises:
        errors.Invalid: there is no such section.
    """
    if key not in ("", *SECTIONS):
        raise errors.Invalid("section", what=key[:20])
    return key


def years(at: int) -> range:
    """The years by which an organisation can say that it will do it; *at* is epoch milliseconds."""
    this = time.gmtime(at / 1000).tm_year
    return range(this, this + YEARS_AHEAD + 1)


def joined(practice: Practice, given: Sequence[Given], experiences: Iterable[Experience], people: Mapping[str, Contributor]) -> Practice:
    """*practice* with what organisations said of it.

    The answers stand as they are; a reservation's sentence is a source of the section *risks* with the organisation's name; who
    does it or will is counted among those of the room.

    Args:
        given: the standing answer of each organisation.
        experiences, people: what the practice was drafted from, as in `rules.practice.draft`.
    """
    return replace(added(practice, given), stances=_stances(given, list(experiences), people))


def added(practice: Practice, given: Sequence[Given]) -> Practice:
    """*practice* with the answers of *given*, and its reservations; its stances stay, and so do answers that it brought along.

    Who answers anew takes the place of what came along in the same name.
    """
    reservations = tuple(_source(one) for one in given if one.answer.ratification == "reservation")
    fields = tuple(replace(f, sources=(*f.sources, *reservations)) if f.key == "risks" else f for f in practice.fields)
    anew = {one.answer.organisation for one in given}
    kept = (one for one in practice.answers if one.organisation not in anew)
    return replace(practice, fields=fields, answers=(*kept, *(one.answer for one in given)))


def _when(written: str, at: int) -> str:
    """A year or a month, in which something can still be done; "" stays."""
    found = _WHEN.fullmatch(written)
    if written and not (found and int(found[1]) in years(at)):
        raise errors.OffTime("by_when", first=years(at)[0], last=years(at)[-1])
    return written


def _source(one: Given) -> Source:
    return Source("review", one.id, one.answer.sentence, one.answer.organisation)


def _stances(given: Sequence[Given], experiences: list[Experience], people: Mapping[str, Contributor]) -> tuple[Stance, ...]:
    """An organisation that has answered counts by its answer alone; its answer is its own, so it may be named."""
    answered = {one.organisation_id: one.answer for one in given if one.answer.adoption}
    room = stances((e for e in experiences if people[e.participant_id].organisation not in answered), people)
    names = {kind: [a.organisation for a in answered.values() if STANCE_OF[a.adoption] == kind] for kind in STANCES}
    return tuple(
        Stance(s.kind, s.organisations + len(names[s.kind]), tuple(sorted((*s.named, *names[s.kind])))) for s in room
    )
