"""Texts that try documents on: markup of every kind, formulas, scripts of the world, and what is far too long."""

from __future__ import annotations

from dataclasses import replace

from tests.records import AT, Day
from workshop import documents
from workshop.documents.shape import Draft, Report
from workshop.model import KINDS, METHODS
from workshop.rules.kpi import Measure
from workshop.rules.practice import Answer

HOSTILE = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "entity": "&lt;b&gt; &amp; \"quoted\" 'single' ]]>",
    "typst": "#panic(\"x\") #import \"x\" $ x^2 $ *b* _i_ `c` @ref <lbl> \\ = h",
    "typst-end": "]) #read(\"/etc/passwd\") [",
    "formula": "=HYPERLINK(\"https://evil.example\")",
    "bidi": "a\u202eb\u2066c שלום עולם",
    "emoji": "Bra 😀 👩‍👩‍👧 🇸🇪 ✅",
    "cjk": "循环采购 リユース 재사용",
    "word": "x" * 10_000,
    "wide-word": "循" * 3_000,
    "lines": "one\ntwo\n\nthree",
    "control": "a\x00b\x1bc\ufffed\ud800e",
    "markdown": "**bold** [a](https://evil.example) # no",
    "url": "javascript:alert(1) https://evil.example",
    "percent": "100 % of %(name)s, %d",
    "nothing": "",
    "space": " \u00a0\u200b ",
}


def everywhere(text: str, method: str = "approval", language: str = "en") -> Day:
    """A day on which *text* stands wherever a person may write something."""
    name = " ".join(text.split()) or "x"
    day = Day(title=text, method=method, language=language)
    day.theme(text, prompt=text)
    day.themes[0] = replace(day.themes[0], id="theme")
    for n in range(4):
        day.person(f"ada{n}", (day.organisation(name) if n == 0 else name), "name", name)
    day.person("ben", day.organisation("Bank"))
    day.idea(text, "ada0", text)
    day.idea("Other", "ben", text, into="idea-0")
    day.idea(f"{text} again", "ben")
    for kind in KINDS:
        day.say("idea-0", "ada0", kind, text, result=text)
    day.vote("ada0", **{"idea-0": 11 if method == "impact" else 1})
    day.vote("ben", **{"idea-0": 42 if method == "impact" else 1})
    day.did("idea.edit", "idea-0")
    return day


def reviewed(report: Report, text: str = "", name: str = "City") -> Report:
    """The report with practices that were edited and answered, *text* wherever an editor or reviewer writes."""
    return replace(report, practices=tuple(_edited(draft, text, name) for draft in report.practices))


def _edited(draft: Draft, text: str, name: str) -> Draft:
    measures = (Measure("", text or "–", text, 1.5, 1200000.0, text, text),
                Measure("co2e", "", "kg CO₂e per device and year", None, 3, "", ""))
    extra = {"steps": {"text": f"First {text}\n\n1. {text}\n2. **two**\n- *three*"}, "measures": {"measures": measures, "owner": text},
             "stage": {"tags": ("stage.planning", "strategy.reuse")},
             "references": {"tags": ("sdg.12",), "text": "See https://ok.example/x."}}
    fields = tuple(replace(field, **extra.get(field.key, {})) for field in draft.practice.fields)
    answers = (Answer(name, "reservation", text, "will", "2027"), Answer("Bank", "endorse", "", "do", ""),
               Answer("Mine", "against", "No.", "not", ""), Answer("Region", "", "", "", ""))
    return replace(draft, practice=replace(draft.practice, fields=fields, answers=answers, confirmed=text, review_on="2027-11-01"))


def report(text: str, method: str = "approval", language: str = "en") -> Report:
    """The report of a day full of *text*, edited and reviewed."""
    built = documents.build(everywhere(text, method, language).record(), AT)
    return reviewed(built, documents.words.plain(text), " ".join(documents.words.plain(text).split()) or "x")


__all__ = ["HOSTILE", "METHODS", "everywhere", "report", "reviewed"]
