"""The root of the tree, and what anybody may be answered."""

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

    def __init_subclass__(cls, *, code: str, status: int | None = None) -> None:
        """A kind of error names a code of its own, and a status where it is not its parent's."""
        cls.code = code
        cls.status = status or cls.status

    def __init__(self, field: str | None = None, **params: object) -> None:
        self.field = field
        self.params = params
        super().__init__(self.message % params)


class Invalid(WorkshopError, code="invalid", status=422):
    """The input cannot be read as what it should be."""

    message = N_("This could not be understood: %(what)s. Reload the page and try again.")


class Empty(Invalid, code="empty"):
    """A text that must not be empty is."""

    message = N_("Please write something first.")


class TooLong(Invalid, code="too_long"):
    """A text has more graphemes than allowed."""

    message = N_("That is %(over)s characters too long: at most %(limit)s fit. Your text is kept.")


class NotFound(WorkshopError, code="not_found", status=404):
    """Looked up through the asker's rights, the thing does not exist."""

    message = N_("This does not exist, or is not yours to change.")


class UnknownCode(NotFound, code="unknown_code"):
    """No session has the code."""

    message = N_("No session has the code %(code)s. Check the letters on the screen and try again.")


class NotSignedIn(WorkshopError, code="not_signed_in", status=401):
    """The cookie is missing, old or revoked."""

    message = N_("You are not signed in any more. Reload the page to come back in.")


class Forbidden(WorkshopError, code="forbidden", status=403):
    """Signed in, but this role may not do it."""

    message = N_("Your role may not do this. Ask the organizer for access.")


class Conflict(WorkshopError, code="conflict", status=409):
    """The state has moved on, so that the change does not apply any more."""

    message = N_("This has changed in the meantime. Look at it once more and try again.")


class TooManyThemes(Conflict, code="too_many_themes"):
    """The session has as many themes as it may have."""

    message = N_("A session has %(limit)s themes at most. Rename one of them instead.")


class ThemeInUse(Conflict, code="theme_in_use"):
    """A theme is to be taken away that something belongs to."""

    message = N_("“%(title)s” has ideas or ballots, or a step of the agenda is for it. Change that first, or keep the theme.")


class TooMany(WorkshopError, code="too_many", status=429):
    """Slow down: ``wait`` says for how many seconds."""

    message = N_("Too many tries. Wait %(wait)s seconds and try again.")


class NotSaved(WorkshopError, code="not_saved", status=503):
    """The store refused to write (disk full, read-only, locked): nothing was saved."""

    message = N_("The server cannot save at the moment. Your text is kept here and will be sent again.")
