"""A file that is read back: its text, and on which line something stands in its JSON, so that an error can name it."""

from __future__ import annotations

import json
import re
from functools import cached_property
from json.decoder import scanstring  # type: ignore[attr-defined]

from workshop import errors

STEP = re.compile(r"\.([\w$]+)|\[(\d+)\]")
GAP = re.compile(r"[ \t\r\n]*")
VALUE = json.JSONDecoder(parse_int=str)  # it is passed over, also where it has more digits than Python takes for a number


class IncomingFile:
    """A file by name and content.

    Raises:
        errors.CannotImport: it is not UTF-8.
    """

    def __init__(self, name: str, data: bytes) -> None:
        self.name, self.data = name, data
        try:
            self.text = data.decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            line = data.count(b"\n", 0, problem.start) + 1
            raise errors.CannotImport(file=name, line=line, where="the text", problem="it is not UTF-8") from None

    def wrong(self, path: str, problem: object, line: int | None = None) -> errors.CannotImport:
        """The error of what stands at *path*; its line is found where it is not given."""
        return errors.CannotImport(path, file=self.name, line=line or self.line_of(path), where=path, problem=problem)

    def line_of(self, path: str) -> int:
        """The line of what stands at a path such as "practices[0].title", or of what it should stand in."""
        at = self._gap(0)
        for name, number in STEP.findall("." + path.lstrip("$.")):
            inner = self._member(at, name) if name else self._item(at, int(number))
            if inner is None:
                break
            at = inner
        return self.text.count("\n", 0, at) + 1

    def _member(self, at: int, name: str) -> int | None:
        at = self._gap(at + 1) if self._is(at, "{") else len(self.text)
        while self._is(at, '"'):
            key, at = scanstring(self.text, at + 1)
            at = self._gap(self._gap(at) + 1)  # over the colon
            if key == name:
                return at
            at = self._next(at)
        return None

    def _item(self, at: int, number: int) -> int | None:
        at = self._gap(at + 1) if self._is(at, "[") else len(self.text)
        for _ in range(number):
            if at >= len(self.text) or self._is(at, "]"):
                return None
            at = self._next(at)
        return at if at < len(self.text) else None

    def _next(self, at: int) -> int:
        """What comes after the value at *at* and its comma."""
        at = self._gap(VALUE.raw_decode(self.text, at)[1])
        return self._gap(at + 1) if self._is(at, ",") else at

    def _gap(self, at: int) -> int:
        return GAP.match(self.text, at).end()  # type: ignore[union-attr]

    def _is(self, at: int, sign: str) -> bool:
        return self.text.startswith(sign, at)

    @cached_property
    def lines(self) -> list[str]:
        """Its lines, without their ends."""
        return self.text.split("\n")
