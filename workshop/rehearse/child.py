"""The rehearsal that the console starts, in a process of its own: ``python -m workshop.rehearse.child``.

It reads its job as one line of JSON, tells how it goes in lines of JSON, and ends when its input does: with the server that
started it. In a process of its own because the server's one loop belongs to the room: there it would take part in the clients' work.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

from workshop import errors
from workshop.rehearse import WRONG, check
from workshop.rehearse.client import Refused
from workshop.rehearse.desk import Desk
from workshop.rehearse.rehearsal import Plan, Rehearsal

GIVES_WAY = 10  # of 19: the room goes first where the computer has no time for both


def main() -> int:
    """Play the job on standard input.

    Returns:
        0, or 2 where it could not be played to its end.
    """
    if hasattr(os, "nice"):
        os.nice(GIVES_WAY)
    job = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_input, daemon=True).start()
    try:
        _tell(lost=_played(job))
    except (errors.WorkshopError, Refused, TimeoutError) as problem:
        _tell(problem=str(problem))
        return WRONG
    return 0


def _played(job: dict[str, Any]) -> int:
    """How much was acknowledged and is not stored. (What is there twice cannot be told: real people may come meanwhile.)"""
    data, plan = Path(job["data"]), Plan(job["code"], job["participants"], job["url"], job["pace"])
    with Desk(data) as desk:
        before = desk.record(plan.code)
    seen = asyncio.run(Rehearsal(plan, before, {"account": job["token"]}, lambda step: _tell(step=step)).run())
    with Desk(data) as desk:
        return check.compare(seen, before, desk.record(plan.code)).lost


def _tell(**what: object) -> None:
    print(json.dumps(what), flush=True)


def _end_with_input() -> None:
    sys.stdin.read()
    os._exit(WRONG)


if __name__ == "__main__":
    sys.exit(main())
