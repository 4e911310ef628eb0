"""The words of the product as frozen dataclasses: one per table row, and the phases.

Field names are the column names of ``store/schema_NNN.sql``. Times are epoch milliseconds (UTC). A default is what a row has
where nobody chose; what a ``default_factory`` makes is no column.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Phase = Literal["lobby", "write", "share", "vote", "reveal", "closed"]
PHASES: tuple[Phase, ...] = ("lobby", "write", "share", "vote", "reveal", "closed")

Quote = Literal["name", "organisation", "anonymous"]
QUOTES: tuple[Quote, ...] = ("name", "organisation", "anonymous")

Method = Literal["approval", "dots", "agree", "adoption", "impact"]
METHODS: tuple[Method, ...] = ("approval", "dots", "agree", "adoption", "impact")

Kind = Literal["do", "would", "not", "obstacle", "measure", "comment"]
STANCES: tuple[Kind, ...] = ("do", "would", "not")
KINDS: tuple[Kind, ...] = (*STANCES, "obstacle", "measure", "comment")

State = Literal["active", "withdrawn", "hidden", "held"]
PracticeState = Literal["draft", "review", "frozen", "aside"]
StepState = Literal["ahead", "done", "skipped", "removed"]

GroupBy = Literal["organisation", "sector"]
GROUPINGS: tuple[GroupBy, ...] = ("organisation", "sector")

TITLE_LIMIT = 140  # graphemes of an idea's title
DETAIL_LIMIT = 1000  # graphemes of an idea's detail and of an experience
IDEAS_EACH = 400  # ideas of one participant in a session; far above any person, far below a flood
EXPERIENCES_EACH = 1000
REASON_LIMIT = 140  # graphemes of why something was hidden
NAME_LIMIT = 80  # graphemes of a person's or an organisation's name
CODE_ALPHABET = "23456789CFGHJMPQRVWX"  # no vowels, no look-alikes
CODE_LENGTH = 6
RETURN_LENGTH = 4


def now_ms() -> int:
    """The time in epoch milliseconds."""
    return time.time_ns() // 1_000_000


def new_id(at: int | None = None) -> str:
    """A text id that sorts by time: 12 hex digits of milliseconds, 20 of chance."""
    return f"{now_ms() if at is None else at:012x}{secrets.token_hex(10)}"


@dataclass(frozen=True, slots=True)
class Account:
    id: str
    name: str
    role: Literal["organizer", "facilitator"]
    password_hash: str | None
    created_at: int


@dataclass(frozen=True, slots=True)
class Event:
    id: str
    name: str
    date: str
    place: str
    host: str
    language: str
    sample: bool
    created_at: int


@dataclass(frozen=True, slots=True)
class Organisation:
    id: str
    event_id: str
    name: str
    name_key: str
    position: int
    invited: bool
    sector: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    id: str
    event_id: str
    code: str
    title: str
    question: str
    phase: Phase
    method: Method
    ballot_size: int | None
    take: int
    quote_default: Quote
    hide_ideas: bool
    show_authors: bool
    timer_ends_at: int | None
    timer_left: int | None
    wall: str
    rev: int
    position: int
    created_at: int
    idea_cap: int | None = None  # dots of one ballot on one idea; None: all of them
    group_by: GroupBy = "organisation"  # the groups of the consensus
    hosts_vote: bool = False
    hold: bool | None = None  # ideas wait for approval; None: above fifty people
    locked: bool = False
    step_id: str | None = None  # the step of the agenda that is run now


@dataclass(frozen=True, slots=True)
class Theme:
    id: str
    session_id: str
    position: int
    title: str
    prompt: str
    phase: Phase | None
    round: int
    revealed: bool
    rev: int

    def phase_in(self, session: Session) -> Phase:
        """The theme's own phase, or the session's where it has none."""
        return self.phase or session.phase


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a session's agenda."""

    id: str
    session_id: str
    position: int
    phase: Phase
    title: str
    prompt: str
    minutes: int | None  # None: without a timer
    themes: str  # JSON list of theme ids; [] is every theme
    state: StepState
    rev: int


@dataclass(frozen=True, slots=True)
class Template:
    """An agenda that somebody saved for later sessions."""

    id: str
    account_id: str
    name: str
    steps: str  # JSON list of {phase, title, prompt, minutes}
    created_at: int


@dataclass(frozen=True, slots=True)
class Poll:
    """What a ballot is checked against: of a theme and its session as little as every vote needs."""

    own_phase: Phase | None
    session_phase: Phase
    round: int
    method: Method
    ballot_size: int | None
    idea_cap: int | None

    @property
    def phase(self) -> Phase:
        """The phase in force, as in `Theme.phase_in`."""
        return self.own_phase or self.session_phase


@dataclass(frozen=True, slots=True)
class Participant:
    id: str
    session_id: str
    organisation_id: str | None
    name: str
    quote: Quote
    return_code: str
    done: str
    rev: int
    joined_at: int
    host: bool = False
    proxy: str = ""  # the table or organisation that the facilitator enters for; "" for a person
    simulated: bool = False
    removed_at: int | None = None


@dataclass(frozen=True, slots=True)
class Idea:
    id: str
    session_id: str
    theme_id: str
    participant_id: str
    title: str
    detail: str
    state: State
    merged_into: str | None
    rev: int
    created_at: int
    updated_at: int
    reason: str = ""  # why it is hidden
    shared_at: int | None = None  # when it was read out

    @property
    def stands(self) -> bool:
        """Whether it stands on its own: active, and not merged into another."""
        return self.state == "active" and self.merged_into is None


@dataclass(frozen=True, slots=True)
class Experience:
    id: str
    session_id: str
    idea_id: str
    participant_id: str
    kind: Kind
    text: str
    state: State
    rev: int
    created_at: int
    updated_at: int
    result: str = ""
    year: int | None = None
    reason: str = ""  # why it is hidden


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A suggestion of two similar ideas that the facilitator does not want (or, undone, wants again)."""

    session_id: str
    one: str  # the smaller of the two ids
    other: str
    dismissed: bool
    rev: int

    @property
    def id(self) -> str:
        """Both ids: what the pair is found by."""
        return f"{self.one} {self.other}"


@dataclass(frozen=True, slots=True)
class Ballot:
    """One participant's whole vote in one theme and round."""

    theme_id: str
    participant_id: str
    round: int
    session_id: str
    rev: int
    created_at: int
    updated_at: int
    choices: Mapping[str, int] = field(default_factory=dict)  # idea id → value; empty where not asked for

    @property
    def id(self) -> str:
        """What the ballot is found by: there is one of each."""
        return f"{self.theme_id}/{self.participant_id}/{self.round}"


@dataclass(frozen=True, slots=True)
class LogEntry:
    id: str
    session_id: str
    rev: int
    at: int
    actor: str
    action: str
    subject: str
    before: str
    after: str
    undone_at: int | None


@dataclass(frozen=True, slots=True)
class StoredPractice:
    """A practice as it is kept. What it says is in `Dossier`, and in what the room said about its ideas."""

    id: str
    event_id: str
    session_id: str | None
    theme_id: str | None
    theme: str
    title: str
    position: int
    state: PracticeState
    confirmed: str  # why the editor confirms it as good practice
    review_on: str  # an ISO 8601 day
    follows: str | None
    published_at: int | None
    rev: int
    created_at: int
    updated_at: int
    number: str = "1.0"  # of the version that it is once frozen


@dataclass(frozen=True, slots=True)
class PracticeIdea:
    """An idea that a practice is made from; the one with the lowest position leads."""

    practice_id: str
    idea_id: str
    position: int


@dataclass(frozen=True, slots=True)
class FieldText:
    """What the editor wrote in a section, as it stands; the section "title" is the practice's title."""

    practice_id: str
    section: str
    text: str
    tags: str  # JSON list
    owner: str
    rev: int
    updated_at: int
    updated_by: str


@dataclass(frozen=True, slots=True)
class Wording:
    """What a section said once, or what was refused because somebody else's came before."""

    id: str
    practice_id: str
    section: str
    text: str
    tags: str  # JSON list
    owner: str
    refused: bool
    rev: int
    at: int
    by: str


@dataclass(frozen=True, slots=True)
class StoredMeasure:
    """An indicator of a practice, as in `rules.kpi.Measure`."""

    id: str
    practice_id: str
    kpi: str
    name: str
    unit: str
    baseline: float | None
    target: float | None
    source: str
    owner: str
    position: int
    state: Literal["active", "removed"]
    rev: int


@dataclass(frozen=True, slots=True)
class Edition:
    """A frozen version of a practice; its content (JSON) holds no name."""

    practice_id: str
    number: str
    content: str
    hash: str
    frozen_at: int
    frozen_by: str


@dataclass(frozen=True, slots=True)
class PracticeEntry:
    """One line of what was done to practices and reviews."""

    id: str
    event_id: str
    practice_id: str | None
    at: int
    actor: str
    action: str
    detail: str  # JSON; never a name


@dataclass(frozen=True, slots=True)
class ReviewLink:
    """A way into the review without an account: of one organisation, or (None) of whichever one answers for."""

    id: str
    event_id: str
    organisation_id: str | None
    token_hash: str
    expires_at: int
    revoked_at: int | None
    created_at: int
    created_by: str

    def alive(self, now: int) -> bool:
        """Whether it opens the review at *now* (epoch ms)."""
        return self.revoked_at is None and self.expires_at > now


@dataclass(frozen=True, slots=True)
class Review:
    """What an organisation said of a practice at one time; the newest stands."""

    id: str
    practice_id: str
    organisation_id: str
    link_id: str
    ratification: str
    sentence: str
    adoption: str
    by_when: str
    at: int
    organisation_name: str  # as it is now; of no column


@dataclass(frozen=True, slots=True)
class ReviewComment:
    """What an organisation remarks on a section of a practice, or ("") on the whole."""

    id: str
    practice_id: str
    organisation_id: str
    link_id: str
    section: str
    text: str
    state: Literal["active", "withdrawn", "handled"]
    at: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """A practice with everything that was written into it: ideas' ids (the leading one first), texts, measures, frozen version, answers."""

    practice: StoredPractice
    ideas: tuple[str, ...]
    fields: tuple[FieldText, ...]
    measures: tuple[StoredMeasure, ...]
    edition: Edition | None = None
    reviews: tuple[Review, ...] = ()  # every answer of organisations, oldest first
    brought: str = ""  # what an imported one brought along, as `rules.brought` packs it

    def field(self, section: str) -> FieldText | None:
        """What the editor wrote in the section, if anything."""
        return next((field for field in self.fields if field.section == section), None)


@dataclass(frozen=True, slots=True)
class Published:
    """A practice in the library: its event, when its version was frozen, and the revision of its session (0 without one)."""

    practice: StoredPractice
    event: Event
    frozen_at: int
    room: int


@dataclass(frozen=True, slots=True)
class Record:
    """Everything the store holds of one session, choices included: the source of report and recount."""

    event: Event
    session: Session
    organisations: tuple[Organisation, ...]
    themes: tuple[Theme, ...]
    participants: tuple[Participant, ...]
    ideas: tuple[Idea, ...]
    experiences: tuple[Experience, ...]
    ballots: tuple[Ballot, ...]
    log: tuple[LogEntry, ...]
    steps: tuple[Step, ...] = ()
    dossiers: tuple[Dossier, ...] = ()
    practice_log: tuple[PracticeEntry, ...] = ()
