"""The mails of a review, in the event's language: the link with what is asked, and a reminder without it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from workshop.documents.words import Words, line
from workshop.model import Event


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to be sent by the organizer's own program, or copied."""

    subject: str
    body: str

    @property
    def address(self) -> str:
        """A ``mailto:`` address with both (RFC 6068), its lines ended as mails end theirs."""
        return f"mailto:?subject={quote(self.subject)}&body={quote(self.body.replace(chr(10), chr(13) + chr(10)))}"


def invitation(event: Event, organisation: str, url: str, until: str, practices: int) -> Mail:
    """What asks an organisation to review.

    Args:
        organisation: its name; "" where the link is for whoever opens it.
        url: the link with its secret.
        until: the ISO day on which the link ends.
        practices: how many there are to review.
    """
    w = Words(event.language)
    return _mail(
        w._("Please review: %(event)s", event=line(event.name)), w._("Hello,"),
        w.ngettext("%(event)s has led to %(n)d draft best practice.", "%(event)s has led to %(n)d draft best practices.", practices,
                   event=line(event.name)),
        w._("We ask %(organisation)s to read and answer:", organisation=line(organisation) or w._("your organisation")),
        "\n".join((
            "– " + w._("how far you agree; a reservation takes a sentence, which is printed with your organisation’s name"),
            "– " + w._("whether you do it already, will do it, and by when"),
            "– " + w._("what should be said better, section by section"),
        )),
        url,
        w._("The link needs no account, works on a phone too, and ends on %(day)s. Pass it on inside your organisation only.",
            day=w.day(until)),
        w._("You can answer again at any time until then: the last answer stands."), _thanks(event, w),
    )


def reminder(event: Event, organisation: str, until: str, answered: int = 0, practices: int = 0) -> Mail:
    """What reminds an organisation that has *answered* nothing, or a part of the *practices*.

    The link itself is known to nobody but its receivers.
    """
    w = Words(event.language)
    words = {"organisation": line(organisation), "event": line(event.name), "n": answered, "all": practices}
    nothing = w._("We have no answer of %(organisation)s yet to the draft best practices of %(event)s.", **words)
    part = w._("%(organisation)s has answered %(n)d of the %(all)d draft best practices of %(event)s. We wait for the others.", **words)
    return _mail(
        w._("A reminder: please review: %(event)s", event=line(event.name)), w._("Hello,"), part if answered else nothing,
        w._("The link in our earlier mail works until %(day)s. If you cannot find it, tell us and we will send a new one.",
            day=w.day(until)),
        _thanks(event, w),
    )


def _thanks(event: Event, w: Words) -> str:
    return "\n".join(part for part in (w._("Thank you!"), line(event.host)) if part)


def _mail(subject: str, *paragraphs: str) -> Mail:
    return Mail(subject, "\n\n".join(paragraphs))
