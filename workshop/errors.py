"""The typed errors of the product, in one tree.

Each error has a stable ``code`` (for programs), an HTTP ``status`` and a ``message`` that tells a
person what to do next. Messages are English templates for ``%`` formatting with ``params``; the
edge (``web``, ``live``) translates them, once, into the reader's language.
"""

from __future__ import annotations


def N_(message: str) -> str:
    """Mark *message* for translation without translating it here."""
    return message


class WorkshopError(Exception):
    """Base of every error that a person may see.

    Args:
        field: the name of the input at fault, if one is.
        **params: values for the message template.
    """

    code = "error"
    status = 400
    message = N_("Something went wrong. Please try again.")

    def __init__(self, field: str | None = None, **params: object) -> None:
        self.field = field
        self.params = params
        super().__init__(self.message % params)


class Invalid(WorkshopError):
    """The input cannot be read as what it should be."""

    code = "invalid"
    status = 422
    message = N_("This could not be understood: %(what)s. Reload the page and try again.")


class OutOfRange(Invalid):
    """A number is too small or too large."""

    code = "out_of_range"
    message = N_("%(what)s is not between 1 and %(most)s. Choose a number in between.")


class CapTooLarge(Invalid):
    """More dots may lie on one idea than a ballot has."""

    code = "cap_too_large"
    message = N_("Of %(dots)s dots, %(cap)s cannot lie on one idea. Leave the field empty to allow all of them on one.")


class Empty(Invalid):
    """A text that must not be empty is."""

    code = "empty"
    message = N_("Please write something first.")


class TooLong(Invalid):
    """A text has more graphemes than allowed."""

    code = "too_long"
    message = N_("That is %(over)s characters too long: at most %(limit)s fit. Your text is kept.")


class UnknownPhase(Invalid):
    """A step of an agenda has a phase that there is not."""

    code = "unknown_phase"
    message = N_("There is no phase “%(what)s”. Choose one of: %(known)s.")


class OffMinutes(Invalid):
    """A step of an agenda takes no time, or more than a day has."""

    code = "off_minutes"
    message = N_("A step takes 1 to %(limit)s minutes. Type a number in between, or leave it empty for a step without a timer.")


class NoSteps(Empty):
    """An agenda without steps."""

    code = "no_steps"
    message = N_("An agenda needs at least one step. Add one first.")


class ManySteps(Invalid):
    """An agenda has more steps than anybody could run."""

    code = "many_steps"
    message = N_("An agenda has %(limit)s steps at most. Remove one first.")


class NotFound(WorkshopError):
    """Looked up through the asker's rights, the thing does not exist."""

    code = "not_found"
    status = 404
    message = N_("This does not exist, or is not yours to change.")


class UnknownCode(NotFound):
    """No session has the code."""

    code = "unknown_code"
    message = N_("No session has the code %(code)s. Check the letters on the screen and try again.")


class NotSignedIn(WorkshopError):
    """The cookie is missing, old or revoked."""

    code = "not_signed_in"
    status = 401
    message = N_("You are not signed in any more. Reload the page to come back in.")


class SentOut(WorkshopError):
    """The facilitator has taken the participant out of the session."""

    code = "sent_out"
    status = 403
    message = N_(
        "The facilitator has taken this phone out of the session. What you wrote is kept."
        " Please speak to them: they can let you in again."
    )


class Locked(WorkshopError):
    """Nobody new may join the session."""

    code = "locked"
    status = 403
    message = N_("Nobody new can join at the moment. Please speak to the facilitator.")


class Forbidden(WorkshopError):
    """Signed in, but this role may not do it."""

    code = "forbidden"
    status = 403
    message = N_("Your role may not do this. Ask the organizer for access.")


class DeadLink(WorkshopError):
    """A one-time link is unknown, spent or too old."""

    code = "dead_link"
    status = 410
    message = N_("This link has been used or is too old. Run “workshop account” on the server to get a new one.")


class WrongPassword(WorkshopError):
    """The account's name and password do not fit together."""

    code = "wrong_password"
    status = 401
    message = N_("The name or the password is not right. Check both and try again.")


class ShortPassword(Invalid):
    """A new password is too short."""

    code = "short_password"
    message = N_("A password needs at least %(limit)s characters. A short sentence is easy to keep in mind.")


class Enough(WorkshopError):
    """One person has added as much as one person can."""

    code = "enough"
    status = 409
    message = N_("You have added %(limit)s already, which is the most for one person. Change one of yours instead.")


class NewOrganisation(WorkshopError):
    """The organisation typed is not in the event's list; it may be added, or be one of ``closest``."""

    code = "new_organisation"
    status = 409
    message = N_("%(name)s is new here. Add it, or choose one of the list.")


class ListFull(WorkshopError):
    """So many organisations have been typed in that no more are taken."""

    code = "list_full"
    status = 409
    message = N_("The list of organisations is full. Choose one of the list, or come without one.")


class WrongPhase(WorkshopError):
    """The theme's phase does not take this now."""

    code = "wrong_phase"
    status = 409
    message = N_("This part of the session is not open now. Wait for the facilitator.")


class VoteClosed(WrongPhase):
    """A ballot came when its theme's vote (or round) was not open."""

    code = "vote_closed"
    message = N_("The vote on this theme is closed. Your last saved ballot counts.")


class OverBudget(WorkshopError):
    """A ballot holds more choices than the theme allows."""

    code = "over_budget"
    status = 422
    message = N_("You can tick %(limit)s ideas at most. Your saved ballot is unchanged.")


class OverDots(OverBudget):
    """A ballot has more dots than the theme allows."""

    code = "over_dots"
    message = N_("You have %(limit)s dots in all. Take one back first. Your saved ballot is unchanged.")


class OverCap(OverBudget):
    """A ballot has more dots on one idea than the session allows."""

    code = "over_cap"
    message = N_("At most %(limit)s of your dots fit on one idea. Put the others elsewhere. Your saved ballot is unchanged.")


class NoDot(Invalid):
    """A ballot names an idea without a dot on it."""

    code = "no_dot"
    message = N_("An idea has one dot or more; one without a dot is left out. Your saved ballot is unchanged.")


class OffScale(Invalid):
    """A ballot holds a value that the method does not know."""

    code = "off_scale"
    message = N_("One of the answers is not among those that can be chosen. Choose one that is shown. Your saved ballot is unchanged.")


class OffScales(OffScale):
    """An impact or an effort is not 1 to 5."""

    code = "off_scales"
    message = N_("Impact and effort are both numbers from 1 to 5. Choose both again. Your saved ballot is unchanged.")


class ForeignIdea(WorkshopError):
    """A ballot names an idea that is not in its theme."""

    code = "foreign_idea"
    status = 422
    message = N_("One of the ideas is not in this theme any more. Your saved ballot is unchanged.")


class Conflict(WorkshopError):
    """The state has moved on, so that the change does not apply any more."""

    code = "conflict"
    status = 409
    message = N_("This has changed in the meantime. Look at it once more and try again.")


class Frozen(Conflict):
    """A frozen version of a practice is to be changed."""

    code = "frozen"
    message = N_("Version %(number)s is frozen and does not change any more. Make a new version of it and change that one.")


class NotFrozen(Conflict):
    """A new version is to be made of a practice that is still open, or that has one already."""

    code = "not_frozen"
    message = N_("A new version begins from a frozen one, once. Change the draft that there is.")


class NoIdeaChosen(Empty):
    """Practices are to be drafted, and nothing was chosen."""

    code = "no_idea_chosen"
    message = N_("Choose at least one idea first.")


class NothingRevealed(Conflict):
    """Practices are to be drafted by the result of a vote, and no result is revealed."""

    code = "nothing_revealed"
    message = N_("No result is revealed yet, so nothing can be chosen by it. Reveal a theme first, or choose ideas by hand.")


class AlreadyDrafted(Conflict):
    """An idea stands in a practice already."""

    code = "already_drafted"
    message = N_("“%(idea)s” stands in the practice “%(practice)s” already. Open that one, or split the idea off it.")


class AllIdeas(Conflict):
    """All ideas of a practice are to be split off it."""

    code = "all_ideas"
    message = N_("At least one idea has to stay. Choose fewer to split off.")


class OtherSession(Conflict):
    """Two practices to be joined come from different sessions."""

    code = "other_session"
    message = N_("Only practices of the same session can be joined, and not a practice with itself.")


class Overtaken(Conflict):
    """A section was saved by somebody else first. *mine* was refused and is kept; *theirs* stands. Both are fields as stored."""

    code = "overtaken"
    message = N_("Somebody else has changed this in the meantime. Both texts are kept: choose one, or put them together.")

    def __init__(self, field: str, mine: object, theirs: object) -> None:
        super().__init__(field)
        self.mine, self.theirs = mine, theirs


class NoReason(Empty):
    """A practice is to be confirmed as good practice without a reason."""

    code = "no_reason"
    message = N_("Say why this is good practice: the reason is kept and printed.")


class OffDay(Invalid):
    """A day that is none."""

    code = "off_day"
    message = N_("“%(what)s” is no day. Choose one, or leave it empty.")


class OtherUnit(Invalid):
    """A known indicator comes in another unit than its own."""

    code = "other_unit"
    message = N_("This indicator is measured in %(unit)s. Give its figures in that unit, or add an indicator of your own.")


class OffFigure(Invalid):
    """A figure that its indicator cannot have."""

    code = "off_figure"
    message = N_("A figure of this indicator is a number from %(low)s to %(high)s, or left empty.")


class NoFigure(Invalid):
    """A figure that is no number that can be written down."""

    code = "no_figure"
    message = N_("A figure is a number of zero or more, or left empty.")


class ManyMeasures(Conflict):
    """A practice has as many measures as anybody could follow."""

    code = "many_measures"
    message = N_("A practice has %(limit)s measures at most. Remove one first.")


class AllReadOut(WorkshopError):
    """No idea of the theme is left to be read out."""

    code = "all_read_out"
    status = 409
    message = N_("Every idea of this theme has been read out. Show the board, or go on.")


class OffYear(Invalid):
    """The year of an experience cannot be."""

    code = "off_year"
    message = N_("A year is a number from %(first)s to %(last)s, or left empty. Your text is kept.")


class NotDone(Invalid):
    """A result or a year goes with something that nobody does."""

    code = "not_done"
    message = N_("A result and its year go with “we do this”. Choose that, or leave them empty. Your text is kept.")


class SameIdea(Conflict):
    """An idea is to be grouped with itself."""

    code = "same_idea"
    message = N_("This is one and the same idea. Choose another one.")


class AlreadyMerged(Conflict):
    """The idea is in a group, which somebody else may have made in the meantime."""

    code = "already_merged"
    message = N_("“%(title)s” is grouped with “%(into)s” already. Choose “%(into)s” instead, or take it out of the group first.")


class NotMerged(Conflict):
    """The idea is in no group."""

    code = "not_merged"
    message = N_("“%(title)s” stands by itself already, so there is no group to change.")


class OtherTheme(Conflict):
    """Two ideas to be grouped stand in different themes."""

    code = "other_theme"
    message = N_("The two ideas stand in different themes. Move one of them first.")


class NotShown(Conflict):
    """The idea that is to lead a group is hidden, held or withdrawn."""

    code = "not_shown"
    message = N_("The room does not see “%(title)s”. Restore it first, or choose another idea.")


class TooManyThemes(Conflict):
    """The session has as many themes as it may have."""

    code = "too_many_themes"
    message = N_("A session has %(limit)s themes at most. Rename one of them instead.")


class NoIdeas(Invalid):
    """A theme is to be split, and no idea was chosen for the new one."""

    code = "no_ideas"
    message = N_("Choose at least one idea for the new theme.")


class MovedOn(Conflict):
    """Somebody else has gone to another step of the agenda since this console last looked."""

    code = "moved_on"
    message = N_("Somebody else has just gone to another step. See where the agenda is now, then go on from there.")


class StepIsNow(Conflict):
    """The step is being run, so that it cannot be taken away or become another one."""

    code = "step_is_now"
    message = N_("The room is at this step. Go to another step first, then change this one.")


class RealPeopleHere(WorkshopError):
    """A rehearsal would mix with what real participants wrote and voted."""

    code = "real_people_here"
    status = 409
    message = N_(
        "People have already written or voted in this session. A rehearsal changes its phase and shows them made-up ideas until it"
        " is wiped. What they wrote is kept. Copy the session and rehearse the copy, or confirm."
    )


class RealAnswers(WorkshopError):
    """Real participants have answered to what a wipe would remove."""

    code = "real_answers"
    status = 409
    message = N_(
        "Real participants have added experiences to made-up ideas, or voted for them. Those go with the ideas; everything else of"
        " theirs stays. Confirm to wipe."
    )


class Rehearsing(WorkshopError):
    """Only one rehearsal runs at a time."""

    code = "rehearsing"
    status = 409
    message = N_("A rehearsal is running. Wait until it is done, or stop it first.")


class TooMany(WorkshopError):
    """Slow down: ``wait`` says for how many seconds."""

    code = "too_many"
    status = 429
    message = N_("Too many tries. Wait %(wait)s seconds and try again.")


class NotSaved(WorkshopError):
    """The store refused to write (disk full, read-only, locked): nothing was saved."""

    code = "not_saved"
    status = 503
    message = N_("The server cannot save at the moment. Your text is kept here and will be sent again.")


class SettingError(WorkshopError):
    """A setting is wrong; the process names the variable and stops."""

    code = "setting"
    message = N_("%(variable)s: %(problem)s. %(remedy)s")


class StoreTooNew(WorkshopError):
    """The database was written by a newer version of the product."""

    code = "store_too_new"
    message = N_(
        "The database %(path)s has schema %(found)s, this version knows %(known)s."
        " Update the workshop tool, or use another data folder."
    )


class StoreUnavailable(WorkshopError):
    """The database cannot be opened at all."""

    code = "store_unavailable"
    status = 503
    message = N_("The database %(path)s cannot be opened: %(problem)s. Check the folder's rights and the free space.")


class DataInUse(WorkshopError):
    """Another process serves the data folder, restores its database or upgrades it."""

    code = "data_in_use"
    status = 503
    message = N_("The data folder %(folder)s is in use by %(process)s. Stop that first, or choose another folder: --data FOLDER.")


class CannotBackUp(WorkshopError):
    """There is no backup; nothing is left behind, and nothing that was there is touched."""

    code = "cannot_back_up"
    status = 503
    message = N_("No backup was made: %(problem)s. %(remedy)s")


class CannotRestore(WorkshopError):
    """The database is as it was."""

    code = "cannot_restore"
    status = 503
    message = N_("Nothing was restored: %(problem)s. %(remedy)s")


class CannotExport(WorkshopError):
    """The documents cannot be written where they should land."""

    code = "cannot_export"
    status = 503
    message = N_("The documents cannot be written to %(folder)s: %(problem)s. Check the folder's rights and the free space.")


class NotFrozenYet(Conflict):
    """A draft is to be published."""

    code = "not_frozen_yet"
    message = N_("The library holds frozen versions only. Freeze “%(title)s” first.")


class NothingFrozen(Conflict):
    """An event is to be published, and none of its practices is frozen."""

    code = "nothing_frozen"
    message = N_("No practice of this event is frozen yet. Freeze one first: the library holds frozen versions only.")


class CannotImport(WorkshopError):
    """A file is not imported, and nothing of it or of the files beside it. *field* is the place in the file."""

    code = "cannot_import"
    status = 422
    message = N_("%(file)s, line %(line)s, %(where)s: %(problem)s. Nothing was imported.")


class TooLargeToImport(CannotImport):
    """A file is larger than what is read."""

    code = "too_large_to_import"
    message = N_("%(file)s has more than %(limit)s MB, which no export has. Nothing was imported.")


class TooDeepToImport(CannotImport):
    """A file nests deeper than any that is ours."""

    code = "too_deep_to_import"
    message = N_("%(file)s, line %(line)s: it nests more than %(limit)s deep, which no export does. Nothing was imported.")


class NewerFile(CannotImport):
    """A file is of a version of the format that this product does not know."""

    code = "newer_file"
    message = N_("%(file)s, line %(line)s, %(where)s: version %(found)s of the format is not known here, only %(known)s. "
                 "Update the workshop tool, or export the file anew. Nothing was imported.")


class OtherFile(CannotImport):
    """A file is none of ours."""

    code = "other_file"
    message = N_("%(file)s, line %(line)s: this is neither a report.json nor the Markdown of one practice (practice-….md). "
                 "Nothing was imported.")
