"""Ideas and experiences: for everybody as far as the phase lets them, for the console in every state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from workshop.model import STANCES, Experience, Idea, Quote
from workshop.room import Room, kept
from workshop.rules import consent, phases
from workshop.rules.written import as_written
from workshop.views.entries import Entry

Make = Callable[..., list[Entry]]


class Author(NamedTuple):
    """What is seen of a participant in what they say: how they are named, if at all, and as whose word it counts."""

    name: str | None
    organisation: str | None
    proxy: str = ""  # the table that it was entered for


@kept
def _authors(room: Room) -> dict[str, Author]:
    """By participant; the very same object until one of them, or an organisation, is called otherwise."""
    people = [(p.id, p.name, p.quote, p.organisation_id, p.proxy) for p in room.participants.values()]
    return room.made_of("authors", _authors_of, people, {o.id: o.name for o in room.organisations.values()})


def _authors_of(people: list[tuple[str, str, Quote, str | None, str]], organisations: dict[str, str]) -> dict[str, Author]:
    return {
        id_: Author(consent.credit(name, organisations.get(organisation or ""), quote), organisation, proxy)
        for id_, name, quote, organisation, proxy in people
    }


def _unnamed(authors: dict[str, Author]) -> dict[str, Author]:
    return {id_: Author(None, author.organisation) for id_, author in authors.items()}


@kept
def public_ideas(room: Room) -> list[Entry]:
    """The ideas that everybody may see now, and what is said of them."""
    session = room.session
    public = {theme.id for theme in room.themes.values() if phases.ideas_public(theme.phase_in(session), session.hide_ideas)}
    shown = [idea for idea in room.ideas.values() if idea.theme_id in public and idea.stands]
    said = [e for e in room.experiences.values() if e.state == "active" and room.ideas[e.idea_id].state == "active"]
    authors = _authors(room) if session.show_authors else room.made_of("unnamed", _unnamed, _authors(room))
    return _ideas(room, shown, said, authors, _public_cluster)


@kept
def all_ideas(room: Room) -> list[Entry]:
    """Every idea and experience in every state: for the console."""
    entries = _ideas(room, room.ideas.values(), room.experiences.values(), _authors(room), _whole_cluster)
    written = {f"idea/{i.id}": words for i in room.ideas.values() if (words := as_written(i, room.originals))}
    return [(key, value | {"written": written[key]}) if key in written else (key, value) for key, value in entries]


def _ideas(room: Room, shown: Iterable[Idea], said: Iterable[Experience], authors: dict[str, Author], make: Make) -> list[Entry]:
    """Entries of the ideas *shown* and of what is *said* of them; what is merged shows with the idea it is merged into.

    What *make* made of an idea is taken again until something of it changes: most changes are of one idea among many.
    """
    roots = {idea.id: room.root(idea).id for idea in room.ideas.values() if idea.merged_into}
    merged, about = defaultdict(list), defaultdict(list)
    for id_, root in roots.items():
        if room.ideas[id_].state == "active":
            merged[root].append(room.ideas[id_])
    for experience in said:
        about[roots.get(experience.idea_id, experience.idea_id)].append(experience)
    clusters = [room.made_of((make, i.id), make, i, merged.get(i.id, []), about.get(i.id, []), authors) for i in shown]
    return [cluster[0] for cluster in clusters] + [entry for cluster in clusters for entry in cluster[1:]]


def _public_cluster(idea: Idea, merged: list[Idea], said: list[Experience], authors: dict[str, Author]) -> list[Entry]:
    """The entries of an idea and of what is said of it."""
    return [_idea(idea, merged, said, authors), *(_experience(e, idea.id, authors) for e in said)]


def _whole_cluster(idea: Idea, merged: list[Idea], said: list[Experience], authors: dict[str, Author]) -> list[Entry]:
    """The same with what only the console is told."""
    (key, value), *rest = _public_cluster(idea, merged, said, authors)
    first = key, value | {"state": idea.state, "reason": idea.reason, "into": idea.merged_into, "proxy": authors[idea.participant_id].proxy}
    return [first, *((key, value | {"state": e.state, "reason": e.reason}) for (key, value), e in zip(rest, said, strict=True))]


def _idea(idea: Idea, merged: list[Idea], said: list[Experience], authors: dict[str, Author]) -> Entry:
    active = [e for e in said if e.state == "active"]
    backing = {(e.kind, authors[e.participant_id].organisation) for e in active if e.kind in STANCES}
    return f"idea/{idea.id}", {
        "id": idea.id, "theme": idea.theme_id, "title": idea.title, "detail": idea.detail, "by": _by(idea, authors), "at": idea.created_at,
        "merged": [{"id": m.id, "title": m.title, "detail": m.detail, "by": _by(m, authors)} for m in sorted(merged, key=_age)],
        "stances": {stance: sum(kind == stance for kind, _ in backing) for stance in STANCES},
        "notes": sum(e.kind not in STANCES for e in active),
    }


def _age(idea: Idea) -> tuple[int, str]:
    """Oldest first, as the store gives them: in memory they stand as they came, and a clock may have been set back."""
    return idea.created_at, idea.id


def _experience(experience: Experience, root: str, authors: dict[str, Author]) -> Entry:
    return f"experience/{experience.id}", {
        "id": experience.id, "idea": root, "kind": experience.kind, "text": experience.text, "by": _by(experience, authors),
        "at": experience.created_at, **_outcome(experience),
    }


def _outcome(experience: Experience) -> dict[str, str | int | None]:
    """What came of it and when; only of what is done, though what was once typed is kept under another stance."""
    done = experience.kind == "do"
    return {"result": experience.result if done else "", "year": experience.year if done else None}


def _by(row: Idea | Experience, authors: dict[str, Author]) -> str | None:
    return authors[row.participant_id].name
