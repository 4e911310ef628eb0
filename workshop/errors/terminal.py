"""What a command of the terminal says and ends with."""

from __future__ import annotations

from workshop.errors.base import N_, TooMany, WorkshopError


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


class ManyDocuments(TooMany, code="many_documents"):
    """As many documents of the library are being made as may wait; ``wait`` says when to ask again, in seconds."""

    message = N_("Many documents are being made at this moment. Wait %(wait)s seconds and try again.")


class NotTypeset(WorkshopError, code="not_typeset", status=503):
    """A PDF could not be made within its bounds of time and memory."""

    message = N_("The PDF took too long or could not be made. Try again, or choose another format.")


class CannotImport(WorkshopError, code="cannot_import", status=422):
    """A file is not imported, and nothing of it or of the files beside it. *field* is the place in the file."""

    message = N_("%(file)s, line %(line)s, %(where)s: %(problem)s. Nothing was imported.")


class TooLargeToImport(CannotImport, code="too_large_to_import"):
    """A file is larger than what is read."""

    message = N_("%(file)s has more than %(limit)s MB, which no export has. Nothing was imported.")


class TooDeepToImport(CannotImport, code="too_deep_to_import"):
    """A file nests deeper than any that is ours."""

    message = N_("%(file)s, line %(line)s: it nests more than %(limit)s deep, which no export does. Nothing was imported.")


class NewerFile(CannotImport, code="newer_file"):
    """A file is of a version of the format that this product does not know."""

    message = N_("%(file)s, line %(line)s, %(where)s: version %(found)s of the format is not known here, only %(known)s. "
                 "Update the workshop tool, or export the file anew. Nothing was imported.")


class OtherFile(CannotImport, code="other_file"):
    """A file is none of ours."""

    message = N_("%(file)s, line %(line)s: this is neither a report.json, nor the zip that it came in, nor the Markdown of one practice "
                 "(practice-….md). Nothing was imported.")


class DocumentNotRead(OtherFile, code="document_not_read"):
    """A file is ours or could be, and made for people to read."""

    message = N_("%(file)s is a document for people to read (%(format)s). Import the report.json that lies beside it, the zip that it came "
                 "in, or the Markdown of one practice (practice-….md). Nothing was imported.")
