"""From a session's record to the report model: what every document is written from."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from workshop import __version__
from workshop.documents import json
from workshop.documents.changes import change_log
from workshop.documents.shape import (
    Count,
    Disagreement,
    Draft,
    Entry,
    Line,
    Merged,
    Present,
    Report,
    Room,
    Said,
    ThemePart,
    Together,
)
from workshop.documents.words import Words, iso, line, plain
from workshop.model import Experience, Idea, Participant, Record, Theme, now_ms
from workshop.rules import practice, stored, tally
from workshop.rules.opaque import with_opaque_ids
from workshop.rules.pooling import LEAST, pooled
from workshop.rules.reading import Reading, count_stances

MOST_DIVIDED = 5  # disagreements listed per theme
FIGURES = (
    "dots", "grade", "above", "below", "graded", "grades", "doing", "doing_small", "answers", "impact", "effort", "quadrant", "x", "y",
)  # fmt: skip


def build(record: Record, now: int | None = None, version: str = __version__) -> Report:
    """Make the report of a session.

    Args:
        now: epoch milliseconds to put as the time of making; the clock's where None.
        version: the product's version.
    """
    record = with_opaque_ids(record)
    reading = Reading(record)
    themes = tuple(_theme(reading, theme, n) for n, theme in enumerate(_in_order(record), start=1))
    event, session = record.event, record.session
    report = Report(
        generated_at=iso(now_ms() if now is None else now), product_version=version, content_hash="",
        event_name=line(event.name), date=line(event.date), place=line(event.place), host=line(event.host),
        language=event.language, sample=event.sample, session=session.id, title=line(session.title),
        question=plain(session.question), method=session.method, take=session.take, themes=themes,
        practices=tuple(d for theme in themes for d in _drafts(reading, theme)),
        disagreements=tuple(d for theme in themes for d in _disagreements(theme)),
        room=_room(reading), changes=change_log(reading, Words(event.language)),
    )
    return replace(report, content_hash=json.content_hash(report))


def _in_order(record: Record) -> list[Theme]:
    return sorted(record.themes, key=lambda theme: theme.position)


# -- themes and their counts -------------------------------------------------------------------------


def _theme(reading: Reading, theme: Theme, number: int) -> ThemePart:
    ideas = reading.standing(theme)
    counts = _counts(reading, theme, ideas) if theme.revealed else []
    latest = counts[-1] if counts else None
    places = {row.idea: n for n, row in enumerate(latest.ranking)} if latest else {}
    return ThemePart(
        id=theme.id, number=number, title=line(theme.title), prompt=plain(theme.prompt), revealed=theme.revealed,
        ideas=tuple(_entry(reading, i) for i in sorted(ideas, key=lambda i: places.get(i.id, 0))),
        count=latest, earlier=tuple(c for c in counts[:-1] if c.voters),
    )


def _entry(reading: Reading, idea: Idea) -> Entry:
    said, by = reading.said(idea), reading.people
    stances = count_stances(said, by)
    return Entry(
        id=idea.id, title=idea.title, detail=idea.detail, by=by[idea.participant_id].by,
        merged=tuple(Merged(m.id, m.title, m.detail, by[m.participant_id].by) for m in reading.merged(idea)),
        said=tuple(_said(reading, e) for e in said),
        do=stances["do"], would=stances["would"], against=stances["not"],
    )


def _said(reading: Reading, experience: Experience) -> Said:
    by = reading.people[experience.participant_id].by
    return Said(experience.id, experience.kind, experience.text, by, experience.result, experience.year)


def _counts(reading: Reading, theme: Theme, ideas: list[Idea]) -> list[Count]:
    """Every round, counted by `rules.tally` as everywhere else; only ever called for a revealed theme."""
    record = reading.record
    results = [
        tally.theme_result(record.session, theme.id, n, record.ideas, record.participants, record.ballots, record.organisations)
        for n in range(1, theme.round + 1)
    ]
    return [_count(reading, theme, n, ideas, result, _moved(results[: n - 1], result)) for n, result in enumerate(results, start=1)]


def _moved(earlier: list[tally.Result], result: tally.Result) -> tuple[tally.Move, ...]:
    voted = [before for before in earlier if before.voters]
    return tally.moved(voted[-1], result) if voted and result.voters else ()


def _count(
    reading: Reading, theme: Theme, number: int, ideas: list[Idea], result: tally.Result, moved: tuple[tally.Move, ...]
) -> Count:
    record = reading.record
    told = result.as_dict(reading.organisations)
    titles = {i.id: i.title for i in ideas}
    stability = told["stability"]
    return Count(
        round=number, voters=told["voters"], eligible=len(_voters(record)), organisations=told["organisations"],
        independents=_independents(record, theme, number), proxies=_proxies(record, theme, number),
        budget=tally.budget_of(record.session, len(ideas)),
        ranking=tuple(_line(row, titles[row["idea"]]) for row in told["ranking"]),
        raw_order=tuple(told["raw_order"]), raw_differs=told["raw_differs"],
        top=stability["top"], stable=stability["stable"], changed_by=tuple(stability["changed_by"]),
        small=stability["small"], moved=moved,
    )


def _independents(record: Record, theme: Theme, number: int) -> int | None:
    """Who voted without an organisation; one or two are not told, as of an organisation."""
    found = _ballots_of({who.id for who in _voters(record) if who.organisation_id is None}, record, theme, number)
    return None if 0 < found < LEAST else found


def _proxies(record: Record, theme: Theme, number: int) -> int:
    return _ballots_of({who.id for who in _voters(record) if who.proxy}, record, theme, number)


def _ballots_of(people: set[str], record: Record, theme: Theme, number: int) -> int:
    return sum(b.participant_id in people for b in record.ballots if (b.theme_id, b.round) == (theme.id, number))


def _voters(record: Record) -> list[Participant]:
    """Those whose ballots count."""
    return [who for who in record.participants if tally.may_count(record.session, who)]


def _line(row: dict[str, Any], title: str) -> Line:
    return Line(
        idea=row["idea"], title=title, rank=row["rank"], chosen=row["chosen"], score=row["score"], reach=row["reach"],
        approvals=row["approvals"], raw=row["raw"], close_to=tuple(row["close_to"]), agree=row.get("agree"),
        disagree=row.get("disagree"), passes=row.get("passes"), consensus=row.get("consensus"),
        figures={name: row[name] for name in FIGURES if name in row},
    )


# -- practices and disagreements -----------------------------------------------------------------------


def _drafts(reading: Reading, theme: ThemePart) -> list[Draft]:
    """The stored practices where the session has any, else one for each chosen idea."""
    if reading.record.dossiers:
        return _stored(reading, theme)
    chosen = theme.count.chosen if theme.count else ()
    return [Draft(f"{theme.number}.{n}", theme.id, row, _practice(reading, row.idea)) for n, row in enumerate(chosen, start=1)]


def _stored(reading: Reading, theme: ThemePart) -> list[Draft]:
    lines = {row.idea: row for row in theme.count.ranking} if theme.count else {}
    mine = [one for one in stored.standing(reading.record.dossiers) if one.practice.theme_id == theme.id]
    found = [stored.read(one, reading) for one in sorted(mine, key=lambda one: one.practice.position)]
    return [Draft(f"{theme.number}.{n}", theme.id, lines.get(one.idea_id), one) for n, one in enumerate(found, start=1)]


def _practice(reading: Reading, idea_id: str) -> practice.Practice:
    idea = reading.idea(idea_id)
    assert idea is not None, "the tally counts standing ideas alone"
    return practice.draft(idea, reading.merged(idea), reading.said(idea), reading.people)


def _disagreements(theme: ThemePart) -> list[Disagreement]:
    """Ideas that some organisations do or would and others would not, or that divided the vote; the most divided first."""
    if theme.count is None:
        return []
    lines = {row.idea: row for row in theme.count.ranking}
    found = [_disagreement(theme, idea, lines.get(idea.id)) for idea in theme.ideas]
    divided = sorted((d for d in found if _division(d) > (0, 0)), key=_division, reverse=True)
    return divided[:MOST_DIVIDED]


def _disagreement(theme: ThemePart, idea: Entry, row: Line | None) -> Disagreement:
    against = tuple(s for s in idea.said if s.kind == "not" and s.text)
    agree, disagree = (row.agree, row.disagree) if row else (None, None)
    return Disagreement(theme.id, idea.id, idea.title, idea.do, idea.would, idea.against, agree, disagree, against)


def _division(found: Disagreement) -> tuple[int, int]:
    """How many stand on the smaller side: of the voters by agree / pass / disagree, of the organisations by stances."""
    return min(found.agree or 0, found.disagree or 0), min(found.do + found.would, found.against)


# -- the room ----------------------------------------------------------------------------------------


def _room(reading: Reading) -> Room:
    record = reading.record
    joined = Counter(who.organisation_id for who in record.participants if who.removed_at is None)
    voted, together = _turnout(joined, _voted(record))
    present = [Present(reading.organisations[o.id], o.invited, joined[o.id], voted.get(o.id)) for o in record.organisations if joined[o.id]]
    absent = [reading.organisations[o.id] for o in record.organisations if o.invited and not joined[o.id]]
    return Room(
        joined=joined.total(),
        organisations=tuple(sorted(present, key=lambda p: p.name.casefold())),
        absent=tuple(sorted(absent, key=str.casefold)),
        independent=Present("", False, joined[None], voted.get(None)) if joined[None] else None,
        together=together,
    )


def _turnout(joined: Counter[str | None], voted: Counter[str | None] | None) -> tuple[dict[str | None, int], Together | None]:
    """How many voted, by organisation where that may be told apart; and the other organisations together."""
    if voted is None:
        return {}, None
    apart, others = pooled([{"id": id_, "voted": voted[id_], "of": n} for id_, n in joined.items()])
    return {row["id"]: row["voted"] for row in apart}, others and Together(others["organisations"], others["of"], others["voted"])


def _voted(record: Record) -> Counter[str | None] | None:
    """How many of each organisation cast a ballot in a revealed theme; None while no theme is revealed."""
    revealed = {theme.id for theme in record.themes if theme.revealed}
    if not revealed:
        return None
    voters = {ballot.participant_id for ballot in record.ballots if ballot.theme_id in revealed}
    return Counter(who.organisation_id for who in _voters(record) if who.id in voters)
