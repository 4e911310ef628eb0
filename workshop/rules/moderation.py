"""When what participants say waits for the facilitator's approval."""

from __future__ import annotations

from workshop.model import Session, State

MANY = 50  # people: in a larger room the facilitator cannot know everybody, so that by itself it holds


def holds(session: Session, people: int) -> bool:
    """Whether what is new waits for approval: as the session says, or by itself above `MANY` *people* who joined."""
    return people > MANY if session.hold is None else session.hold


def state_after(before: State | None, changed: bool, holding: bool) -> State:
    """The state of an idea or experience that its author has just sent.

    The safe rule is the simple one: words that nobody has approved are never public while the session holds. So an edit waits
    where its words changed, and what was taken back waits when it comes again; words that are public already stay so. What
    waits goes on waiting though the session does not hold any more: the console alone lets it through.

    Args:
        before: what it was; None where it is new.
        changed: whether its words are others than before.
    """
    if before == "held":
        return "held"
    if before == "active" and not changed:
        return "active"
    return "held" if holding else "active"
