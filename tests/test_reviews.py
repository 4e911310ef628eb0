"""The review: links that only their holder knows, answers of which the last stands and all are kept, and the organizer's side."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.records import everything
from tests.shelves import Shelf
from workshop import documents, errors
from workshop.model import Experience
from workshop.rules import practice as rules
from workshop.rules import review as saying
from workshop.rules.practice import ADOPTIONS, NEEDS_SENTENCE, RATIFICATIONS, Answer, Contributor
from workshop.rules.review import Given, Said
from workshop.service.practices import Practices, versions
from workshop.service.reviews import ReviewDesk, Reviewing, by_link
from workshop.service.reviews.desk import EACH, EVENT
from workshop.store.queries import practices

DAY = 24 * 3600  # seconds
YES = Said("endorse", "", "do")
WORRIED = Said("reservation", "Only where suppliers take devices back.", "will", "2027-06")


@pytest.fixture
def shelf(world):
    return Shelf(world)


@pytest.fixture
def desk(world):
    return ReviewDesk(world.store, world.clock)


@pytest.fixture
def reviewing(world):
    return Reviewing(world.store, world.clock)


@pytest.fixture
def held(shelf, desk):
    """The secret of the City's link."""
    return link(shelf, desk).token


def link(shelf, desk, whom="City", days=30):
    whom = whom if whom in (EVENT, EACH) else shelf.organisation(whom)
    return desk.make_links("olga", shelf.world.event.id, whom, days)[0]


# -- links -----------------------------------------------------------------------------------------


def test_only_the_hash_of_a_links_secret_is_stored(shelf, desk, world):
    made = link(shelf, desk)
    assert len(made.token) >= 32
    dump = world.path.read_bytes() + Path(f"{world.path}-wal").read_bytes()
    assert made.link.token_hash.encode() in dump
    assert made.token.encode() not in dump


def test_expired_revoked_and_guessed_are_one_answer_and_one_question(shelf, desk, reviewing, world, monkeypatch):
    asked = []
    monkeypatch.setattr(by_link.reviews, "open_link", lambda tx, *a, ask=by_link.reviews.open_link: (asked.append(1), ask(tx, *a))[1])
    old, taken = link(shelf, desk, "City", days=1), link(shelf, desk, "Bank")
    desk.revoke_link("olga", world.event.id, taken.link.id)
    world.clock.forward(DAY)
    problems = []
    for token in (old.token, taken.token, "guessed", "", "x" * 5000):
        with pytest.raises(errors.DeadReview) as caught:
            reviewing.open(token)
        problems.append((str(caught.value), caught.value.field, caught.value.params))
    assert len(set(map(str, problems))) == 1
    assert len(asked) == len(problems)


def test_a_secret_is_compared_in_constant_time(shelf, desk, reviewing, monkeypatch):
    made, compared = link(shelf, desk), []
    monkeypatch.setattr(by_link.hmac, "compare_digest", lambda *both: compared.append(both))
    with pytest.raises(errors.DeadReview):  # the comparison is what lets in
        reviewing.open(made.token)
    assert compared == [(made.link.token_hash, made.link.token_hash)]


def test_a_link_works_until_its_time_and_not_beyond(shelf, desk, reviewing, world):
    made = link(shelf, desk, days=2)
    world.clock.forward(2 * DAY - 1)
    assert reviewing.open(made.token).organisation.name == "City"
    world.clock.forward(1)
    with pytest.raises(errors.DeadReview):
        reviewing.open(made.token)


def test_a_link_is_extended_replaced_and_revoked(shelf, desk, reviewing, world):
    made, event = link(shelf, desk, days=1), world.event.id
    world.clock.forward(2 * DAY)
    desk.extend_link("olga", event, made.link.id, 1)
    assert reviewing.open(made.token)
    again = desk.replace_link("olga", event, made.link.id)
    with pytest.raises(errors.DeadReview):
        reviewing.open(made.token)
    assert reviewing.open(again.token)
    desk.revoke_link("olga", event, made.link.id)
    with pytest.raises(errors.Conflict):
        desk.extend_link("olga", event, made.link.id)
    with pytest.raises(errors.DeadReview):
        reviewing.open(again.token)


def test_one_for_each_organisation_that_has_none(shelf, desk, world):
    city = link(shelf, desk)
    made = desk.make_links("olga", world.event.id, EACH)
    assert {one.organisation.name for one in made} == {"Bank", "University", "Energy company", "Furniture retailer"}
    with pytest.raises(errors.HasLink):
        desk.make_links("olga", world.event.id, EACH)
    with pytest.raises(errors.HasLink):
        link(shelf, desk)
    assert link(shelf, desk, EVENT).organisation is None
    desk.revoke_link("olga", world.event.id, city.link.id)
    assert [one.organisation.name for one in desk.make_links("olga", world.event.id, EACH)] == ["City"]


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_link_has_an_end(shelf, desk, days):
    with pytest.raises(errors.OutOfRange) as caught:
        link(shelf, desk, days=days)
    assert caught.value.field == "days"
    assert not shelf.rows("review_links")


def test_links_and_comments_are_found_through_their_event_only(shelf, desk, reviewing, world):
    other = world.organize.make_sample().event_id
    made = link(shelf, desk)
    for change in (desk.revoke_link, desk.extend_link, desk.replace_link):
        with pytest.raises(errors.NotFound):
            change("olga", other, made.link.id)
    with pytest.raises(errors.NotFound):
        desk.make_links("olga", other, shelf.organisation("City"))
    reviewing.answer(made.token, "", shelf.practices[0], Said(), {"": "Say more."})
    with pytest.raises(errors.NotFound):
        desk.handle("olga", other, shelf.rows("review_comments")[0]["id"], True)
    with pytest.raises(errors.NotFound):
        desk.start("olga", other, [shelf.practices[0]])


# -- answering -------------------------------------------------------------------------------------


def test_a_link_of_an_organisation_speaks_for_it_alone(shelf, desk, reviewing):
    made, bank = link(shelf, desk), shelf.organisation("Bank")
    reviewing.answer(made.token, bank, shelf.practices[0], YES, {})
    assert [row["organisation_id"] for row in shelf.rows("reviews")] == [shelf.organisation("City")]


def test_a_link_for_all_asks_for_whom(shelf, desk, reviewing, world):
    made, bank = link(shelf, desk, EVENT), shelf.organisation("Bank")
    assert reviewing.open(made.token).organisation is None
    assert [o.name for o in reviewing.open(made.token).choices][:2] == ["City", "Bank"]
    with pytest.raises(errors.NotFound):
        reviewing.answer(made.token, "", shelf.practices[0], YES, {})
    stranger = world.organize.event(world.organize.make_sample().event_id).organisations[0]
    with pytest.raises(errors.NotFound):
        reviewing.answer(made.token, stranger.id, shelf.practices[0], YES, {})
    reviewing.answer(made.token, bank, shelf.practices[0], YES, {})
    assert reviewing.overview(made.token, bank).answered == 1
    assert reviewing.overview(made.token, shelf.organisation("City")).answered == 0


SAID = st.builds(
    Said, st.sampled_from(["", *RATIFICATIONS]), st.sampled_from(["", "Why", "Because"]), st.sampled_from(["", *ADOPTIONS]),
    st.sampled_from(["", "2027", "2030-11"]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=st.lists(st.tuples(SAID, st.integers(-3, 3)), max_size=8))
def test_the_last_stands_and_all_are_kept(shelf, held, world, answers):
    token = held  # of all examples; each has a practice of its own
    one, reviewing = shelf.put(shelf.reuse, "Less electronic waste", world.waste), Reviewing(world.store, world.clock)
    kept = [Said()]
    for said, seconds in answers:
        world.clock.forward(seconds)  # a clock may also be set back
        try:
            reviewing.answer(token, "", one, said, {})
        except (errors.NeedsReason, errors.NothingSaid):
            continue
        wanted = saying.checked(said, world.clock.now)
        kept += [wanted] if wanted != kept[-1] else []
    stored = [r for r in sorted(shelf.rows("reviews"), key=lambda r: (r["at"], r["id"])) if r["practice_id"] == one]
    assert [Said(r["ratification"], r["sentence"], r["adoption"], r["by_when"]) for r in stored] == kept[1:]
    page, last = reviewing.page(token, "", one), kept[-1]
    assert page.said == last
    standing = () if last.nothing else (Answer("City", last.ratification, last.sentence, last.adoption, last.by_when),)
    assert page.practice.answers == standing


@pytest.mark.parametrize(
    ("said", "comments", "error", "field"),
    [
        (Said(), {}, errors.NothingSaid, "ratification"),
        (Said(), {"": " \n", "risks": "\u200b"}, errors.NothingSaid, "ratification"),
        (Said(sentence="A thought."), {"": "Yes"}, errors.NothingSaid, "ratification"),
        (Said("reservation"), {}, errors.NeedsReason, "sentence"),
        (Said("aside", " "), {}, errors.NeedsReason, "sentence"),
        (Said("against"), {"": "A good comment"}, errors.NeedsReason, "sentence"),
        (Said("maybe"), {}, errors.Invalid, "ratification"),
        (Said(adoption="perhaps"), {}, errors.Invalid, "adoption"),
        (Said(adoption="will", by_when="soon"), {}, errors.OffTime, "by_when"),
        (Said(adoption="will", by_when="2019"), {}, errors.OffTime, "by_when"),
        (Said(adoption="will", by_when="2027-13"), {}, errors.OffTime, "by_when"),
        (Said(adoption="will", by_when="2999"), {}, errors.OffTime, "by_when"),
        (Said(adoption="will", by_when="２０２７"), {}, errors.OffTime, "by_when"),  # digits, but none of a date's
        (Said("agree", "x" * 401), {}, errors.TooLong, "sentence"),
        (YES, {"": "fine", "risks": "x" * 1001}, errors.TooLong, "comment-risks"),
        (YES, {"": "fine", "secrets": "x"}, errors.Invalid, "section"),
    ],
)
def test_a_wrong_answer_names_the_field_and_stores_nothing_of_it(shelf, desk, reviewing, said, comments, error, field):
    token = link(shelf, desk).token
    with pytest.raises(error) as caught:
        reviewing.answer(token, "", shelf.practices[0], said, comments)
    assert caught.value.field == field
    assert not shelf.rows("reviews")
    assert not shelf.rows("review_comments")


def test_the_same_again_is_one_answer_and_one_comment(shelf, desk, reviewing):
    token = link(shelf, desk).token
    assert [reviewing.answer(token, "", shelf.practices[0], WORRIED, {"risks": "Insurance?"}) for _ in range(3)] == [2, 0, 0]
    assert len(shelf.rows("reviews")) == len(shelf.rows("review_comments")) == 1


def test_what_is_not_in_review_takes_nothing(shelf, desk, reviewing, world):
    token = link(shelf, desk).token
    reviewing.answer(token, "", shelf.practices[0], YES, {"": "Say more."})
    remark = shelf.rows("review_comments")[0]["id"]
    for state in ("draft", "frozen", "aside"):
        shelf.state(shelf.practices[0], state)
        with pytest.raises(errors.ReviewClosed):
            reviewing.answer(token, "", shelf.practices[0], WORRIED, {})
        with pytest.raises(errors.ReviewClosed):
            reviewing.withdraw(token, "", shelf.practices[0], remark)
    with pytest.raises(errors.NotFound):
        reviewing.page(token, "", "none")
    seen = reviewing.overview(token)
    assert [one.placed.row.id for one in seen.open] == shelf.practices[1:]


def test_a_comment_is_withdrawn_by_its_organisation_alone(shelf, desk, reviewing):
    city, bank, one = link(shelf, desk).token, link(shelf, desk, "Bank").token, shelf.practices[0]
    reviewing.answer(city, "", one, Said(), {"steps": "Say who collects."})
    remark = shelf.rows("review_comments")[0]["id"]
    assert not reviewing.page(bank, "", one).comments
    with pytest.raises(errors.NotFound):
        reviewing.withdraw(bank, "", one, remark)
    reviewing.withdraw(city, "", one, remark)
    assert not reviewing.page(city, "", one).comments
    assert [row["state"] for row in shelf.rows("review_comments")] == ["withdrawn"]


def test_a_link_has_a_budget_and_no_address_has(shelf, desk, reviewing, monkeypatch):
    monkeypatch.setattr(by_link, "MOST", 2)
    city, bank, one = link(shelf, desk).token, link(shelf, desk, "Bank").token, shelf.practices[0]
    reviewing.answer(city, "", one, YES, {"": "First"})
    with pytest.raises(errors.ManyAnswers):
        reviewing.answer(city, "", one, YES, {"": "Second"})
    assert reviewing.answer(bank, "", one, YES, {}) == 1


def test_comments_on_a_practice_are_as_many_as_can_be_read(shelf, reviewing, held, monkeypatch):
    monkeypatch.setattr(by_link, "MOST_COMMENTS", 2)
    one, two = shelf.practices
    reviewing.answer(held, "", one, Said(), {"": "First", "risks": "Second"})
    with pytest.raises(errors.ManyComments) as caught:
        reviewing.answer(held, "", one, YES, {"": "Third"})
    assert caught.value.field == "comment-"
    assert not shelf.rows("reviews")
    reviewing.withdraw(held, "", one, shelf.rows("review_comments")[0]["id"])
    assert reviewing.answer(held, "", one, YES, {"": "Third"}) == 2
    assert reviewing.answer(held, "", two, YES, {"": "First"}) == 2


def test_who_sends_too_fast_waits_and_the_others_do_not(shelf, desk, reviewing):
    city, bank, one = link(shelf, desk).token, link(shelf, desk, "Bank").token, shelf.practices[0]
    for _ in range(by_link.ANSWERS.amount):
        reviewing._pace.spend(reviewing.open(city).link.id)
    with pytest.raises(errors.TooMany):
        reviewing.answer(city, "", one, YES, {})
    assert reviewing.answer(bank, "", one, YES, {}) == 1


# -- what answers do to the practice ------------------------------------------------------------------


def test_a_reservation_becomes_a_constraint_with_its_organisation(shelf, desk, reviewing):
    token, one = link(shelf, desk).token, shelf.practices[0]
    reviewing.answer(token, "", one, WORRIED, {})
    found = reviewing.page(token, "", one).practice
    assert [(s.of, s.text, s.by) for s in found.field("risks").sources] == [("review", WORRIED.sentence, "City")]
    assert found.answers == (Answer("City", "reservation", WORRIED.sentence, "will", "2027-06"),)
    reviewing.answer(token, "", one, Said("against", "It harms small suppliers."), {})
    assert not reviewing.page(token, "", one).practice.field("risks").sources


def test_adoption_counts_an_organisation_once_and_by_its_own_answer(shelf, desk, reviewing):
    one = shelf.practices[0]  # in the room the Bank does it, the University (anonymous) would
    tokens = {name: link(shelf, desk, name).token for name in ("City", "Bank", "University", "Energy company")}
    reviewing.answer(tokens["City"], "", one, Said("agree", "", "do"), {})
    reviewing.answer(tokens["Bank"], "", one, Said("agree", "", "not"), {})
    reviewing.answer(tokens["Energy company"], "", one, Said("agree", "", "will"), {})
    stances = {s.kind: (s.organisations, s.named) for s in reviewing.page(tokens["City"], "", one).practice.stances}
    assert stances == {"do": (1, ("City",)), "would": (2, ("Energy company",)), "not": (1, ("Bank",))}


ROOM = st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from(["do", "would", "not"])), max_size=6)


@given(room=ROOM, answers=st.dictionaries(st.sampled_from("ABCDE"), st.sampled_from(["", *ADOPTIONS])))
def test_nobody_is_counted_twice_by_answering(room, answers):
    people = {name: Contributor(name, name, name) for name in "ABCDE"}
    said = [Experience(f"{n}", "s", "i", who, kind, "", "active", 1, 1, 1) for n, (who, kind) in enumerate(room)]
    given_ = [Given(name, name, Answer(name, "agree", "", adoption, "")) for name, adoption in answers.items()]
    empty = rules.Practice("i", "t", None, "idea", tuple(rules.Field(key) for key in rules.SECTIONS), (), (), ())
    stances = {s.kind: s for s in saying.joined(empty, given_, said, people).stances}
    for name, adoption in answers.items():
        if adoption:
            assert [kind for kind, s in stances.items() if name in s.named] == [saying.STANCE_OF[adoption]]
    assert all(s.organisations == len(set(s.named)) == len(s.named) for s in stances.values())


def test_every_gradient_that_needs_a_sentence_is_one():
    assert set(NEEDS_SENTENCE) < set(RATIFICATIONS)


def test_a_frozen_version_keeps_what_was_answered_and_takes_no_more(shelf, desk, reviewing, held, world):
    one = shelf.practices[0]
    reviewing.answer(held, "", one, WORRIED, {})
    with pytest.raises(errors.NoPractices):
        desk.freeze("olga", world.event.id, [])
    assert desk.freeze("olga", world.event.id, [one]) == 1
    with pytest.raises(errors.ReviewClosed):
        reviewing.answer(held, "", one, YES, {})
    found = world.store.read(lambda tx: versions.reading(tx, practices.in_event(tx, world.event.id, one))[0])
    assert (found.version, [(s.of, s.by) for s in found.field("risks").sources]) == ("1.0", [("review", "City")])
    assert found.answers == (Answer("City", "reservation", WORRIED.sentence, "will", "2027-06"),)
    assert {s.kind: s.organisations for s in found.stances} == {"do": 1, "would": 2, "not": 0}


def test_documents_hold_what_was_answered_and_ids_that_tell_no_time(shelf, reviewing, held, world):
    reviewing.answer(held, "", shelf.practices[0], WORRIED, {"": "For the organizer alone."})
    report = documents.build(world.record)
    found = report.practices[0].practice
    assert found.answers == (Answer("City", "reservation", WORRIED.sentence, "will", "2027-06"),)
    assert [s.text for s in found.field("risks").sources] == [WORRIED.sentence]
    assert all(row["id"] != s.id for row in shelf.rows("reviews") for s in found.field("risks").sources)
    written = documents.render(report)
    assert WORRIED.sentence in everything({"report.md": written["report.md"]}) and "For the organizer alone." not in everything(written)
    assert any("Organisations answered" in change.text for change in report.changes)


def test_practices_are_numbered_as_in_documents(shelf, desk, reviewing, held, world):
    one, two = shelf.practices
    desk.freeze("olga", world.event.id, [one])
    later = Practices(world.store, world.clock).continued(world.event.id, one, False, "olga")
    third = shelf.put(shelf.reuse, "Less electronic waste", world.waste)
    seen = {p.row.id: p.number for p in desk.desk(world.event.id).practices}
    assert {one: seen[one], later.id: seen[later.id], third: seen[third], two: seen[two]} == {
        one: "1.1", later.id: "1.1", third: "1.2", two: "2.1",
    }
    shelf.state(third, "aside")
    for practice in (one, later.id):
        shelf.state(practice, "aside")
    assert [(p.placed.row.id, p.placed.number) for p in reviewing.overview(held).open] == [(two, "2.1")]


def test_practices_are_frozen_all_or_none(shelf, desk, world):
    one, two = shelf.practices
    desk.freeze("olga", world.event.id, [two])
    with pytest.raises(errors.Frozen):
        desk.freeze("olga", world.event.id, [one, two])
    with pytest.raises(errors.NotFound):
        desk.freeze("olga", world.event.id, [one, "other"])
    assert len(shelf.rows("editions")) == 1


def test_freezing_many_reads_their_session_once_and_the_same_again_is_one(shelf, desk, world, monkeypatch):
    """Reading a large one takes a tenth of a second, in which no room's votes are saved."""
    calls, load = [], versions.record.load
    monkeypatch.setattr(versions.record, "load", lambda tx, session: calls.append(session) or load(tx, session))
    assert desk.freeze("olga", world.event.id, [*shelf.practices, *shelf.practices]) == 2
    assert len(calls) == 1
    assert len({row["hash"] for row in shelf.rows("editions")}) == 2


# -- the organizer -----------------------------------------------------------------------------------


def test_a_review_starts_and_is_closed_and_the_log_names_nobody(shelf, desk, reviewing, world):
    for one in shelf.practices:
        shelf.state(one, "draft")
    with pytest.raises(errors.NoPractices):
        desk.start("olga", world.event.id, [])
    assert desk.start("olga", world.event.id, shelf.practices) == 2
    with pytest.raises(errors.NoPractices):
        desk.start("olga", world.event.id, shelf.practices)
    token = link(shelf, desk).token
    reviewing.answer(token, "", shelf.practices[0], YES, {"": "Well done."})
    assert desk.close("olga", world.event.id) == 2
    assert desk.close("olga", world.event.id) == 0
    assert [one.answer.ratification for one in reviewing.overview(token).closed] == ["endorse"]
    log = shelf.rows("practice_log")
    assert [row["action"] for row in log] == [
        "review.start", "review.start", "review.link", "review.answer", "review.comment", "review.close", "review.close",
    ]
    assert not any(name in row["detail"] for row in log for name in ("City", "Ada", "Well done"))


def test_the_desk_knows_who_said_what_and_who_has_not(shelf, desk, reviewing, world):
    city, bank, (one, two) = link(shelf, desk).token, link(shelf, desk, "Bank").token, shelf.practices
    reviewing.answer(city, "", one, YES, {"": "Good", "risks": "Price?"})
    reviewing.answer(city, "", two, WORRIED, {})
    reviewing.answer(bank, "", one, Said("endorse"), {})
    seen = desk.desk(world.event.id)
    assert seen.counts(one) == {"r.endorse": 2, "a.do": 1, "a.": 1}
    assert [seen.answered(shelf.organisation(name), seen.asked) for name in ("City", "Bank", "University")] == [2, 1, 0]
    assert [o.name for o in seen.silent()] == ["University", "Energy company", "Furniture retailer"]
    assert {o.name: count for o, count in seen.begun().items()} == {"Bank": 1}
    assert [(o.name, answer.sentence) for o, answer in seen.spoken(two)] == [("City", WORRIED.sentence)]
    assert [(one_.organisation.name, one_.spent) for one_ in seen.links] == [("Bank", 1), ("City", 4)]
    assert [c.text for c in seen.comments] == ["Good", "Price?"]
    desk.handle("olga", world.event.id, seen.comments[0].id, True)
    assert [c.state for c in desk.desk(world.event.id).comments] == ["handled", "active"]
    assert reviewing.page(city, "", one).comments[0].state == "handled"


def test_an_answer_that_was_taken_back_does_not_count(shelf, desk, reviewing, world):
    token, one = link(shelf, desk).token, shelf.practices[0]
    reviewing.answer(token, "", one, YES, {})
    reviewing.answer(token, "", one, Said(), {})
    assert not desk.desk(world.event.id).answers
    assert len(shelf.rows("reviews")) == 2


def test_an_organisation_that_answered_stays_on_the_list(shelf, desk, reviewing, world):
    energy = shelf.organisation("Energy company")
    reviewing.answer(link(shelf, desk, "Energy company").token, "", shelf.practices[0], YES, {})
    with pytest.raises(errors.Conflict):
        world.organize.remove_organisation(world.event.id, energy)
    assert len(shelf.rows("reviews")) == 1


def test_an_event_goes_with_its_review(world, desk, reviewing):
    sample = world.organize.make_sample()
    world.session, world.event = sample, world.organize.event(sample.event_id).event
    world.waste, world.use = (theme.id for theme in world.organize.session(sample.id)[1][:2])
    city = world.organize.event(sample.event_id).organisations[0].name
    ada = world.come("Ada", city)
    world.phase("write")
    shelf = Shelf(world, day=False)
    one = shelf.put(world.writes(ada, "Keep laptops"), "Theme", world.waste)
    token = desk.make_links("olga", sample.event_id, EVENT)[0].token
    own = desk.make_links("olga", sample.event_id, shelf.organisation(city))[0].token
    for held in (token, own):
        reviewing.answer(held, shelf.organisation(city), one, YES, {"": held[:4]})
    world.organize.remove_event(sample.event_id)
    for table in ("practices", "review_links", "reviews", "review_comments", "practice_log"):
        assert not shelf.rows(table), table
