"""What every answer carries: a strict content security policy, no caching of pages, gzip."""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Flask, Response, current_app, request
from werkzeug.http import parse_accept_header

WORTH_PACKING = 1024  # bytes
CHOSEN = ("Cache-Control", "Content-Security-Policy", "Referrer-Policy")  # what an answer may say for itself
PACKABLE = ("text/html", "application/json")
PARTS = ("text/javascript", "text/css", "font/woff2")  # of a page, whose policy holds for them; a phone fetches some thirty


def policy(origins: list[str], framed_by: str = "'none'") -> str:
    """The content security policy: everything from this server, nothing inline, no plugins.

    Args:
        origins: where pages may open sockets to; Safari before 15.4 does not count sockets as 'self'.
        framed_by: what may show the page in a frame.
    """
    sockets = " ".join("ws" + origin.removeprefix("http") for origin in origins)
    return (
        f"default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors {framed_by}; "
        f"img-src 'self' data:; connect-src 'self' {sockets}"
    )


def of_pages(app: Flask) -> dict[str, str]:
    """What every page of *app* carries that does not say otherwise."""
    return {
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": policy(app.extensions["workshop"].settings.origins),
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


def register(app: Flask) -> None:
    """Add the headers to every answer of *app*."""
    of_page = of_pages(app)
    of_part = {name: of_page[name] for name in ("X-Content-Type-Options", "Cache-Control")}

    @app.after_request
    def finish(response: Response) -> Response:
        wanted = of_part if response.mimetype in PARTS else of_page
        for name, value in wanted.items():
            if name not in CHOSEN or name not in response.headers:
                response.headers[name] = value
        return _packed(response)


@lru_cache(maxsize=64)
def takes_gzip(header: str) -> bool:
    """Whether who sends this Accept-Encoding takes gzip; browsers send few different ones."""
    return "gzip" in parse_accept_header(header)


def over_https() -> bool:
    """Whether cookies may be kept to HTTPS: as the public address says."""
    return current_app.extensions["workshop"].settings.public_url.startswith("https:")


def _packed(response: Response) -> Response:
    wanted = response.mimetype in PACKABLE and takes_gzip(request.headers.get("Accept-Encoding", ""))
    if not wanted or response.direct_passthrough or response.headers.get("Content-Encoding"):
        return response
    response.vary.add("Accept-Encoding")
    if len(response.get_data()) > WORTH_PACKING:
        response.set_data(gzip.compress(response.get_data(), 9, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
