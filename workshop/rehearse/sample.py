"""The second sample set: a recorded conversation as it comes out of a server, drafted into practices and written.

``python -m workshop.rehearse.sample DIR`` replays the conversation in DIR and writes both sample sets again. What differs from one
replay to the next, ids and times, is put in the place of fixed ones; what people wrote and how they voted is as it was replayed.
"""

from __future__ import annotations

import re
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from workshop import documents
from workshop.documents import json, reread, sample
from workshop.documents.shape import Report
from workshop.model import Record
from workshop.rehearse import replay
from workshop.rehearse.conversation import Conversation, read
from workshop.rehearse.desk import Desk
from workshop.service.plans import EventPlan, SessionPlan, ThemeLine
from workshop.service.practices import Choice

EVENT = EventPlan("HiveMind: freshwater quality in New Zealand", "2017-07-18", "New Zealand", "Scoop HiveMind")
SESSION = SessionPlan(
    "Freshwater quality",
    "What should New Zealand do for its fresh water? A public conversation of 2017, replayed from the Polis open data (The Computational "
    "Democracy Project, CC BY 4.0; gathered using the Polis software, compdemocracy.org/polis). The drafts are ours.",
    (ThemeLine("Clean water for everybody"),), method="agree", take=6, quote_default="anonymous",
)
NUMBER = re.compile(r"^\d+\. ")  # its first statements came as a numbered list
OF_THE_VOTER = "I "  # “I live in a city” is voted on as everything else, and is no practice


def main(folder: Path) -> None:
    """Replay the conversation in *folder*, and write both sample sets."""
    documents.save_report(report(folder), sample.FOLDER, ["json"])
    sample.main()


def report(folder: Path) -> Report:
    """The report of the conversation in *folder*, the same at every replay.

    Raises:
        conversation.Unreadable, server.NoServer: with what is wrong.
    """
    talk = _unnumbered(read(folder))
    with tempfile.TemporaryDirectory(prefix="workshop-sample-") as data:
        _played, record = replay.play(talk, Path(data), plans=(EVENT, SESSION))
        return settled(documents.build(_drafted(Path(data), record), sample.MADE_AT))


def settled(report: Report) -> Report:
    """*report* with ids and times that are no longer those of one replay."""
    report = replace(report, changes=tuple(replace(change, at=report.generated_at) for change in report.changes))
    ids = {report.session: "replayed"} | {theme.id: f"theme-{theme.number}" for theme in report.themes}
    told = json.write(report).decode()
    for was, now in (ids | {draft.practice.id: f"practice-{draft.number}" for draft in report.practices}).items():
        told = told.replace(was, now)
    return reread.report(told.encode())


def _unnumbered(talk: Conversation) -> Conversation:
    return replace(talk, comments=tuple(replace(one, body=NUMBER.sub("", one.body)) for one in talk.comments))


def _drafted(data: Path, record: Record) -> Record:
    """*record* after an organizer has drafted, and has set aside what only tells who the voters are."""
    event, session = record.event, record.session
    with Desk(data) as desk:
        for made in desk.practices.draft(event.id, session.id, Choice(top=session.take), actor=""):
            if made.title.startswith(OF_THE_VOTER):
                desk.practices.set_state(event.id, made.id, "aside", actor="")
        return desk.record(session.code)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
