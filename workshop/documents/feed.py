"""The library's news as an Atom feed (RFC 4287)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from xml.etree import ElementTree as xml

from workshop.documents.sections import MATURITY
from workshop.documents.words import Words, iso
from workshop.rules import light
from workshop.rules.safe import line, plain
from workshop.service.library import Entry

ATOM = "http://www.w3.org/2005/Atom"  # the name of the format, not an address that is fetched
MOST = 50  # entries: a reader keeps the older ones
NEVER = "1970-01-01T00:00:00Z"


def write(entries: Iterable[Entry], library: str, feed: str, title: str, language: str) -> bytes:
    """The feed.

    Args:
        entries: what is published, the newest first.
        library: the absolute address of the library, without a slash at the end.
        feed: the feed's own.
        title: what the library is called, in *language*.
    """
    entries = list(entries)[:MOST]
    root = xml.Element("feed", {"xmlns": ATOM, "xml:lang": language})
    _add(root, "id", library)
    _add(root, "title", title)
    _add(root, "updated", max(map(_updated, entries), default=NEVER))
    _add(root, "link", rel="self", type="application/atom+xml", href=feed)
    _add(root, "link", rel="alternate", type="text/html", href=library)
    _add(xml.SubElement(root, "author"), "name", title)
    for entry in entries:
        _entry(xml.SubElement(root, "entry", {"xml:lang": entry.event.language}), entry, f"{library}/{entry.kept.id}")
    return xml.tostring(root, encoding="utf-8", xml_declaration=True)


def _entry(node: xml.Element, entry: Entry, address: str) -> None:
    w = Words(entry.event.language)
    maturity = w._(MATURITY[entry.practice.maturity])
    _add(node, "id", _urn(entry.kept.id))
    _add(node, "title", entry.practice.title)
    _add(node, "link", rel="alternate", type="text/html", href=address)
    _add(node, "published", iso(entry.kept.published_at or 0))
    _add(node, "updated", _updated(entry))
    _add(xml.SubElement(node, "author"), "name", entry.event.host or entry.event.name)
    _add(node, "category", term=line(entry.kept.theme) or "–")
    sentence = entry.practice.field("sentence")
    said = light.plain(sentence.text) or (sentence.sources[0].text if sentence.sources else "")
    _add(node, "summary", "\n".join(part for part in (said, maturity) if part))


def _updated(entry: Entry) -> str:
    return iso(max(entry.kept.published_at or 0, entry.frozen_at))


def _urn(name: str) -> str:
    """An id that stays the same wherever the library moves to, so that nobody reads an old entry as a new one."""
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def _add(node: xml.Element, tag: str, text: str = "", **attributes: str) -> None:
    made = xml.SubElement(node, tag, {name: _sayable(value) for name, value in attributes.items()})
    made.text = _sayable(text) or None


def _sayable(text: str) -> str:
    """Without the two code points below U+10000 that XML cannot hold though they are no controls."""
    return plain(text).translate({0xFFFE: None, 0xFFFF: None})
