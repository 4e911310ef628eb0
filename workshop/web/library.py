"""The library: what is published, for everybody to find, read, cite, download and follow."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import PurePath
from typing import Any

from flask import Blueprint, abort, current_app, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from workshop import errors
from workshop.documents import feed as atom
from workshop.documents import single
from workshop.documents.formats import TYPES, Format
from workshop.documents.shape import Report
from workshop.documents.words import Words, iso
from workshop.rules import light
from workshop.service.library import Question, Shelf
from workshop.web import catalogue, language

pages = Blueprint("library", __name__, url_prefix="/library")
ASKED = ("words", "theme", "year", "maturity", "stage", "measure", "use")
SEARCH_LIMIT = 200  # characters of a question's part
ATTEMPTS = 3  # to make a document that changes meanwhile
FRESH = "no-cache"  # keep it, and ask each time whether it still stands: what is taken out is gone everywhere at once


@pages.get("")
def show() -> Response:
    """What is published, by theme and year; searched and filtered."""
    question = Question(**{name: request.args.get(name, "")[:SEARCH_LIMIT].strip() for name in ASKED})
    shelf = _shelf()
    found = catalogue.ordered(shelf.answers(question))
    pages = catalogue.paged(found, request.args.get("page", 1, type=int))
    page = render_template(
        "library/list.html", shelf=shelf, groups=catalogue.groups(pages.shown), count=len(found), question=question, pages=pages,
        asked={name: value for name, value in asdict(question).items() if value}, choices=catalogue.choices(shelf), plain=light.plain,
        **catalogue.WORDS,
    )
    return _kept(make_response(page))


@pages.get("/feed")
def feed() -> Response:
    """The news of the library, as Atom."""
    body = atom.write(_shelf().entries, address(), address("/feed"), _("Library of practices"), language.current())
    answer = make_response(body)
    answer.content_type = "application/atom+xml; charset=utf-8"
    return _kept(answer)


@pages.get("/<practice_id>")
def practice(practice_id: str) -> Response:
    """One practice, to read and to cite."""
    shelf = _shelf()
    entry = shelf.find(practice_id)
    years, url = shelf.years(entry), address(f"/{entry.kept.id}")
    page = render_template(
        "library/practice.html", entry=entry, history=shelf.history(entry), newer=shelf.newer(entry), years=years, address=url,
        made_from=catalogue.made_from(entry.practice), remeasured=catalogue.remeasured(years), citation=catalogue.citation(entry, url),
        formats=single.ENDINGS, light=catalogue.grouped, words=Words(language.current()), iso=iso, **catalogue.WORDS,
    )
    return _kept(make_response(page))


@pages.get("/<practice_id>/practice.<ending>")
def document(practice_id: str, ending: str) -> Response:
    """One practice as a document."""
    wanted = single.ENDINGS.get(ending) or abort(404)
    printed, content = single.printed(_report(practice_id)), b""
    if not request.if_none_match.contains_weak(f"{printed}.{ending}"):  # what somebody has is not made anew to be compared
        printed, content = _made(practice_id, wanted)
    answer = make_response(content)
    answer.set_etag(f"{printed}.{ending}", weak=True)
    answer.content_type = TYPES[PurePath(ending).suffix or f".{ending}"]
    answer.headers["Content-Disposition"] = f'attachment; filename="practice-{practice_id[-6:]}.{ending}"'
    return _kept(answer)


def _made(practice_id: str, wanted: Format) -> tuple[str, bytes]:
    """The document with its fingerprint. What was overtaken while it was made (a name taken back, say) is made again.

    Raises:
        errors.NotFound: it was taken out of the library; errors.Conflict: it changes faster than it is made.
        errors.ManyDocuments, errors.ExportStopped
    """
    for _attempt in range(ATTEMPTS):
        report = _report(practice_id)
        printed, make = single.printed(report), partial(single.write, report, wanted)
        content = make() if wanted.name in single.QUICK else _workshop().handouts.get((practice_id, wanted.name), printed, make)
        if single.printed(_report(practice_id)) == printed:
            return printed, content
    raise errors.Conflict()


def _report(practice_id: str) -> Report:
    return single.report(_shelf().find(practice_id))


def _kept(answer: Response) -> Response:
    """The answer, which browsers and proxies may keep as long as it stands."""
    answer.headers["Cache-Control"] = FRESH
    answer.vary.update(("Cookie", "Accept-Language"))
    answer.add_etag(weak=True)
    return answer.make_conditional(request)


def address(path: str = "") -> str:
    """The absolute address of a page of the library; *path* begins with a slash."""
    return f"{_workshop().settings.public_url}/library{path}"


def _shelf() -> Shelf:
    return _workshop().library.shelf()


def _workshop() -> Any:
    return current_app.extensions["workshop"]
