"""What a browser does before there is a socket: forms with their hidden fields, joining, signing in."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from types import TracebackType
from urllib.parse import urljoin, urlsplit

import aiohttp
from yarl import URL

from workshop.rehearse.patience import PATIENCE, persist

Cookies = dict[str, str]
TIMEOUT = aiohttp.ClientTimeout(total=60)


class Refused(Exception):
    """The server answered, and the answer is no."""


@dataclass
class Form:
    """One form of a page: where it goes, what it already holds, what it offers."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    offers: dict[str, list[str]] = field(default_factory=dict)  # of selects and radio buttons, by name


class _Forms(HTMLParser):
    """Collects the forms of a page as a browser without script sees them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._form: Form | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.found.append(self._form)
        elif self._form is not None:
            self._inside(self._form, tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""

    def _inside(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if tag == "option" and self._select:
            self._offer(form, self._select, given.get("value", ""), "selected" in given)
        elif tag == "input" and given.get("type") in ("radio", "checkbox") and name:
            self._offer(form, name, given.get("value", "on"), "checked" in given)
        elif tag == "input" and name:
            form.names.add(name)
            form.values[name] = given.get("value", "")
        elif tag in ("select", "textarea") and name:
            form.names.add(name)
            self._select = name if tag == "select" else self._select

    @staticmethod
    def _offer(form: Form, name: str, value: str, chosen: bool) -> None:
        form.names.add(name)
        form.offers.setdefault(name, []).append(value)
        if chosen:
            form.values[name] = value


def forms(page: str) -> list[Form]:
    """The forms of an HTML page, in order."""
    parser = _Forms()
    parser.feed(page)
    return parser.found


class Browser:
    """One browser with its own cookies; an async context manager.

    Args:
        url: the server's address, e.g. ``http://127.0.0.1:8000``.
        cookies: those that it has already.
    """

    def __init__(self, url: str, cookies: Cookies | None = None) -> None:
        self.url = url.rstrip("/") + "/"
        # "unsafe" keeps cookies of bare addresses, as browsers do.
        self._http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), timeout=TIMEOUT)
        self._http.cookie_jar.update_cookies(cookies or {}, URL(self.url))

    async def __aenter__(self) -> Browser:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._http.close()

    @property
    def cookies(self) -> Cookies:
        """The cookies by name."""
        return {cookie.key: cookie.value for cookie in self._http.cookie_jar}

    async def get(self, path: str) -> tuple[int, str, str]:
        """The status, the address in the end and the text of a page."""
        async with self._http.get(urljoin(self.url, path.lstrip("/"))) as answer:
            return answer.status, str(answer.url), await answer.text()

    async def submit(self, base: str, form: Form, values: Mapping[str, str]) -> tuple[int, str, str]:
        """Fill *values* into *form*, found on the page *base*, and send it; the answer as by `get`."""
        target = urljoin(base, form.action or base)
        send = self._http.post if form.method == "post" else self._http.get
        filled = {**form.values, **values}
        payload = {"data": filled} if form.method == "post" else {"params": filled}
        async with send(target, headers={"Referer": base, "Origin": origin(target)}, **payload) as answer:
            return answer.status, str(answer.url), await answer.text()


def origin(url: str) -> str:
    """Scheme, host and port of *url*."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def cookie_header(cookies: Cookies) -> str:
    """*cookies* as the value of a Cookie header."""
    jar: SimpleCookie = SimpleCookie()
    for name, value in cookies.items():
        jar[name] = value
    return jar.output(header="", sep=";").strip()


@dataclass(frozen=True, slots=True)
class Entry:
    """What the join page asks and offers."""

    base: str
    form: Form
    organisations: tuple[str, ...]  # the listed ones, by the value that the form sends


OTHER, NONE = "other", "none"  # the form's choices beside the list


async def enter(browser: Browser, code: str) -> Entry:
    """Open the session's join page.

    Raises:
        Refused: there is no such session, or no form to join it with.
    """
    status, base, page = await browser.get(code)
    form = next((form for form in forms(page) if "quote" in form.names), None)
    if status != 200 or form is None:
        raise Refused(f"{base} has no form to join with (status {status})")
    listed = [value for value in form.offers.get("organisation", []) if value not in ("", OTHER, NONE)]
    return Entry(base, form, tuple(listed))


async def join(url: str, code: str, organisation: str = "", name: str = "", quote: str = "organisation",
               patience: float = PATIENCE, cookies: Cookies | None = None) -> Cookies:
    """Join a session as a person does: open the page, send its form; again while the server is away.

    Args:
        organisation: one of `Entry.organisations`, or a name, which is added where it is new; empty for none.
        quote: how to be quoted: ``name``, ``organisation`` or ``anonymous``.
        patience: seconds to try for.
        cookies: those that the browser has already.

    Returns:
        the browser's cookies; ``p-CODE`` is the participant's.

    Raises:
        Refused: the form came back without a participant.
        TimeoutError: no server for so long.
    """
    async with Browser(url, cookies) as browser, asyncio.timeout(patience):
        entry = await persist(lambda: enter(browser, code))
        values = {**_chosen(entry, organisation), "name": name, "quote": quote}
        # The form has an id of its own: where only the answer was lost, the same form again is the same participant.
        status, _, _ = await persist(lambda: browser.submit(entry.base, entry.form, values))
        if not any(cookie.startswith("p-") for cookie in browser.cookies):
            raise Refused(f"could not join {code} as {name or 'a participant'} (status {status})")
        return browser.cookies


async def sign_in(url: str, link: str) -> Cookies:
    """Open a one-time link; the browser's cookies, among them ``account``.

    Raises:
        Refused: the link is spent or too old.
    """
    async with Browser(url) as browser:
        status, base, page = await browser.get(urlsplit(link).path)
        form = next((form for form in forms(page) if form.method == "post"), None)
        if "account" not in browser.cookies and form is not None:
            # The link shows a button first, so that a mail scanner's visit does not spend it.
            status, _, _ = await browser.submit(base, form, {})
        if "account" not in browser.cookies:
            raise Refused(f"the link did not sign in (status {status})")
        return browser.cookies


def _chosen(entry: Entry, organisation: str) -> dict[str, str]:
    if not organisation:
        return {"organisation": NONE}
    if organisation in entry.organisations:
        return {"organisation": organisation}
    return {"organisation": OTHER, "other": organisation, "new": "1"}
