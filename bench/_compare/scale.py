"""How much of everything is measured."""

from __future__ import annotations

from dataclasses import dataclass

Figures = dict[str, float]  # by name: times in seconds, memory in bytes, shares 0–1


@dataclass(frozen=True)
class Scale:
    """The sizes of one round.

    Args:
        fanout, memory: numbers of phones, rising.
        emissions: changes that every phone hears of, after ``warming`` in a room of ``warm_room``.
        rate: votes a second where they are paced.
        stretches: of paced votes, each with a last vote.
        settling: seconds until a server has put away what a crowd's coming left behind.
        idle: seconds of looking at an idle crowd, longer than between two heartbeats.
    """

    fanout: tuple[int, ...] = (100, 500, 1000, 2000, 5000)
    warm_room: int = 1000
    warming: int = 12
    emissions: int = 16
    burst_phones: int = 500
    burst_seconds: float = 3.0
    paced_phones: int = 1000
    rate: int = 1000
    stretches: int = 3
    stretch_seconds: float = 1.5
    joins: int = 1000
    memory: tuple[int, ...] = (1000, 2000, 5000)
    settling: float = 1.5
    idle: float = 6.0

    @property
    def paced_room(self) -> int:
        """The paced votes' room has a voter of its own for the end of every stretch."""
        return self.paced_phones + self.stretches

    def sizes(self) -> set[int]:
        """The rooms that it takes."""
        return {*self.fanout, self.warm_room, self.burst_phones, self.paced_room, self.joins, max(self.memory)}


QUICK = Scale(fanout=(20, 50), warm_room=20, warming=1, emissions=2, burst_phones=20, burst_seconds=0.3, paced_phones=40, rate=100,
              stretches=1, stretch_seconds=0.5, joins=30, memory=(50,), settling=0.1, idle=0.2)
