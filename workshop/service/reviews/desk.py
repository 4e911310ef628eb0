"""The organizer's side of a review: links, who answered what, the comments, its start and its end."""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from workshop import errors
from workshop.model import Event, Organisation, PracticeEntry, Review, ReviewComment, ReviewLink, StoredPractice, new_id, now_ms
from workshop.rules import review
from workshop.service.entrance import hashed
from workshop.service.practices import versions
from workshop.service.practices.act import Act
from workshop.service.reviews import places
from workshop.store import Store, Tx
from workshop.store.queries import events, practices, reviews

DAYS, MOST_DAYS = 30, 366  # that a link works
DAY_MS = 24 * 3_600_000
EVENT, EACH = "event", "each"  # whom new links are for, beside an organisation's id


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link with its secret, which is told once and never stored."""

    link: ReviewLink
    organisation: Organisation | None
    token: str


@dataclass(frozen=True, slots=True)
class Issued:
    """A link as the organizer sees it later: for whom (None: for the whole event), whether it works, and how much came by it."""

    link: ReviewLink
    organisation: Organisation | None
    alive: bool
    spent: int


@dataclass(frozen=True, slots=True)
class Corrected:
    """A contributor has put their own words right; nobody is named."""

    practice: places.Placed
    at: int
    was: dict[str, str]
    now: dict[str, str]


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything of an event's review. *answers* holds what stands, by organisation and practice.

    *aside* are the practices that were set aside: what was said of one while it was in review is still to be read.
    """

    event: Event
    organisations: tuple[Organisation, ...]
    practices: tuple[places.Placed, ...]
    aside: tuple[places.Placed, ...]
    links: tuple[Issued, ...]
    answers: dict[tuple[str, str], Review]
    comments: tuple[ReviewComment, ...]
    corrected: tuple[Corrected, ...]

    def in_state(self, *states: str) -> tuple[places.Placed, ...]:
        """The practices in one of the states."""
        return tuple(one for one in self.practices if one.row.state in states)

    @property
    def asked(self) -> tuple[places.Placed, ...]:
        """What the picture shows: what is in review, and what was answered before."""
        said = {practice for _organisation, practice in self.answers}
        return tuple(one for one in self.practices if one.row.state == "review" or one.row.id in said)

    def answered(self, organisation_id: str, asked: tuple[places.Placed, ...]) -> int:
        """How many of the *asked* practices the organisation has answered."""
        return sum((organisation_id, one.row.id) in self.answers for one in asked)

    def silent(self) -> tuple[Organisation, ...]:
        """Those that have answered nothing of what is in review."""
        open_ = self.in_state("review")
        return tuple(o for o in self.organisations if open_ and not self.answered(o.id, open_))

    def begun(self) -> dict[Organisation, int]:
        """Those that have answered a part of what is in review, with how much of it."""
        open_ = self.in_state("review")
        counted = {o: self.answered(o.id, open_) for o in self.organisations}
        return {o: count for o, count in counted.items() if 0 < count < len(open_)}

    def counts(self, practice_id: str) -> dict[str, int]:
        """How many organisations gave which ratification and adoption to the practice."""
        found = [answer for (_organisation, practice), answer in self.answers.items() if practice == practice_id]
        return dict(Counter(value for a in found for value in (f"r.{a.ratification}", f"a.{a.adoption}")))

    def spoken(self, practice_id: str) -> tuple[tuple[Organisation, Review], ...]:
        """Who gave a sentence with the answer on the practice, in the order of the organisations."""
        found = ((o, self.answers.get((o.id, practice_id))) for o in self.organisations)
        return tuple((o, answer) for o, answer in found if answer and answer.sentence)

    def without_link(self) -> tuple[Organisation, ...]:
        """Those that no link of their own works for."""
        have = {one.link.organisation_id for one in self.links if one.alive}
        return tuple(o for o in self.organisations if o.id not in have)


class ReviewDesk:
    """Commands and queries of organizers. Rights are checked where pages are: facilitators may look.

    Args:
        clock: gives epoch milliseconds.
    """

    def __init__(self, store: Store, clock: Callable[[], int] = now_ms) -> None:
        self._store = store
        self._clock = clock

    def desk(self, event_id: str) -> Desk:
        """Everything of the event's review.

        Raises:
            errors.NotFound: there is no such event.
        """
        return self._store.read(lambda tx: self._desk(tx, event_id))

    def start(self, account_id: str, event_id: str, practice_ids: Collection[str]) -> int:
        """Put drafts into review; how many there were.

        Raises:
            errors.NotFound: the event, or one of them is not its.
            errors.NoPractices: none is chosen, or none of them is a draft.
        """
        return self._store.write(lambda tx: self._start(tx, account_id, event_id, practice_ids))

    def close(self, account_id: str, event_id: str) -> int:
        """End the review: what was in it is a draft again, with all answers; how many there were. Raises errors.NotFound."""
        return self._store.write(lambda tx: self._close(tx, account_id, event_id))

    def freeze(self, account_id: str, event_id: str, practice_ids: Collection[str]) -> int:
        """Freeze practices as finished versions, all or none; how many there were.

        Raises:
            errors.NotFound, errors.NoPractices: none is chosen.
            errors.Frozen: one is frozen already.
        """
        return self._store.write(lambda tx: self._freeze(tx, account_id, event_id, practice_ids))

    def make_links(self, account_id: str, event_id: str, whom: str, days: int = DAYS) -> list[NewLink]:
        """Make links that work for *days*.

        Args:
            whom: `EVENT`, an organisation's id, or `EACH`: every organisation that has none.

        Raises:
            errors.NotFound, errors.OutOfRange: the days.
            errors.HasLink: there is one that works; by `EACH`: for every organisation.
        """
        return self._store.write(lambda tx: self._make_links(tx, account_id, event_id, whom, _within(days)))

    def replace_link(self, account_id: str, event_id: str, link_id: str, days: int = DAYS) -> NewLink:
        """Give a link a new secret, and *days* from now; the old secret opens nothing any more.

        Raises:
            errors.NotFound, errors.OutOfRange
        """
        return self._store.write(lambda tx: self._replace_link(tx, account_id, event_id, link_id, _within(days)))

    def extend_link(self, account_id: str, event_id: str, link_id: str, days: int = DAYS) -> None:
        """Let a link that is not revoked work for *days* from now.

        Raises:
            errors.NotFound, errors.OutOfRange
            errors.Conflict: it is revoked; what was taken back does not open again.
        """
        self._store.write(lambda tx: self._extend_link(tx, account_id, event_id, link_id, _within(days)))

    def revoke_link(self, account_id: str, event_id: str, link_id: str) -> None:
        """Let a link open nothing any more, at once. Raises errors.NotFound."""
        self._store.write(lambda tx: self._revoke_link(tx, account_id, event_id, link_id))

    def handle(self, account_id: str, event_id: str, comment_id: str, handled: bool) -> None:
        """Mark a comment as handled, or as not yet. Raises errors.NotFound."""
        self._store.write(lambda tx: self._handle(tx, account_id, event_id, comment_id, handled))

    # -- inside a transaction ----------------------------------------------------------------------

    def _desk(self, tx: Tx, event_id: str) -> Desk:
        event = _event(tx, event_id)
        organisations = tuple(events.organisations(tx, event_id))
        practices = tuple(places.of_event(tx, event_id))
        return Desk(
            event, organisations, practices, tuple(places.set_aside(tx, event_id)),
            tuple(sorted((self._issued(tx, link, organisations) for link in reviews.links(tx, event_id)), key=_by_name)),
            review.standing(reviews.of_event(tx, event_id)), tuple(reviews.comments(tx, event_id)), _corrected(tx, event_id, practices),
        )

    def _issued(self, tx: Tx, link: ReviewLink, organisations: tuple[Organisation, ...]) -> Issued:
        return Issued(link, _named(organisations, link.organisation_id), link.alive(self._clock()), reviews.spent(tx, link.id))

    def _start(self, tx: Tx, account_id: str, event_id: str, practice_ids: Collection[str]) -> int:
        _event(tx, event_id)
        chosen = [places.find(tx, event_id, one).row for one in practice_ids]
        return self._moved(tx, account_id, [one for one in chosen if one.state == "draft"], "review", "review.start")

    def _close(self, tx: Tx, account_id: str, event_id: str) -> int:
        _event(tx, event_id)
        open_ = [one.row for one in places.of_event(tx, event_id) if one.row.state == "review"]
        return self._moved(tx, account_id, open_, "draft", "review.close") if open_ else 0

    def _freeze(self, tx: Tx, account_id: str, event_id: str, practice_ids: Collection[str]) -> int:
        _event(tx, event_id)
        acts = [Act(tx, event_id, one, account_id, self._clock()).open() for one in dict.fromkeys(practice_ids)]
        read = versions.readings(tx, [act.practice for act in acts])
        for act in acts:
            versions.freeze(act, read[act.practice.id][0])
        if not acts:
            raise errors.NoPractices("practice")
        return len(acts)

    def _moved(self, tx: Tx, account_id: str, practices: list[StoredPractice], state: str, action: str) -> int:
        if not practices:
            raise errors.NoPractices("practice")
        for one in practices:
            act = Act(tx, one.event_id, one.id, account_id, self._clock())
            act.change(state=state)
            act.note(action)
        return len(practices)

    def _make_links(self, tx: Tx, account_id: str, event_id: str, whom: str, days: int) -> list[NewLink]:
        _event(tx, event_id)
        organisations = events.organisations(tx, event_id)
        wanted = [None] if whom == EVENT else [o for o in organisations if whom in (EACH, o.id)]
        if not wanted and whom != EACH:
            raise errors.NotFound("whom")
        have = {link.organisation_id for link in reviews.links(tx, event_id) if link.alive(self._clock())}
        missing = [o for o in wanted if (o and o.id) not in have]
        if not missing:
            raise errors.HasLink("whom")
        return [self._made(tx, account_id, event_id, organisation, days) for organisation in missing]

    def _made(self, tx: Tx, account_id: str, event_id: str, organisation: Organisation | None, days: int) -> NewLink:
        at, token = self._clock(), secrets.token_urlsafe(24)
        link = ReviewLink(new_id(at), event_id, organisation and organisation.id, hashed(token), at + days * DAY_MS, None, at, account_id)
        reviews.add_link(tx, link)
        self._note(tx, account_id, event_id, "review.link")
        return NewLink(link, organisation, token)

    def _replace_link(self, tx: Tx, account_id: str, event_id: str, link_id: str, days: int) -> NewLink:
        old, token = _link(tx, event_id, link_id), secrets.token_urlsafe(24)
        link = replace(old, token_hash=hashed(token), expires_at=self._clock() + days * DAY_MS, revoked_at=None)
        reviews.save_link(tx, link)
        self._note(tx, account_id, event_id, "review.link")
        return NewLink(link, _named(tuple(events.organisations(tx, event_id)), link.organisation_id), token)

    def _extend_link(self, tx: Tx, account_id: str, event_id: str, link_id: str, days: int) -> None:
        old = _link(tx, event_id, link_id)
        if old.revoked_at is not None:
            raise errors.Conflict("link")
        reviews.save_link(tx, replace(old, expires_at=self._clock() + days * DAY_MS))
        self._note(tx, account_id, event_id, "review.extend")

    def _revoke_link(self, tx: Tx, account_id: str, event_id: str, link_id: str) -> None:
        old = _link(tx, event_id, link_id)
        if old.revoked_at is None:
            reviews.save_link(tx, replace(old, revoked_at=self._clock()))
            self._note(tx, account_id, event_id, "review.revoke")

    def _handle(self, tx: Tx, account_id: str, event_id: str, comment_id: str, handled: bool) -> None:
        comment = next((c for c in reviews.comments(tx, event_id) if c.id == comment_id), None)
        practice = comment and practices.in_event(tx, event_id, comment.practice_id)
        if comment is None or practice is None:
            raise errors.NotFound("comment")
        reviews.set_comment(tx, comment.id, "handled" if handled else "active")
        places.note(tx, practice, self._clock(), account_id, "review.handle", handled=handled)

    def _note(self, tx: Tx, account_id: str, event_id: str, action: str) -> None:
        practices.note(tx, PracticeEntry(new_id(self._clock()), event_id, None, self._clock(), account_id, action, "{}"))


def _within(days: int) -> int:
    if not 1 <= days <= MOST_DAYS:
        raise errors.OutOfRange("days", what=days, most=MOST_DAYS)
    return days


def _event(tx: Tx, event_id: str) -> Event:
    found = events.by_id(tx, event_id)
    if found is None:
        raise errors.NotFound("event")
    return found


def _link(tx: Tx, event_id: str, link_id: str) -> ReviewLink:
    found = reviews.link(tx, event_id, link_id)
    if found is None:
        raise errors.NotFound("link")
    return found


def _named(organisations: tuple[Organisation, ...], organisation_id: str | None) -> Organisation | None:
    return next((o for o in organisations if o.id == organisation_id), None)


def _by_name(one: Issued) -> tuple[str, int]:
    """The link for the whole event comes first."""
    return one.organisation.name.casefold() if one.organisation else "", one.link.created_at


def _corrected(tx: Tx, event_id: str, placed: tuple[places.Placed, ...]) -> tuple[Corrected, ...]:
    known = {one.row.id: one for one in placed}
    told = [(entry, json.loads(entry.detail)) for entry in reviews.noted(tx, event_id, "quote.correct") if entry.practice_id in known]
    return tuple(Corrected(known[entry.practice_id or ""], entry.at, detail["was"], detail["now"]) for entry, detail in told)
