"""What a console is answered: about themes, groups of ideas, the agenda and rehearsals."""

from __future__ import annotations

from workshop.errors.base import N_, Conflict, Empty, Invalid, WorkshopError

# -- themes -----------------------------------------------------------------------------------------


class NoIdeas(Invalid, code="no_ideas"):
    """A theme is to be split, and no idea was chosen for the new one."""

    message = N_("Choose at least one idea for the new theme.")


class AllReadOut(WorkshopError, code="all_read_out", status=409):
    """No idea of the theme is left to be read out."""

    message = N_("Every idea of this theme has been read out. Show the board, or go on.")


# -- groups of ideas --------------------------------------------------------------------------------


class SameIdea(Conflict, code="same_idea"):
    """An idea is to be grouped with itself."""

    message = N_("This is one and the same idea. Choose another one.")


class AlreadyMerged(Conflict, code="already_merged"):
    """The idea is in a group, which somebody else may have made in the meantime."""

    message = N_("“%(title)s” is grouped with “%(into)s” already. Choose “%(into)s” instead, or take it out of the group first.")


class NotMerged(Conflict, code="not_merged"):
    """The idea is in no group."""

    message = N_("“%(title)s” stands by itself already, so there is no group to change.")


class OtherTheme(Conflict, code="other_theme"):
    """Two ideas to be grouped stand in different themes."""

    message = N_("The two ideas stand in different themes. Move one of them first.")


class NotShown(Conflict, code="not_shown"):
    """The idea that is to lead a group is hidden, held or withdrawn."""

    message = N_("The room does not see “%(title)s”. Restore it first, or choose another idea.")


# -- the agenda -------------------------------------------------------------------------------------


class UnknownPhase(Invalid, code="unknown_phase"):
    """A step of an agenda has a phase that there is not."""

    message = N_("There is no phase “%(what)s”. Choose one of: %(known)s.")


class OffMinutes(Invalid, code="off_minutes"):
    """A step of an agenda takes no time, or more than a day has."""

    message = N_("A step takes 1 to %(limit)s minutes. Type a number in between, or leave it empty for a step without a timer.")


class NoSteps(Empty, code="no_steps"):
    """An agenda without steps."""

    message = N_("An agenda needs at least one step. Add one first.")


class ManySteps(Invalid, code="many_steps"):
    """An agenda has more steps than anybody could run."""

    message = N_("An agenda has %(limit)s steps at most. Remove one first.")


class MovedOn(Conflict, code="moved_on"):
    """Somebody else has gone to another step of the agenda since this console last looked."""

    message = N_("Somebody else has just gone to another step. See where the agenda is now, then go on from there.")


class NewRound(Conflict, code="new_round"):
    """Somebody else has begun a new round of the vote since this console last looked."""

    message = N_("Somebody else has just begun a new round of this vote: it is under way. Press once more only for a further one.")


class StepIsNow(Conflict, code="step_is_now"):
    """The step is being run, so that it cannot be taken away or become another one."""

    message = N_("The room is at this step. Go to another step first, then change this one.")


# -- rehearsals -------------------------------------------------------------------------------------


class Rehearsing(WorkshopError, code="rehearsing", status=409):
    """Only one rehearsal runs at a time."""

    message = N_("A rehearsal is running. Wait until it is done, or stop it first.")


class RealPeopleHere(WorkshopError, code="real_people_here", status=409):
    """A rehearsal would mix with what real participants wrote and voted."""

    message = N_(
        "People have already written or voted in this session. A rehearsal changes its phase and shows them made-up ideas until it"
        " is wiped. What they wrote is kept. Copy the session and rehearse the copy, or confirm."
    )


class RealAnswers(WorkshopError, code="real_answers", status=409):
    """Real participants have answered to what a wipe would remove."""

    message = N_(
        "Real participants have added experiences to made-up ideas, or voted for them. Those go with the ideas; everything else of"
        " theirs stays. Confirm to wipe."
    )
