"""What an editor of practices is answered."""

from __future__ import annotations

from workshop.errors.base import N_, Conflict, Empty, Invalid


class Frozen(Conflict, code="frozen"):
    """A frozen version of a practice is to be changed."""

    message = N_("Version %(number)s is frozen and does not change any more. Make a new version of it and change that one.")


class NotFrozen(Conflict, code="not_frozen"):
    """A new version is to be made of a practice that is still open, or that has one already."""

    message = N_("A new version begins from a frozen one, once. Change the draft that there is.")


class NoIdeaChosen(Empty, code="no_idea_chosen"):
    """Practices are to be drafted, and nothing was chosen."""

    message = N_("Choose at least one idea first.")


class NothingRevealed(Conflict, code="nothing_revealed"):
    """Practices are to be drafted by the result of a vote, and no result is revealed."""

    message = N_("No result is revealed yet, so nothing can be chosen by it. Reveal a theme first, or choose ideas by hand.")


class AlreadyDrafted(Conflict, code="already_drafted"):
    """An idea stands in a practice already."""

    message = N_("“%(idea)s” stands in the practice “%(practice)s” already. Open that one, or split the idea off it.")


class AllIdeas(Conflict, code="all_ideas"):
    """All ideas of a practice are to be split off it."""

    message = N_("At least one idea has to stay. Choose fewer to split off.")


class OtherSession(Conflict, code="other_session"):
    """Two practices to be joined come from different sessions."""

    message = N_("Only practices of the same session can be joined, and not a practice with itself.")


class Overtaken(Conflict, code="overtaken"):
    """A section was saved by somebody else first. *mine* was refused and is kept; *theirs* stands. Both are fields as stored."""

    message = N_("Somebody else has changed this in the meantime. Both texts are kept: choose one, or put them together.")

    def __init__(self, field: str, mine: object, theirs: object) -> None:
        super().__init__(field)
        self.mine, self.theirs = mine, theirs


class NoReason(Empty, code="no_reason"):
    """A practice is to be confirmed as good practice without a reason."""

    message = N_("Say why this is good practice: the reason is kept and printed.")


class OffDay(Invalid, code="off_day"):
    """A day that is none."""

    message = N_("“%(what)s” is no day. Choose one, or leave it empty.")


class OtherUnit(Invalid, code="other_unit"):
    """A known indicator comes in another unit than its own."""

    message = N_("This indicator is measured in %(unit)s. Give its figures in that unit, or add an indicator of your own.")


class OffFigure(Invalid, code="off_figure"):
    """A figure that its indicator cannot have."""

    message = N_("A figure of this indicator is a number from %(low)s to %(high)s, or left empty.")


class NoFigure(Invalid, code="no_figure"):
    """A figure that is no number that can be written down."""

    message = N_("A figure is a number of zero or more, or left empty.")


class ManyMeasures(Conflict, code="many_measures"):
    """A practice has as many measures as anybody could follow."""

    message = N_("A practice has %(limit)s measures at most. Remove one first.")


class NotFrozenYet(Conflict, code="not_frozen_yet"):
    """A draft is to be published."""

    message = N_("The library holds frozen versions only. Freeze “%(title)s” first.")


class NothingFrozen(Conflict, code="nothing_frozen"):
    """An event is to be published, and none of its practices is frozen."""

    message = N_("No practice of this event is frozen yet. Freeze one first: the library holds frozen versions only.")
