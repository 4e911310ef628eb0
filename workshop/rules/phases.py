"""What each phase allows, and which comes next. Phases may be skipped, repeated, and gone back to."""

from __future__ import annotations

from workshop.model import PHASES, Phase

WRITABLE = ("write", "share")  # ideas may be written and edited
DISCUSSED = ("share", "vote")  # experiences may be added
PUBLIC = ("share", "vote", "reveal", "closed")  # everybody sees the ideas
COUNTED = ("vote", "reveal", "closed")  # turnout is shown


def following(phase: Phase) -> Phase | None:
    """The phase that sensibly comes after *phase*; None after the last."""
    position = PHASES.index(phase) + 1
    return PHASES[position] if position < len(PHASES) else None


def ideas_public(phase: Phase, hide_ideas: bool) -> bool:
    """Whether everybody sees the theme's ideas: silent writing hides them, so that nobody anchors on the first."""
    return phase in PUBLIC or (phase == "write" and not hide_ideas)


def revealed_after(phase: Phase, revealed: bool) -> bool:
    """Whether a theme's totals are public once *phase* is set: reveal opens them, closing keeps them as they are,
    anything earlier hides them again, since votes may still change."""
    return phase == "reveal" or (phase == "closed" and revealed)
