"""For those who watch the server: the process lives, the store answers."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return jsonify(ok=True)


@pages.get("/readyz")
def ready() -> tuple[Response, int]:
    """The store answers; 503 where it does not."""
    try:
        current_app.extensions["workshop"].organize.events()
    except Exception:
        current_app.logger.exception("the store does not answer")
        return jsonify(ok=False), 503
    return jsonify(ok=True), 200
