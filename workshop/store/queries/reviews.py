"""Review links, what organisations say by them, and their comments."""

from __future__ import annotations

from dataclasses import asdict

from workshop.model import PracticeEntry, Review, ReviewComment, ReviewLink, StoredPractice
from workshop.store.queries.rows import each, maybe
from workshop.store.tx import Tx

# Answers come with the organisation's name as it is now.
ANSWERS = "SELECT r.*, o.name AS organisation_name FROM reviews r JOIN organisations o ON o.id = r.organisation_id"

# -- links -------------------------------------------------------------------------------------------


def add_link(tx: Tx, link: ReviewLink) -> None:
    """Store a new link."""
    tx.run(
        """INSERT INTO review_links (id, event_id, organisation_id, token_hash, expires_at, revoked_at, created_at, created_by)
           VALUES (:id, :event_id, :organisation_id, :token_hash, :expires_at, :revoked_at, :created_at, :created_by)""",
        **asdict(link),
    )


def save_link(tx: Tx, link: ReviewLink) -> None:
    """Store what may change of a link."""
    tx.run(
        "UPDATE review_links SET token_hash = :token_hash, expires_at = :expires_at, revoked_at = :revoked_at WHERE id = :id",
        id=link.id, token_hash=link.token_hash, expires_at=link.expires_at, revoked_at=link.revoked_at,
    )


def open_link(tx: Tx, token_hash: str, now: int) -> ReviewLink | None:
    """The link with the hash that is neither revoked nor too old; one question, whichever of them it is."""
    row = tx.one(
        "SELECT * FROM review_links WHERE token_hash = :hash AND revoked_at IS NULL AND expires_at > :now", hash=token_hash, now=now,
    )
    return maybe(ReviewLink, row)


def links(tx: Tx, event: str) -> list[ReviewLink]:
    """The event's links, oldest first."""
    return each(ReviewLink, tx.all("SELECT * FROM review_links WHERE event_id = :event ORDER BY created_at, id", event=event))


def link(tx: Tx, event: str, link_id: str) -> ReviewLink | None:
    """The link, looked up through its event."""
    return maybe(ReviewLink, tx.one("SELECT * FROM review_links WHERE id = :id AND event_id = :event", id=link_id, event=event))


def spent(tx: Tx, link_id: str) -> int:
    """How many answers and comments have come by the link."""
    row = tx.one(
        """SELECT (SELECT COUNT(*) FROM reviews WHERE link_id = :id) + (SELECT COUNT(*) FROM review_comments WHERE link_id = :id) AS n""",
        id=link_id,
    )
    return row["n"] if row else 0


# -- answers -----------------------------------------------------------------------------------------


def add(tx: Tx, review: Review) -> None:
    """Store an answer beside the earlier ones."""
    tx.run(
        """INSERT INTO reviews (id, practice_id, organisation_id, link_id, ratification, sentence, adoption, by_when, at)
           VALUES (:id, :practice_id, :organisation_id, :link_id, :ratification, :sentence, :adoption, :by_when, :at)""",
        **asdict(review),
    )


def last(tx: Tx, practice: str, organisation: str) -> Review | None:
    """The organisation's newest answer."""
    row = tx.one(
        f"{ANSWERS} WHERE r.practice_id = :practice AND r.organisation_id = :organisation ORDER BY r.at DESC, r.id DESC LIMIT 1",
        practice=practice, organisation=organisation,
    )
    return maybe(Review, row)


def of_practice(tx: Tx, practice: str) -> list[Review]:
    """Every answer, oldest first; the newest of each organisation stands."""
    return each(Review, tx.all(f"{ANSWERS} WHERE r.practice_id = :practice ORDER BY r.at, r.id", practice=practice))


def of_session(tx: Tx, session: str) -> list[Review]:
    """Every answer to the session's practices, oldest first."""
    sql = f"{ANSWERS} JOIN practices p ON p.id = r.practice_id WHERE p.session_id = :session ORDER BY r.at, r.id"
    return each(Review, tx.all(sql, session=session))


def of_event(tx: Tx, event: str) -> list[Review]:
    """Every answer to the event's practices, oldest first."""
    sql = f"{ANSWERS} JOIN practices p ON p.id = r.practice_id WHERE p.event_id = :event ORDER BY r.at, r.id"
    return each(Review, tx.all(sql, event=event))


def has_answered(tx: Tx, organisation: str) -> bool:
    """Whether the organisation has said anything in a review."""
    row = tx.one(
        """SELECT 1 AS said FROM reviews WHERE organisation_id = :id
           UNION ALL SELECT 1 AS said FROM review_comments WHERE organisation_id = :id LIMIT 1""",
        id=organisation,
    )
    return row is not None


# -- comments ----------------------------------------------------------------------------------------


def add_comment(tx: Tx, comment: ReviewComment) -> None:
    """Store a comment."""
    tx.run(
        """INSERT INTO review_comments (id, practice_id, organisation_id, link_id, section, text, state, at)
           VALUES (:id, :practice_id, :organisation_id, :link_id, :section, :text, :state, :at)""",
        **asdict(comment),
    )


def set_comment(tx: Tx, comment: str, state: str) -> None:
    """Let the comment be active, withdrawn or handled."""
    tx.run("UPDATE review_comments SET state = :state WHERE id = :id", id=comment, state=state)


def comments_by(tx: Tx, practice: str, organisation: str) -> list[ReviewComment]:
    """The organisation's comments on the practice that it has not withdrawn, oldest first."""
    rows = tx.all(
        """SELECT * FROM review_comments WHERE practice_id = :practice AND organisation_id = :organisation AND state <> 'withdrawn'
           ORDER BY at, id""",
        practice=practice, organisation=organisation,
    )
    return each(ReviewComment, rows)


def comments(tx: Tx, event: str) -> list[ReviewComment]:
    """The comments on the event's practices that were not withdrawn, oldest first."""
    rows = tx.all(
        """SELECT c.* FROM review_comments c JOIN practices p ON p.id = c.practice_id
           WHERE p.event_id = :event AND c.state <> 'withdrawn' ORDER BY c.at, c.id""",
        event=event,
    )
    return each(ReviewComment, rows)

# -- the practices they are about --------------------------------------------------------------------


def noted(tx: Tx, event: str, action: str) -> list[PracticeEntry]:
    """What was done of that kind in the event, newest first."""
    rows = tx.all(
        "SELECT * FROM practice_log WHERE event_id = :event AND action = :action ORDER BY at DESC, id DESC", event=event, action=action,
    )
    return each(PracticeEntry, rows)


def uses(tx: Tx, session: str) -> list[tuple[str, StoredPractice]]:
    """Which idea of the session stands in which practice: by itself, or grouped with one that does (groups are one level deep)."""
    rows = tx.all(
        """SELECT i.id AS idea_id, p.* FROM practices p JOIN practice_ideas pi ON pi.practice_id = p.id
           JOIN ideas lead ON lead.id = pi.idea_id
           JOIN ideas i ON COALESCE(i.merged_into, i.id) = COALESCE(lead.merged_into, lead.id)
           WHERE p.session_id = :session AND p.state <> 'aside' ORDER BY p.theme, p.position, p.id""",
        session=session,
    )
    found = dict.fromkeys(zip([row["idea_id"] for row in rows], each(StoredPractice, rows), strict=True))
    return list(found)
