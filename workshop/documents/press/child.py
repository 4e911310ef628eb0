"""The typesetter's own process: a job of JSON on standard input, the PDF on standard output, or pictures in base 64, one a line.

Run by its path, with nothing of the product imported, so that it is there in a tenth of a second. It bounds itself: what a
hostile text makes of the typesetter ends here, and whoever waits for it goes on.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from typing import Any

import typst

FAILED = 3
GIVES_WAY = 10  # of 19: the room goes first where the computer has no time for both
STANDARDS = (  # tried in turn: accessible by the standard; the same with this computer's typefaces; tagged, whatever is missing
    {"ignore_system_fonts": True, "pdf_standards": "ua-1"},
    {"ignore_system_fonts": False, "pdf_standards": "ua-1"},
    {"ignore_system_fonts": False},  # the cover says so
)


def main() -> int:
    """Typeset the job; 0, or `FAILED` with the reason on standard error."""
    if hasattr(os, "nice"):
        os.nice(GIVES_WAY)
    job = json.load(sys.stdin)
    _bound(job["memory"], job["seconds"])
    try:
        sys.stdout.buffer.write(_typeset(job) if job["format"] == "pdf" else _pictures(job))
    except (typst.TypstError, MemoryError) as problem:
        sys.stderr.write(f"{problem}\n")
        return FAILED
    return 0


def _typeset(job: dict[str, Any]) -> bytes:
    *first, last = STANDARDS
    for way in first:
        try:
            return _compiled(job, way)
        except typst.TypstError:
            continue  # a glyph that no typeface has, most likely
    return _compiled(job, last)


def _pictures(job: dict[str, Any]) -> bytes:
    made = _compiled(job, {"ignore_system_fonts": False})
    return b"\n".join(base64.b64encode(one) for one in (made if isinstance(made, list) else [made]))


def _compiled(job: dict[str, Any], way: dict[str, Any]) -> Any:
    return typst.compile(
        job["template"], root=job["root"], font_paths=[job["fonts"]], format=job["format"], timestamp=job["stamp"],
        sys_inputs={"job": json.dumps(job["data"]), "lacking": "" if "pdf_standards" in way else "yes"}, **way,
    )


def _bound(memory: int, seconds: int) -> None:
    """No more than *memory* bytes of address space and *seconds* of the processor; only where the system can say so."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


if __name__ == "__main__":
    sys.exit(main())
