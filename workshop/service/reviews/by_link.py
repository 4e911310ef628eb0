"""What whoever holds a review link may do: read, comment, answer. The link is the permission, and nothing else is."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from limits import RateLimitItemPerMinute

from workshop import errors
from workshop.model import Event, Organisation, Review, ReviewComment, ReviewLink, StoredPractice, new_id, now_ms
from workshop.pace import Pace
from workshop.rules import review, text
from workshop.rules.practice import Practice
from workshop.rules.review import Said
from workshop.service.entrance import hashed
from workshop.service.practices import versions
from workshop.service.reviews import places
from workshop.store import Store, Tx
from workshop.store.queries import events, practices, record, reviews

MOST = 5000  # answers and comments by one link: twenty organisations, sixty practices, and changes of mind
MOST_COMMENTS = 100  # of one organisation on one practice
ANSWERS = RateLimitItemPerMinute(300)  # by one link, which a whole meeting may use at once


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opens: *organisation* is for whom one answers, None while that is to be chosen among *choices*."""

    link: ReviewLink
    event: Event
    organisation: Organisation | None
    choices: tuple[Organisation, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A practice in the list, with the standing answer of the organisation and how many comments it made."""

    placed: places.Placed
    answer: Review | None
    comments: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What is to review; *closed* holds what the organisation answered to practices that are not in review any more."""

    opened: Opened
    open: tuple[Listed, ...]
    closed: tuple[Listed, ...]

    @property
    def answered(self) -> int:
        """How many of the open practices the organisation has answered."""
        return sum(one.answer is not None for one in self.open)

    def next(self, after: str = "") -> Listed | None:
        """The first open practice without an answer, looked for from the one *after* on, and then from the beginning."""
        ids = [one.placed.row.id for one in self.open]
        start = ids.index(after) + 1 if after in ids else 0
        return next((one for one in (*self.open[start:], *self.open[:start]) if one.answer is None), None)


@dataclass(frozen=True, slots=True)
class Page:
    """One practice to read and to answer; *said* is the organisation's standing answer."""

    opened: Opened
    placed: places.Placed
    practice: Practice
    said: Said
    comments: tuple[ReviewComment, ...]


class Reviewing:
    """Queries and commands of whoever holds a link.

    Args:
        clock: gives epoch milliseconds.
    """

    def __init__(self, store: Store, clock: Callable[[], int] = now_ms) -> None:
        self._store = store
        self._clock = clock
        self._pace = Pace(ANSWERS)

    @property
    def years(self) -> range:
        """By when an organisation can say that it will."""
        return review.years(self._clock())

    def open(self, token: str, organisation_id: str = "") -> Opened:
        """What the link opens.

        Args:
            organisation_id: whom one answers for, by a link for the whole event; another link knows.

        Raises:
            errors.DeadReview: guessed, revoked or too old, without saying which.
            errors.NotFound: the event has no such organisation.
        """
        return self._store.lookup(lambda tx: self._opened(tx, token, organisation_id))

    def going_on(self, event_id: str) -> bool:
        """Whether organisations may answer to practices of the event at present."""
        return self._store.lookup(lambda tx: any(one.state == "review" for one in practices.of_event(tx, event_id)))

    def overview(self, token: str, organisation_id: str = "") -> Overview:
        """The practices in review, with what the organisation has said. Raises as `open`, and errors.NotFound without an organisation."""
        return self._store.read(lambda tx: self._overview(tx, token, organisation_id))

    def page(self, token: str, organisation_id: str, practice_id: str) -> Page:
        """A practice to read and to answer.

        Raises:
            errors.DeadReview, errors.NotFound
            errors.ReviewClosed: it is not in review.
        """
        return self._store.read(lambda tx: self._page(tx, token, organisation_id, practice_id))

    def answer(self, token: str, organisation_id: str, practice_id: str, said: Said, comments: Mapping[str, str]) -> int:
        """Take an answer and comments, all or nothing; how many rows that made. The same again makes none.

        Args:
            said: the whole answer, which takes the place of an earlier one; both are kept.
            comments: text by section, "" for the whole practice; empty texts are none.

        Raises:
            errors.DeadReview, errors.NotFound, errors.ReviewClosed
            errors.NothingSaid, errors.NeedsReason, errors.OffTime, errors.TooLong, errors.Invalid: naming the field.
            errors.TooMany, errors.ManyAnswers: by this link; errors.ManyComments: on this practice.
        """
        self._pace.spend(self.open(token, organisation_id).link.id)
        return self._store.write(lambda tx: self._answer(tx, token, organisation_id, practice_id, said, comments))

    def withdraw(self, token: str, organisation_id: str, practice_id: str, comment_id: str) -> None:
        """Take a comment of the organisation back. Raises as `answer`."""
        self._store.write(lambda tx: self._withdraw(tx, token, organisation_id, practice_id, comment_id))

    # -- inside a transaction ----------------------------------------------------------------------

    def _opened(self, tx: Tx, token: str, organisation_id: str) -> Opened:
        wanted = hashed(token)
        link = reviews.open_link(tx, wanted, self._clock())
        if link is None or not hmac.compare_digest(link.token_hash, wanted):
            raise errors.DeadReview()
        choices = tuple(events.organisations(tx, link.event_id))
        chosen = link.organisation_id or organisation_id
        organisation = next((o for o in choices if o.id == chosen), None)
        if chosen and organisation is None:
            raise errors.NotFound("organisation")
        return Opened(link, record.event(tx, link.event_id), organisation, choices)

    def _for(self, tx: Tx, token: str, organisation_id: str) -> tuple[Opened, Organisation]:
        opened = self._opened(tx, token, organisation_id)
        if opened.organisation is None:
            raise errors.NotFound("organisation")
        return opened, opened.organisation

    def _overview(self, tx: Tx, token: str, organisation_id: str) -> Overview:
        opened, organisation = self._for(tx, token, organisation_id)
        newest = review.standing(reviews.of_event(tx, opened.event.id))
        remarks = [c.practice_id for c in reviews.comments(tx, opened.event.id) if c.organisation_id == organisation.id]
        everything = places.of_event(tx, opened.event.id)
        listed = [Listed(one, newest.get((organisation.id, one.row.id)), remarks.count(one.row.id)) for one in everything]
        return Overview(
            opened, tuple(one for one in listed if one.placed.row.state == "review"),
            tuple(one for one in listed if one.placed.row.state != "review" and one.answer),
        )

    def _page(self, tx: Tx, token: str, organisation_id: str, practice_id: str) -> Page:
        opened, organisation, practice = self._in_review(tx, token, organisation_id, practice_id)
        return Page(
            opened, practice, versions.reading(tx, practice.row)[0],
            review.said(reviews.last(tx, practice.row.id, organisation.id)),
            tuple(reviews.comments_by(tx, practice.row.id, organisation.id)),
        )

    def _answer(
        self, tx: Tx, token: str, organisation_id: str, practice_id: str, said: Said, comments: Mapping[str, str]
    ) -> int:
        opened, organisation, practice = self._in_review(tx, token, organisation_id, practice_id)
        said, last = review.checked(said, self._clock()), reviews.last(tx, practice.row.id, organisation.id)
        written, known = _remarks(comments), reviews.comments_by(tx, practice.row.id, organisation.id)
        remarks = [one for one in written if one not in {(c.section, c.text) for c in known}]
        changed = said != review.said(last)
        if said.nothing and (said.sentence or not (written or changed)):
            raise errors.NothingSaid("ratification")
        _check_limits(tx, opened.link.id, changed + len(remarks), len(known) + len(remarks))
        place = _Place(practice.row, organisation, opened.link.id, self._after(last))
        if changed:
            _keep_answer(tx, place, said)
        _keep_comments(tx, place, remarks)
        return changed + len(remarks)

    def _after(self, last: Review | None) -> int:
        """Now. Answers go by their time: it is never before the last one's, whatever the clock says meanwhile."""
        return max(self._clock(), last.at + 1 if last else 0)

    def _withdraw(self, tx: Tx, token: str, organisation_id: str, practice_id: str, comment_id: str) -> None:
        opened, organisation, practice = self._in_review(tx, token, organisation_id, practice_id)
        if comment_id not in {c.id for c in reviews.comments_by(tx, practice.row.id, organisation.id)}:
            raise errors.NotFound("comment")
        reviews.set_comment(tx, comment_id, "withdrawn")
        places.note(tx, practice.row, self._clock(), opened.link.id, "review.withdraw")

    def _in_review(
        self, tx: Tx, token: str, organisation_id: str, practice_id: str
    ) -> tuple[Opened, Organisation, places.Placed]:
        opened, organisation = self._for(tx, token, organisation_id)
        found = practices.in_event(tx, opened.event.id, practice_id)
        if found and found.state != "review":  # set aside, too: whoever was writing gets their words back
            raise errors.ReviewClosed("practice")
        return opened, organisation, places.find(tx, opened.event.id, practice_id)


@dataclass(frozen=True, slots=True)
class _Place:
    practice: StoredPractice
    organisation: Organisation
    link: str
    at: int

    @property
    def ids(self) -> tuple[str, str, str, str]:
        return new_id(self.at), self.practice.id, self.organisation.id, self.link


def _check_limits(tx: Tx, link_id: str, more: int, comments: int) -> None:
    if comments > MOST_COMMENTS:
        raise errors.ManyComments("comment-", limit=MOST_COMMENTS)
    if reviews.spent(tx, link_id) + more > MOST:
        raise errors.ManyAnswers(limit=MOST)


def _keep_answer(tx: Tx, place: _Place, said: Said) -> None:
    answer = Review(*place.ids, said.ratification, said.sentence, said.adoption, said.by_when, place.at, place.organisation.name)
    reviews.add(tx, answer)
    places.note(tx, place.practice, place.at, place.link, "review.answer")


def _keep_comments(tx: Tx, place: _Place, remarks: list[tuple[str, str]]) -> None:
    for n, (section, words) in enumerate(remarks):  # a millisecond apart, so that their order is kept
        reviews.add_comment(tx, ReviewComment(*place.ids, section, words, "active", place.at + n))
        places.note(tx, place.practice, place.at, place.link, "review.comment", section=section)


def _remarks(comments: Mapping[str, str]) -> list[tuple[str, str]]:
    """Section and text of every comment that says something."""
    written = ((review.section(key), words, f"comment-{key}") for key, words in comments.items() if words.strip())
    cleaned = [(key, text.clean_block(words, review.COMMENT_LIMIT, field)) for key, words, field in written]
    return [(key, words) for key, words in cleaned if words]
