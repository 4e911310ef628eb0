"""What a phone is answered: about what is written, and about ballots."""

from __future__ import annotations

from workshop.errors.base import N_, Invalid, WorkshopError

# -- what is written --------------------------------------------------------------------------------


class SentOut(WorkshopError, code="sent_out", status=403):
    """The facilitator has taken the participant out of the session."""

    message = N_(
        "The facilitator has taken this phone out of the session. What you wrote is kept."
        " Please speak to them: they can let you in again."
    )


class Enough(WorkshopError, code="enough", status=409):
    """One person has added as much as one person can."""

    message = N_("You have added %(limit)s already, which is the most for one person. Change one of yours instead.")


class WrongPhase(WorkshopError, code="wrong_phase", status=409):
    """The theme's phase does not take this now."""

    message = N_("This part of the session is not open now. Wait for the facilitator.")


class OffYear(Invalid, code="off_year"):
    """The year of an experience cannot be."""

    message = N_("A year is a number from %(first)s to %(last)s, or left empty. Your text is kept.")


class NotDone(Invalid, code="not_done"):
    """A result or a year goes with something that nobody does."""

    message = N_("A result and its year go with “we do this”. Choose that, or leave them empty. Your text is kept.")


# -- ballots ----------------------------------------------------------------------------------------


class VoteClosed(WrongPhase, code="vote_closed"):
    """A ballot came when its theme's vote (or round) was not open."""

    message = N_("The vote on this theme is closed. Your last saved ballot counts.")


class ForeignIdea(WorkshopError, code="foreign_idea", status=422):
    """A ballot names an idea that is not in its theme."""

    message = N_("One of the ideas is not in this theme any more. Your saved ballot is unchanged.")


class OverBudget(WorkshopError, code="over_budget", status=422):
    """A ballot holds more choices than the theme allows."""

    message = N_("You can tick %(limit)s ideas at most. Your saved ballot is unchanged.")


class OverDots(OverBudget, code="over_dots"):
    """A ballot has more dots than the theme allows."""

    message = N_("You have %(limit)s dots in all. Take one back first. Your saved ballot is unchanged.")


class OverCap(OverBudget, code="over_cap"):
    """A ballot has more dots on one idea than the session allows."""

    message = N_("At most %(limit)s of your dots fit on one idea. Put the others elsewhere. Your saved ballot is unchanged.")


class NoDot(Invalid, code="no_dot"):
    """A ballot names an idea without a dot on it."""

    message = N_("An idea has one dot or more; one without a dot is left out. Your saved ballot is unchanged.")


class OffScale(Invalid, code="off_scale"):
    """A ballot holds a value that the method does not know."""

    message = N_("One of the answers is not among those that can be chosen. Choose one that is shown. Your saved ballot is unchanged.")


class OffScales(OffScale, code="off_scales"):
    """An impact or an effort is not 1 to 5."""

    message = N_("Impact and effort are both numbers from 1 to 5. Choose both again. Your saved ballot is unchanged.")
