"""Let anything happen to a session in any order, and hold what everybody sees to the tables: `tests/test_machine.py` for longer.

    python3 -m bench machine [--minutes 5] [--steps 60] [--seed N]

Every seed gives ten sessions. A failure prints its seed; ``--seed N --minutes 0`` plays it again and shortens it.
"""

from __future__ import annotations

import argparse
import itertools
import random
import tempfile
import time
from pathlib import Path

from hypothesis import Phase, settings

from tests.test_machine import QUICK, explore
from workshop.live import hub


def main(arguments: list[str]) -> int:
    """Try seeds until the time is up; 1 where one fails, with all that Hypothesis tells of it."""
    args = parser().parse_args(arguments)
    hub.TICK = 0.0
    end, first = time.monotonic() + 60 * args.minutes, random.randrange(10**6) if args.seed is None else args.seed
    phases = [Phase.generate, Phase.shrink] if args.seed is not None else [Phase.generate]
    chosen = settings(QUICK, stateful_step_count=args.steps, phases=phases)
    for chance in itertools.count(first):
        print(f"seed {chance}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            explore(Path(folder), chance, chosen)
        if time.monotonic() >= end:
            print(f"{chance - first + 1} seeds, no difference")
            return 0


def parser() -> argparse.ArgumentParser:
    """What the command line takes."""
    one = argparse.ArgumentParser(prog="python3 -m bench machine", description="Let anything happen to a session in any order.")
    one.add_argument("--minutes", type=float, default=5.0, metavar="N", help="how long to look (%(default)s)")
    one.add_argument("--steps", type=int, default=60, metavar="N", help="steps of a session (%(default)s)")
    one.add_argument("--seed", type=int, metavar="N", help="where to begin, and shorten what fails")
    return one
