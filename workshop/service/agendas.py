"""Agendas as they are made: from a template, from what somebody saved, or from another session."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from workshop import errors, i18n
from workshop.model import Step, StepState, new_id
from workshop.rules import agenda
from workshop.rules.agenda import Outline
from workshop.store import Tx
from workshop.store.queries import steps


@dataclass(frozen=True, slots=True)
class Offer:
    """A template to choose: its name in the reader's language, and what it takes."""

    id: str
    name: str
    steps: int
    minutes: int
    own: bool


def offers(tx: Tx, account_id: str, locale: str) -> list[Offer]:
    """What the account may choose from: its own agendas first, then those that come with the product."""
    saved = [_offer(one.id, one.name, _readable(one.steps), True) for one in steps.templates(tx, account_id)]
    return [*saved, *(_offer(one.key, i18n.gettext(locale, one.name), one.steps, False) for one in agenda.TEMPLATES)]


def _offer(id: str, name: str, outlines: Sequence[Outline], own: bool) -> Offer:
    return Offer(id, name, len(outlines), agenda.total(outlines), own)


def _readable(saved: str) -> tuple[Outline, ...]:
    """The steps of a saved agenda; none where it is broken, which is told to who uses it."""
    try:
        return agenda.unpacked(saved)
    except errors.WorkshopError:
        return ()


def outlines(tx: Tx, account_id: str, template: str, locale: str) -> tuple[Outline, ...]:
    """The steps of a template, those of the product in the language of the wall.

    Raises:
        errors.NotFound: field ``template``; errors.Invalid: what was saved is no agenda.
    """
    known = agenda.BY_KEY.get(template)
    if known:
        return tuple(replace(one, title=i18n.gettext(locale, one.title), prompt=i18n.gettext(locale, one.prompt)) for one in known.steps)
    saved = steps.template(tx, account_id, template)
    if saved is None:
        raise errors.NotFound("template")
    return agenda.unpacked(saved.steps)


def add(tx: Tx, session_id: str, themes: Sequence[str], outlined: Iterable[Outline], at: int, rev: int,
        state: StepState = "ahead", first: int = 0) -> list[Step]:
    """Store steps for the session.

    Args:
        themes: the ids of the session's themes, in order.
        at: epoch milliseconds.
        first: the position of the first of them.
    """
    made = []
    for position, one in enumerate(outlined, first):
        named = json.dumps([themes[place] for place in one.themes if place < len(themes)])
        made.append(Step(new_id(at), session_id, position, one.phase, one.title, one.prompt, one.minutes, named, state, rev))
        steps.insert(tx, made[-1])
    return made


def copied(rows: Iterable[Step], themes: Sequence[str]) -> tuple[Outline, ...]:
    """The agenda of another session, for one with the same *themes* (their ids, in order)."""
    places = {theme: place for place, theme in enumerate(themes)}
    return tuple(
        Outline(step.phase, step.title, step.prompt, step.minutes, tuple(places[id] for id in agenda.themes_of(step) if id in places))
        for step in agenda.in_order(rows)
    )
