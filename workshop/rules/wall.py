"""What the wall can be told to show, and how a choice is kept: as JSON text with the session."""

from __future__ import annotations

import json
from typing import Any

# auto follows the phase; qr is the lobby; what results show of a theme that is not revealed is its turnout.
VIEWS = ("auto", "qr", "question", "idea", "board", "turnout", "results", "overview", "blank")
FOLLOWING: dict[str, Any] = {"view": "auto", "theme": None, "page": 0, "idea": None}
# A QR in the corner for late-comers, and a sound when the time is up: switches that stay as they are whatever is shown.
SWITCHES: dict[str, Any] = {"corner": True, "sound": True}


def opened(kept: str) -> dict[str, Any]:
    """The choice in *kept*; what an older choice does not say is as at the beginning."""
    return FOLLOWING | SWITCHES | (json.loads(kept) if kept else {})


def shows(kept: str, **choice: Any) -> str:
    """The text to keep when *choice* is shown from now on, and nothing else but the switches stays of *kept*."""
    before = opened(kept)
    return json.dumps(FOLLOWING | {name: before[name] for name in SWITCHES} | choice)


def switched(kept: str, **switches: bool | None) -> str:
    """The text to keep when *switches* are set; None leaves one as it is, and what is shown stays."""
    return json.dumps(opened(kept) | {name: value for name, value in switches.items() if value is not None})
