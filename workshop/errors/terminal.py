"""What a command of the terminal says and ends with."""

from __future__ import annotations

from workshop.errors.base import N_, WorkshopError


class SettingError(WorkshopError, code="setting"):
    """A setting is wrong; the process names the variable and stops."""

    message = N_("%(variable)s: %(problem)s. %(remedy)s")


class StoreTooNew(WorkshopError, code="store_too_new"):
    """The database was written by a newer version of the product."""

    message = N_(
        "The database %(path)s has schema %(found)s, this version knows %(known)s."
        " Update the workshop tool, or use another data folder."
    )


class StoreUnavailable(WorkshopError, code="store_unavailable", status=503):
    """The database cannot be opened at all."""

    message = N_("The database %(path)s cannot be opened: %(problem)s. Check the folder's rights and the free space.")


class DataInUse(WorkshopError, code="data_in_use", status=503):
    """Another process serves the data folder, restores its database or upgrades it."""

    message = N_("The data folder %(folder)s is in use by %(process)s. Stop that first, or choose another folder: --data FOLDER.")


class CannotBackUp(WorkshopError, code="cannot_back_up", status=503):
    """There is no backup; nothing is left behind, and nothing that was there is touched."""

    message = N_("No backup was made: %(problem)s. %(remedy)s")


class CannotRestore(WorkshopError, code="cannot_restore", status=503):
    """The database is as it was."""

    message = N_("Nothing was restored: %(problem)s. %(remedy)s")


class CannotExport(WorkshopError, code="cannot_export", status=503):
    """The documents cannot be written where they should land."""

    message = N_("The documents cannot be written to %(folder)s: %(problem)s. Check the folder's rights and the free space.")


class UnknownFormat(WorkshopError, code="unknown_format", status=404):
    """No writer has the name; the message lists those there are."""

    message = N_("There is no format “%(name)s”. Choose among: %(known)s.")


class ExportStopped(WorkshopError, code="export_stopped", status=503):
    """The writers were ended, or ended by themselves; what was there before is still there."""

    message = N_("The documents took too long or could not be made. Try again, or download one format at a time.")


class NotTypeset(WorkshopError, code="not_typeset", status=503):
    """A PDF could not be made within its bounds of time and memory."""

    message = N_("The PDF took too long or could not be made. Try again, or choose another format.")
