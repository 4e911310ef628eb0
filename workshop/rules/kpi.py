"""The indicators that a practice can be judged by: the seeds of the picker, and what a figure of theirs may be.

The seeds are those the network measures circular procurement of IT with. An editor's own indicator has no key.
"""

from __future__ import annotations

from dataclasses import dataclass

from workshop import errors


@dataclass(frozen=True, slots=True)
class Kpi:
    """An indicator. *low* and *high* bound its figures; *better* says which way is good."""

    key: str
    unit: str
    better: str
    low: float = 0.0
    high: float | None = None


KPIS = (
    Kpi("service_life", "years", "up", high=50),
    Kpi("take_back", "%", "up", high=100),       # returned ÷ retired
    Kpi("returns_reused", "%", "up", high=100),
    Kpi("refurbished", "%", "up", high=100),     # share of purchases
    Kpi("co2e", "kg CO₂e per device and year", "down"),
    Kpi("e_waste", "kg", "down"),
    Kpi("hazardous", "kg", "down"),
)
BY_KEY = {kpi.key: kpi for kpi in KPIS}


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator of one practice, with what it is now and what it shall be.

    Args:
        kpi: the key of one of `KPIS`, or "" for the editor's own.
        name: what the editor calls it; "" takes the seed's name.
        unit: what *baseline* and *target* are in.
        baseline: the figure before, or None while nobody knows it.
        target: the figure wanted, or None.
        source: where the figures come from.
        owner: who measures.
    """

    kpi: str
    name: str
    unit: str
    baseline: float | None
    target: float | None
    source: str
    owner: str
    id: str = ""


def check(measure: Measure) -> Measure:
    """The measure, once its figures can be figures of its indicator.

    Raises:
        errors.Invalid: naming the field: an unknown *kpi*, no number where a figure should be.
        errors.OtherUnit: than the seed's; errors.OffFigure: outside its bounds.
        errors.Empty: an own indicator without a name or a unit.
    """
    seed = BY_KEY.get(measure.kpi)
    if measure.kpi and seed is None:
        raise errors.Invalid("kpi", what=measure.kpi[:20])
    for field in () if seed else ("name", "unit"):
        if not getattr(measure, field).strip():
            raise errors.Empty(field)
    if seed and measure.unit != seed.unit:
        raise errors.OtherUnit("unit", unit=seed.unit)
    for field in ("baseline", "target"):
        _check_figure(field, getattr(measure, field), seed)
    return measure


def _check_figure(field: str, figure: float | None, seed: Kpi | None) -> None:
    if figure is None:
        return
    if not abs(figure) < 1e12 or (seed and seed.high is None and figure < seed.low):  # neither endless nor "not a number"
        raise errors.NoFigure(field)
    if seed and seed.high is not None and not seed.low <= figure <= seed.high:
        raise errors.OffFigure(field, low=f"{seed.low:g}", high=f"{seed.high:g}")
