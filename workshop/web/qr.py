"""The join QR as one SVG path."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from urllib.parse import urlsplit

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET_ZONE = 4  # modules of white around, as the standard asks for


def join_url(public_url: str, code: str) -> str:
    """The address in the QR: upper case where that is the same address, for the denser alphanumeric mode."""
    url = f"{public_url.rstrip('/')}/{code}"
    return url if urlsplit(public_url).path.strip("/") else url.upper()


@lru_cache(maxsize=64)
def picture(url: str) -> dict[str, object]:
    """The QR of *url*: ``size`` modules a side with the quiet zone, and the dark ones as an SVG ``path``."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(url, optimize=0)
    code.make(fit=True)
    rows = code.get_matrix()
    return {"size": len(rows), "path": "".join(_runs(y, row) for y, row in enumerate(rows))}


def _runs(y: int, row: list[bool]) -> str:
    path, x = "", 0
    for dark, run in groupby(row):
        width = len(list(run))
        if dark:
            path += f"M{x} {y}h{width}v1h-{width}z"
        x += width
    return path
