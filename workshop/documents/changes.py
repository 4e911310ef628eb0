"""The change log in plain words: what the facilitator did to the session and to the texts, never who."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from workshop.documents.shape import Change
from workshop.documents.words import Words, iso, line
from workshop.errors import N_
from workshop.model import LogEntry, PracticeEntry
from workshop.rules.reading import Reading

# By action, and where it matters by what it set. What is missing (timers, the wall) a reader need not know.
SENTENCES = {
    ("phase.set", "lobby"): N_("Back to the lobby: %(where)s"),
    ("phase.set", "write"): N_("Writing began: %(where)s"),
    ("phase.set", "share"): N_("Sharing began: %(where)s"),
    ("phase.set", "vote"): N_("Voting opened: %(where)s"),
    ("phase.set", "reveal"): N_("Results revealed: %(where)s"),
    ("phase.set", "closed"): N_("Closed: %(where)s"),
    ("round.next", ""): N_("A new round of voting began: %(where)s"),
    ("idea.edit", ""): N_("The facilitator edited %(idea)s"),
    ("idea.hide", "hidden"): N_("The facilitator hid an idea"),
    ("idea.hide", "active"): N_("The facilitator showed an idea again"),
    ("idea.move", ""): N_("%(idea)s was moved to: %(where)s"),
    ("idea.merge", ""): N_("%(idea)s was merged into %(into)s"),
    ("idea.split", ""): N_("%(idea)s stands on its own again"),
    ("experience.hide", "hidden"): N_("The facilitator hid a contribution"),
    ("experience.hide", "active"): N_("The facilitator showed a contribution again"),
    ("recent.remove", ""): N_("The facilitator hid what was written in the last minutes"),
    ("undo", ""): N_("A change was taken back: %(idea)s"),
}
OF_PRACTICES = {
    "practice.draft": N_("The practice %(practice)s was drafted"),
    "practice.split": N_("The practice %(practice)s was split in two"),
    "practice.join": N_("Another practice was joined to %(practice)s"),
    "practice.aside": N_("The practice %(practice)s was set aside"),
    "practice.restore": N_("The practice %(practice)s was taken up again"),
    "practice.confirm": N_("The editor confirmed %(practice)s as good practice"),
    "practice.unconfirm": N_("The editor took back that %(practice)s is good practice"),
    "practice.freeze": N_("Version %(number)s of %(practice)s was frozen"),
    "practice.version": N_("Version %(number)s of %(practice)s was begun"),
    "practice.publish": N_("Version %(number)s of %(practice)s was published in the library"),
    "practice.withdraw": N_("%(practice)s was taken out of the library"),
    "practice.import": N_("The practice %(practice)s was imported"),
    "field.save": N_("The text of %(practice)s was edited"),
    "practice.review_on": N_("The day of the next review of %(practice)s was set"),
    "measure.save": N_("The measures of %(practice)s were edited"),
    "review.start": N_("The review of %(practice)s began"),
    "review.close": N_("The review of %(practice)s was closed"),
    "review.answer": N_("Organisations answered on %(practice)s"),
    "quote.correct": N_("A contributor put their words in %(practice)s right"),
    "consent.change": N_("A contributor to %(practice)s changed how they are named"),
}
AT_THE_DESK = {  # the organizer sees it, a reader need not know
    "review.comment": N_("An organisation commented on %(practice)s"),
    "review.withdraw": N_("An organisation took its comment on %(practice)s back"),
    "review.handle": N_("A comment on %(practice)s was marked as handled, or as open again"),
}


def change_log(reading: Reading, words: Words) -> tuple[Change, ...]:
    """What was done to the session and to its practices, oldest first."""
    tell = _Teller(reading, words)
    entries = sorted(reading.record.log, key=lambda e: (e.at, e.rev, e.id))
    done = [(entry.at, tell.sentence(entry)) for entry in entries] + list(_of_practices(reading, words))
    told = [(at, text) for at, text in sorted(done, key=lambda one: one[0]) if text]
    runs = [list(run) for _text, run in groupby(told, key=lambda one: one[1])]
    return tuple(Change(iso(run[0][0]), _times(run[0][1], len(run), words)) for run in runs)


def _times(text: str, number: int, words: Words) -> str:
    """The same done many times in a row is told once: thirty hidden ideas are one line."""
    return text if number == 1 else words._(N_("%(what)s (%(n)d times in a row)"), what=text, n=number)


def _of_practices(reading: Reading, words: Words) -> Iterator[tuple[int, str]]:
    """The same said of the same practice on one day is told once; what was done at once, in the order of the practices."""
    titles = {one.practice.id: line(one.practice.title) for one in reading.record.dossiers}
    before: set[tuple[str, str]] = set()
    places = _places(reading)
    for entry in sorted(reading.record.practice_log, key=lambda e: (e.at, places.get(e.practice_id or "", 0))):
        text = told(entry, titles.get(entry.practice_id or "", ""), words) if entry.action in OF_PRACTICES else ""
        if text and (iso(entry.at)[:10], text) not in before:
            before.add((iso(entry.at)[:10], text))
            yield entry.at, text


def _places(reading: Reading) -> dict[str, int]:
    themes = {theme.id: theme.position for theme in reading.record.themes}
    rows = [one.practice for one in reading.record.dossiers]
    return {row.id: n for n, row in enumerate(sorted(rows, key=lambda row: (themes.get(row.theme_id or "", 0), row.position)))}


def told(entry: PracticeEntry, title: str, words: Words) -> str:
    """What an entry did to the practice of that title; the entry's own name for it where a reader has no words."""
    template, number = (OF_PRACTICES | AT_THE_DESK).get(entry.action), _values(entry.detail).get("number", "")
    return words._(template, practice=words.quoted(title), number=number) if template else entry.action


class _Teller:
    """Puts log entries into words."""

    def __init__(self, reading: Reading, words: Words) -> None:
        self._reading, self._words = reading, words
        self._themes = {theme.id: line(theme.title) for theme in reading.record.themes}

    def sentence(self, entry: LogEntry) -> str:
        """What *entry* did, or nothing where a reader of the report need not know."""
        after = _values(entry.after)
        action = "phase.set" if entry.action == "step.go" else entry.action  # a step of the agenda is a phase with more words
        template = SENTENCES.get((action, after.get("phase") or after.get("state") or ""))
        if template is None:
            return ""
        text = self._words._(
            template, idea=self._idea(entry.subject), into=self._idea(after.get("merged_into")),
            where=self._where(*(after.get("themes") or [after.get("theme_id") or entry.subject])),
        )
        return text[:1].upper() + text[1:]

    def _where(self, *theme_ids: str) -> str:
        return ", ".join(filter(None, map(self._themes.get, theme_ids))) or self._words._("all themes")

    def _idea(self, idea_id: str | None) -> str:
        """The idea's title; what is hidden or withdrawn is not named."""
        idea = self._reading.idea(idea_id or "")
        return self._words.quoted(idea.title) if idea else self._words._("an idea")


def _values(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
