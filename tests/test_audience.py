"""Whatever a client missed, what it is sent brings it to the view that everybody has."""

from __future__ import annotations

import orjson
from hypothesis import given
from hypothesis import strategies as st

from workshop.live.audience import Audience

VIEWS = st.dictionaries(st.sampled_from("abcdef"), st.fixed_dictionaries({"n": st.integers(0, 3)}))


class Client:
    """A phone as docs/protocol.md asks: replaces by key, deletes what is gone, drops what is older."""

    def __init__(self, audience):
        self.rev, self.state = audience.rev, dict(audience.view)

    def take(self, rev, changed, gone):
        if rev < self.rev:
            return
        self.rev = rev
        self.state = {k: v for k, v in (self.state | changed).items() if k not in gone}


@given(start=VIEWS, views=st.lists(st.tuples(VIEWS, st.booleans(), st.booleans()), max_size=12))
def test_a_client_that_was_away_catches_up_from_its_revision(start, views):
    audience = Audience(start, rev=10)
    client, rev, connected = Client(audience), 10, True
    for view, connected_now, same_rev in views:
        if connected_now and not connected:
            client = sync(client, audience)
        connected = connected_now
        rev += 0 if same_rev else 1  # presence changes without a new revision
        delta = audience.update(view, rev)
        if connected:
            client.take(rev, *delta)
    assert sync(client, audience).state == audience.view


def sync(client, audience):
    missing = audience.since(client.rev)
    if missing is None:
        return Client(audience)
    client.take(audience.rev, *missing)
    return client


@given(start=VIEWS, views=st.lists(VIEWS, max_size=8))
def test_a_delta_holds_only_what_differs(start, views):
    audience = Audience(start, rev=0)
    before = start
    for rev, view in enumerate(views, start=1):
        changed, gone = audience.update(view, rev)
        assert changed == {k: v for k, v in view.items() if before.get(k) != v}
        assert set(gone) == before.keys() - view.keys()
        before = view


def test_who_is_older_than_the_server_remembers_or_newer_than_it_gets_a_snapshot():
    audience = Audience({"a": {}}, rev=5)
    audience.update({"a": {}, "b": {}}, 6)
    assert audience.since(None) is None
    assert audience.since(4) is None
    assert audience.since(7) is None
    assert audience.since(5) == ({"b": {}}, [])
    assert audience.since(6) == ({}, [])


def test_what_changes_without_a_revision_is_sent_to_whoever_comes_back():
    audience = Audience({"a": {}, "room": {"here": 1}}, 5, restless=["room", "elsewhere"])
    assert audience.since(5) == ({"room": {"here": 1}}, [])
    audience.update({"a": {"n": 1}, "room": {"here": 1}}, 5)
    assert audience.since(5) == ({"a": {"n": 1}, "room": {"here": 1}}, [])


def test_a_view_is_encoded_once_until_it_changes():
    audience = Audience({"a": {"n": 1}}, rev=1)
    first = audience.encoded
    audience.update({"a": {"n": 1}}, 2)
    assert audience.encoded is first and orjson.dumps(first) == b'{"a":{"n":1}}'
    audience.update({"a": {"n": 2}}, 3)
    assert orjson.dumps(audience.encoded) == b'{"a":{"n":2}}'
