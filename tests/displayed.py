"""The sample day in a store, as if it had happened there; and what its organisations say afterwards."""

from __future__ import annotations

import random
from contextlib import closing
from dataclasses import MISSING, fields, replace
from pathlib import Path
from typing import Any

from workshop.documents import sample, sample_practices
from workshop.model import Record, StoredPractice
from workshop.rules.kpi import Measure
from workshop.rules.review import Said
from workshop.service.library import Library
from workshop.service.practices import Choice, Practices, Written
from workshop.service.reviews import ReviewDesk, Reviewing
from workshop.store import Store, Tx

WHO = "organizer"
RETURN = "CFGH"  # the code of the first person who said something
REASONS = {
    "reservation": ("Only where the supplier takes the devices back.", "We need the figure for refurbished models too."),
    "aside": ("We buy through a central agreement.",), "against": ("It costs more than it saves at our size.",),
}
REMARKS = {"steps": "Who keeps the form up to date between two tenders?", "": "Could the hospital's result be added here?"}


class Displayed:
    """The sample day in the database at *path*, drafted and edited.

    ``event`` is its id, ``first`` the practice that the editor has nearly finished.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with closing(Store(path)) as store:
            record = _real(sample.record())
            store.write(lambda tx: _put(tx, record))
            self.event, self.code = record.event.id, record.session.code
            self.practices = _drafted(Practices(store), record)
        self.first = next(one for one in self.practices if one.title == sample_practices.EDITED)

    def answered(self, links: dict[str, str]) -> None:
        """Two of three organisations of *links* (name to token) answer what is in review, three leave a comment."""
        chance = random.Random(7)
        with closing(Store(self.path)) as store:
            reviewing = Reviewing(store)
            for number, token in enumerate(token for token in links.values() if chance.random() < 0.7):
                for practice in self.practices:
                    if chance.random() < 0.9:
                        remarks = REMARKS if practice == self.first and number < 2 else {}
                        reviewing.answer(token, "", practice.id, _said(chance), remarks)

    def published(self) -> None:
        """Everything is frozen, and stands in the library."""
        with closing(Store(self.path)) as store:
            ReviewDesk(store).freeze(WHO, self.event, [one.id for one in self.practices])
            Library(store).publish(self.event, [], WHO)


def _real(record: Record) -> Record:
    """The day as that of a customer: no sample, and people have codes by which they come back."""
    first = record.experiences[0].participant_id
    codes = (f"X{number:03}" for number in range(1000))
    people = tuple(replace(who, return_code=RETURN if who.id == first else next(codes)) for who in record.participants)
    return replace(record, event=replace(record.event, sample=False), participants=people)


def _put(tx: Tx, record: Record) -> None:
    ideas = sorted(record.ideas, key=lambda idea: idea.merged_into is not None)
    for table, rows in (("events", [record.event]), ("organisations", record.organisations), ("sessions", [record.session]),
                        ("themes", record.themes), ("participants", record.participants), ("ideas", ideas),
                        ("experiences", record.experiences), ("ballots", record.ballots), ("log", record.log)):
        for row in rows:
            _insert(tx, table, {one.name: getattr(row, one.name) for one in fields(row) if one.default_factory is MISSING})
    for ballot in record.ballots:
        for idea, value in ballot.choices.items():
            _insert(tx, "choices", {"theme_id": ballot.theme_id, "participant_id": ballot.participant_id, "round": ballot.round,
                                    "idea_id": idea, "value": value})


def _insert(tx: Tx, table: str, row: dict[str, Any]) -> None:
    tx.run(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})", **row)


def _drafted(desk: Practices, record: Record) -> list[StoredPractice]:
    event = record.event.id
    made = desk.draft(event, record.session.id, Choice(top=record.session.take), WHO)
    edited = next(one for one in made if one.title == sample_practices.EDITED)
    for section, (text, tags) in sample_practices.TEXTS.items():
        desk.save(event, edited.id, Written(section, text, 0, tags), WHO)
    kpi, unit, baseline, target, source, owner = sample_practices.MEASURE
    desk.put_measure(event, edited.id, Measure(kpi, "", unit, baseline, target, source, owner, "m1"), 0, WHO)
    desk.review_on(event, edited.id, "2027-11-24", WHO)
    return made


def _said(chance: random.Random) -> Said:
    said = chance.choices(("endorse", "agree", "reservation", "aside", "against"), (9, 7, 3, 1, 1))[0]
    use = chance.choices(("do", "will", "not"), (4, 5, 1))[0] if said not in ("aside", "against") else "not"
    reason = chance.choice(REASONS[said]) if said in REASONS else ""
    return Said(said, reason, use, chance.choice(("2027", "2027-06", "2028")) if use == "will" else "")
