"""Our own Markdown read back as runs of text, for writers that say the same sentences in a format of their own.

It undoes what `marks.escape` does and knows the four looks that the sentences of the report use; it is no reader of Markdown
that people write (`rules.light` is).
"""

from __future__ import annotations

import re

from workshop.rules.light import Look, Run

_PIECE = re.compile(r"\\(?P<char>.)|(?P<mark>\*\*|\*|`)|(?P<gap><br>)|(?P<text>[^\\*`<]+|<)", re.DOTALL)
_LOOKS: dict[str, Look] = {"**": "strong", "*": "stressed"}


def runs(markdown: str) -> tuple[Run, ...]:
    """The runs of one escaped line; a line break in a table cell is one in the text."""
    found: list[Run] = []
    look: Look = "plain"
    for piece in _PIECE.finditer(markdown):
        if mark := piece["mark"]:
            look = "plain" if look != "plain" else _LOOKS.get(mark, "plain")
        else:
            _add(found, piece["char"] or piece["text"] or "\n", look)
    return tuple(found)


def plain(markdown: str) -> str:
    """The line as a reader sees it, without its looks."""
    return "".join(run.text for run in runs(markdown))


def _add(found: list[Run], text: str, look: Look) -> None:
    """Put *text* behind what is there, in one run where it looks the same."""
    if found and found[-1].look == look:
        text = found.pop().text + text
    found.append(Run(text, look))
