"""Practices: what is kept of them, what was written into them and when, and their frozen versions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict

from workshop.model import (
    Dossier,
    Edition,
    FieldText,
    PracticeEntry,
    PracticeIdea,
    StoredMeasure,
    StoredPractice,
    Wording,
)
from workshop.store.queries import reviews
from workshop.store.queries.rows import each, maybe
from workshop.store.tx import Tx

OF_SESSION = "SELECT id FROM practices WHERE session_id = :session"

# -- the practice itself -----------------------------------------------------------------------------


def by_id(tx: Tx, practice: str) -> StoredPractice | None:
    """The practice with the id."""
    return maybe(StoredPractice, tx.one("SELECT * FROM practices WHERE id = :practice", practice=practice))


def in_event(tx: Tx, event: str, practice: str) -> StoredPractice | None:
    """The practice, looked up through its event."""
    return maybe(StoredPractice, tx.one("SELECT * FROM practices WHERE id = :id AND event_id = :event", id=practice, event=event))


def of_event(tx: Tx, event: str) -> list[StoredPractice]:
    """The event's practices in every state, theme by theme."""
    rows = tx.all(
        """SELECT p.* FROM practices p LEFT JOIN sessions s ON s.id = p.session_id LEFT JOIN themes t ON t.id = p.theme_id
           WHERE p.event_id = :event ORDER BY s.id IS NULL, s.position, s.id, t.position, p.theme, p.position, p.id""",
        event=event,
    )
    return each(StoredPractice, rows)


def of_session(tx: Tx, session: str) -> list[StoredPractice]:
    """The session's practices in every state, in order within each theme."""
    rows = tx.all("SELECT * FROM practices WHERE session_id = :session ORDER BY position, id", session=session)
    return each(StoredPractice, rows)


def insert(tx: Tx, practice: StoredPractice) -> None:
    """Store a new practice."""
    tx.run(
        """INSERT INTO practices (id, event_id, session_id, theme_id, theme, title, position, state, confirmed, review_on, follows, number,
                                  published_at, rev, created_at, updated_at)
           VALUES (:id, :event_id, :session_id, :theme_id, :theme, :title, :position, :state, :confirmed, :review_on, :follows, :number,
                   :published_at, :rev, :created_at, :updated_at)""",
        **asdict(practice),
    )


def save(tx: Tx, practice: StoredPractice) -> None:
    """Store what may change of a practice; its revision is `bump`'s alone."""
    tx.run(
        """UPDATE practices SET title = :title, position = :position, state = :state, confirmed = :confirmed, review_on = :review_on,
                                number = :number, published_at = :published_at, updated_at = :updated_at WHERE id = :id""",
        id=practice.id, title=practice.title, position=practice.position, state=practice.state, confirmed=practice.confirmed,
        review_on=practice.review_on, number=practice.number, published_at=practice.published_at, updated_at=practice.updated_at,
    )


def bump(tx: Tx, practice: str, at: int) -> int:
    """Raise the practice's revision by one and return it; every changed row carries it."""
    row = tx.one("UPDATE practices SET rev = rev + 1, updated_at = :at WHERE id = :practice RETURNING rev", practice=practice, at=at)
    return row["rev"] if row else 0


# -- its ideas ---------------------------------------------------------------------------------------


def ideas(tx: Tx, practice: str) -> list[PracticeIdea]:
    """The ideas that the practice is made from, the leading one first."""
    rows = tx.all("SELECT * FROM practice_ideas WHERE practice_id = :practice ORDER BY position, idea_id", practice=practice)
    return each(PracticeIdea, rows)


def ideas_in_use(tx: Tx, session: str) -> dict[str, StoredPractice]:
    """By idea, the practice of the session that is made from it; one that is set aside only where there is no other."""
    rows = tx.all(
        """SELECT i.idea_id, p.* FROM practice_ideas i JOIN practices p ON p.id = i.practice_id
           WHERE p.session_id = :session ORDER BY p.state = 'aside' DESC, p.created_at, p.id""",
        session=session,
    )
    return dict(zip([row["idea_id"] for row in rows], each(StoredPractice, rows), strict=True))


def put_ideas(tx: Tx, practice: str, ids: list[str]) -> None:
    """Let the practice be made from these ideas, the first one leading."""
    tx.run("DELETE FROM practice_ideas WHERE practice_id = :practice", practice=practice)
    tx.run_many(
        "INSERT INTO practice_ideas (practice_id, idea_id, position) VALUES (:practice, :idea, :position)",
        [{"practice": practice, "idea": idea, "position": position} for position, idea in enumerate(ids, start=1)],
    )


def put_origin(tx: Tx, idea: str, practice: str) -> None:
    """Remember that the idea is an earlier practice, put before the room again."""
    tx.run("INSERT INTO idea_origins (idea_id, practice_id) VALUES (:idea, :practice)", idea=idea, practice=practice)


def origin(tx: Tx, idea: str) -> StoredPractice | None:
    """The earlier practice that the idea is."""
    row = tx.one("SELECT p.* FROM practices p JOIN idea_origins o ON o.practice_id = p.id WHERE o.idea_id = :idea", idea=idea)
    return maybe(StoredPractice, row)


def put_again(tx: Tx, practice: str) -> list[str]:
    """Of the practice's ideas those that are an earlier practice, the leading one first."""
    rows = tx.all(
        """SELECT i.idea_id FROM practice_ideas i JOIN idea_origins o ON o.idea_id = i.idea_id WHERE i.practice_id = :practice
           ORDER BY i.position, i.idea_id""",
        practice=practice,
    )
    return [row["idea_id"] for row in rows]


# -- what was written --------------------------------------------------------------------------------


def fields(tx: Tx, practice: str, since: int = -1) -> list[FieldText]:
    """What the editor wrote in the practice's sections, those newer than the revision *since*."""
    rows = tx.all("SELECT * FROM fields WHERE practice_id = :practice AND rev > :since ORDER BY section", practice=practice, since=since)
    return each(FieldText, rows)


def field(tx: Tx, practice: str, section: str) -> FieldText | None:
    """What the editor wrote in the section, if anything."""
    row = tx.one("SELECT * FROM fields WHERE practice_id = :practice AND section = :section", practice=practice, section=section)
    return maybe(FieldText, row)


def put_field(tx: Tx, field: FieldText) -> None:
    """Store what stands in a section."""
    tx.run(
        """INSERT INTO fields (practice_id, section, text, tags, owner, rev, updated_at, updated_by)
           VALUES (:practice_id, :section, :text, :tags, :owner, :rev, :updated_at, :updated_by)
           ON CONFLICT (practice_id, section) DO UPDATE SET text = excluded.text, tags = excluded.tags, owner = excluded.owner,
             rev = excluded.rev, updated_at = excluded.updated_at, updated_by = excluded.updated_by""",
        **asdict(field),
    )


def add_wording(tx: Tx, wording: Wording) -> None:
    """Keep a wording; none is ever changed or removed."""
    tx.run(
        """INSERT INTO wordings (id, practice_id, section, text, tags, owner, refused, rev, at, by)
           VALUES (:id, :practice_id, :section, :text, :tags, :owner, :refused, :rev, :at, :by)""",
        **asdict(wording) | {"refused": int(wording.refused)},
    )


def wordings(tx: Tx, practice: str, section: str) -> list[Wording]:
    """Every wording that the section had or was refused, oldest first."""
    rows = tx.all(
        "SELECT * FROM wordings WHERE practice_id = :practice AND section = :section ORDER BY rev, at, id",
        practice=practice, section=section,
    )
    return each(Wording, rows)


def wording(tx: Tx, practice: str, wording_id: str) -> Wording | None:
    """The wording, looked up through its practice."""
    return maybe(Wording, tx.one("SELECT * FROM wordings WHERE id = :id AND practice_id = :practice", id=wording_id, practice=practice))


# -- measures ----------------------------------------------------------------------------------------


def measures(tx: Tx, practice: str, since: int = -1) -> list[StoredMeasure]:
    """The practice's measures in every state and in order, those newer than the revision *since*."""
    rows = tx.all(
        "SELECT * FROM measures WHERE practice_id = :practice AND rev > :since ORDER BY position, id", practice=practice, since=since,
    )
    return each(StoredMeasure, rows)


def put_measure(tx: Tx, measure: StoredMeasure) -> bool:
    """Store a new measure, or what changed of one of the same practice; not one that has the id of another practice's."""
    changed = tx.run(
        """INSERT INTO measures (id, practice_id, kpi, name, unit, baseline, target, source, owner, position, state, rev)
           VALUES (:id, :practice_id, :kpi, :name, :unit, :baseline, :target, :source, :owner, :position, :state, :rev)
           ON CONFLICT (id) DO UPDATE SET kpi = excluded.kpi, name = excluded.name, unit = excluded.unit, baseline = excluded.baseline,
             target = excluded.target, source = excluded.source, owner = excluded.owner, position = excluded.position,
             state = excluded.state, rev = excluded.rev WHERE measures.practice_id = excluded.practice_id""",
        **asdict(measure),
    )
    return changed > 0


# -- what was imported ---------------------------------------------------------------------------------


def brought(tx: Tx, practice: str) -> str:
    """What an imported practice brought along; "" for one that is made here."""
    row = tx.one("SELECT said FROM practice_imports WHERE practice_id = :practice", practice=practice)
    return row["said"] if row else ""


def put_brought(tx: Tx, practice: str, origin: str, said: str) -> None:
    """Keep what an imported practice brought along. *origin* is its id where it comes from, "" where that is unknown; it never changes."""
    tx.run("""INSERT INTO practice_imports (practice_id, origin, said) VALUES (:practice, :origin, :said)
              ON CONFLICT (practice_id) DO UPDATE SET said = excluded.said""", practice=practice, origin=origin, said=said)


def origins(tx: Tx, event: str) -> set[tuple[str, str]]:
    """What was imported into the event: ids where they come from, each with the number of its version."""
    rows = tx.all(
        """SELECT i.origin, p.number FROM practice_imports i JOIN practices p ON p.id = i.practice_id
           WHERE p.event_id = :event AND i.origin <> ''""",
        event=event,
    )
    return {(row["origin"], row["number"]) for row in rows}


# -- frozen versions, and what was done --------------------------------------------------------------


def edition(tx: Tx, practice: str) -> Edition | None:
    """The frozen version of the practice, if it is frozen."""
    row = tx.one("SELECT * FROM editions WHERE practice_id = :practice ORDER BY frozen_at DESC LIMIT 1", practice=practice)
    return maybe(Edition, row)


def add_edition(tx: Tx, edition: Edition) -> None:
    """Keep a frozen version."""
    tx.run(
        """INSERT INTO editions (practice_id, number, content, hash, frozen_at, frozen_by)
           VALUES (:practice_id, :number, :content, :hash, :frozen_at, :frozen_by)""",
        **asdict(edition),
    )


def note(tx: Tx, entry: PracticeEntry) -> None:
    """Remember what was done."""
    tx.run(
        """INSERT INTO practice_log (id, event_id, practice_id, at, actor, action, detail)
           VALUES (:id, :event_id, :practice_id, :at, :actor, :action, :detail)""",
        **asdict(entry),
    )


def noted(tx: Tx, practice: str) -> list[PracticeEntry]:
    """What was done to the practice, oldest first."""
    return each(PracticeEntry, tx.all("SELECT * FROM practice_log WHERE practice_id = :practice ORDER BY at, id", practice=practice))


def worked_on(tx: Tx, event: str) -> bool:
    """Whether anything was done to the event's practices beyond importing them, frozen or not."""
    row = tx.one(
        """SELECT 1 AS done FROM practice_log
           WHERE event_id = :event AND practice_id IS NOT NULL AND action NOT IN ('practice.import', 'practice.freeze') LIMIT 1""",
        event=event,
    )
    return row is not None


def noted_of_session(tx: Tx, session: str) -> list[PracticeEntry]:
    """What was done to the session's practices, oldest first."""
    rows = tx.all(f"SELECT * FROM practice_log WHERE practice_id IN ({OF_SESSION}) ORDER BY at, id", session=session)
    return each(PracticeEntry, rows)


# -- with everything that hangs on them ----------------------------------------------------------------


def dossier(tx: Tx, practice: StoredPractice) -> Dossier:
    """The practice with everything that was written into it."""
    return Dossier(
        practice, tuple(idea.idea_id for idea in ideas(tx, practice.id)), tuple(fields(tx, practice.id)),
        tuple(measure for measure in measures(tx, practice.id) if measure.state == "active"), edition(tx, practice.id),
        reviews=tuple(reviews.of_practice(tx, practice.id)),
        brought=brought(tx, practice.id),
    )


def dossiers(tx: Tx, session: str) -> list[Dossier]:
    """The session's practices in every state with everything that was written into them; a few questions for all of them."""
    def of(kind: type, table: str, order: str) -> dict[str, list]:
        rows = tx.all(f"SELECT * FROM {table} WHERE practice_id IN ({OF_SESSION}) ORDER BY {order}", session=session)
        return _by_practice(each(kind, rows))

    ideas, fields = of(PracticeIdea, "practice_ideas", "position, idea_id"), of(FieldText, "fields", "section")
    measures, editions = of(StoredMeasure, "measures", "position, id"), of(Edition, "editions", "frozen_at")
    answers = _by_practice(reviews.of_session(tx, session))
    return [
        Dossier(
            one, tuple(idea.idea_id for idea in ideas[one.id]), tuple(fields[one.id]),
            tuple(measure for measure in measures[one.id] if measure.state == "active"), next(iter(editions[one.id][-1:]), None),
            tuple(answers[one.id]),
        )
        for one in of_session(tx, session)
    ]


def _by_practice(rows: list) -> dict[str, list]:
    found = defaultdict(list)
    for row in rows:
        found[row.practice_id].append(row)
    return found
