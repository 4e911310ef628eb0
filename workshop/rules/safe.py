"""Texts of contributors made safe for any file, whatever was stored."""

from __future__ import annotations

import re

# Override and isolate characters turn the text around them; controls (Cc) but the line's end, surrogates (Cs) and
# non-characters break files. All are dropped. The two classes never grow (Unicode's stability policy), so they stand here.
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]+")
BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def plain(text: str) -> str:
    """*text* without control characters, bidi controls and lone surrogates; line ends are LF.

    The store cleans what comes in; documents leave the house, so they clean once more.
    """
    return UNSAFE.sub("", BREAKS.sub("\n", text).replace("\t", " ")).strip()


def line(text: str) -> str:
    """As `plain`, on one line."""
    return " ".join(plain(text).split())
