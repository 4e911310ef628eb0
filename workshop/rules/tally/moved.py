"""A second round beside the first: what moved."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.rules.ranking import Result


@dataclass(frozen=True, slots=True)
class Move:
    """One idea in two rounds; None where it was not (``before``: it is new) or is no more (``after``: it is gone)."""

    idea: str
    rank_before: int | None
    rank: int | None
    score_before: float | None
    score: float | None

    @property
    def new(self) -> bool:
        """Whether only the later round has the idea."""
        return self.rank_before is None

    @property
    def gone(self) -> bool:
        """Whether only the earlier round has the idea."""
        return self.rank is None

    @property
    def places(self) -> int:
        """How many places it rose (below zero: fell); 0 where one of the rounds lacks it."""
        return 0 if self.rank_before is None or self.rank is None else self.rank_before - self.rank


def moved(before: Result, after: Result) -> tuple[Move, ...]:
    """Every idea of either round, in the order of the later one; what is gone last, in the order of the earlier."""
    then = {s.idea: s for s in before.standings}
    now = {s.idea: s for s in after.standings}
    order = [*now, *(idea for idea in then if idea not in now)]
    return tuple(
        Move(i, then[i].rank if i in then else None, now[i].rank if i in now else None,
             then[i].score if i in then else None, now[i].score if i in now else None)
        for i in order
    )
