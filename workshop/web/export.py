"""The outcome of a session: documents in the exports folder, and the same as one download."""

from __future__ import annotations

from flask import Blueprint, Response, current_app

from workshop import documents
from workshop.web import who

pages = Blueprint("export", __name__)
pages.before_request(who.facilitator)


@pages.get("/export/<code>")
def download(code: str) -> Response:
    """Write the documents of the session and give them as one zip."""
    workshop = current_app.extensions["workshop"]
    session, _event = workshop.entrance.session(code)
    files = documents.export(workshop.store, session.code, workshop.settings.exports)
    response = Response(documents.archive(files), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="workshop-{session.code}.zip"'
    return response
