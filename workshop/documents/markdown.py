"""The report as Markdown: a document to send out, readable as text and rendered."""

from __future__ import annotations

from workshop.documents import markdown_figures, markdown_practice, markdown_result
from workshop.documents.marks import bullet, cell, escape, front_matter, heading, joined, table
from workshop.documents.method import explanation, name
from workshop.documents.office import together
from workshop.documents.sections import STANCES
from workshop.documents.shape import Disagreement, Present, Report
from workshop.documents.words import Words


def write(report: Report) -> bytes:
    """The Markdown document, UTF-8."""
    w = Words(report.language)
    blocks = [_front(report, w), *_head(report, w), *_summary(report, w)]
    for theme in report.themes:
        blocks += markdown_result.theme(theme, report, w)
    blocks += markdown_practice.practices(report, w)
    for part in (_disagreements, _method, _room, _changes, _about):
        blocks += part(report, w)
    return joined(blocks).encode()


def _front(report: Report, w: Words) -> str:
    values: dict[str, str | int | bool] = {
        "title": report.title, "event": report.event_name, "date": report.date, "place": report.place, "host": report.host,
        "question": report.question, "method": name(report.method, w), "language": report.language, "sample": report.sample,
        "status": "draft", "generated_at": report.generated_at, "product": f"workshop {report.product_version}",
        "content_hash": report.content_hash,
    }
    return front_matter({key: value for key, value in values.items() if value != ""})


def _head(report: Report, w: Words) -> list[str]:
    host = w._("hosted by %(host)s", host=report.host) if report.host else ""
    where = " · ".join(escape(part) for part in (report.event_name, w.day(report.date), report.place, host) if part)
    sample = w._("**This is a sample.** The people, organisations and statements in it are invented.") if report.sample else ""
    question = f"**{escape(report.question)}**" if report.question else ""
    return [heading(1, escape(report.title)), where, question, sample]


# -- summary ---------------------------------------------------------------------------------------


def _summary(report: Report, w: Words) -> list[str]:
    return [heading(2, w._("Summary")), attendance(report, w), *_outcome(report, w)]


def attendance(report: Report, w: Words) -> str:
    """How many came, from where, and how much they wrote."""
    if not report.room.joined:
        return w._("Nobody has joined the session yet.")
    return " ".join((
        w.ngettext("%(n)d person took part,", "%(n)d people took part,", report.room.joined),
        w.ngettext("from %(n)d organisation.", "from %(n)d organisations.", len(report.room.organisations)),
        w.ngettext("The room wrote %(n)d idea", "The room wrote %(n)d ideas", report.ideas),
        w.ngettext("under %(n)d theme,", "under %(n)d themes,", len(report.themes)),
        w.ngettext("and %(n)d contribution was added to them.", "and %(n)d contributions were added to them.", report.experiences),
    ))


def _outcome(report: Report, w: Words) -> list[str]:
    hidden = not any(theme.revealed for theme in report.themes)
    interim = [w._("No result is revealed yet. This document shows the work so far, not an outcome.")] if hidden else []
    if hidden and not report.practices:
        return interim
    if not report.practices:
        return [w._("No idea has been chosen.")]
    titles = {theme.id: escape(theme.title) for theme in report.themes}
    rows = [
        (titles[draft.theme], f"**{draft.number}** {escape(draft.practice.title)}",
         markdown_figures.figure(draft.line, report.method, w) if draft.line else "–",
         w._("%(filled)d of %(all)d", filled=draft.practice.filled, all=len(draft.practice.fields)))
        for draft in report.practices
    ]
    head = (w._("Theme"), w._("Chosen practice"), markdown_figures.head(report.method, w), w._("Sections filled"))
    return [*interim, table(head, rows, right=(2, 3)), next_step(w)]


def next_step(w: Words) -> str:
    """What the practices are, and what they need."""
    return w._("Each practice below holds what the room said, word for word; what the editor wrote stands apart from it. What is "
               "still open says *to complete* and needs an owner: that is the next step.")


# -- disagreements, method, room ---------------------------------------------------------------------


def _disagreements(report: Report, w: Words) -> list[str]:
    if not any(theme.revealed for theme in report.themes):
        return []
    title = heading(2, w._("Where the room disagreed"))
    if not report.disagreements:
        return [title, w._("No idea was both supported and refused.")]
    intro = w._("Ideas that some organisations do or would do and others would not. A reservation is worth reading before a decision.")
    if report.method == "agree":
        intro = w._("Ideas that divided the vote, or that some organisations do or would do and others would not.")
    return [title, intro, _divided(report, w), _reservations(report, w)]


def _reservations(report: Report, w: Words) -> str:
    voices = ((said, found.title) for found in report.disagreements for said in found.said)
    return "\n".join(
        bullet(w.quoted(said.text), " — " + w._("%(by)s, on *%(idea)s*", by=_credit(said.by, w), idea=escape(title)))
        for said, title in voices
    )


def _divided(report: Report, w: Words) -> str:
    agree = report.method == "agree"
    head = [w._("Idea"), *(w._(STANCES[kind]) for kind in STANCES), *((w._("Agree"), w._("Disagree")) if agree else ())]
    rows = [[cell(d.title), *(str(n) for n in sides(d, agree))] for d in report.disagreements]
    return table(head, rows, right=range(1, len(head)))


def sides(found: Disagreement, agree: bool) -> list[int]:
    """How many organisations do it, would and would not; where *agree*, how many voters agree and disagree."""
    votes = [found.agree or 0, found.disagree or 0] if agree else []
    return [found.do, found.would, found.against, *votes]


def _method(report: Report, w: Words) -> list[str]:
    title = heading(2, w._("How the vote was counted"))
    return [title, f"**{name(report.method, w)}.**", *explanation(report.method, report.take, w), *by_proxy(report, w)]


def by_proxy(report: Report, w: Words) -> list[str]:
    """How many ballots were entered for a table or an organisation, where there are any."""
    n = sum(count.proxies for theme in report.themes for count in (*theme.earlier, theme.count) if count)
    return [w.ngettext("%(n)d ballot was entered by proxy: by the facilitator, for a table or an organisation. It counts once.",
                       "%(n)d ballots were entered by proxy: by the facilitator, for a table or an organisation. Each counts once.",
                       n)] if n else []


def _room(report: Report, w: Words) -> list[str]:
    room, title = report.room, heading(2, w._("Who was in the room"))
    rows = [(_name_of(one, w), *room.figures(one)) for one in room.present] + together(room, w)
    counted = any(theme.revealed for theme in report.themes)
    head = (w._("Organisation"), w._("Joined"), w._("Voted"))[: 3 if counted else 2]
    listed = table(head, rows, right=(1, 2)) if rows else w._("Nobody has joined the session yet.")
    absent = w._("Invited, but not in the room: %(names)s.", names=escape(w.listed(room.absent))) if room.absent else ""
    note = w._("How a single organisation voted is not printed: with few ballots it would show how a person voted.") if counted else ""
    return [title, listed, absent, note]


def _name_of(present: Present, w: Words) -> str:
    if not present.name:
        return w._("*Without an organisation* (counted together as one)")
    label = escape(present.name)
    return label if present.invited else w._("%(organisation)s (not on the list of invited)", organisation=label)


# -- change log and the small print --------------------------------------------------------------------


def _changes(report: Report, w: Words) -> list[str]:
    title = heading(2, w._("Change log"))
    if not report.changes:
        return [title, w._("Nothing has been done yet.")]
    rows = [(change.at[:10], change.at[11:16], cell(change.text)) for change in report.changes]
    return [title, table((w._("Day"), w._("Time (UTC)"), w._("What happened")), rows)]


def _about(report: Report, w: Words) -> list[str]:
    made = w._("Made on %(day)s at %(time)s UTC with `workshop %(version)s`.", day=w.day(report.generated_at[:10]),
               time=report.generated_at[11:16], version=report.product_version)
    files = w._("Beside this document: `ideas.csv`, `experiences.csv`, `results.csv`, `practices.csv`, `sections.csv`, `measures.csv` and "
                "`answers.csv` for a spreadsheet, and `report.json` with everything, described by `report-2.schema.json`.")
    names = w._("Names and organisations appear only as each contributor agreed. Texts are printed as they were written.")
    fingerprint = w._("Content hash: `%(hash)s`. It stays the same for as long as the content does.", hash=report.content_hash)
    return [heading(2, w._("About this document")), names, files, f"{made} {fingerprint}"]


def _credit(by: str | None, w: Words) -> str:
    return escape(by) if by else w._("anonymous")
