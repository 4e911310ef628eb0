"""What those who review are answered, and the organizer who asks them to."""

from __future__ import annotations

from workshop.errors.base import N_, Empty, Invalid, WorkshopError


class DeadReview(WorkshopError, code="dead_review", status=404):
    """A review link is guessed, revoked or too old: which of them, nobody is told."""

    message = N_("This link does not lead to a review, or not any more. Ask the organizer who sent it for a new one.")


class NeedsReason(Invalid, code="needs_reason"):
    """A reservation, a standing aside or a no without a sentence that says why."""

    message = N_("Say in a sentence why, so that the practice can become better. What you typed is kept.")


class OffTime(Invalid, code="off_time"):
    """An organisation says that it will, by a time that cannot be."""

    message = N_("Choose a year from %(first)s to %(last)s, or leave it open. What you typed is kept.")


class NothingSaid(Empty, code="nothing_said"):
    """An answer in review without a choice and without a comment."""

    message = N_("Choose an answer or write a comment first.")


class ReviewClosed(WorkshopError, code="review_closed", status=409):
    """The practice is not in review."""

    message = N_("The review of this practice is closed, so nothing was changed. Ask the organizer if something must still go in.")


class ManyAnswers(WorkshopError, code="many_answers", status=409):
    """So much has come by one link that no more is taken."""

    message = N_("By this link %(limit)s answers and comments have come, which is the most. Ask the organizer for another link.")


class ManyComments(ManyAnswers, code="many_comments"):
    """An organisation has made as many comments on a practice as anybody could take up."""

    message = N_("Your organisation has %(limit)s comments on this practice, which is the most. Withdraw one first.")


class HasLink(WorkshopError, code="has_link", status=409):
    """A review link is asked for where one works already."""

    message = N_("There is a link already, and it works. Replace it if it was lost.")


class NoPractices(WorkshopError, code="no_practices", status=409):
    """A review is to start, and there is no draft to review."""

    message = N_("There is no draft practice to review. Make the drafts of a session first, or choose at least one.")


class FrozenQuote(WorkshopError, code="frozen_quote", status=409):
    """Words are to be corrected that stand in no practice that is still open."""

    message = N_("These words stand in a finished version, which does not change. How you are named there can be changed at any time.")
