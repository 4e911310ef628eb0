"""Sentences that several documents say of a session and its practices, as plain text; *light* ones hold ``*stressed*`` words."""

from __future__ import annotations

from workshop.documents.sections import MATURITY
from workshop.documents.shape import Disagreement, Report
from workshop.documents.words import Words
from workshop.rules.practice import Practice


def attendance(report: Report, w: Words) -> str:
    """How many came, from where, and how much they wrote."""
    if not report.room.joined:
        return w._("Nobody has joined the session yet.")
    homes, added = len(report.room.organisations), report.experiences
    return " ".join((
        w.ngettext("%(n)d person took part,", "%(n)d people took part,", report.room.joined),
        w.ngettext("from %(n)d organisation.", "from %(n)d organisations.", homes) if homes else w._("without organisations."),
        w.ngettext("The room wrote %(n)d idea", "The room wrote %(n)d ideas", report.ideas),
        w.ngettext("under %(n)d theme,", "under %(n)d themes,", len(report.themes)),
        w.ngettext("and %(n)d contribution was added to them.", "and %(n)d contributions were added to them.", added)
        if added else w._("and added nothing to them."),
    ))


def next_step(w: Words) -> str:
    """What the practices are, and what they need; light."""
    return w._("Each practice below holds what the room said, word for word; what the editor wrote stands apart from it. What is "
               "still open says *to complete* and needs an owner: that is the next step.")


def standing(practice: Practice, w: Words) -> str:
    """How well tried a practice is, how complete, and whose proposal."""
    filled = w._("%(filled)d of %(all)d sections filled", filled=practice.filled, all=len(practice.fields))
    by = w._("proposed by %(by)s", by=practice.by) if practice.by else w._("proposed anonymously")
    return " · ".join((w._(MATURITY[practice.maturity]), filled, by))


def sides(found: Disagreement, agree: bool) -> list[int]:
    """How many organisations do it, would and would not; where *agree*, how many voters agree and disagree."""
    votes = [found.agree or 0, found.disagree or 0] if agree else []
    return [found.do, found.would, found.against, *votes]


def by_proxy(report: Report, w: Words) -> list[str]:
    """How many ballots were entered for a table or an organisation, where there are any."""
    n = sum(count.proxies for theme in report.themes for count in (*theme.earlier, theme.count) if count)
    return [w.ngettext("%(n)d ballot was entered by proxy: by the facilitator, for a table or an organisation. It counts once.",
                       "%(n)d ballots were entered by proxy: by the facilitator, for a table or an organisation. Each counts once.",
                       n)] if n else []
