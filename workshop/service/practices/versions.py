"""Versions of a practice: frozen, with a fingerprint of what it says, and continued by a new draft."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from workshop import errors
from workshop.model import Dossier, Edition, StoredPractice, new_id
from workshop.rules import brought, opaque, stored
from workshop.rules.practice import Practice
from workshop.rules.reading import Reading
from workshop.service.practices.act import Act, note
from workshop.store import Tx
from workshop.store.queries import practices, record


def reading(tx: Tx, practice: StoredPractice) -> tuple[Practice, Dossier]:
    """The practice as it may be shown now, with what is kept of it; its sources have the ids that documents print."""
    return readings(tx, [practice])[practice.id]


def readings(tx: Tx, rows: Iterable[StoredPractice]) -> dict[str, tuple[Practice, Dossier]]:
    """As `reading`, of several by their ids: each session is read once, which takes a tenth of a second where it is large."""
    sessions: dict[str, list[StoredPractice]] = defaultdict(list)
    for row in rows:
        sessions[row.session_id or ""].append(row)
    return {id_: read for session, group in sessions.items() for id_, read in read_in(tx, room(tx, session), group).items()}


def room(tx: Tx, session_id: str) -> Reading | None:
    """What may be shown of a session, with ids as documents print them; None where there is no such session."""
    found = record.load(tx, session_id)
    return Reading(opaque.with_opaque_ids(found)) if found else None


def read_in(tx: Tx, reading: Reading | None, group: Iterable[StoredPractice]) -> dict[str, tuple[Practice, Dossier]]:
    """As `reading`, of practices of one session that is read already."""
    known = {one.practice.id: one for one in reading.record.dossiers} if reading else {}
    dossiers = [known.get(row.id) or practices.dossier(tx, row) for row in group]
    return {one.practice.id: (stored.read(one, reading), one) for one in dossiers}


def written_out(found: Practice) -> str:
    """What is frozen of a practice, as it is kept: the same words always give the same text."""
    return json.dumps(stored.content(found), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(content: str) -> str:
    """SHA-256 of a frozen version's content as it is kept."""
    return "sha256:" + hashlib.sha256(content.encode()).hexdigest()


def freeze(act: Act, found: Practice | None = None) -> Edition:
    """Let the practice stand as it is, from now on unchanged.

    Args:
        found: the practice as it reads in this transaction, where that is known.

    Raises:
        errors.Frozen: it does already; errors.Conflict: it is set aside.
    """
    if act.open().practice.state == "aside":
        raise errors.Conflict("state")
    content = written_out(found or reading(act.tx, act.practice)[0])
    edition = Edition(act.practice.id, act.practice.number, content, fingerprint(content), act.at, act.actor)
    practices.add_edition(act.tx, edition)
    act.note("practice.freeze", number=edition.number, hash=edition.hash)
    act.change(state="frozen")
    return edition


def continued(act: Act, large: bool) -> StoredPractice:
    """A draft that continues a frozen version, with all that was written into it.

    Args:
        large: whether 1.0 becomes 2.0 rather than 1.1.

    Raises:
        errors.NotFrozen: it is not frozen, or is continued already.
    """
    old = act.practice
    if old.state != "frozen" or any(one.follows == old.id for one in practices.of_event(act.tx, old.event_id)):
        raise errors.NotFrozen("practice")
    made = replace(old, id=new_id(act.at), state="draft", follows=old.id, number=following(old.number, large), published_at=None, rev=1,
                   created_at=act.at, updated_at=act.at, confirmed="")
    practices.insert(act.tx, made)
    practices.put_ideas(act.tx, made.id, [one.idea_id for one in practices.ideas(act.tx, old.id)])
    if said := practices.brought(act.tx, old.id):
        practices.put_brought(act.tx, made.id, "", brought.continued(said))
    copy(act, made)
    note(act.tx, made, act.actor, act.at, "practice.version", number=made.number)
    return made


def following(number: str, large: bool) -> str:
    """The number of the version that continues *number*."""
    major, _, minor = number.partition(".")
    return f"{int(major) + 1}.0" if large else f"{major}.{int(minor) + 1}"


def copy(act: Act, made: StoredPractice) -> None:
    """Write all that *act*'s practice says into *made*, also into one of another event."""
    new = Act(act.tx, made.event_id, made.id, act.actor, act.at)
    for field in practices.fields(act.tx, act.practice.id):
        new.write(field.section, field.text, field.tags, field.owner)
    for measure in practices.measures(act.tx, act.practice.id):
        if measure.state == "active":
            practices.put_measure(act.tx, replace(measure, id=new_id(act.at), practice_id=made.id, rev=new.rev))
