"""What pages fetch with a later view: the rest of the translations, and how we count."""

from __future__ import annotations

import json

import pytest

from workshop import i18n
from workshop.bootstrap import ROOT
from workshop.model import METHODS
from workshop.web import sentences
from workshop.web.assets import Assets


@pytest.fixture(scope="module")
def assets():
    assets = Assets(ROOT / "static")
    assets.add(sentences.files(assets))
    return assets


def read(assets, name):
    return json.loads(assets.files[name].body)


@pytest.mark.parametrize("role", i18n.ROLES)
def test_first_and_later_strings_are_all_strings_and_none_twice(assets, role):
    first, later = sentences.at_first(assets, role, "sv"), read(assets, f"strings/{role}.sv.json")
    assert first | later == i18n.client_strings("sv", role)
    assert not first.keys() & later.keys()


@pytest.mark.parametrize("role", i18n.ROLES)
def test_a_page_has_the_words_of_every_module_that_it_loads(assets, role):
    """The console draws with parts of the screen: their words must be there too."""
    modules = {f"static/{name}" for name in assets.modules(f"js/{role}/main.js")}
    said = {entry.id if isinstance(entry.id, str) else entry.id[0] for entry in i18n.catalogue("sv", "client")
            if entry.id and modules & {place for place, _line in entry.locations}}
    assert said
    assert said <= i18n.client_strings("sv", role).keys()


def test_a_phone_s_ballots_wait_for_their_words(assets):
    assert "One dot more" in read(assets, "strings/phone.sv.json")
    assert "One dot more" not in sentences.at_first(assets, "phone", "sv")


@pytest.mark.parametrize("locale", i18n.LOCALES)
def test_every_method_is_explained_in_every_language(assets, locale):
    how = read(assets, f"how/{locale}.json")
    assert how.keys() == set(METHODS)
    assert all(len(one["name"]) > 5 and len(one["text"]) > 200 for one in how.values())


def test_the_source_language_needs_no_strings(assets):
    assert sentences.addresses(assets, "phone", "en")["strings"] is None
    assert sentences.addresses(assets, "screen", "sv")["styles"] == []


def test_what_is_made_changes_the_address_of_all():
    before, after = Assets(ROOT / "static"), Assets(ROOT / "static")
    after.add({"how/xx.json": b"{}"})
    assert before.hash != after.hash
    assert after.url("how/xx.json").endswith("/how/xx.json")
