"""The headers of a request, as `gevent.pywsgi` wants them; those that are as they should be, without the parser for e-mail.

That parser takes longer than all else that is done with a head. It allows more than browsers ever send: folded lines, lines without
a colon, control characters. A head with one line that is not plain is left to it as a whole, so nothing is understood in two ways.
"""

from __future__ import annotations

import http.client
import re
from io import BytesIO
from typing import Any

from gevent.pywsgi import OldMessage, headers_factory

PLAIN = re.compile(rb"([!-9;-~]+):[ \t]*([\t -~\x80-\xff]*)\r\n")  # a name of visible signs, one line of text
END = (b"\r\n", b"\n", b"")
MOST_LINES, LONGEST = http.client._MAXHEADERS, http.client._MAXLINE  # type: ignore[attr-defined]


def read(stream: Any) -> Any:
    """The headers that *stream* gives next, up to the empty line.

    Raises:
        http.client.HTTPException: there are too many.
    """
    lines = _lines(stream)
    found = [PLAIN.fullmatch(line) for line in lines[:-1]]
    if lines[-1] != END[0] or len(lines) > MOST_LINES or not all(found):
        return headers_factory(BytesIO(b"".join(lines)))
    message = OldMessage()
    message._headers = [(line[1].decode("latin-1"), line[2].decode("latin-1")) for line in found if line]
    return message


def _lines(stream: Any) -> list[bytes]:
    """All lines of a head, or as many as the library reads until it refuses."""
    lines = [stream.readline(LONGEST + 1)]
    while lines[-1] not in END and len(lines) <= MOST_LINES and len(lines[-1]) <= LONGEST:
        lines.append(stream.readline(LONGEST + 1))
    return lines
