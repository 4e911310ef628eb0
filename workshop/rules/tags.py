"""The tags of a practice: where in procurement it acts, which clause carries it, which circular strategy and goals it serves.

A tag is one text, its kind and its value with a dot between ("clause.award"). Stages and clause types are the product's
own words; the strategies are the ten of the R-ladder (Potting et al. 2017, *Circular economy: measuring innovation in the
product chain*, PBL); the goals are the seventeen of the United Nations' Agenda 2030.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from workshop import errors

STAGES = ("planning", "specification", "selection", "contract", "review")
CLAUSES = ("selection", "specification", "award", "contract")
STRATEGIES = ("refuse", "rethink", "reduce", "reuse", "repair", "refurbish", "remanufacture", "repurpose", "recycle", "recover")
GOALS = tuple(str(n) for n in range(1, 18))
KINDS = {"stage": STAGES, "clause": CLAUSES, "strategy": STRATEGIES, "sdg": GOALS}
TAGS = tuple(f"{kind}.{value}" for kind, values in KINDS.items() for value in values)
OF_SECTION = {"stage": ("stage", "strategy"), "clause": ("clause",), "references": ("sdg",)}  # the kinds a section takes
_ORDER = {tag: place for place, tag in enumerate(TAGS)}


def chosen(section: str, tags: Iterable[str]) -> tuple[str, ...]:
    """The tags of a section, each once and in the order of `TAGS`.

    Raises:
        errors.Invalid: a tag that there is not, or that does not belong to the section.
    """
    tags = set(tags)
    wrong = tags - {tag for tag in TAGS if tag.partition(".")[0] in OF_SECTION.get(section, ())}
    if wrong:
        raise errors.Invalid("tags", what=min(wrong)[:20])
    return tuple(sorted(tags, key=_ORDER.__getitem__))


def stored(text: str) -> tuple[str, ...]:
    """The tags as the store keeps them: a JSON list; what there is not any more is passed over."""
    return tuple(tag for tag in json.loads(text or "[]") if tag in _ORDER)


def together(section: str, *texts: str) -> str:
    """The stored tags of a section from several practices, as stored."""
    return json.dumps(chosen(section, (tag for text in texts for tag in stored(text))))
