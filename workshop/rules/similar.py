"""How alike two short texts are: cosine of TF-IDF weights over character 3- and 4-grams.

Characters, not words, so that inflected and compounded languages need no dictionary. The machine
only suggests: nothing is ever merged by it.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from itertools import islice
from math import log, sqrt

from workshop.rules.text import name_key

SIZES = (3, 4)
LONGEST = 80  # code points of a name that are compared, and how many names at most: the work grows with both
MOST_NAMES = 200
MEANT = 0.55  # names less alike than this are not what was meant


def similarity(a: str, b: str) -> float:
    """How alike two texts are by themselves, from 0 (nothing in common) to 1 (the same letters)."""
    return next((score for _, _, score in near({"a": a, "b": b}, 0.0)), 0.0)


def near(texts: Mapping[str, str], threshold: float) -> list[tuple[str, str, float]]:
    """The pairs of *texts* (by id) that are at least *threshold* alike and share a gram, the most alike first.

    A gram that n of N texts have weighs ``count · ln(1 + N / n)``, so that what all share says little.
    """
    pairs = []
    seen: dict[str, list[tuple[str, float]]] = defaultdict(list)  # gram → the texts so far that have it
    for id_, vector in _vectors(texts):
        alike: dict[str, float] = defaultdict(float)
        for gram, weight in vector.items():
            for other, its_weight in seen[gram]:
                alike[other] += weight * its_weight
            seen[gram].append((id_, weight))
        pairs += [(other, id_, min(score, 1.0)) for other, score in alike.items() if score >= threshold]
    return sorted(pairs, key=lambda pair: (-pair[2], pair))


def closest(name: str, names: Iterable[str], limit: int = 3) -> list[str]:
    """What may be meant by *name*: the most alike of *names*, at most *limit*, the best first."""
    typed = _plain(name[:LONGEST])
    scored = [(_meant(typed, _plain(other[:LONGEST])), other) for other in islice(names, MOST_NAMES)]
    return [other for _, other in sorted((-score, other) for score, other in scored if score >= MEANT)][:limit]


def _vectors(texts: Mapping[str, str]) -> Iterator[tuple[str, dict[str, float]]]:
    """The texts in order of their ids, as unit vectors of weights by gram."""
    grams = {id_: _grams(texts[id_]) for id_ in sorted(texts)}
    held = Counter(gram for found in grams.values() for gram in found)
    for id_, found in grams.items():
        weights = {gram: count * log(1 + len(texts) / held[gram]) for gram, count in found.items()}
        length = sqrt(sum(w * w for w in weights.values()))
        yield id_, {gram: weight / length for gram, weight in weights.items()}


def _grams(text: str) -> Counter[str]:
    padded = f" {_plain(text)} "
    return Counter(padded[i : i + size] for size in SIZES for i in range(len(padded) - size + 1))


def _plain(text: str) -> str:
    """Case, accents and punctuation do not make a difference: "Göteborg" may be typed "goteborg"."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name_key(text)) if not "\u0300" <= c <= "\u036f")
    return " ".join("".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in bare).split())


def _meant(typed: str, name: str) -> float:
    """Likeness of two names: by letters, by whole words ("Lund" of "City of Lund") or by initials."""
    words, others = set(typed.split()), set(name.split())
    if words and others and (words <= others or others <= words):
        return 1.0
    if len(others) > 1 and typed == "".join(word[0] for word in name.split()):
        return 1.0
    return max(similarity(typed, name), SequenceMatcher(None, typed, name, autojunk=False).ratio())
