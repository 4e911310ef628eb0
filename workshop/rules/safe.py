"""Texts of contributors made safe for any file, whatever was stored."""

from __future__ import annotations

import re
import unicodedata

# Override and isolate characters turn the text around them; controls break files. Both are dropped.
UNSAFE = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def plain(text: str) -> str:
    """*text* without control characters, bidi controls and lone surrogates; line ends are LF.

    The store cleans what comes in; documents leave the house, so they clean once more.
    """
    text = BREAKS.sub("\n", text).replace("\t", " ")
    kept = "".join(c for c in text if c == "\n" or (c not in UNSAFE and unicodedata.category(c) not in ("Cc", "Cs")))
    return kept.strip()


def line(text: str) -> str:
    """As `plain`, on one line."""
    return " ".join(plain(text).split())
