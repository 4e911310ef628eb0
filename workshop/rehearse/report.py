"""What a rehearsal prints: a progress line while it runs, and a table at its end."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import TextIO

BAR = 24  # characters
REDRAW = 0.1  # seconds


def percentile(values: Sequence[float], share: float) -> float | None:
    """The smallest of *values* that at least *share* (0–1) of them do not exceed (nearest rank); None for no values."""
    if not values:
        return None
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def milliseconds(seconds: float | None) -> str:
    """*seconds* for a table, in milliseconds."""
    return "–" if seconds is None else f"{seconds * 1000:,.0f} ms"


def table(rows: Iterable[tuple[str, object]]) -> str:
    """Two columns: names, and values flush right."""
    lines = [(name, f"{value:,}" if isinstance(value, int) else str(value)) for name, value in rows]
    left = max(len(name) for name, _ in lines)
    right = max(len(value) for _, value in lines)
    return "\n".join(f"  {name:<{left}}  {value:>{right}}" for name, value in lines)


class Progress:
    """A progress bar with its rate; silent where nobody watches (not a terminal). A context manager.

    Args:
        label: what is being done.
        total: how many steps it takes.
    """

    def __init__(self, label: str, total: int, stream: TextIO | None = None) -> None:
        self._label, self._total, self._stream = label, total, stream or sys.stderr
        self._done, self._drawn, self._start = 0, 0.0, time.monotonic()
        self._shown = self._stream.isatty()

    def __enter__(self) -> Progress:
        self._draw()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._draw()
        if self._shown:
            self._stream.write("\n")

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        if time.monotonic() - self._drawn >= REDRAW:
            self._draw()

    def _draw(self) -> None:
        if not self._shown:
            return
        self._drawn = time.monotonic()
        filled = BAR * self._done // max(1, self._total)
        rate = self._done / max(0.001, self._drawn - self._start)
        bar = "█" * filled + "·" * (BAR - filled)
        self._stream.write(f"\r  {self._label:<10} {bar} {self._done:>6,}/{self._total:,}  {rate:,.0f}/s ")
        self._stream.flush()
