"""What a rehearsal proves: everything acknowledged is stored as it was acknowledged, and nothing is stored twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workshop.model import Record
from workshop.rehearse.report import milliseconds, percentile, table

if TYPE_CHECKING:
    from workshop.rehearse.rehearsal import Seen

Rows = dict[Any, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """How much was acknowledged, how much of it is not stored, and how much is stored that nobody sent."""

    ideas: int
    experiences: int
    ballots: int
    lost: int
    doubled: int


def compare(seen: Seen, before: Record, after: Record) -> Found:
    """Compare what was acknowledged with what is stored.

    Args:
        before, after: the session's rows before and after the rehearsal.
    """
    promised = (_ideas_promised(seen), _experiences_promised(seen), _ballots_promised(seen))
    stored = (
        {i.id: (i.participant_id, i.title, i.detail) for i in after.ideas},
        {e.id: (e.participant_id, e.kind, e.text, e.result, e.year) for e in after.experiences},
        {(b.participant_id, b.theme_id, b.round): dict(b.choices) for b in after.ballots},
    )
    lost = sum(rows.get(key) != value for want, rows in zip(promised, stored, strict=True) for key, value in want.items())
    ideas, experiences, ballots = (len(want) for want in promised)
    return Found(ideas, experiences, ballots, lost, _doubled(seen, before, after))


def _ideas_promised(seen: Seen) -> Rows:
    found = {}
    for entry in seen.journal.acknowledged("idea.put"):
        said = _said(entry, f"mine/idea/{entry.body['idea']}")
        found[said["id"]] = (entry.who, said["title"], said["detail"])
    return found


def _experiences_promised(seen: Seen) -> Rows:
    found = {}
    for entry in seen.journal.acknowledged("experience.put"):
        said = _said(entry, f"mine/experience/{entry.body['experience']}")
        found[said["id"]] = (entry.who, said["kind"], said["text"], said["result"], said["year"])
    return found


def _ballots_promised(seen: Seen) -> Rows:
    found = {}
    for entry in seen.journal.acknowledged("ballot.put"):
        said = _said(entry, f"mine/ballot/{entry.body['theme']}")
        found[entry.who, said["theme"], said["round"]] = said["choices"]
    return found


def _said(entry: Any, key: str) -> dict[str, Any]:
    return entry.answer["set"][key]


def _doubled(seen: Seen, before: Record, after: Record) -> int:
    """Rows of the simulated participants that they did not send, and participants who did not join."""
    sent = {entry.body.get("idea") for entry in seen.journal.entries if entry.command == "idea.put"}
    sent |= {entry.body.get("experience") for entry in seen.journal.entries if entry.command == "experience.put"}
    rows = [row for row in (*after.ideas, *after.experiences) if row.participant_id in seen.people]
    known = {who.id for who in before.participants} | seen.people
    return sum(row.id not in sent for row in rows) + sum(who.id not in known for who in after.participants)


def summary(seen: Seen, found: Found) -> str:
    """The table that a rehearsal ends with."""
    taps = seen.taps()
    shown = [seen.shown[key] - at for key, at in taps.items() if key in seen.shown]
    acks = seen.journal.seconds()
    rows = [
        ("joined", len(seen.joins)),
        ("not let in", seen.refused),
        *_quantiles("join", seen.joins),
        *_quantiles("acknowledgement", acks),
        ("acknowledgement max", milliseconds(max(acks, default=None))),
        *_quantiles("tap to screen", shown),
        ("never shown on the screen", len(taps) - len(shown)),
        ("sent again", sum(entry.what == "unknown" for entry in seen.journal.entries)),
        ("ideas acknowledged", found.ideas),
        ("experiences acknowledged", found.experiences),
        ("ballots acknowledged", found.ballots),
        ("lost", found.lost),
        ("doubled", found.doubled),
    ]
    return f"\n{table(rows)}\n"


def _quantiles(name: str, seconds: list[float]) -> list[tuple[str, object]]:
    return [(f"{name} p{share}", milliseconds(percentile(seconds, share / 100))) for share in (50, 95)]
