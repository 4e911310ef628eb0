"""Events with their organisations, and sessions as the organizer prepares them."""

from __future__ import annotations

from workshop.model import Event, Organisation, Session, Theme
from workshop.store.queries.rows import each, maybe
from workshop.store.tx import Tx


def all_events(tx: Tx) -> list[Event]:
    """Every event, the newest first."""
    return each(Event, tx.all("SELECT * FROM events ORDER BY sample, created_at DESC, id DESC"))


def by_id(tx: Tx, event: str) -> Event | None:
    """The event with the id."""
    return maybe(Event, tx.one("SELECT * FROM events WHERE id = :event", event=event))


def insert(tx: Tx, event: Event) -> None:
    """Store a new event."""
    tx.run(
        "INSERT INTO events (id, name, date, place, host, language, sample, created_at)"
        " VALUES (:id, :name, :date, :place, :host, :language, :sample, :created_at)",
        id=event.id, name=event.name, date=event.date, place=event.place, host=event.host,
        language=event.language, sample=int(event.sample), created_at=event.created_at,
    )


def save(tx: Tx, event: Event) -> None:
    """Store what the organizer changed of the event."""
    tx.run(
        "UPDATE events SET name = :name, date = :date, place = :place, host = :host, language = :language"
        " WHERE id = :id",
        id=event.id, name=event.name, date=event.date, place=event.place, host=event.host, language=event.language,
    )


def remove(tx: Tx, event: str) -> None:
    """Delete the event with everything in it."""
    tx.run(
        "UPDATE ideas SET merged_into = NULL WHERE merged_into IS NOT NULL"
        " AND session_id IN (SELECT id FROM sessions WHERE event_id = :event)",
        event=event,
    )
    tx.run(
        "DELETE FROM answers WHERE actor IN (SELECT p.id FROM participants p JOIN sessions s ON s.id = p.session_id"
        " WHERE s.event_id = :event) OR actor IN (SELECT 'join/' || id FROM sessions WHERE event_id = :event)",
        event=event,
    )
    tx.run("DELETE FROM sessions WHERE event_id = :event", event=event)
    tx.run("DELETE FROM events WHERE id = :event", event=event)


def people(tx: Tx, event: str) -> dict[str, int]:
    """How many participants each session of the event has, by session id; proxies that were put away are nobody."""
    rows = tx.all(
        "SELECT s.id, COUNT(p.id) AS n FROM sessions s LEFT JOIN participants p ON p.session_id = s.id"
        " AND (p.proxy = '' OR p.removed_at IS NULL)"
        " WHERE s.event_id = :event GROUP BY s.id",
        event=event,
    )
    return {row["id"]: row["n"] for row in rows}


def organisations(tx: Tx, event: str) -> list[Organisation]:
    """The event's organisations in the organizer's order."""
    rows = tx.all("SELECT * FROM organisations WHERE event_id = :event ORDER BY position, name_key", event=event)
    return each(Organisation, rows)


def organisation(tx: Tx, event: str, organisation_id: str) -> Organisation | None:
    """The organisation, looked up through its event."""
    row = tx.one(
        "SELECT * FROM organisations WHERE id = :id AND event_id = :event", id=organisation_id, event=event
    )
    return maybe(Organisation, row)


def add_organisation(tx: Tx, organisation: Organisation) -> None:
    """Store an invited organisation; a known one becomes invited, and takes the sector where there is one."""
    tx.run(
        "INSERT INTO organisations (id, event_id, name, name_key, position, invited, sector)"
        " VALUES (:id, :event, :name, :name_key, :position, 1, :sector)"
        " ON CONFLICT (event_id, name_key) DO UPDATE SET invited = 1,"
        " sector = CASE WHEN excluded.sector = '' THEN organisations.sector ELSE excluded.sector END",
        id=organisation.id, event=organisation.event_id, name=organisation.name,
        name_key=organisation.name_key, position=organisation.position, sector=organisation.sector,
    )


def rename_organisation(tx: Tx, organisation_id: str, name: str, name_key: str, sector: str) -> None:
    """Give the organisation another name and sector."""
    tx.run(
        "UPDATE organisations SET name = :name, name_key = :name_key, sector = :sector WHERE id = :id",
        id=organisation_id, name=name, name_key=name_key, sector=sector,
    )


def is_represented(tx: Tx, organisation_id: str) -> bool:
    """Whether anybody has joined for the organisation."""
    return tx.one("SELECT 1 FROM participants WHERE organisation_id = :id LIMIT 1", id=organisation_id) is not None


def remove_organisation(tx: Tx, organisation_id: str) -> None:
    """Delete an organisation that nobody has joined for."""
    tx.run("DELETE FROM organisations WHERE id = :id", id=organisation_id)


def sessions(tx: Tx, event: str) -> list[Session]:
    """The event's sessions in order."""
    return each(Session, tx.all("SELECT * FROM sessions WHERE event_id = :event ORDER BY position, id", event=event))


def code_taken(tx: Tx, code: str) -> bool:
    """Whether a session has the code."""
    return tx.one("SELECT 1 FROM sessions WHERE code = :code", code=code) is not None


def insert_session(tx: Tx, session: Session) -> None:
    """Store a new session; its phase, timer, lock and wall are the schema's defaults."""
    tx.run(
        "INSERT INTO sessions (id, event_id, code, title, question, method, ballot_size, idea_cap, group_by, hosts_vote, take,"
        " quote_default, hide_ideas, show_authors, hold, rev, position, created_at)"
        " VALUES (:id, :event, :code, :title, :question, :method, :ballot_size, :idea_cap, :group_by, :hosts_vote, :take,"
        " :quote_default, :hide_ideas, :show_authors, :hold, 1, :position, :created_at)",
        event=session.event_id, code=session.code, position=session.position, created_at=session.created_at,
        **_prepared(session),
    )


def save_session(tx: Tx, session: Session) -> None:
    """Store what the organizer changed of the session."""
    tx.run(
        "UPDATE sessions SET title = :title, question = :question, method = :method, ballot_size = :ballot_size,"
        " idea_cap = :idea_cap, group_by = :group_by, hosts_vote = :hosts_vote, take = :take, quote_default = :quote_default,"
        " hide_ideas = :hide_ideas, show_authors = :show_authors, hold = :hold WHERE id = :id",
        **_prepared(session),
    )


def has_ballots(tx: Tx, session: str) -> bool:
    """Whether anybody has voted in the session."""
    return tx.one("SELECT 1 FROM ballots WHERE session_id = :session LIMIT 1", session=session) is not None


def insert_theme(tx: Tx, theme: Theme) -> None:
    """Store a new theme."""
    tx.run(
        "INSERT INTO themes (id, session_id, position, title, prompt, rev)"
        " VALUES (:id, :session, :position, :title, :prompt, :rev)",
        id=theme.id, session=theme.session_id, position=theme.position,
        title=theme.title, prompt=theme.prompt, rev=theme.rev,
    )


def rename_theme(tx: Tx, theme: str, title: str, prompt: str, rev: int) -> None:
    """Give the theme another title and prompt."""
    tx.run(
        "UPDATE themes SET title = :title, prompt = :prompt, rev = :rev WHERE id = :theme",
        theme=theme, title=title, prompt=prompt, rev=rev,
    )


def theme_is_used(tx: Tx, theme: str) -> bool:
    """Whether the theme has ideas or ballots, or a step of the agenda names it: without it the step would be for every theme."""
    return tx.one(
        "SELECT 1 AS used FROM ideas WHERE theme_id = :theme"
        " UNION ALL SELECT 1 AS used FROM ballots WHERE theme_id = :theme"
        """ UNION ALL SELECT 1 AS used FROM steps WHERE themes LIKE '%"' || :theme || '"%' AND state <> 'removed' LIMIT 1""",
        theme=theme,
    ) is not None


def remove_theme(tx: Tx, theme: str) -> None:
    """Delete a theme that nobody has used."""
    tx.run("DELETE FROM themes WHERE id = :theme", theme=theme)


def _prepared(session: Session) -> dict[str, object]:
    return {
        "id": session.id, "title": session.title, "question": session.question, "method": session.method,
        "ballot_size": session.ballot_size, "idea_cap": session.idea_cap, "group_by": session.group_by,
        "hosts_vote": int(session.hosts_vote), "take": session.take, "quote_default": session.quote_default,
        "hide_ideas": int(session.hide_ideas), "show_authors": int(session.show_authors),
        "hold": None if session.hold is None else int(session.hold),
    }
