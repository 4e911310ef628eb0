"""Static files: read and compressed once at start, addressed by a hash of the whole tree, cached for ever.

One hash for the tree, not one per file: ES modules import each other by relative path, so a
changed module must change the address of every module that imports it.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath

from flask import Flask, Response, abort, request
from markupsafe import Markup

from workshop.web import sentences
from workshop.web.lean import lean

TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".json": "application/json",
         ".webmanifest": "application/manifest+json", ".txt": "text/plain"}
PACKED = {".woff2", ".png", ".jpg", ".ico"}  # compressed already
LEAN = {".js", ".css", ".svg"}
FOR_EVER = "public, max-age=31536000, immutable"
IMPORT = re.compile(r"""(?:^|[;\n])\s*(?:import|export)\s*(?:[^"';]*?\bfrom\s*)?["'](\.[^"']+)["']""")


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file, ready to send."""

    body: bytes
    packed: bytes | None
    type: str
    etag: str


class Assets:
    """The static files under *root*, held in memory."""

    def __init__(self, root: Path) -> None:
        paths = sorted(path for path in root.rglob("*") if path.is_file() and not path.name.startswith("."))
        self.files = {path.relative_to(root).as_posix(): _asset(path) for path in paths}
        self.hash = self._hashed()

    def add(self, made: Mapping[str, bytes]) -> None:
        """Take in files that stand nowhere: name → body."""
        self.files |= {name: _packed(body, _type(PurePosixPath(name))) for name, body in made.items()}
        self.hash = self._hashed()

    def _hashed(self) -> str:
        tree = "".join(f"{name}\0{asset.etag}\0" for name, asset in self.files.items())
        return hashlib.sha256(tree.encode()).hexdigest()[:12]

    def url(self, name: str) -> str:
        """The address of the file; a name that does not exist is a mistake of ours and says so.

        Raises:
            KeyError: there is no such file.
        """
        if name not in self.files:
            raise KeyError(f"static/{name} does not exist")
        return f"/static/{self.hash}/{name}"

    def modules(self, entry: str) -> list[str]:
        """The names of all modules that *entry* needs, itself first, found by following its imports."""
        found, waiting = [], [entry]
        while waiting:
            name = waiting.pop(0)
            if name in found or name not in self.files:
                continue
            found.append(name)
            imports = IMPORT.findall(self.files[name].body.decode())
            waiting += [posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) for path in imports]
        return found


def register(app: Flask) -> None:
    """Serve ``/static/…`` and give the templates ``asset()`` and ``module()``."""
    assets = Assets(app.extensions["workshop"].settings.static)
    assets.add(sentences.files(assets))
    preloads = {name: _preloads(assets, name) for name in assets.files if name.endswith("/main.js")}

    def serve(tree: str, name: str) -> Response:
        found = assets.files.get(name)
        if found is None:
            abort(404)
        return _response(found, fresh=tree == assets.hash)

    app.add_url_rule("/static/<tree>/<path:name>", "static", serve)
    app.extensions["assets"] = assets
    app.jinja_env.globals.update(asset=assets.url, preloads=lambda name: preloads.get(name, ""))


def _preloads(assets: Assets, entry: str) -> Markup:
    link = Markup('<link rel="modulepreload" href="{}">')
    return Markup("\n").join(link.format(assets.url(name)) for name in assets.modules(entry))


def _response(asset: Asset, fresh: bool) -> Response:
    small = asset.packed is not None and "gzip" in request.accept_encodings
    response = Response(asset.packed if small else asset.body, content_type=asset.type)
    response.headers["Cache-Control"] = FOR_EVER if fresh else "no-cache"
    response.set_etag(asset.etag + ("-gz" if small else ""))
    if small:
        response.headers["Content-Encoding"] = "gzip"
    if asset.packed is not None:
        response.headers["Vary"] = "Accept-Encoding"
    return response.make_conditional(request)


def _asset(path: Path) -> Asset:
    body = path.read_bytes()
    if path.suffix in LEAN and "vendor" not in path.parts:
        body = lean(body.decode()).encode()
    return _packed(body, _type(path), path.suffix not in PACKED)


def _type(path: PurePath) -> str:
    return TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def _packed(body: bytes, kind: str, worth: bool = True) -> Asset:
    text = kind.startswith("text/") or kind.endswith(("json", "xml"))
    packed = gzip.compress(body, 9, mtime=0) if worth else None
    smaller = packed is not None and len(packed) < len(body)
    return Asset(body, packed if smaller else None, kind + ("; charset=utf-8" if text else ""), hashlib.sha256(body).hexdigest()[:20])
