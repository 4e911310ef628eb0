"""What each audience may see: the only gate between the rows and a person.

Each audience's view is one flat map from key to JSON object (docs/protocol.md lists the keys).
Totals before reveal and others' ideas while they are hidden are stripped here and nowhere else.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from workshop.model import STANCES, Ballot, Experience, Idea, LogEntry, Organisation, Participant, Quote, Theme
from workshop.room import Room, kept
from workshop.rules import consent, phases, tally
from workshop.store.queries.record import Changes

Entry = tuple[str, dict[str, Any]]
View = dict[str, dict[str, Any]]
Make = Callable[..., list[Entry]]
RESTLESS = ("room",)  # keys that change without a revision: who is connected is written nowhere
WITHOUT = None  # the id under which people without an organisation are counted together


def phone(room: Room) -> View:
    """What every participant of the session may see."""
    return dict([*_shared(room), *_public_ideas(room), *_results(room)])


def every(room: Room) -> dict[str, View]:
    """The view of each role; what several share is made once."""
    public, presence, turnout = phone(room), _presence(room), _turnout(room)
    return {
        "phone": public,
        "screen": public | dict([*presence, *((key, _total(value)) for key, value in turnout), _wall(room)]),
        "console": _console(room, [*presence, *turnout]),
    }


def _console(room: Room, counts: list[Entry]) -> View:
    """What the facilitator may see: every idea in every state, who has voted, never what."""
    return dict([*_shared(room), *_all_ideas(room), *_results(room), *counts, _wall(room), _log(room)])


# -- one's own entries ---------------------------------------------------------------------------


def own_me(who: Participant, organisation: Organisation | None) -> Entry:
    """The participant to themselves."""
    return "mine/me", {
        "rev": who.rev, "id": who.id, "name": who.name, "quote": who.quote, "return_code": who.return_code, "done": who.done,
        "organisation": organisation and {"id": organisation.id, "name": organisation.name},
    }


def own_idea(idea: Idea) -> Entry:
    """One's own idea, in every state and phase."""
    return f"mine/idea/{idea.id}", {
        "rev": idea.rev, "id": idea.id, "theme": idea.theme_id, "title": idea.title, "detail": idea.detail,
        "state": idea.state, "into": idea.merged_into,
    }


def own_experience(experience: Experience) -> Entry:
    """One's own experience."""
    return f"mine/experience/{experience.id}", {
        "rev": experience.rev, "id": experience.id, "idea": experience.idea_id, "kind": experience.kind,
        "text": experience.text, "state": experience.state,
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


# -- session, themes, ideas ------------------------------------------------------------------------


@kept
def _shared(room: Room) -> list[Entry]:
    themes = sorted(room.themes.values(), key=lambda theme: theme.position)
    standing: dict[str, int] = defaultdict(int)
    for idea in room.ideas.values():
        standing[idea.theme_id] += _stands(idea)
    return [_session(room, themes), *(_theme(room, theme, tint, standing[theme.id]) for tint, theme in enumerate(themes))]


def _session(room: Room, themes: list[Theme]) -> Entry:
    session, event = room.session, room.event
    return "session", {
        "code": session.code, "title": session.title, "question": session.question, "phase": session.phase,
        "next": phases.following(session.phase), "method": session.method, "take": session.take, "hide_ideas": session.hide_ideas,
        "show_authors": session.show_authors, "quote_default": session.quote_default,
        "event": {"name": event.name, "place": event.place, "date": event.date, "host": event.host, "language": event.language},
        "timer": {"ends_at": session.timer_ends_at, "left": session.timer_left},
        "themes": [theme.id for theme in themes],
    }


def _theme(room: Room, theme: Theme, tint: int, standing: int) -> Entry:
    approval = room.session.method == "approval"
    return f"theme/{theme.id}", {
        "id": theme.id, "title": theme.title, "prompt": theme.prompt, "tint": tint, "phase": theme.phase_in(room.session),
        "own": theme.phase is not None, "round": theme.round, "ideas": standing, "revealed": theme.revealed,
        "budget": tally.budget(standing, room.session.ballot_size) if approval else None,
    }


def _stands(idea: Idea) -> bool:
    """Whether the idea stands on its own: active, and not merged into another."""
    return idea.state == "active" and idea.merged_into is None


class Author(NamedTuple):
    """What is seen of a participant in what they say: how they are named, if at all, and as whose word it counts."""

    name: str | None
    organisation: str | None


@kept
def _authors(room: Room) -> dict[str, Author]:
    """By participant; the very same object until one of them, or an organisation, is called otherwise."""
    people = [(p.id, p.name, p.quote, p.organisation_id) for p in room.participants.values()]
    return room.made_of("authors", _authors_of, people, {o.id: o.name for o in room.organisations.values()})


def _authors_of(people: list[tuple[str, str, Quote, str | None]], organisations: dict[str, str]) -> dict[str, Author]:
    return {
        id_: Author(consent.credit(name, organisations.get(organisation or ""), quote), organisation)
        for id_, name, quote, organisation in people
    }


def _unnamed(authors: dict[str, Author]) -> dict[str, Author]:
    return {id_: Author(None, author.organisation) for id_, author in authors.items()}


@kept
def _public_ideas(room: Room) -> list[Entry]:
    session = room.session
    public = {theme.id for theme in room.themes.values() if phases.ideas_public(theme.phase_in(session), session.hide_ideas)}
    shown = [idea for idea in room.ideas.values() if idea.theme_id in public and _stands(idea)]
    said = [e for e in room.experiences.values() if e.state == "active" and room.ideas[e.idea_id].state == "active"]
    authors = _authors(room) if session.show_authors else room.made_of("unnamed", _unnamed, _authors(room))
    return _ideas(room, shown, said, authors, _public_cluster)


@kept
def _all_ideas(room: Room) -> list[Entry]:
    return _ideas(room, room.ideas.values(), room.experiences.values(), _authors(room), _whole_cluster)


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
    first = key, value | {"state": idea.state, "into": idea.merged_into}
    return [first, *((key, value | {"state": e.state}) for (key, value), e in zip(rest, said, strict=True))]


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
        "at": experience.created_at,
    }


def _by(row: Idea | Experience, authors: dict[str, Author]) -> str | None:
    return authors[row.participant_id].name


# -- who is here, who has voted ----------------------------------------------------------------------


@kept
def _done(room: Room) -> int:
    in_force = {theme.phase_in(room.session) for theme in room.themes.values()} | {room.session.phase}
    return sum(p.done in in_force for p in room.participants.values())


def _presence(room: Room) -> list[Entry]:
    joined, here = room.joined, room.here
    shown = [o for o in room.organisations.values() if o.invited or joined[o.id]]
    listed: list[tuple[str | None, str, bool]] = [(o.id, o.name, o.invited) for o in shown]
    if joined[WITHOUT]:
        listed.append((WITHOUT, "", False))
    rows = [{"id": i, "name": name, "invited": invited, "here": here[i], "joined": joined[i]} for i, name, invited in listed]
    return [
        ("room", {"here": here.total(), "joined": len(room.participants), "organisations": rows}),
        ("progress", {"phase": room.session.phase, "done": _done(room), "of": len(room.participants)}),
    ]


def _turnout(room: Room) -> list[Entry]:
    return [_turnout_of(room, theme) for theme in room.themes.values() if theme.phase_in(room.session) in phases.COUNTED]


def _turnout_of(room: Room, theme: Theme) -> Entry:
    joined, voted = room.joined, room.turnout[theme.id, theme.round]
    rows = [{"id": i, "name": room.organisations[i].name if i else "", "voted": voted[i], "of": of} for i, of in joined.items()]
    rows.sort(key=lambda row: (not row["name"], row["name"].casefold()))
    return f"turnout/{theme.id}", {
        "theme": theme.id, "round": theme.round, "voted": voted.total(), "of": len(room.participants), "organisations": rows,
    }


def _total(turnout: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in turnout.items() if key != "organisations"}


@kept
def _wall(room: Room) -> Entry:
    return "wall", json.loads(room.session.wall)


@kept
def _log(room: Room) -> Entry:
    return "log", {"entries": [_log_entry(room, entry) for entry in room.log]}


def _log_entry(room: Room, entry: LogEntry) -> dict[str, Any]:
    idea, theme = room.ideas.get(entry.subject), room.themes.get(entry.subject)
    return {
        "id": entry.id, "at": entry.at, "action": entry.action, "what": idea.title if idea else theme.title if theme else "",
        "after": json.loads(entry.after), "undone": entry.undone_at is not None,
        "undoable": entry.before != "{}" and entry.undone_at is None,
    }


# -- results: only after reveal ---------------------------------------------------------------------


def countable(room: Room) -> list[Theme]:
    """The themes whose totals may leave the server."""
    return [theme for theme in room.themes.values() if theme.revealed]


def _results(room: Room) -> list[Entry]:
    return [(f"results/{t.id}", _result(room, t, room.results[t.id])) for t in countable(room) if t.id in room.results]


def _result(room: Room, theme: Theme, result: tally.Result) -> dict[str, Any]:
    names = {o.id: o.name for o in room.organisations.values()}
    return {
        "theme": theme.id, "round": theme.round, "eligible": len(room.participants), "take": room.session.take,
        "budget": _theme(room, theme, 0, len(result.standings))[1]["budget"], **result.as_dict(names),
    }
