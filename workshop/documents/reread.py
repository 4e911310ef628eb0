"""A report read back whole from its own report.json: the model that every writer takes, as it was written.

`incoming_json` takes the practices of a file that anybody may have sent, and checks every word. This takes a file of ours, made by
this version, and is for writing the other formats anew from it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec

from workshop.documents import json
from workshop.documents.incoming_json import PracticePart
from workshop.documents.shape import Change, Disagreement, Draft, Line, Report, Room, ThemePart


def report(data: bytes) -> Report:
    """The report that `json.write` wrote as *data*; its content hash is that of what the file says now.

    Raises:
        msgspec.ValidationError: it is no report.json of this version.
    """
    told = msgspec.json.decode(data)
    themes = tuple(map(_theme, told["themes"]))
    lines = {(theme.id, line.idea): line for theme in themes if theme.count for line in theme.count.ranking}
    made, event, session = told["made"], told["event"], told["session"]
    found = Report(
        generated_at=made["generated_at"], product_version=made["product_version"], content_hash="",
        event_name=event["name"], date=event["date"], place=event["place"], host=event["host"], language=event["language"],
        sample=event["sample"], session=session["id"], title=session["title"], question=session["question"],
        method=session["method"], take=session["take"], themes=themes,
        practices=tuple(_draft(one, lines) for one in told["practices"]),
        disagreements=msgspec.convert(told["disagreements"], tuple[Disagreement, ...]),
        room=msgspec.convert(told["room"], Room), changes=msgspec.convert(told["changes"], tuple[Change, ...]),
    )
    return replace(found, content_hash=json.content_hash(found))


def _theme(told: dict[str, Any]) -> ThemePart:
    result = told["result"] and _count(told["result"])
    return msgspec.convert(told | {"count": result, "earlier": [_count(one) for one in told["earlier"]]}, ThemePart)


def _count(told: dict[str, Any]) -> dict[str, Any]:
    """The stability's figures stand beside the others in the model."""
    return told | told["stability"]


def _draft(told: dict[str, Any], lines: dict[tuple[str, str], Line]) -> Draft:
    practice = msgspec.convert(told, PracticePart).practice()
    return Draft(told["number"], told["theme"], lines.get((told["theme"], practice.idea_id)), practice)
