"""Places where typst may end a line in words that no line could hold."""

from __future__ import annotations

import re
from typing import Any

LONG = re.compile(r"\S{24,}")
BREAK = "\u200b"  # of no width
AS_IT_IS = ("svg", "anchor", "kind", "fill", "look", "address", "labels", "hash", "note", "back")


def breakable(value: Any) -> Any:
    """*value*, of JSON, with such places in its texts; pictures, addresses and what the template goes by stay as they are."""
    if isinstance(value, str):
        return LONG.sub(lambda word: BREAK.join(re.findall(".{1,12}", word[0])), value)
    if isinstance(value, dict):
        linked = {"address": value["text"]} if value.get("look") == "link" else {}
        return {key: one if key in AS_IT_IS else breakable(one) for key, one in value.items()} | linked
    return [breakable(one) for one in value] if isinstance(value, (list, tuple)) else value
