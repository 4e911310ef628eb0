"""The catalogues: complete, faithful to the source, and what readers get from them."""

from __future__ import annotations

import re

import pytest

from tools import strings
from workshop import errors, i18n

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
DOMAINS = ("messages", "client")
TRANSLATED = [locale for locale in i18n.LOCALES if locale != i18n.SOURCE]


def forms(text):
    return [text] if isinstance(text, str) else list(text)


def entries(locale, domain):
    return [entry for entry in i18n.catalogue(locale, domain) if entry.id]


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("locale", TRANSLATED)
def test_the_catalogue_fits_the_source(locale, domain):
    stored = (strings.FOLDER / locale / f"{domain}.po").read_bytes()
    assert strings.updated(locale, domain) == stored, "run: python tools/strings.py"


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("locale", TRANSLATED)
def test_everything_is_translated(locale, domain):
    missing = [entry.id for entry in entries(locale, domain) if not all(forms(entry.string) or [""])]
    assert missing == []
    assert not any(entry.fuzzy for entry in entries(locale, domain))


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("locale", TRANSLATED)
def test_placeholders_are_the_same(locale, domain):
    for entry in entries(locale, domain):
        allowed = set(PLACEHOLDER.findall(" ".join(forms(entry.id))))
        needed = set(PLACEHOLDER.findall(forms(entry.id)[-1]))
        for number, text in enumerate(filter(None, forms(entry.string))):
            found = set(PLACEHOLDER.findall(text))
            assert found <= allowed, entry.id
            assert number == 0 or found == needed, entry.id


@pytest.mark.parametrize(("word", "swedish", "not_so"), [("reservation", "förbehåll", "reservation")])
def test_a_word_of_the_product_is_one_word_in_swedish(word, swedish, not_so):
    for domain in DOMAINS:
        for entry in entries("sv", domain):
            said, told = (" ".join(filter(None, forms(text))).casefold() for text in (entry.id, entry.string))
            assert (word in said) == (swedish in told), entry.id
            assert not_so not in told, entry.id


def test_there_is_a_folder_for_every_language():
    assert strings.locales() == sorted(TRANSLATED)


def test_the_scripts_strings_are_found_wherever_they_stand():
    source = """html`<p>${t("One \\"two\\"")}</p>${tn('a %(n)s', "many %(n)s", n)} ${start("no")} ${x.t("no")}`; t(`plain`); part("no")"""
    found = [match.groups() for match in strings.CALL.finditer(source)]
    assert found == [('"One \\"two\\""', None, None), (None, "'a %(n)s'", '"many %(n)s"'), ("`plain`", None, None)]


@pytest.mark.parametrize(
    ("header", "cookie", "locale"),
    [
        (None, None, "en"), ("", None, "en"), ("sv", None, "sv"), ("sv-SE,sv;q=0.9,en;q=0.8", None, "sv"),
        ("de,en;q=0.5,sv;q=0.7", None, "sv"), ("fr", None, "en"), ("sv;q=0, en", None, "en"), ("sv;q=x,en", None, "en"),
        ("sv", "en", "en"), ("en", "sv", "sv"), ("en", "xx", "en"), ("," * 10_000, None, "en"),
    ],
)
def test_the_language_is_the_switchs_then_the_browsers(header, cookie, locale):
    assert i18n.pick(header, cookie) == locale


def test_an_error_is_explained_in_the_language():
    error = errors.TooLong("title", over=3, limit=140)
    assert i18n.explain("en", error) == "That is 3 characters too long: at most 140 fit. Your text is kept."
    assert i18n.explain("sv", error) == "Det är 3 tecken för långt: högst 140 får plats. Din text är kvar."


def test_scripts_get_plurals_as_lists_and_nothing_in_the_source_language():
    assert i18n.client_strings("en", "phone") == {}
    swedish = i18n.client_strings("sv", "phone")
    assert swedish["Saved"] == "Sparat"
    assert "Ballot saved" not in i18n.client_strings("sv", "screen")
    assert all(len(value) == 2 for value in swedish.values() if isinstance(value, list))
