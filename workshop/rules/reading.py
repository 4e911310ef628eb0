"""A session's rows as a report reads them: what stands, what was said about it, and who may be named."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cached_property

from workshop.model import KINDS, Experience, Idea, Participant, Record, Theme
from workshop.rules import consent, practice
from workshop.rules.practice import Contributor
from workshop.rules.safe import line, plain


class Reading:
    """Lookups in a `Record`; texts come out safe for any file, hidden and withdrawn rows do not come out."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.organisations = {o.id: line(o.name) for o in record.organisations}
        self._ideas = {idea.id: idea for idea in record.ideas}

    @cached_property
    def people(self) -> dict[str, Contributor]:
        """Every participant, as far as they may be named."""
        return {who.id: self._contributor(who) for who in self.record.participants}

    def standing(self, theme: Theme) -> list[Idea]:
        """The theme's ideas that stand on their own, by title."""
        found = [i for i in self._visible.values() if i.theme_id == theme.id and i.merged_into is None]
        return sorted(found, key=lambda i: (i.title.casefold(), i.id))

    def idea(self, idea_id: str) -> Idea | None:
        """The idea, where it may be seen."""
        return self._visible.get(idea_id)

    def merged(self, idea: Idea) -> list[Idea]:
        """What was merged into the idea, by title."""
        return sorted(self._merged[idea.id], key=lambda i: (i.title.casefold(), i.id))

    def said(self, idea: Idea) -> list[Experience]:
        """What was said about the idea or those merged into it, by kind; within a kind never by time."""
        return sorted(self._said[idea.id], key=self._order)

    def root(self, idea: Idea) -> Idea:
        """The idea that stands for it: itself, or what it is merged into at last."""
        return self._visible[self._root(idea).id]

    def stands_as(self, idea_id: str) -> str:
        """The id of what an idea of the record stands as: of what it is merged into, else its own; also where it may not be seen."""
        return self._root(self._ideas[idea_id]).id

    @cached_property
    def _visible(self) -> dict[str, Idea]:
        shown = [i for i in self._ideas.values() if i.state == "active" and self._root(i).state == "active"]
        return {i.id: _clean_idea(i) for i in shown}

    @cached_property
    def _merged(self) -> dict[str, list[Idea]]:
        found: dict[str, list[Idea]] = defaultdict(list)
        for idea in self._visible.values():
            if idea.merged_into:
                found[self._root(idea).id].append(idea)
        return found

    @cached_property
    def _said(self) -> dict[str, list[Experience]]:
        found: dict[str, list[Experience]] = defaultdict(list)
        for experience in self.record.experiences:
            if experience.state == "active" and experience.idea_id in self._visible:
                root = self._root(self._ideas[experience.idea_id])
                found[root.id].append(_clean_experience(experience))
        return found

    def _root(self, idea: Idea) -> Idea:
        seen = {idea.id}
        while idea.merged_into and idea.merged_into not in seen:
            idea = self._ideas[idea.merged_into]
            seen.add(idea.id)
        return idea

    def _contributor(self, who: Participant) -> Contributor:
        name = self.organisations.get(who.organisation_id or "")
        by = consent.credit(line(who.name), name, who.quote)
        return Contributor(who.organisation_id, None if who.quote == "anonymous" else name, by)

    def _order(self, experience: Experience) -> tuple[int, bool, str, str, str]:
        by = self.people[experience.participant_id].by
        return KINDS.index(experience.kind), by is None, by or "", experience.text, experience.id


def count_stances(said: list[Experience], people: dict[str, Contributor]) -> dict[str, int]:
    """How many organisations do, would, would not."""
    return {stance.kind: stance.organisations for stance in practice.stances(said, people)}


def _clean_idea(idea: Idea) -> Idea:
    return replace(idea, title=line(idea.title) or "–", detail=plain(idea.detail))


def _clean_experience(experience: Experience) -> Experience:
    """What was once typed under "we do this" is not told of another stance."""
    done = experience.kind == "do"
    result, year = (plain(experience.result), experience.year) if done else ("", None)
    return replace(experience, text=plain(experience.text), result=result, year=year)
