"""Sessions as the organizer prepares them: made, changed and copied, inside a transaction."""

from __future__ import annotations

import secrets

from workshop import errors
from workshop.model import CODE_ALPHABET, CODE_LENGTH, Event, Session, Theme, new_id
from workshop.service import agendas
from workshop.service.plans import SessionPlan, ThemeLine
from workshop.store import Tx
from workshop.store.queries import events as rows
from workshop.store.queries import sessions as live
from workshop.store.queries import steps


def find(tx: Tx, session_id: str) -> Session:
    """The session.

    Raises:
        errors.NotFound: there is none with the id.
    """
    found = live.by_id(tx, session_id)
    if found is None:
        raise errors.NotFound()
    return found


def create(tx: Tx, event: Event, plan: SessionPlan, now: int) -> Session:
    """Make a session in *event* with a join code of its own; *now* in epoch milliseconds.

    Raises:
        errors.Empty, errors.TooLong, errors.Invalid: naming the field.
    """
    session = plan.onto(_blank(tx, event, now))
    rows.insert_session(tx, session)
    themes = [_add_theme(tx, session.id, line, position, session.rev, now) for position, line in enumerate(plan.lines())]
    agendas.add(tx, session.id, themes, plan.agenda, now, session.rev)
    return session


def update(tx: Tx, before: Session, plan: SessionPlan, now: int) -> Session:
    """Change a session and its themes.

    Raises:
        errors.Conflict: the method changes after somebody has voted, or a theme goes after somebody has joined.
        errors.NotFound: a theme of another session.
        errors.Empty, errors.TooLong, errors.Invalid: naming the field.
    """
    after = plan.onto(before)
    if after.method != before.method and rows.has_ballots(tx, before.id):
        raise errors.Conflict("method")
    rows.save_session(tx, after)
    _put_themes(tx, after, plan.lines(), live.bump(tx, after.id), now)
    return after


def plan_of(tx: Tx, session: Session) -> SessionPlan:
    """The session's words, choices, themes and agenda, for a copy."""
    themes = live.themes(tx, session.id)
    lines = tuple(ThemeLine(theme.title, theme.prompt) for theme in themes)
    agenda = agendas.copied(steps.of_session(tx, session.id), [theme.id for theme in themes])
    return SessionPlan(
        session.title, session.question, lines, session.method, session.ballot_size, session.take,
        session.quote_default, session.hide_ideas, session.show_authors, agenda, session.idea_cap, session.group_by,
        session.hosts_vote, session.hold,
    )


def _put_themes(tx: Tx, session: Session, lines: tuple[ThemeLine, ...], rev: int, now: int) -> None:
    known = {theme.id: theme for theme in live.themes(tx, session.id)}
    position = max((theme.position for theme in known.values()), default=-1)
    for line in lines:
        if line.id and line.id not in known:
            raise errors.NotFound("themes")
        if line.id:
            _change_theme(tx, session, known[line.id], line, rev)
        else:
            position += 1
            _add_theme(tx, session.id, line, position, rev, now)


def _change_theme(tx: Tx, session: Session, theme: Theme, line: ThemeLine, rev: int) -> None:
    if line.removed:
        _remove_theme(tx, session, theme)
    elif (line.title, line.prompt) != (theme.title, theme.prompt):
        rows.rename_theme(tx, theme.id, line.title, line.prompt, rev)


def _remove_theme(tx: Tx, session: Session, theme: Theme) -> None:
    # A living session's rows are never deleted: phones would not hear of it. Before the first participant it is safe.
    if rows.people(tx, session.event_id).get(session.id):
        raise errors.Conflict("themes")
    if rows.theme_is_used(tx, theme.id):
        raise errors.ThemeInUse("themes", title=theme.title)
    rows.remove_theme(tx, theme.id)


def _add_theme(tx: Tx, session_id: str, line: ThemeLine, position: int, rev: int, now: int) -> str:
    """Store a theme; its id."""
    theme = Theme(new_id(now), session_id, position, line.title, line.prompt, None, 1, False, rev)
    rows.insert_theme(tx, theme)
    return theme.id


def _blank(tx: Tx, event: Event, now: int) -> Session:
    return Session(
        id=new_id(now), event_id=event.id, code=_free_code(tx), title="", question="", phase="lobby", method="approval",
        ballot_size=None, take=3, quote_default="organisation", hide_ideas=True, show_authors=False, timer_ends_at=None,
        timer_left=None, wall="", rev=1, position=len(rows.sessions(tx, event.id)), created_at=now,
    )


def _free_code(tx: Tx) -> str:
    while True:
        code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
        if not rows.code_taken(tx, code):
            return code
