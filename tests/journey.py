"""The way of a practice from a finished rehearsal to the library: who goes it, what they write in each language, and the product's
words in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from tests.apart import apart, played
from tests.people import Facilitator, Person, Venue, pictures
from workshop import i18n
from workshop.documents import sections
from workshop.model import new_id
from workshop.rehearse.client import Console, Phone
from workshop.rehearse.desk import Desk
from workshop.service.plans import EventPlan, SessionPlan, ThemeLine

CROWD = 10  # simulated participants
CITY, BANK, UNIVERSITY, ENERGY, MUSEUM = "City of Örebro", "Bank", "University", "Energy company", "Museum"


@dataclass(frozen=True, slots=True)
class Tongue:
    """The product's words in one language, found by the English ones; what is not translated fails."""

    language: str

    @property
    def locale(self) -> str:
        """Of a browser that prefers it."""
        return {"en": "en-GB", "sv": "sv-SE"}[self.language]

    def __call__(self, message: str, **values: object) -> str:
        """What pages and documents say."""
        return self._told("messages", message, 1, message, values)

    def script(self, message: str, **values: object) -> str:
        """What scripts say."""
        return self._told("client", message, 1, message, values)

    def counted(self, one: str, many: str, num: int) -> str:
        """What pages say of so many."""
        return self._told("messages", one, num, many, {"num": num})

    def _told(self, domain: i18n.Domain, message: str, n: int, many: str, values: dict[str, object]) -> str:
        told: str | tuple[str, ...] = (message, many)
        if self.language != i18n.SOURCE:
            found = i18n.catalogue(self.language, domain).get(message)
            assert found and found.string, f"{message!r} is not said in {self.language}"
            told = found.string
        text = told if isinstance(told, str) else told[n != 1]
        return text % values if values else text


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who was there: how to be quoted, and what they said of the winning idea."""

    name: str
    organisation: str
    quote: str
    kind: str
    text: str
    result: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """All that people write, in the language of the event."""

    language: str
    event: str
    session: str
    themes: tuple[str, str]
    guests: tuple[Guest, Guest, Guest, Guest]
    title: str
    problem: str
    colleague: str
    clause: str
    verification: str
    first_sentence: str
    sentence: str
    reason: str
    owner: str
    corrected: str
    comment: str
    reservation: str
    refusal: str
    second_thought: str
    word: str  # one of the problem's, as somebody searches for it

    @property
    def say(self) -> Tongue:
        """The product's words."""
        return Tongue(self.language)


@dataclass(frozen=True, slots=True)
class Day:
    """The day that is over: the event's id, the session's code, the guests' cookies by name, and what won."""

    event: str
    code: str
    passes: dict[str, str]
    winner: str = ""


ENGLISH = Story(
    "en", "Learning Academy 2026", "Circular procurement of IT", ("Less electronic waste", "Better use of resources"),
    (
        Guest("Ada Lindqvist", CITY, "name", "do", "In our agreement since 2024.", "6 of 10 laptops reused"),
        Guest("Bo Wallander", BANK, "name", "do", "Our supplier collects from every floor.", "A third less waste."),
        Guest("Cleo Ros", UNIVERSITY, "organisation", "do", "Students erase and sell.", "1,200 devices a year."),
        Guest("Dan Frisk", ENERGY, "anonymous", "obstacle", "The depot is far away."),
    ),
    "Take-back with reuse before recycling",
    "Devices are shredded although **half of them** would serve again.", "Batteries are replaced too late.",
    "The supplier takes every device back and reports what became of it.", "Each quarter the buyer checks twenty serial numbers.",
    "Buyers should ask for take-back.", "Buyers should ask for take-back with reuse before recycling.",
    "Three organisations have figures of two years.", "Olga Ek, procurement", "62 % of laptops reused", "Who pays the transport?",
    "Only where the supplier erases the data on our premises.", "It costs more than it saves.", "We have no contract of our own to change.",
    "shredded",
)
SWEDISH = Story(
    "sv", "Lärandeakademin 2026", "Cirkulär upphandling av it", ("Mindre elavfall", "Bättre resursanvändning"),
    (
        Guest("Åsa Lindqvist", CITY, "name", "do", "Finns i vårt avtal sedan 2024.", "6 av 10 datorer återbrukas"),
        Guest("Östen Wallander", BANK, "name", "do", "Leverantören hämtar på varje våning.", "En tredjedel mindre avfall."),
        Guest("Märta Ros", UNIVERSITY, "organisation", "do", "Studenter raderar och säljer.", "1 200 enheter om året."),
        Guest("Dan Frisk", ENERGY, "anonymous", "obstacle", "Depån ligger långt bort."),
    ),
    "Återtagande med återbruk före återvinning",
    "Enheter fragmenteras trots att **hälften av dem** kunde användas igen.", "Batterierna byts för sent.",
    "Leverantören tar tillbaka varje enhet och redovisar vad den blev.", "Varje kvartal kontrollerar köparen tjugo serienummer.",
    "Köpare bör kräva återtagande.", "Köpare bör kräva återtagande med återbruk före återvinning.",
    "Tre organisationer har två års siffror.", "Olga Ek, inköp", "62 % av datorerna återbrukas", "Vem betalar transporten?",
    "Bara där leverantören raderar data hos oss.", "Det kostar mer än det sparar.", "Vi har inget eget avtal att ändra.",
    "fragmenteras",
)


@dataclass(frozen=True, slots=True)
class Way:
    """Olga, who goes it, and what she knows."""

    venue: Venue
    story: Story
    day: Day
    olga: Facilitator

    @property
    def say(self) -> Tongue:
        """The product's words."""
        return self.story.say

    def section(self, key: str) -> str:
        """What a section is called."""
        return self.say(sections.TITLES[key])

    def seen(self, station: str, **people: Person) -> None:
        """Hold views to what every view must be, and keep pictures of them for who wants to see them."""
        for someone in people.values():
            someone.look()
        pictures(f"journey-{self.story.language}-{station}", **people)


def rehearsed(venue: Venue, story: Story) -> Day:
    """A session that the product's own rehearsal has played to its end, and of whose winner four people then say what they know."""
    day, key = apart(lambda: _prepared(venue.server.data, story)), venue.key()

    async def play() -> str:
        async with Console(venue.url, day.code, key) as console:
            await _rehearse(console)
            idea = _winner(console, story)
            await console.do("phase.set", {"phase": "share"})
            for guest in story.guests:
                await _tells(venue, day, guest, idea)
            for phase in ("reveal", "closed"):
                await console.do("phase.set", {"phase": phase})
            return console.state[f"idea/{idea}"]["title"]

    return replace(day, winner=played(play()))


def _prepared(data: Path, story: Story) -> Day:
    with Desk(data) as desk:
        plan = EventPlan(story.event, "2026-11-24", CITY, language=story.language)
        event = desk.organize.create_event(plan, "\n".join((CITY, BANK, UNIVERSITY, ENERGY, MUSEUM)))
        themes = tuple(map(ThemeLine, story.themes))
        session = desk.organize.create_session(event.id, SessionPlan(story.session, themes=themes, take=1))
        passes = {who.name: desk.entrance.join(session.code, who.organisation, who.name, who.quote).token for who in story.guests}
        return Day(event.id, session.code, passes)


async def _rehearse(console: Console) -> None:
    await console.do("rehearse.start", {"participants": CROWD, "pace": 0})
    await console.until(lambda: console.state.get("rehearsal", {}).get("state") in ("done", "failed"))
    told = console.state["rehearsal"]
    assert (told["state"], told["joined"], told["lost"]) == ("done", CROWD, 0), told


def _winner(console: Console, story: Story) -> str:
    """The idea at the head of the first theme."""
    theme = next(key for key, value in console.state.items() if key.startswith("theme/") and value["title"] == story.themes[0])
    return console.state[f"results/{theme.removeprefix('theme/')}"]["ranking"][0]["idea"]


async def _tells(venue: Venue, day: Day, guest: Guest, idea: str) -> None:
    said = {"kind": guest.kind, "text": guest.text} | ({"result": guest.result, "year": 2025} if guest.result else {})
    async with Phone(venue.url, day.code, {f"p-{day.code}": day.passes[guest.name]}) as phone:
        await phone.do("experience.put", {"experience": new_id(), "idea": idea, **said})
