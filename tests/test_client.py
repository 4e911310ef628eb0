"""The shared modules of the pages, in a real browser, without a server of ours."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from workshop.rules.similar import near

STATIC = Path(__file__).parents[1] / "static"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """The static files, and nothing on the terminal."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(STATIC))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def run(page: Page, address: str) -> Any:
    """Runs the body of an async function in an empty page; `load(name)` imports static/js/NAME.js."""
    page.goto(f"{address}/vendor/VENDOR.json")

    def call(body: str, given: object = None) -> Any:
        return page.evaluate("async (given) => { const load = (name) => import(`/js/${name}.js`);\n" + body + "}", given)

    return call


# -- state -------------------------------------------------------------------------------------------


def test_older_changes_are_dropped_and_newer_ones_replace_whole_values(run: Any) -> None:
    assert run("""
        const { createState } = await load("state"), state = createState();
        const set = { "idea/a": { title: "A", by: "x" }, "theme/t": {} };
        state.apply.snapshot({ rev: 5, set, mine: { "mine/me": { rev: 5, name: "Ada" } } });
        state.apply.changes({ rev: 4, set: { "idea/a": { title: "old" } }, gone: ["theme/t"] });
        const kept = [state.rev.value, state.get("idea/a").title, state.keys("theme/")];
        state.apply.changes({ rev: 6, set: { "idea/a": { title: "B" } }, gone: ["theme/t"] });
        state.apply.mine({ set: { "mine/me": { rev: 4, name: "older" } } });
        return [kept, state.rev.value, state.get("idea/a"), state.get("theme/t") ?? null, state.get("mine/me").name, state.keys("idea/")];
    """) == [[5, "A", ["theme/t"]], 6, {"title": "B"}, None, "Ada", ["idea/a"]]


def test_a_snapshot_throws_away_what_it_does_not_name(run: Any) -> None:
    assert run("""
        const { createState } = await load("state"), state = createState();
        state.apply.snapshot({ rev: 9, set: { "idea/a": {}, "idea/b": {} } });
        state.apply.snapshot({ rev: 3, set: { "idea/b": {} } });
        return [state.rev.value, state.keys("idea/"), state.all("idea/")];
    """) == [3, ["idea/b"], [{}]]


def test_a_snapshot_neither_deletes_own_entries_nor_brings_older_ones_back(run: Any) -> None:
    assert run("""
        const { createState } = await load("state"), state = createState();
        const own = (title, rev) => ({ title, rev });
        state.apply.snapshot({ rev: 5, set: {}, mine: { "mine/idea/a": own("first", 5) } });
        state.apply.mine({ set: { "mine/idea/a": own("edited", 7), "mine/idea/b": own("new", 8) } });
        state.apply.snapshot({ rev: 6, set: {}, mine: { "mine/idea/a": own("first", 5), "mine/idea/c": own("other tab", 6) } });
        return state.all("mine/idea/").map((idea) => idea.title);
    """) == ["edited", "new", "other tab"]


def test_readers_are_told_of_what_they_read_alone(run: Any) -> None:
    assert run("""
        const { createState } = await load("state"), { effect } = await import("/vendor/preact.js"), state = createState();
        const seen = { one: 0, keys: 0, all: 0 };
        state.apply.snapshot({ rev: 1, set: { "idea/a": { t: 1 }, "idea/b": { t: 1 } } });
        effect(() => { state.get("idea/a"); seen.one += 1; });
        effect(() => { state.keys("idea/"); seen.keys += 1; });
        effect(() => { state.all("idea/"); seen.all += 1; });
        state.apply.changes({ rev: 2, set: { "idea/b": { t: 2 }, "idea/a": { t: 1 } } });
        state.apply.changes({ rev: 3, set: { "idea/c": { t: 1 } } });
        return seen;
    """) == {"one": 1, "keys": 2, "all": 3}


# -- outbox ------------------------------------------------------------------------------------------

OUTBOX = """
    const { createOutbox } = await load("outbox"), { signal } = await import("/vendor/preact.js");
    const live = signal("waiting"), sent = [], answers = [];
    const send = (command, body) => { sent.push([command, body]); return Promise.resolve(answers.shift() ?? { ok: true }); };
    const make = (more = {}) => createOutbox({ code: "C", participant: "p", send, live, ...more });
    const outbox = make(), settled = () => new Promise((done) => setTimeout(done));
"""


def test_a_newer_version_of_another_tab_stays_when_the_older_one_is_saved(run: Any) -> None:
    assert run(OUTBOX + """
        outbox.put("idea", "idea/1", "idea.put", { title: "first" });
        make({ live: signal("waiting") }).put("idea", "idea/1", "idea.put", { title: "second, in a tab that will be closed" });
        live.value = "live";
        await settled();
        return [sent.map(([, body]) => body.title), make({ live: signal("waiting") }).items.value.map((item) => item.body.title)];
    """) == [["first"], ["second, in a tab that will be closed"]]


def test_the_newest_version_goes_once_and_keeps_its_place(run: Any) -> None:
    assert run(OUTBOX + """
        outbox.put("idea", "idea/1", "idea.put", { title: "first" });
        outbox.put("withdraw", "withdraw/1", "idea.withdraw", {});
        outbox.put("idea", "idea/1", "idea.put", { title: "second" });
        const before = outbox.status("idea/1");
        live.value = "live";
        await settled();
        return [before, sent.map(([command, body]) => [command, body.title ?? null]), outbox.status("idea/1"), Object.keys(localStorage)];
    """) == ["waiting", [["idea.put", "second"], ["idea.withdraw", None]], "saved", []]


def test_what_waits_and_what_is_typed_survive_the_page(run: Any, page: Page) -> None:
    run(OUTBOX + """outbox.put("idea", "idea/1", "idea.put", { title: "kept" }); outbox.draft("d").value = "half a"; return 0;""")
    page.reload()
    assert run(OUTBOX + """
        const draft = outbox.draft("d").value, ids = outbox.items.value.map((item) => item.id);
        live.value = "live";
        await settled();
        return [draft, sent.length, sent[0][1].title, sent[0][1].id === ids[0], outbox.items.value];
    """) == ["half a", 1, "kept", True, []]


def test_no_answer_is_tried_again_under_the_same_id(run: Any) -> None:
    assert run(OUTBOX + """
        answers.push({ ok: false, error: { code: "too_many", wait: 0.3 } });
        live.value = "live";
        outbox.put("ballot", "ballot/t", "ballot.put", {});
        await settled();
        const between = outbox.status("ballot/t");
        while (outbox.status("ballot/t") !== "saved") await settled();
        return [between, sent.length, sent[0][1].id === sent[1][1].id];
    """) == ["waiting", 2, True]


def test_too_many_makes_everything_wait(run: Any) -> None:
    assert run(OUTBOX + """
        answers.push({ ok: false, error: { code: "too_many", wait: 0.3 } });
        live.value = "live";
        const asked = Date.now();
        outbox.put("ballot", "ballot/t", "ballot.put", {});
        outbox.put("ballot", "ballot/u", "ballot.put", {});
        await settled();
        const between = [sent.length, outbox.status("ballot/t"), Object.keys(localStorage).length];
        while (outbox.items.value.length) await settled();
        return [...between, sent.length, Date.now() - asked >= 300];
    """) == [1, "waiting", 2, 3, True]


def test_what_the_server_refuses_is_kept_with_its_reason_until_one_decides(run: Any) -> None:
    assert run(OUTBOX + """
        answers.push({ ok: false, error: { code: "wrong_phase", message: "Not now." } });
        live.value = "live";
        outbox.put("idea", "idea/1", "idea.put", { title: "kept" });
        await settled();
        const refused = [outbox.status("idea/1"), outbox.error("idea/1").message, outbox.items.value[0].body.title];
        outbox.retry(null, "wrong_phase");
        await settled();
        return [...refused, outbox.status("idea/1"), sent[0][1].id === sent[1][1].id];
    """) == ["error", "Not now.", "kept", "saved", False]


def test_a_version_written_while_an_older_one_is_under_way_goes_next(run: Any) -> None:
    assert run(OUTBOX + """
        live.value = "live";
        outbox.put("ballot", "ballot/t", "ballot.put", { choices: 1 });
        outbox.put("ballot", "ballot/t", "ballot.put", { choices: 2 });
        const between = outbox.status("ballot/t");
        await settled();
        return [between, sent.map(([, body]) => body.choices), outbox.status("ballot/t")];
    """) == ["saving", [1, 2], "saved"]


def test_a_full_storage_is_said_and_nothing_is_lost(run: Any) -> None:
    assert run(OUTBOX + """
        const full = { getItem: () => null, removeItem() {}, setItem() { throw new Error("full"); } };
        const outbox2 = make({ storage: full });
        outbox2.put("idea", "idea/1", "idea.put", { title: "in memory" });
        live.value = "live";
        await settled();
        return [outbox2.kept.value, sent.at(-1)[1].title];
    """) == [False, "in memory"]


# -- words, times, texts -------------------------------------------------------------------------------


def test_words_follow_the_language_and_its_plurals(run: Any) -> None:
    assert run("""
        const { setStrings, t, tn } = await load("i18n");
        const english = [t("Hello %(name)s", { name: "Ada" }), tn("%(n)s vote", "%(n)s votes", 1), tn("%(n)s vote", "%(n)s votes", 0)];
        setStrings({ "%(n)s vote": ["%(n)s głos", "%(n)s głosy", "%(n)s głosów"], Vote: "Głosuj" }, "pl");
        return [...english, t("Vote"), ...[1, 3, 7].map((n) => tn("%(n)s vote", "%(n)s votes", n))];
    """) == ["Hello Ada", "1 vote", "0 votes", "Głosuj", "1 głos", "3 głosy", "7 głosów"]


def test_ids_sort_by_time_and_have_the_servers_shape(run: Any) -> None:
    first, second = run("""const { newId } = await load("ids"); return [newId(1000), newId(2000)];""")
    assert first < second
    assert len(first) == 32
    assert set(first) <= set("0123456789abcdef")


def test_a_begun_second_counts_and_a_pause_stands_still(run: Any) -> None:
    assert run("""
        const { clock, timeLeft, now } = await load("time");
        now.value = 1000;
        const left = [timeLeft({ ends_at: 5000 }, 500), timeLeft({ left: 7 }), timeLeft({ ends_at: null, left: null })];
        return [clock(61_001), clock(0), clock(3_600_000), ...left];
    """) == ["1:02", "0:00", "1:00:00", 3500, 7, None]


def test_characters_are_counted_as_people_see_them(run: Any) -> None:
    assert run("""const { graphemes } = await load("text"); return ["é", "e\\u0301", "👩‍👩‍👧", "Åsa"].map(graphemes);""") == [1, 1, 1, 3]


def test_near_duplicates_are_alike_and_others_are_not(run: Any) -> None:
    assert run("""
        const { createIndex } = await load("alike"), index = createIndex();
        index.put("same", "Five year laptops with memory and battery swap in contracts");
        index.put("other", "One charger standard for all roles");
        return index.near("Five-year laptops: battery and memory swap in the contract", 0.45).map(([id]) => id);
    """) == ["same"]


def test_pairs_are_those_of_the_rules_also_after_changes(run: Any) -> None:
    texts = {
        "a": "Återbruk först: köp begagnade skärmar", "b": "Köp begagnade skärmar, återbruk först!", "c": "修理してから交換する",
        "d": "修理してから、交換する。", "e": "Gebrauchte Laptops zuerst kaufen", "f": "ZUERST gebrauchte Laptops kaufen",
        "g": "Leasing", "h": "शिक्षा के लिए लैपटॉप", "i": "शिक्षा के लिए पुराने लैपटॉप", "j": "👍", "k": "Ştampila", "l": "stampila",
    }
    found = run("""
        const { createIndex } = await load("alike"), index = createIndex();
        for (const [id, text] of Object.entries(given)) index.put(id, "something else first");
        index.put("gone", given.a);
        for (const [id, text] of Object.entries(given)) index.put(id, text);
        index.drop("gone");
        return index.pairs(async () => true, 0.2);
    """, texts)
    due = near(texts, 0.2)
    assert {(a, b) for a, b, _ in found} == {(a, b) for a, b, _ in due} >= {("a", "b"), ("c", "d"), ("e", "f"), ("h", "i"), ("k", "l")}
    assert {(a, b): score for a, b, score in found} == pytest.approx({(a, b): score for a, b, score in due})


def test_a_comparison_that_is_not_wanted_any_more_gives_up(run: Any) -> None:
    assert run("""
        const { createIndex } = await load("alike"), index = createIndex();
        for (let n = 0; n < 400; n += 1) index.put(`idea ${n}`, `Buy refurbished laptops, number ${n} of many`);
        return index.pairs(async () => false);
    """) is None


def test_every_voter_has_an_order_that_stays_when_an_idea_is_added(run: Any) -> None:
    ada, again, grown, bo = run("""
        const { shuffled } = await load("phone/shuffle"), ids = [..."abcdefghij"];
        const order = (from, who) => shuffled(from, `${who}/t/1`).join("");
        return [order(ids, "ada"), order([...ids].reverse(), "ada"), order([...ids, "k"], "ada").replace("k", ""), order(ids, "bo")];
    """)
    assert ada == again == grown
    assert ada != bo
    assert sorted(ada) == sorted(bo) == list("abcdefghij")


def test_no_place_is_favoured_over_many_voters(run: Any) -> None:
    firsts = run("""
        const { shuffled } = await load("phone/shuffle"), counts = {};
        for (let voter = 0; voter < 2000; voter += 1) {
            const [first] = shuffled([..."abcde"], `voter${voter}/t/1`);
            counts[first] = (counts[first] ?? 0) + 1;
        }
        return counts;
    """)
    assert all(340 < count < 460 for count in firsts.values())  # 400 expected, three standard deviations are 54
