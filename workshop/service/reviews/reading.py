"""A stored practice as it reads in review: what the room said, and what the editor wrote."""

from __future__ import annotations

from dataclasses import replace

from workshop import errors
from workshop.model import Participant, Record
from workshop.rules import consent, practice, review
from workshop.rules.practice import Contributor, Practice
from workshop.service.reviews import joining
from workshop.store import Tx
from workshop.store.queries import record, reviews


def practice_of(tx: Tx, event_id: str, practice_id: str) -> Practice:
    """The practice with what organisations said of it, names as consented now."""
    row = next((row for row in reviews.practices(tx, event_id) if row["id"] == practice_id), None)
    found = record.load(tx, row["session_id"]) if row and row["session_id"] else None
    if row is None or found is None:
        raise errors.NotFound("practice")
    leads = [r["idea_id"] for r in reviews.uses(tx, found.session.id) if r["id"] == practice_id]
    ideas = [i for i in found.ideas if i.id in leads and i.state == "active"]
    said = [e for e in found.experiences if e.idea_id in leads and e.state == "active"]
    people = {who.id: _contributor(found, who) for who in found.participants}
    drafted = practice.draft(ideas[0], ideas[1:], said, people)
    given = joining.answers_of(tx, event_id, [practice_id])[practice_id]
    return review.joined(replace(drafted, title=row["title"], id=practice_id), given, said, people)


def _contributor(found: Record, who: Participant) -> Contributor:
    name = next((o.name for o in found.organisations if o.id == who.organisation_id), None)
    return Contributor(who.organisation_id, None if who.quote == "anonymous" else name, consent.credit(who.name, name, who.quote))
