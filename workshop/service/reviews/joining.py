"""What organisations said in review, as the reading of a practice takes it in (`rules.review.joined`)."""

from __future__ import annotations

from collections.abc import Iterable

from workshop.model import Organisation, Review
from workshop.rules.practice import Answer
from workshop.rules.review import Given, Said
from workshop.store import Tx
from workshop.store.queries import events, reviews


def answers_of(tx: Tx, event_id: str, practice_ids: Iterable[str]) -> dict[str, tuple[Given, ...]]:
    """The standing answers to each of the event's practices, in the organizer's order of the organisations; none where all are open."""
    wanted = dict.fromkeys(practice_ids, ())
    newest = standing(reviews.of_event(tx, event_id))
    order = events.organisations(tx, event_id)
    return {practice: _given(newest, order, practice) for practice in wanted}


def standing(found: Iterable[Review]) -> dict[tuple[str, str], Review]:
    """By organisation and practice, the answer that stands: the last one, unless it takes an earlier one back.

    Args:
        found: answers, oldest first.
    """
    newest = {(one.organisation_id, one.practice_id): one for one in found}
    return {key: one for key, one in newest.items() if not said(one).nothing}


def said(review: Review | None) -> Said:
    """What *review* says; nothing where there is none."""
    return Said(review.ratification, review.sentence, review.adoption, review.by_when) if review else Said()


def _given(newest: dict[tuple[str, str], Review], order: list[Organisation], practice: str) -> tuple[Given, ...]:
    pairs = [(o, newest.get((o.id, practice))) for o in order]
    return tuple(_one(organisation, review) for organisation, review in pairs if review)


def _one(organisation: Organisation, review: Review) -> Given:
    answer = Answer(organisation.name, review.ratification, review.sentence, review.adoption, review.by_when)
    return Given(review.id, organisation.id, answer)
