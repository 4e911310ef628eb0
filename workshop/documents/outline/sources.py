"""Where a practice comes from: every idea, experience and reservation that its text stands on, and the editor, as numbered notes.

A source is credited as its contributor consents today, like everything else in a report. Votes are told where they are revealed.
"""

from __future__ import annotations

from collections.abc import Iterable

from workshop.documents import figures
from workshop.documents.firmness import place
from workshop.documents.office import KINDS, credit
from workshop.documents.outline.blocks import Block, Heading, Mark, Note, Notes
from workshop.documents.shape import Draft, Report
from workshop.documents.words import Words
from workshop.rules.practice import Source


class Lineage:
    """What a report tells of its ideas and experiences, by id."""

    def __init__(self, report: Report) -> None:
        self.method = report.method
        self.ideas = {idea.id: (idea, theme) for theme in report.themes for idea in theme.ideas}
        self.merged = {one.id: (one, idea) for idea, _theme in self.ideas.values() for one in idea.merged}
        self.said = {one.id: (one, idea) for idea, _theme in self.ideas.values() for one in idea.said}
        self.votes = {line.idea: (line, theme.count) for theme in report.themes if theme.count for line in theme.count.ranking}


class Sources:
    """The sources of one practice, numbered in the order in which its text refers to them. *at* begins the anchors of the practice."""

    def __init__(self, draft: Draft, lineage: Lineage, w: Words) -> None:
        self.at = f"practice-{draft.number}"
        self._practice, self._lineage, self._w = draft.practice, lineage, w
        self._notes: dict[str, Note] = {}

    def proposal(self) -> list[Mark]:
        """The idea that leads the practice; none where it may not be seen any more."""
        return [self._mark(id_, self._idea(id_, self._practice.by))] if (id_ := self._practice.idea_id) else []

    def of(self, sources: Iterable[Source]) -> list[Mark]:
        """What the room and the review said."""
        return [self._mark(source.id, self._told(source)) for source in sources]

    def editor(self) -> Mark:
        """The editor, who is not named."""
        w, number = self._w, self._practice.version
        wrote = w._("Written by the editor, version %(number)s", number=number) if number else w._("Written by the editor; a draft")
        return self._mark("", wrote)

    def listed(self) -> list[Block]:
        """All that was referred to."""
        if not self._notes:
            return []
        return [Heading(4, self._w._("Sources"), f"{self.at}-sources"), Notes(tuple(self._notes.values()))]

    def _mark(self, id_: str, told: str) -> Mark:
        if found := self._notes.get(id_):
            return Mark(found.number, found.anchor)
        number = len(self._notes) + 1
        note = Note(number, told, f"{self.at}-source-{number}", f"{self.at}-mark-{number}")
        self._notes[id_] = note
        return Mark(number, note.anchor, note.back)

    # -- in words --------------------------------------------------------------------------------------

    def _told(self, source: Source) -> str:
        if source.of == "idea":
            return self._idea(source.id, source.by)
        if source.of == "review":
            return " · ".join((self._w._("Reservation in review"), credit(source.by, self._w)))
        return self._experience(source)

    def _idea(self, id_: str, by: str | None) -> str:
        """An idea: its title, theme, author, what it was merged into, and what the vote said of it."""
        w, (merged, into) = self._w, self._lineage.merged.get(id_, (None, None))
        idea, theme = self._lineage.ideas.get(id_, (merged, None))
        title = idea.title if idea else self._titles().get(id_, "")
        named = w._("Idea %(title)s", title=w.quoted(title)) if title else w._("Idea")
        author = w._("proposed by %(by)s", by=by) if by else w._("proposed anonymously")
        went = w._("merged into %(idea)s", idea=w.quoted(into.title)) if into else ""
        return " · ".join(part for part in (named, theme.title if theme else "", author, went, self._vote(id_)) if part)

    def _titles(self) -> dict[str, str]:
        """Of a report that holds the practice alone: what the practice itself knows."""
        return {self._practice.idea_id: self._practice.title} | {source.id: source.text for source in self._practice.merged}

    def _vote(self, id_: str) -> str:
        """What the latest round said, by the session's method."""
        w, (line, count) = self._w, self._lineage.votes.get(id_, (None, None))
        if line is None or count is None or not count.voters:
            return ""
        said = figures.in_short(line, count, self._lineage.method, w)
        return w._("place %(place)s of %(all)d in the vote: %(figures)s", place=place(line, count), all=len(count.ranking), figures=said)

    def _experience(self, source: Source) -> str:
        w, (said, idea) = self._w, self._lineage.said.get(source.id, (None, None))
        kind = w._("Experience: %(kind)s", kind=w._(KINDS[said.kind])) if said else w._("Experience")
        elsewhere = idea is not None and idea.id != self._practice.idea_id
        about = w._("on %(idea)s", idea=w.quoted(idea.title)) if elsewhere else ""
        return " · ".join(part for part in (kind, credit(source.by, w), str(source.year or ""), about) if part)
