"""How a contributor is named: exactly as far as they consented, and never further."""

from __future__ import annotations

from workshop.model import Quote


def credit(participant_name: str, organisation_name: str | None, quote: Quote, show: bool = True) -> str | None:
    """The line under a quoted text.

    Args:
        participant_name: as given; may be empty.
        organisation_name: None for people without an organisation.
        quote: what the contributor chose: ``name`` (name and organisation), ``organisation`` or ``anonymous``.
        show: False where the session hides authors.

    Returns:
        "Ada, City", "City" or "Ada", or None where nobody may or can be named. A missing part is
        left out and never replaced by one that was not consented to.
    """
    if not show:
        return None
    parts = {"name": (participant_name, organisation_name), "organisation": (organisation_name,)}.get(quote, ())
    return ", ".join(part for part in parts if part) or None
