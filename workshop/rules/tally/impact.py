"""Impact and effort: two scales of 1 to 5, and where an idea stands on the picture of both."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from workshop.model import Method
from workshop.rules.ranking import Key, Organisation, Result, ranked
from workshop.rules.tally.votes import Vote

MIDDLE = 3  # of both scales
STEPS = 4  # from one end of a scale to the other


def impact(ideas: Iterable[str], votes: Iterable[Vote], take: int) -> Result:
    """Impact and effort, organisations equal.

    Somebody answers with an impact and an effort of 1 to 5 each. With I_io and E_io the means of the n_io answers of
    organisation o on idea i, over the organisations O_i that answered::

        I_i = (1 / |O_i|) · Σ_o I_io     E_i = (1 / |O_i|) · Σ_o E_io     S_i = I_i − E_i
        A_io = answers of o with more impact than effort     reach_i = #{o : A_io > 0}     raw_i = Σ_o A_io / Σ_o n_o

    Ranked by S, then reach, then raw, then shared; what nobody answered stands last. What nobody sees more impact in than
    effort is never chosen. The order by heads is by the mean difference over all answers. The picture is the impact–effort
    matrix of workshops (Gray, Brown and Macanufo, "Gamestorming", 2010).
    """
    return ranked(Impact(ideas, list(votes)), take)


def quadrant(impact: Fraction, effort: Fraction) -> str:
    """The field of the picture: ``quick_win``, ``big_bet``, ``fill_in`` or ``hard_slog``.

    Both scales are cut at 3. A mean of exactly 3 falls to the careful side, since who promises a quick win must have
    seen more than the middle: as an impact it is not large, as an effort not small.
    """
    if impact > MIDDLE:
        return "quick_win" if effort < MIDDLE else "big_bet"
    return "fill_in" if effort < MIDDLE else "hard_slog"


@dataclass(slots=True)
class Answers:
    """The answers of some people on one idea, added up."""

    n: int = 0
    impact: int = 0
    effort: int = 0
    worth: int = 0  # with more impact than effort

    def add(self, value: int) -> None:
        impact, effort = divmod(value, 10)
        self.n, self.impact, self.effort = self.n + 1, self.impact + impact, self.effort + effort
        self.worth += impact > effort

    @property
    def lead(self) -> Fraction:
        """The mean impact less the mean effort."""
        return Fraction(self.impact - self.effort, self.n)


class Impact:
    """Scores as exact fractions. A key is (is it answered, S, reach, A)."""

    method: Method = "impact"
    indifferent = None  # an organisation without an answer prefers nothing

    def __init__(self, ideas: Iterable[str], votes: list[Vote]) -> None:
        self.voters, self.sizes = len(votes), Counter(vote.organisation for vote in votes)
        self._of: dict[str, dict[Organisation, Answers]] = {idea: defaultdict(Answers) for idea in ideas}
        for vote in votes:
            for idea in vote.choices.keys() & self._of.keys():
                self._of[idea][vote.organisation].add(vote.choices[idea])
        self._sums = {i: sum((answers.lead for answers in of.values()), Fraction(0)) for i, of in self._of.items()}
        self.keys = {i: self._key(i) for i in self._of}
        self.heads = {i: self._by_heads(i) for i in self._of}

    def score(self, idea: str) -> float:
        return float(self.keys[idea][1])

    def reach(self, idea: str) -> int:
        return self.keys[idea][2]

    def approvals(self, idea: str) -> int:
        return self.keys[idea][3]

    def raw(self, idea: str) -> float:
        return self.approvals(idea) / max(1, self.voters)

    def figures(self, idea: str) -> dict[str, Any]:
        """The means, the field, and the place on the picture: ``x`` to the right is effort, ``y`` upwards impact, 0–1."""
        of = self._of[idea].values()
        if not of:
            return {"answers": 0}
        impact, effort = (sum((Fraction(getattr(a, name), a.n) for a in of), Fraction(0)) / len(of) for name in ("impact", "effort"))
        return {
            "answers": sum(a.n for a in of), "impact": float(impact), "effort": float(effort), "quadrant": quadrant(impact, effort),
            "x": float((effort - 1) / STEPS), "y": float((impact - 1) / STEPS),
        }  # fmt: skip

    def liking(self, idea: str) -> Mapping[Organisation, Fraction]:
        return {o: answers.lead for o, answers in self._of[idea].items()}

    def wanted(self, key: Key) -> bool:
        return key[3] > 0

    def without(self, organisation: Organisation) -> dict[str, Key]:
        """The keys of the ideas that the organisation answered on."""
        return {i: self._less(i, of[organisation]) for i, of in self._of.items() if organisation in of}

    def _key(self, idea: str) -> Key:
        of = self._of[idea].values()
        return bool(of), self._sums[idea] / max(1, len(of)), sum(a.worth > 0 for a in of), sum(a.worth for a in of)

    def _less(self, idea: str, gone: Answers) -> Key:
        _, _, reach, worth = self.keys[idea]
        left = len(self._of[idea]) - 1
        return left > 0, (self._sums[idea] - gone.lead) / max(1, left), reach - (gone.worth > 0), worth - gone.worth

    def _by_heads(self, idea: str) -> tuple[bool, Fraction]:
        of = self._of[idea].values()
        n = sum(a.n for a in of)
        return n > 0, Fraction(sum(a.impact - a.effort for a in of), max(1, n))
