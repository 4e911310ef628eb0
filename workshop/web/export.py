"""The outcome of a session: documents in the exports folder, and the same as a download."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from flask import Blueprint, Response, current_app

from workshop.documents import apart, formats
from workshop.web import who

pages = Blueprint("export", __name__)
pages.before_request(who.facilitator)
pages.add_app_template_global(lambda: formats.FORMATS, "document_formats")
PIECE = 64 * 1024  # bytes


@pages.get("/export/<code>")
def download(code: str) -> Response:
    """Write every document of the session and give them as one zip."""
    code, where = _of(code)
    return _attached(apart.archive(*where), f"workshop-{code}.zip")


@pages.get("/export/<code>/<name>")
def single(code: str, name: str) -> Response:
    """Write the documents of one format and give its file; a zip where it is made of several."""
    wanted = formats.one(name)
    code, where = _of(code)
    if not wanted.file:
        return _attached(apart.archive(*where, [name]), f"workshop-{code}-{name}.zip")
    [path] = [path for path in apart.export(*where, [name]) if path.name == wanted.file]
    return _attached(open(path, "rb"), f"workshop-{code}{path.suffix}")


def _of(code: str) -> tuple[str, tuple[Path, str, Path]]:
    """The session's code as it is written, and where it is and its documents land."""
    workshop = current_app.extensions["workshop"]
    session, _event = workshop.entrance.session(code)
    return session.code, (workshop.store.path, session.code, workshop.settings.exports)


def _attached(file: BinaryIO, name: str) -> Response:
    """The rest of the file as a download, as it is: nothing of it is packed while a room waits."""
    response = Response(_pieces(file), content_type=formats.TYPES[Path(name).suffix], direct_passthrough=True)
    response.content_length = os.fstat(file.fileno()).st_size - file.tell()
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece
