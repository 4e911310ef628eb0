"""What every answer carries: a strict content security policy, no caching of pages, gzip."""

from __future__ import annotations

import gzip

from flask import Flask, Response, current_app, request

WORTH_PACKING = 1024  # bytes
PACKABLE = ("text/html", "application/json")
PARTS = ("text/javascript", "text/css", "font/woff2")  # of a page, whose policy holds for them; a phone fetches some thirty


def policy(origins: list[str]) -> str:
    """The content security policy: everything from this server, nothing inline, no frames, no plugins.

    Args:
        origins: where pages may open sockets to; Safari before 15.4 does not count sockets as 'self'.
    """
    sockets = " ".join("ws" + origin.removeprefix("http") for origin in origins)
    return (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        f"img-src 'self' data:; connect-src 'self' {sockets}"
    )


def register(app: Flask) -> None:
    """Add the headers to every answer of *app*."""
    content_policy = policy(app.extensions["workshop"].settings.origins)

    @app.after_request
    def finish(response: Response) -> Response:
        response.headers["X-Content-Type-Options"] = "nosniff"
        if response.mimetype not in PARTS:
            response.headers["Content-Security-Policy"] = content_policy
            response.headers["Referrer-Policy"] = "same-origin"
            response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return _packed(response)


def over_https() -> bool:
    """Whether cookies may be kept to HTTPS: as the public address says."""
    return current_app.extensions["workshop"].settings.public_url.startswith("https:")


def _packed(response: Response) -> Response:
    wanted = response.mimetype in PACKABLE and "gzip" in request.accept_encodings
    if not wanted or response.direct_passthrough or response.headers.get("Content-Encoding"):
        return response
    response.vary.add("Accept-Encoding")
    if len(response.get_data()) > WORTH_PACKING:
        response.set_data(gzip.compress(response.get_data(), 9, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
