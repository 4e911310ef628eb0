"""``workshop rehearse``: simulated participants over real sockets, and replays of real conversations."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from workshop.config import Settings

WRONG = 2  # exit code: it could not be played to its end


def main(args: argparse.Namespace, settings: Settings) -> int:
    """Run ``rehearse`` as the command line says.

    Args:
        args: ``replay`` (a folder) and ``kills``, or ``code``, ``participants``, ``url``, ``pace``.

    Returns:
        the exit code: 0 all is well, 1 something was lost, doubled or differs, 2 the server refused or went away.

    Raises:
        errors.WorkshopError: it cannot be tried at all.
    """
    # Imported here: the other commands need none of it, and the clients are not light.
    from workshop.rehearse import rehearsal, replay
    from workshop.rehearse.client import Refused

    try:
        if args.replay:
            return replay.run(Path(args.replay), getattr(args, "kills", 0))
        return rehearsal.run(rehearsal.Plan.of(args, settings), settings.data)
    except (Refused, TimeoutError) as problem:
        print(f"workshop: {problem}", file=sys.stderr)
        return WRONG
