"""One's own entries, which travel apart from what everybody sees."""

from __future__ import annotations

from typing import Any

from workshop.model import Ballot, Experience, Idea, Organisation, Participant
from workshop.room import Room
from workshop.store.queries.record import Changes
from workshop.views.entries import Entry


def own_me(who: Participant, organisation: Organisation | None) -> Entry:
    """The participant to themselves."""
    return "mine/me", {
        "rev": who.rev, "id": who.id, "name": who.name, "quote": who.quote, "return_code": who.return_code, "done": who.done,
        "host": who.host,
        "organisation": organisation and {"id": organisation.id, "name": organisation.name},
    }


def own_idea(idea: Idea) -> Entry:
    """One's own idea, in every state and phase."""
    return f"mine/idea/{idea.id}", {
        "rev": idea.rev, "id": idea.id, "theme": idea.theme_id, "title": idea.title, "detail": idea.detail,
        "state": idea.state, "reason": idea.reason, "into": idea.merged_into,
    }


def own_experience(experience: Experience) -> Entry:
    """One's own experience."""
    return f"mine/experience/{experience.id}", {
        "rev": experience.rev, "id": experience.id, "idea": experience.idea_id, "kind": experience.kind,
        "text": experience.text, "result": experience.result, "year": experience.year, "state": experience.state,
        "reason": experience.reason,
    }


def own_ballot(ballot: Ballot) -> Entry:
    """One's own ballot as recorded; the latest round of a theme."""
    return f"mine/ballot/{ballot.theme_id}", {
        "rev": ballot.rev, "theme": ballot.theme_id, "round": ballot.round, "choices": dict(ballot.choices), "at": ballot.updated_at,
    }


def owned(room: Room, changes: Changes) -> list[tuple[str, str, dict[str, Any]]]:
    """The own entries that *changes* hold, as (participant, key, value): for their other browsers."""
    found = [(i.participant_id, own_idea(i)) for i in changes.ideas]
    found += [(e.participant_id, own_experience(e)) for e in changes.experiences]
    found += [(p.id, own_me(p, room.organisations.get(p.organisation_id or ""))) for p in changes.participants]
    return [(who, key, value) for who, (key, value) in found]
