"""The outcome of a session: documents in the exports folder, and the same as a download."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, current_app

from workshop import documents
from workshop.documents import apart, formats
from workshop.native import natively
from workshop.web import who

pages = Blueprint("export", __name__)
pages.before_request(who.facilitator)
pages.add_app_template_global(lambda: formats.FORMATS, "document_formats")


@pages.get("/export/<code>")
def download(code: str) -> Response:
    """Write every document of the session and give them as one zip."""
    code, files = _written(code)
    return _zipped(files, f"workshop-{code}.zip")


@pages.get("/export/<code>/<name>")
def single(code: str, name: str) -> Response:
    """Write the documents of one format and give its file; a zip where it is made of several."""
    wanted = formats.one(name)
    code, files = _written(code, name)
    for path in files:
        if path.name == wanted.file:
            return _attached(natively(path.read_bytes), f"workshop-{code}{path.suffix}")
    return _zipped(files, f"workshop-{code}-{name}.zip")


def _written(code: str, *names: str) -> tuple[str, list[Path]]:
    """The session's code as it is written, and where its documents are now."""
    workshop = current_app.extensions["workshop"]
    session, _event = workshop.entrance.session(code)
    return session.code, apart.export(workshop.store.path, session.code, workshop.settings.exports, names)


def _zipped(files: list[Path], name: str) -> Response:
    """The files as one zip; packing some megabytes takes a tenth of a second, in which the room goes on."""
    return _attached(natively(lambda: documents.archive(files)), name)


def _attached(content: bytes, name: str) -> Response:
    response = Response(content, content_type=formats.TYPES[Path(name).suffix])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
