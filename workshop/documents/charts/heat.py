"""Organisations × practices: what each organisation said in review, by a sign and a shade, and whether it adopts."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.documents.charts.drawing import EDGE, INK, PAPER, QUIET, SIZE, STEPS, Drawing, Mark, box, drawing, letters
from workshop.documents.charts.lettering import width, wrapped
from workshop.documents.sections import ADOPTIONS, RATIFICATIONS
from workshop.documents.shape import Draft
from workshop.documents.words import Words
from workshop.rules.practice import Answer

LABEL, CELL, ROW, TOP = 200, 34, 34, 26
COLUMNS = 15  # of one picture; further practices have pictures of their own
SIGNS = {"endorse": ("++", *STEPS[0]), "agree": ("+", *STEPS[1]), "reservation": ("±", *STEPS[2]), "aside": ("○", *STEPS[4]),
         "against": ("−", *STEPS[3]), "": ("", PAPER, INK)}
ADOPTS = {"do": "✓", "will": "→", "not": "×", "": ""}


def answers(practices: Sequence[Draft], w: Words) -> list[Drawing]:
    """The heat map, in as many pictures as it needs; none while nobody has answered."""
    asked = [draft for draft in practices if any(draft.practice.answers for draft in practices)]
    names = sorted({answer.organisation for draft in asked for answer in draft.practice.answers}, key=str.casefold)
    return [_picture(asked[n : n + COLUMNS], names, w) for n in range(0, len(asked), COLUMNS)]


def _picture(drafts: Sequence[Draft], names: Sequence[str], w: Words) -> Drawing:
    marks = [letters(LABEL + n * CELL + CELL / 2, 18, d.number, f"{d.number} {d.practice.title}", anchor="middle", size=11)
             for n, d in enumerate(drafts)]
    told = []
    for row, name in enumerate(names):
        top = TOP + row * ROW
        marks.append(letters(0, top + 21, wrapped(name, LABEL - 12, SIZE, 1)[0], name))
        for column, draft in enumerate(drafts):
            answer = next((a for a in draft.practice.answers if a.organisation == name), None)
            marks += _cell(answer, LABEL + column * CELL, top, w)
            told += [f"{name}, {draft.number}: {_told(answer, w)}"] if answer else []
    bottom = TOP + len(names) * ROW + 24
    legend, height = _legend(bottom, w)
    title = w._("Organisations and practices %(first)s to %(last)s", first=drafts[0].number, last=drafts[-1].number)
    return drawing(title, "; ".join(told) + ".", height, [*marks, *legend])


def _cell(answer: Answer | None, x: float, top: float, w: Words) -> list[Mark]:
    if answer is None:
        return [box(x + 1, top + 1, CELL - 2, ROW - 2, fill=PAPER, stroke=EDGE, stroke_width="0.3")]
    sign, fill, ink = SIGNS[answer.ratification]
    adopts = ADOPTS[answer.adoption] + answer.by_when[2:4]
    middle = x + CELL / 2
    told = f"{answer.organisation}: {_told(answer, w)}"
    return [box(x + 1, top + 1, CELL - 2, ROW - 2, told, fill=fill, stroke=EDGE, stroke_width="0.5"),
            letters(middle, top + 15, sign, anchor="middle", fill=ink, bold=True),
            letters(middle, top + 28, adopts, anchor="middle", fill=ink, size=11)]


def _told(answer: Answer, w: Words) -> str:
    said = [w._(labels[key]) for labels, key in ((RATIFICATIONS, answer.ratification), (ADOPTIONS, answer.adoption)) if key]
    return ", ".join(part for part in (*said, answer.by_when, answer.sentence) if part) or "–"


def _legend(top: float, w: Words) -> tuple[list[Mark], float]:
    """What the signs mean, two lines or more; and the height below them."""
    entries = [(sign, fill, ink, w._(RATIFICATIONS[key])) for key, (sign, fill, ink) in SIGNS.items() if key]
    entries += [(sign, PAPER, INK, w._(ADOPTIONS[key])) for key, sign in ADOPTS.items() if key]
    marks, x, y = [], 0.0, top
    for sign, fill, ink, name in entries:
        if x + 40 + width(name, 11) > 720:
            x, y = 0.0, y + 24
        marks += [box(x, y - 14, 22, 18, fill=fill, stroke=EDGE, stroke_width="0.5"),
                  letters(x + 11, y, sign, anchor="middle", fill=ink, size=11),
                  letters(x + 28, y, name, size=11, fill=QUIET)]
        x += 44 + width(name, 11)
    return marks, y + 14
