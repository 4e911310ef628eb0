"""What the form of a page is answered: at the entrance, of an account, and of a session's settings."""

from __future__ import annotations

from workshop.errors.base import N_, Invalid, WorkshopError

# -- the entrance -----------------------------------------------------------------------------------


class Locked(WorkshopError, code="locked", status=403):
    """Nobody new may join the session."""

    message = N_("Nobody new can join at the moment. Please speak to the facilitator.")


class NewOrganisation(WorkshopError, code="new_organisation", status=409):
    """The organisation typed is not in the event's list; it may be added, or be one of ``closest``."""

    message = N_("%(name)s is new here. Add it, or choose one of the list.")


class ListFull(WorkshopError, code="list_full", status=409):
    """So many organisations have been typed in that no more are taken."""

    message = N_("The list of organisations is full. Choose one of the list, or come without one.")


# -- accounts ---------------------------------------------------------------------------------------


class DeadLink(WorkshopError, code="dead_link", status=410):
    """A one-time link is unknown, spent or too old."""

    message = N_("This link has been used or is too old. Run “workshop account” on the server to get a new one.")


class WrongPassword(WorkshopError, code="wrong_password", status=401):
    """The account's name and password do not fit together."""

    message = N_("The name or the password is not right. Check both and try again.")


class ShortPassword(Invalid, code="short_password"):
    """A new password is too short."""

    message = N_("A password needs at least %(limit)s characters. A short sentence is easy to keep in mind.")


# -- the settings of a session ----------------------------------------------------------------------


class OutOfRange(Invalid, code="out_of_range"):
    """A number is too small or too large."""

    message = N_("%(what)s is not between 1 and %(most)s. Choose a number in between.")


class CapTooLarge(Invalid, code="cap_too_large"):
    """More dots may lie on one idea than a ballot has."""

    message = N_("Of %(dots)s dots, %(cap)s cannot lie on one idea. Leave the field empty to allow all of them on one.")
