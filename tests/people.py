"""People in front of real browsers: the facilitator at a laptop, the wall, buyers with phones.

Everybody is watched: an error on a page, or anything that the content security policy stops, is kept in
``troubles``. `Person.look` holds a view to what every view must be.
"""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, expect

from tests.apart import apart, played
from tests.phones import until
from workshop.model import Record
from workshop.rehearse.browser import Cookies
from workshop.rehearse.client import Console
from workshop.rehearse.desk import Desk
from workshop.rehearse.server import PrivateServer
from workshop.service.plans import EventPlan, SessionPlan, ThemeLine

PHONE, LAPTOP, PROJECTOR = (390, 844), (1280, 800), (1920, 1080)
POCKET = {"viewport": {"width": PHONE[0], "height": PHONE[1]}, "has_touch": True, "is_mobile": True}  # a facilitator's own phone
STAYS = 3.0  # seconds: what is wrong stays wrong
SHOTS = "WORKSHOP_SHOTS"  # the folder for pictures; none are made unless it is set
PATIENCE_MS = 15_000  # until something that can be done at once counts as impossible
TELL = "addEventListener('securitypolicyviolation', e => console.error(`CSP: ${e.violatedDirective} ${e.blockedURI}`))"
LINK = re.compile(r"http\S+/account/link/\S+")
SETTLED = """document.getAnimations().length && Promise.allSettled(
    document.getAnimations().filter(one => one.effect.getComputedTiming().endTime < Infinity).map(one => one.finished))"""
IN_FORCE = """dark => new Promise(done => {
    const theme = matchMedia("(prefers-color-scheme: dark)"), drawn = () => requestAnimationFrame(() => requestAnimationFrame(done));
    theme.matches === dark ? drawn() : theme.addEventListener("change", drawn, { once: true });
})"""  # the browser takes the setting over a moment after it is asked to
# A frame without the examiner in it is waited for, half a second each time, to no end: what it shows is looked at in its own window.
EXAMINE = "axe.run({ resultTypes: ['violations'], iframes: false }).then(({ violations }) => ({ violations }))"
expect.set_options(timeout=PATIENCE_MS)  # what is waited for to be seen has the same patience as what is done


class Person:
    """Somebody in front of a page.

    Args:
        context: the browser, with its own cookies.
        url: the server's address.
    """

    size: ClassVar[tuple[int, int]] = LAPTOP

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context, self.url, self._dark = context, url, False
        self.troubles: list[str] = []
        self.page = context.new_page()
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", self._heard)

    def _heard(self, message: ConsoleMessage) -> None:
        # That the page itself is a kind refusal (a wrong code, a new organisation) is no trouble; a missing part of one is.
        is_answer = message.text.startswith("Failed to load resource: the server responded") and message.location["url"] == self.page.url
        if message.type in ("error", "warning") and not is_answer:
            self.troubles.append(message.text)

    def open(self, path: str) -> Self:
        """Go to an address of the server."""
        self.page.goto(self.url + path)
        return self

    def another_tab(self) -> Self:
        """The same person with the same browser, in a window of its own."""
        return type(self)(self.context, self.url)

    def button(self, name: str | re.Pattern[str], **more: Any) -> Locator:
        """The button of that name."""
        return self.page.get_by_role("button", name=name, **more)

    def sees(self, text: str | re.Pattern[str]) -> None:
        """Wait until the text is there to be seen."""
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    def misses(self, text: str | re.Pattern[str]) -> None:
        """Wait until the text is not to be seen."""
        expect(self.page.get_by_text(text).filter(visible=True)).to_have_count(0)

    def look(self) -> None:
        """Hold what is shown to what every view must be: usable by everybody, inside its window, without an error."""
        assert not self.troubles, self.troubles
        found, end = self._examined(), time.monotonic() + STAYS
        while found.violations_count and time.monotonic() < end:  # the view may have changed under the examiner's hands
            self.page.evaluate(IN_FORCE, self._dark)
            found = self._examined()
        assert not found.violations_count, f"{self.page.url}\n{found.generate_report()}"
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.page.viewport_size["width"], f"{self.page.url} is {wide} pixels wide"
        assert not self.troubles, self.troubles

    def _examined(self) -> AxeResults:
        self.page.evaluate(SETTLED)  # a colour on its way to another is neither
        if not self.page.evaluate("'axe' in window"):  # half a megabyte: once a page
            self.page.evaluate(AXE_SCRIPT)
        return AxeResults(self.page.evaluate(EXAMINE))

    def keep(self, folder: Path, name: str) -> None:
        """A picture of what is shown, where pictures are asked for."""
        if not pictured():
            return
        self.page.evaluate("document.fonts.ready")
        self.page.screenshot(path=folder / f"{name}.png", animations="disabled", caret="hide")

    def resized(self, size: tuple[int, int]) -> None:
        """Look through a window of another size."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})

    def changes_theme(self) -> None:
        """From light to dark or back, as the browser's own setting says."""
        self._dark = not self._dark
        self.page.emulate_media(color_scheme="dark" if self._dark else "light")
        self.page.evaluate(IN_FORCE, self._dark)


class Wall(Person):
    """The projector: looked at, never touched."""

    size = PROJECTOR

    def changes_theme(self) -> None:
        """From dark to light or back, by its key."""
        self.page.keyboard.press("t")

    def heading(self, text: str | re.Pattern[str]) -> None:
        """Wait until that is the wall's title."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)


class Facilitator(Person):
    """Prepares the event and runs the session."""

    def keep(self, folder: Path, name: str) -> None:
        """A picture without what shows under a mouse."""
        self.page.mouse.move(0, 0)
        super().keep(folder, name)

    def sign_in(self, link: str) -> Self:
        """Spend a one-time link."""
        self.page.goto(link)
        self.button("Sign in").click()
        expect(self.page.get_by_role("heading", name="Events", level=1)).to_be_visible()
        return self

    def makes_event(self, name: str, organisations: str) -> None:
        """Through the form."""
        self.page.get_by_role("link", name="New event").click()
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_label("Organisations").fill(organisations)
        self.look()
        self.button("Make the event").click()
        expect(self.page.get_by_role("heading", name=name, level=1)).to_be_visible()

    def makes_session(self, title: str, question: str, themes: str, ticks: int, agenda: str = "") -> str:
        """Through the form; the code of the session."""
        self.page.get_by_role("link", name="Make the first session").click()
        self.page.get_by_label("Title").fill(title)
        self.page.get_by_label("Question to the room").fill(question)
        self.page.get_by_role("textbox", name="Themes").fill(themes)
        self.page.get_by_label("Agenda").select_option(agenda)
        self.page.get_by_label("Ticks or dots per ballot").fill(str(ticks))
        self.look()
        self.button("Make the session").click()
        return self.page.locator(".session .code").inner_text().strip()

    def opens_console(self, code: str) -> Self:
        """The session's console."""
        self.open(f"/console/{code}")
        expect(self.page.locator(".desk")).to_be_visible()
        return self

    def screen_address(self) -> str:
        """Where the console's button leads, for the projector's window."""
        return self.page.get_by_role("banner").get_by_role("link", name="Open screen").get_attribute("href")

    def next(self, phase: str, *, confirm: str = "") -> None:
        """Press the one obvious button, answering its question where it asks one."""
        self.button(re.compile(f"Next: {phase}")).click()
        if confirm:
            self.page.get_by_role("dialog").get_by_role("button", name=confirm).click()

    def is_at(self, title: str, upcoming: str) -> None:
        """Wait until the room is at a step of the agenda, and what comes may be pressed."""
        expect(self.page.locator(".step[aria-current=step]")).to_contain_text(title)
        expect(self.button(re.compile(f"^Next: {upcoming}"))).to_have_attribute("aria-disabled", "false")

    def step(self, phase: str, *, confirm: str = "") -> None:
        """Go to a phase by the agenda."""
        self.page.get_by_role("navigation", name="Agenda").get_by_role("button", name=phase).click()
        if confirm:
            self.page.get_by_role("dialog").get_by_role("button", name=confirm).click()

    def folded(self, name: str) -> Locator:
        """The part of that name that folds."""
        summary = self.page.locator(":scope > summary", has_text=re.compile(rf"^\s*{re.escape(name)}"))
        return self.page.locator("details").filter(has=summary)

    def unfolds(self, name: str) -> Locator:
        """The same, unfolded."""
        fold = self.folded(name)
        if fold.get_attribute("open") is None:
            fold.locator(":scope > summary").click()
        expect(fold).to_have_attribute("open", "")
        return fold

    def card(self, title: str) -> Locator:
        """An idea on the board."""
        return self.page.locator("[data-idea]").filter(has=self.page.get_by_role("heading", name=title, exact=True))

    def opens(self, title: str) -> Locator:
        """The card of an idea, with what can be done with it."""
        card = self.card(title)
        unfold = card.get_by_role("heading", name=title, exact=True).get_by_role("button")
        if unfold.get_attribute("aria-expanded") != "true":
            unfold.click()
        return card

    def hides(self, title: str, reason: str = "") -> None:
        """Take an idea off the board, for one of the usual reasons or for none."""
        self.opens(title).get_by_role("button", name="Hide", exact=True).click()
        dialog = self.page.get_by_role("dialog")
        if reason:
            dialog.get_by_role("button", name=reason).click()
        dialog.get_by_role("button", name="Hide", exact=True).click()

    def groups(self, title: str, other: str) -> None:
        """Group an idea with another one."""
        card = self.opens(title)
        card.get_by_label("Group with…").select_option(label=other)
        card.get_by_role("button", name="Group", exact=True).click()


class Buyer(Person):
    """A participant with a phone."""

    size = PHONE

    def types_code(self, code: str) -> Self:
        """Enter a code by hand."""
        self.open("/")
        self.page.get_by_label("Code").fill(code)
        with self.page.expect_navigation():
            self.button("Go on").tap()
        return self

    def joins(self, organisation: str, name: str = "", quote: str = "Organisation only") -> Self:
        """Choose a listed organisation and go in."""
        self.page.get_by_role("radio", name=organisation, exact=True).check()
        self._goes_in(name, quote)
        self.is_in()
        return self

    def joins_for_new(self, organisation: str, name: str = "", quote: str = "Organisation only") -> Self:
        """Type an organisation that is not on the list, and add it."""
        self.page.get_by_label("Find your organisation").fill(organisation)
        self.page.get_by_role("radio", name=f"Add “{organisation}”").check()
        self._goes_in(name, quote)
        self.look()
        self.button(f"Add “{organisation}” and join").tap()
        self.is_in()
        return self

    def comes_back(self, return_code: str) -> Self:
        """Come back with a return code, on any phone."""
        self.page.get_by_text("I have been here before").tap()
        self.page.get_by_label("Your return code").fill(return_code)
        self.button("Come back").tap()
        self.is_in()
        return self

    def is_in(self) -> None:
        """Wait until the phone shows the session."""
        expect(self.page.get_by_role("banner").locator(".who")).to_be_visible()

    def _goes_in(self, name: str, quote: str) -> None:
        self.page.get_by_label("Your name").fill(name)
        self.page.get_by_role("radio", name=quote, exact=True).check()
        with self.page.expect_navigation():
            self.button("Join", exact=True).tap()

    @property
    def field(self) -> Locator:
        """Where an idea is written."""
        return self.page.get_by_role("textbox", name="Your idea in one sentence")

    def looks_at(self, theme: str) -> None:
        """Change to a theme."""
        self.page.get_by_role("navigation", name="Themes").get_by_role("button", name=theme).tap()

    def writes(self, title: str, status: str = "Saved") -> None:
        """Send an idea and wait until it is kept, or what else its *status* is to be."""
        self.field.fill(title)
        self.button("Send idea").tap()
        expect(self.own(title).locator(".status")).to_have_text(status)

    def own(self, title: str) -> Locator:
        """One of the own ideas."""
        return self.page.get_by_role("region", name=re.compile("^Your ideas")).get_by_role("listitem").filter(has_text=title)

    def opens(self, title: str) -> Locator:
        """Unfold a shared idea."""
        card = self.page.get_by_role("list", name="Ideas").get_by_role("listitem").filter(has=self.button(title))
        card.get_by_role("button", name=title).tap()
        return card

    def tells(self, card: Locator, text: str, **more: str) -> None:
        """Say of an unfolded idea that one's organisation does it, and how; *more* is what other fields say, by their names."""
        card.get_by_role("button", name="We do this").tap()
        card.get_by_role("button", name="Tell how").tap()
        for name, words in ({"We do this": text} | more).items():
            card.get_by_role("textbox", name=name).fill(words)
        card.get_by_role("button", name="Add", exact=True).tap()
        expect(card.get_by_role("list").get_by_text(text)).to_be_visible()

    def ballot(self) -> list[str]:
        """The ideas in the order of this phone's ballot."""
        return self.page.get_by_role("checkbox").all_inner_texts()

    def ticks(self, *titles: str) -> None:
        """Tick ideas and wait until the ballot is kept."""
        for title in titles:
            box = self.page.get_by_role("checkbox", name=title, exact=True)
            box.tap()
            expect(box).to_be_checked()
        expect(self.page.locator(".ballot .status[data-state=saved]")).to_contain_text("Ballot saved")


class Venue:
    """A server of one's own and the people around it; a context manager. Sessions have two themes unless planned otherwise."""

    themes = (ThemeLine("Less electronic waste"), ThemeLine("Better use of resources"))

    def __init__(self, browser: Browser, data: Path) -> None:
        self._browser, self._contexts = browser, []
        self.server = PrivateServer(data)

    def __enter__(self) -> Self:
        self.server.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.everybody_leaves()
        self.server.stop()

    @property
    def url(self) -> str:
        """The server's address."""
        return self.server.url

    @property
    def link(self) -> str:
        """The one-time link that the first start prints."""
        return until(lambda: LINK.search(self.server.log), "the facilitator's link")[0]

    def invites(self, name: str) -> str:
        """A link that signs another facilitator in, as the command prints it."""
        return self.server.command("account", "--name", name, "--role", "facilitator").strip()

    def everybody_leaves(self) -> None:
        """Close every browser."""
        while self._contexts:
            self._contexts.pop().close()

    def context(self, size: tuple[int, int], **options: Any) -> BrowserContext:
        """A browser of its own: *options* as Playwright names them."""
        look = {"viewport": {"width": size[0], "height": size[1]}, "locale": "en-GB", "reduced_motion": "reduce"}
        context = self._browser.new_context(**look | options)
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(TELL)
        self._contexts.append(context)
        return context

    def buyer(self, **options: Any) -> Buyer:
        """Somebody with a phone."""
        return Buyer(self.context(Buyer.size, **{"has_touch": True, "is_mobile": True} | options), self.url)

    def member(self, code: str, organisation: str = "City", name: str = "Alva") -> Buyer:
        """Somebody with a phone, who has joined the session before."""
        joined = self._at_desk(lambda desk: desk.entrance.join(code, organisation, name, "organisation"))
        buyer = self.buyer()
        buyer.context.add_cookies([{"name": f"p-{code}", "value": joined.token, "url": self.url}])
        return buyer.open(f"/{code}")

    def facilitator(self, **options: Any) -> Facilitator:
        """Somebody with a laptop, not signed in."""
        return Facilitator(self.context(Facilitator.size, **options), self.url)

    def signed_in(self, **options: Any) -> Facilitator:
        """The facilitator, signed in."""
        return Facilitator(self._signed_in(Facilitator.size, **options), self.url)

    def wall(self, code: str, **options: Any) -> Wall:
        """The screen of a session, in a window of its own: browsers let covered windows sleep."""
        return Wall(self._signed_in(Wall.size, **options), self.url).open(f"/screen/{code}")

    def _signed_in(self, size: tuple[int, int], **options: Any) -> BrowserContext:
        context = self.context(size, **options)
        context.add_cookies([{"name": name, "value": value, "url": self.url} for name, value in self.key().items()])
        return context

    # -- behind the scenes -------------------------------------------------------------------------

    def key(self) -> Cookies:
        """The cookies of a signed-in facilitator."""
        return self._at_desk(lambda desk: desk.facilitator())

    def session(self, phase: str = "", **plan: Any) -> str:
        """A new session in a phase; its code."""
        def make(desk: Desk) -> str:
            event = desk.organize.create_event(EventPlan("Learning Academy"), "City\nBank\nUniversity")
            planned = SessionPlan(**{"title": "Circular procurement", "themes": self.themes} | plan)
            return desk.organize.create_session(event.id, planned).code

        code = self._at_desk(make)
        if phase:
            self.moves(code, phase)
        return code

    def moves(self, code: str, phase: str) -> None:
        """Set a session's phase as a console does."""
        self.tells(code, "phase.set", phase=phase, theme=None, seconds=None)

    def tells(self, code: str, command: str, **body: Any) -> None:
        """A command as a console sends it."""
        async def tell() -> None:
            async with Console(self.url, code, key) as console:
                await console.do(command, body)

        key = self.key()
        played(tell())

    def record(self, code: str) -> Record:
        """Everything stored of a session."""
        return self._at_desk(lambda desk: desk.record(code))

    def _at_desk(self, work: Any) -> Any:
        def at_desk() -> Any:
            with Desk(self.server.data) as desk:
                return work(desk)

        return apart(at_desk)


def pictures(name: str, **people: Person) -> None:
    """Of everybody's view, for who wants to see them: as `SHOTS` says."""
    folder = os.environ.get(SHOTS)
    for who, someone in people.items() if folder else ():
        someone.keep(Path(folder), f"{name}-{who}")


def pictured() -> bool:
    """Whether anybody asks for pictures: they take a tenth of the time of what looks at pages."""
    return bool(os.environ.get(SHOTS))


def shots(otherwise: Path) -> Path:
    """The folder for pictures: as `SHOTS` says, else *otherwise*."""
    folder = Path(os.environ.get(SHOTS) or otherwise)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
