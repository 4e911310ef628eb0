"""Where to go next, and never to another site."""

from __future__ import annotations

from urllib.parse import urlsplit


def safe(path: str | None, otherwise: str = "/") -> str:
    """*path* if it is a path on this server, else *otherwise*."""
    path = path or ""
    foreign = not path.startswith("/") or path.startswith(("//", "/\\")) or any(ord(sign) < 33 for sign in path)
    return otherwise if foreign or "\\" in path else path


def address(public_url: str) -> str:
    """The address as a person types it: without the scheme, which browsers add."""
    parts = urlsplit(public_url)
    return (parts.netloc + parts.path).rstrip("/")
