"""The editor of one practice: its page, what it sends, and what it asks every two seconds.

Every address finds the practice first and everything else through its event.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from flask import Blueprint, current_app, g, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from workshop import documents, errors
from workshop.documents import sections
from workshop.documents.changes import told
from workshop.documents.words import Words, iso
from workshop.model import FieldText, StoredPractice
from workshop.service.practices import Measure, Opened, Practices, Written
from workshop.web import language, problems, shell, who
from workshop.web import told as page

pages = Blueprint("editor", __name__, url_prefix="/practices/<practice_id>")
pages.before_request(who.facilitator)
Body = dict[str, Any]
MEASURE_ID = re.compile(r"[\w-]{1,40}", re.ASCII)


@pages.url_value_preprocessor
def name(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Every address names its practice."""
    g.practice_id = (values or {}).pop("practice_id")


@pages.before_request
def find() -> None:
    """Find the practice, and by it the event, once it is known who asks."""
    g.practice = _practices().find(g.practice_id)


@pages.errorhandler(errors.Overtaken)
def overtaken(problem: errors.Overtaken) -> Response:
    """A conflict: what stands goes along, so that the writer can decide."""
    theirs = page.field(problem.theirs, _names()) if isinstance(problem.theirs, FieldText) else page.measure(problem.theirs)  # type: ignore[arg-type]
    return make_response(jsonify(ok=False, error={"code": problem.code, "message": problems.say(problem), "theirs": theirs}), 409)


# -- pages -------------------------------------------------------------------------------------------


@pages.get("")
def show() -> Response:
    """The editor."""
    opened = _opened()
    boot = shell.as_json(page.boot(opened, who.account())).decode()
    return make_response(render_template("practices/editor.html", opened=opened, boot=boot))


@pages.get("/lineage")
def lineage() -> Response:
    """Where every section comes from: ideas with their votes, experiences, merges, and what editors did."""
    opened = _opened()
    report = documents.of_session(current_app.extensions["workshop"].store, g.practice.session_id)
    ideas = {idea.id: (theme, idea) for theme in (report.themes if report else ()) for idea in theme.ideas}
    lines = {line.idea: line for theme in (report.themes if report else ()) if theme.count for line in theme.count.ranking}
    shown = render_template(
        "practices/lineage.html", account=who.account(), opened=opened, titles=sections.TITLES, ideas=ideas, lines=lines,
        log=_log(opened), others=_others(),
    )
    return make_response(shown)


def _log(opened: Opened) -> list[tuple[str, str, str]]:
    """When, by whom, and what: the newest first."""
    entries = _practices().history(g.practice.event_id, g.practice.id)
    words = Words(language.current())
    title = opened.practice.title
    return [(iso(one.at)[:16].replace("T", " "), opened.names.get(one.actor, "–"), told(one, title, words)) for one in reversed(entries)]


def _others() -> list[StoredPractice]:
    """The practices of the same session that this one could take in."""
    mine, found = g.practice, [one.practice for one in _practices().of_event(g.practice.event_id)]
    return [one for one in found if one.session_id == mine.session_id and one.id != mine.id and one.state in ("draft", "review")]


# -- questions ---------------------------------------------------------------------------------------


@pages.get("/state")
def state() -> Response:
    """What has changed since a revision, and who else is here."""
    found = _practices().since(g.practice.event_id, g.practice.id, max(0, request.args.get("since", 0, type=int)))
    others = _practices().here(g.practice.id, request.args.get("page", "")[:40], who.account().id, request.args.get("section", "")[:20])
    return jsonify(
        ok=True, practice=page.kept(found.practice), fields=[page.field(one, _names()) for one in found.fields],
        measures=[page.measure(one) for one in found.measures], room=found.room, here=[page.here(one, _names()) for one in others],
    )


@pages.get("/view")
def view() -> Response:
    """The practice as it reads: what the room said may have changed."""
    return jsonify(ok=True, said=page.said(_opened().practice))


@pages.get("/wordings/<section>")
def wordings(section: str) -> Response:
    """Every wording of a section, the newest first."""
    found = _practices().wordings(g.practice.event_id, g.practice.id, section)
    names = _names()
    return jsonify(ok=True, wordings=[asdict(one) | {"by": names.get(one.by, "")} for one in reversed(found)])


@pages.get("/measures/<measure_id>/figures")
def figures(measure_id: str) -> Response:
    """Every state of a measure, the newest first."""
    found, names = _practices().figures(g.practice.event_id, g.practice.id, measure_id), _names()
    return jsonify(ok=True, figures=[asdict(one) | {"by": names.get(one.by, "")} for one in reversed(found)])


# -- changes -----------------------------------------------------------------------------------------


@pages.post("/fields/<section>")
def save_field(section: str) -> Response:
    """Save a section."""
    body = _body()
    tags = tuple(_whole(str(tag)) for tag in _list(body, "tags"))
    written = Written(section, _text(body, "text"), _revision(body), tags, _text(body, "owner"))
    return _done(field=page.field(_do("save", written), _names()))


@pages.post("/restore")
def restore() -> Response:
    """Let an earlier wording stand again."""
    body = _body()
    return _done(field=page.field(_do("restore", _text(body, "wording"), _revision(body)), _names()))


@pages.post("/measures/<measure_id>")
def put_measure(measure_id: str) -> Response:
    """Add or change a measure."""
    if not MEASURE_ID.fullmatch(measure_id):  # documents hold it, and are read back
        raise errors.NotFound("measure")
    body = _body()
    words = {name: _text(body, name) for name in ("kpi", "name", "unit", "source", "owner")}
    figures = {name: _figure(body, name) for name in ("baseline", "target")}
    return _done(measure=page.measure(_do("put_measure", Measure(**words, **figures, id=measure_id), _revision(body))))


@pages.post("/measures/<measure_id>/remove")
def remove_measure(measure_id: str) -> Response:
    """Take a measure away."""
    return _done(measure=page.measure(_do("remove_measure", measure_id)))


@pages.post("/confirm")
def confirm() -> Response:
    """Confirm as good practice, or (without a reason) take that back."""
    body = _body()
    return _done(practice=page.kept(_do("confirm", None if body.get("reason") is None else _text(body, "reason"))))


@pages.post("/review-on")
def review_on() -> Response:
    """Say when it is looked at next."""
    return _done(practice=page.kept(_do("review_on", _text(_body(), "day"))))


@pages.post("/standing")
def standing() -> Response:
    """Set aside, or take up again."""
    return _done(practice=page.kept(_do("set_state", _text(_body(), "state"))))


@pages.post("/freeze")
def freeze() -> Response:
    """Freeze the version, which organizers alone may, as on the page of the review."""
    who.organizer_to_change()
    edition = _do("freeze")
    return _done(number=edition.number, hash=edition.hash)


@pages.post("/version")
def version() -> Response:
    """Begin the next version; where its editor is."""
    return _done(url=url_for(".show", practice_id=_do("continued", bool(_body().get("large"))).id))


@pages.post("/split")
def split() -> Response:
    """Split ideas off, by a form of the lineage page."""
    made = _do("split", _real_ideas(request.form.getlist("idea")))
    return redirect(url_for(".show", practice_id=made.id))


@pages.post("/join")
def join() -> Response:
    """Take another practice in, by a form of the lineage page."""
    _do("join", request.form.get("other", ""))
    return redirect(url_for(".show", practice_id=g.practice.id))


# -- what a page sends -----------------------------------------------------------------------------------


def _body() -> Body:
    """The JSON that came.

    Raises:
        errors.Invalid: it is none.
    """
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise errors.Invalid("body", what="JSON")
    return body


def _checked(body: Body, name: str, kind: type | tuple[type, ...], otherwise: Any) -> Any:
    value = body.get(name, otherwise)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise errors.Invalid(name, what=str(value)[:20])
    return value


def _text(body: Body, name: str) -> str:
    return _whole(_checked(body, name, str, ""))


def _whole(text: str) -> str:
    """Without halves of signs, which JSON can hold and nothing else."""
    return text.encode(errors="ignore").decode()


def _list(body: Body, name: str) -> list[Any]:
    return _checked(body, name, list, [])


def _revision(body: Body) -> int:
    return _checked(body, "base", int, 0)


def _figure(body: Body, name: str) -> float | None:
    found = _checked(body, name, (int, float, type(None)), None)
    try:
        return None if found is None else float(found)
    except OverflowError:
        raise errors.NoFigure(name) from None


def _real_ideas(shown: list[str]) -> list[str]:
    """The store's ids of ideas by those that pages print."""
    return _practices().ideas_of(g.practice.event_id, g.practice.id, shown)


def _do(name: str, *values: object) -> Any:
    change: Callable[..., Any] = getattr(_practices(), name)
    return change(g.practice.event_id, g.practice.id, *values, who.account().id)


def _done(**told: object) -> Response:
    return jsonify(ok=True, **told)


def _opened() -> Opened:
    opened = _practices().opened(g.practice.event_id, g.practice.id)
    g.names = opened.names
    return opened


def _names() -> dict[str, str]:
    if "names" not in g:
        g.names = _practices().names()
    return g.names


def _practices() -> Practices:
    return current_app.extensions["workshop"].practices
