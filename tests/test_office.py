"""Word, PowerPoint and Excel: read back, they say what the report says; text stays text, names stay as consented."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import pairwise

import openpyxl
import pptx
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm
from pptx.util import Pt

from bench.pages import swedish
from tests.hostile_texts import HOSTILE, report, reviewed
from tests.office import frames, on_slides, paragraphs, rows_of, said, slides, word, workbook
from tests.readers import opened
from tests.records import AT, Day, everything, files, made, three_buyers, voted
from tests.test_documents_sources import marks, told
from tests.test_documents_texts import NASTY, everywhere
from workshop import documents
from workshop.bootstrap import ROOT
from workshop.documents import charts, docx, fit, office, sample, sections, xlsx
from workshop.documents import pptx as deck_of
from workshop.documents.docx.dress import WIDTH
from workshop.documents.docx.xml import ADDRESS
from workshop.documents.outline import outline
from workshop.documents.outline.blocks import Table, ToComplete
from workshop.documents.words import Words, plain
from workshop.model import KINDS, METHODS
from workshop.rules.kpi import KPIS, Measure
from workshop.rules.light import Run
from workshop.rules.practice import Answer, Field

OFFICE = ("docx", "pptx", "xlsx")
LONG = "w" * 10_000
CORPUS = (*NASTY, "=1+1", "=HYPERLINK(\"http://evil.example\")", "@SUM(A1)", "+1", "#panic()", "日本語の文章と中国語", "😀" * 300,
          "a\u202eb\u0000c\ufffe", "’‘“”", "&<>\"'", "{{ 7*7 }}", LONG)


def squeezed(text: str) -> str:
    return "".join(plain(text).split())


# -- any text --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", CORPUS, ids=lambda text: text[:12].encode("unicode_escape").decode())
@pytest.mark.parametrize("name", OFFICE)
def test_no_text_is_missing_and_none_takes_effect(name, text):
    """As often as with harmless words, wherever somebody may write something."""
    found, usual = squeezed(said(name, everywhere(text))), squeezed(said(name, everywhere("Qqzzq")))
    assert found.count(squeezed(text)) >= min(usual.count("Qqzzq"), 6)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", OFFICE)
def test_what_editors_and_reviewers_write_stays_text_too(name, text):
    [(file, content)] = documents.render(report(text), [name]).items()
    assert squeezed(text).replace("\u200b", "") in squeezed(opened(file, content)[file].text)


@pytest.mark.parametrize("name", OFFICE)
@pytest.mark.parametrize("kpi", KPIS, ids=lambda kpi: kpi.key)
def test_every_indicator_of_the_picker_has_its_unit_and_its_figures(name, kpi):
    figures = Measure(kpi.key, "", kpi.unit, 0.375, 38.5, "Report", "Olga")
    [draft] = (built := documents.build(voted(language="sv").record(), AT)).practices
    fields = tuple(replace(field, measures=(figures,)) if field.key == "measures" else field for field in draft.practice.fields)
    made = replace(built, practices=(replace(draft, practice=replace(draft.practice, fields=fields)),))
    [(file, content)] = documents.render(made, [name]).items()
    found, unit = opened(file, content)[file], Words("sv")._(sections.UNITS[kpi.unit]) if kpi.unit in sections.UNITS else kpi.unit
    assert [words for words in ("0.375" if name == "xlsx" else "0,375", unit) if not found.has(words)] == []


@pytest.mark.parametrize("name", OFFICE)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("language", ["en", "sv"])
def test_an_empty_session_and_every_method_make_whole_files(name, method, language):
    assert said(name, Day(method=method, language=language))
    assert "Take-back with reuse first" in said(name, voted(method=method, language=language))


def test_hostile_cells_stay_text_and_lead_nowhere():
    for text in ("=1+1", "+1", "@SUM(A1)", "https://evil.example", "12", "mailto:a@b.example"):
        book = workbook(everywhere(text))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells if cell.value == text} == {"s"}
        assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_a_cell_takes_what_it_can_and_says_that_there_is_more():
    day = voted()
    day.idea("Long", "ada", "😀" * 20_000)
    cell = next(row["Detail"] for row in rows_of(workbook(day), "ideas") if row["Idea"] == "Long")
    assert cell.endswith("😀…") and len(cell.encode("utf-16-le")) // 2 <= 32_767


# -- consent and reveal --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OFFICE)
def test_names_appear_only_as_consented_properties_and_comments_included(name):
    day = voted()
    for who in ("ada", "ben", "mallory"):
        for kind in KINDS:
            day.say("idea-0", who, kind, f"{kind} by somebody")
    found = everything(made(name, day))
    assert "Ada, City" in found and "Bank" in found
    for secret in ("Ben", "Mallory", "mallory", "facilitator", "CODE23"):
        assert not re.search(rf"\b{secret}\b", found)


@pytest.mark.parametrize("name", OFFICE)
def test_what_is_not_revealed_yet_is_marked_as_an_interim_version(name):
    day = voted()
    assert "Interim version" not in said(name, day)
    day.theme("Other", revealed=False)
    assert "Interim version: not everything is revealed yet" in said(name, day)


def test_the_same_session_makes_the_same_bytes():
    one = files(sample.record())
    assert one == files(sample.record())
    assert "2026-11-24T08:00:00Z" in everything({"report.docx": one["report.docx"]})
    times = set(re.findall(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", everything({n: one[n] for n in one if n.split(".")[-1] in OFFICE})))
    assert times <= {"2026-11-24T08:00:00Z", "2013-01-27T09:14:16Z"}


# -- Excel ---------------------------------------------------------------------------------------------------


def test_the_workbook_read_back_is_the_model():
    report, book = documents.build(sample.record(), AT), workbook(sample.record())
    ideas = [(t.title, i.title, i.detail, i.by or "anonymous", i.do, i.would, i.against, i.id) for t in report.themes for i in t.ideas]
    found = [tuple(row[k] for k in ("Theme", "Idea", "Detail", "From", "We do this", "We would", "Not for us", "Idea id"))
             for row in rows_of(book, "ideas") if row["Merged into"] is None]
    assert found == ideas
    experiences = [(i.title, s.text or None, s.result or None, s.year, s.by or "anonymous")
                   for t in report.themes for i in t.ideas for s in i.said]
    assert [tuple(r[k] for k in ("Idea", "What was said", "Result", "Year", "From")) for r in rows_of(book, "experiences")] == experiences
    lines = [(n.rank, n.title, "Yes" if n.chosen else "No", n.score, n.reach, n.approvals, n.raw)
             for t in report.themes for c in (*t.earlier, t.count) for n in c.ranking]
    heads = ("Rank", "Idea", "Chosen", "Across organisations", "Organisations for it", "Voters for it", "Share of voters")
    for row, line in zip(rows_of(book, "ranking"), lines, strict=True):
        assert tuple(row[k] for k in heads[:3]) == line[:3]
        assert [row[k] for k in heads[3:]] == pytest.approx(line[3:], abs=1e-15)
    turnout = [(p.name, p.joined, p.voted) for p in report.room.organisations]
    found = [(row["Organisation"], row["Joined"], row["Voted"]) for row in rows_of(book, "turnout")]
    assert found[: len(turnout)] == turnout
    assert [name for name, *_ in found[-2:]] == list(report.room.absent)
    practices = [(d.number, d.practice.filled) for d in report.practices]
    assert [(row["No."], row["Sections filled"]) for row in rows_of(book, "practices")] == practices


def test_the_sheets_are_tables_with_filters_frozen_heads_and_typed_figures():
    book = workbook(sample.record())
    assert [name for sheet in book for name in sheet.tables] == [
        "themes", "ideas", "experiences", "ranking", "practices", "heat_map", "measures", "turnout"]
    for sheet in book.worksheets[1:]:
        [table] = sheet.tables.values()
        assert table.autoFilter.ref == table.ref == sheet.dimensions
        assert sheet.freeze_panes.endswith("2") and sheet.print_title_rows == "$1:$1"
    share = next(cell for cell in next(s for s in book if "ranking" in s.tables)[2] if isinstance(cell.value, float))
    assert share.number_format == "0.0%"
    assert book.properties.title == "Circular procurement of IT"


def test_a_sheet_is_printed_across_one_page_but_a_heat_map_of_many_practices():
    """Nobody reads sixty columns on one page; the organisations stand on each."""
    [wide] = [sheet for sheet in workbook(swedish()) if sheet.page_setup.fitToWidth]  # none is one page
    assert list(wide.tables) == ["heat_map"] and wide.page_setup.fitToWidth > 4 and wide.print_title_cols == "$A:$A"
    assert not any(sheet.page_setup.fitToWidth for sheet in workbook(sample.record()))


def test_measures_and_answers_come_out(fuller):
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(fuller)))
    first, *_ = rows_of(book, "measures")
    heads = ("Indicator", "Unit", "Baseline", "Target", "Owner")
    assert tuple(first[head] for head in heads) == ("Service life", "years", 3, 5.5, "Olga")
    city = next(row for row in rows_of(book, "heat_map") if row["Organisation"] == "City")
    assert list(city.values())[1] == "We agree with a reservation\nWe will 2027\nOnly phones."


# -- Word ----------------------------------------------------------------------------------------------------


@pytest.fixture
def fuller():
    """A report whose practice has an editor's words, tags, measures, an owner and an answer, and one that no vote chose."""
    report = documents.build(voted().record(), AT)
    [draft] = report.practices
    told = {
        "steps": Field("steps", draft.practice.field("steps").sources,
                       "First:\n\n1. **Collect**\n2. Erase\n\nThen:\n\n1. *Sell*\n- or give"),
        "measures": Field("measures", measures=(Measure("service_life", "", "years", 3.0, 5.5, "Register", "Olga"),)),
        "stage": Field("stage", tags=("stage.contract", "strategy.reuse")),
        "risks": Field("risks", owner="Åsa Öberg"),
    }
    fields = tuple(told.get(field.key, field) for field in draft.practice.fields)
    practice = replace(draft.practice, fields=fields, answers=(Answer("City", "reservation", "Only phones.", "will", "2027"),))
    by_hand = replace(draft, number="1.2", line=None, practice=replace(draft.practice, title="By hand"))
    return replace(report, practices=(replace(draft, practice=practice), by_hand))


def of(fuller):
    return Document(io.BytesIO(docx.write(fuller)))


def test_headings_are_real_and_none_is_skipped():
    levels = [int(style[-1]) for style, _ in paragraphs(word(sample.record())) if style.startswith("Heading")]
    assert levels[0] == 1 and set(levels) == {1, 2, 3}
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_contents_are_a_field_that_is_filled_in_on_opening_and_lead_to_every_heading():
    document = word(sample.record())
    codes = [code.text for code in document.element.body.iter(qn("w:instrText"))]
    assert codes[0] == ' TOC \\o "1-2" \\h \\z \\u '
    assert document.settings.element.find(qn("w:updateFields")).get(qn("w:val")) == "true"
    marks = {mark.get(qn("w:name")) for mark in document.element.body.iter(qn("w:bookmarkStart"))}
    anchors = [link.get(qn("w:anchor")) for link in document.element.body.iter(qn("w:hyperlink"))]
    links = [anchor for anchor in anchors if anchor.startswith("_Toc")]
    headed = [text for style, text in paragraphs(document) if style in ("Heading1", "Heading2")]
    assert [text for style, text in paragraphs(document) if style.startswith("TOC") and style != "TOCHeading"] == headed
    assert len(links) == len(headed) and set(links) <= marks
    kinds = [each.get(qn("w:fldCharType")) for each in document.element.body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end")


def test_every_table_repeats_its_head_and_tells_what_it_is_of():
    tables = word(sample.record()).tables
    assert len(tables) > 20
    for table in tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))


def test_each_place_to_complete_is_a_comment_for_its_owner(fuller):
    comments = {paragraph.text: comment for comment in of(fuller).comments for paragraph in comment.paragraphs}
    missing = [field for draft in fuller.practices for field in draft.practice.fields if not field.complete]
    assert len(list(of(fuller).comments)) == len(missing)
    asked = [text for text in comments if text.startswith("Åsa Öberg, please complete: Risks")]
    assert len(asked) == 1
    assert {comment.author for comment in comments.values()} == {"The host"}
    assert {str(comment.timestamp)[:19] for comment in comments.values()} == {"2026-11-24 08:00:00"}
    anchors = {a.get(qn("w:id")) for a in of(fuller).element.body.iter(qn("w:commentRangeStart"))}
    assert anchors == {str(comment.comment_id) for comment in of(fuller).comments}


def test_an_editors_text_is_real_lists_and_runs(fuller):
    document = of(fuller)
    lists = [(p.text, p._p.pPr.numPr.numId.val) for p in document.paragraphs if p.style.name == "List Number"]
    assert [text for text, _ in lists] == ["Collect", "Erase", "Sell"]
    assert lists[0][1] == lists[1][1] != lists[2][1], "the second list begins anew"
    assert next(p for p in document.paragraphs if p.text == "Collect").runs[0].bold
    assert next(p for p in document.paragraphs if p.text == "Sell").runs[0].italic
    assert "or give\u00a0[2]" in [p.text for p in document.paragraphs if p.style.name == "List Bullet"]


def test_a_space_between_two_looks_stays(fuller):
    """Who reads XML may take it for layout."""
    draft, *others = fuller.practices
    fields = tuple(replace(f, text="**Sorted** *reused*") if f.key == "steps" else f for f in draft.practice.fields)
    report = replace(fuller, practices=(replace(draft, practice=replace(draft.practice, fields=fields)), *others))
    assert any("Sorted reused" in text for _, text in paragraphs(of(report)))
    assert any("Sorted reused" in text for text in on_slides(pptx.Presentation(io.BytesIO(deck_of.write(report)))))


def test_language_properties_page_numbers_and_the_hash_are_set():
    report = documents.build(voted(language="sv").record(), AT)
    document = word(voted(language="sv"))
    assert document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}").get(qn("w:val")) == "sv-SE"
    said_of = document.core_properties
    assert (said_of.title, said_of.author, said_of.language, said_of.keywords) == ("Circular IT", "The host", "sv-SE", report.content_hash)
    foot = document.sections[0].footer._element
    assert report.content_hash in "".join(t.text or "" for t in foot.iter(qn("w:t")))
    assert [code.text.strip() for code in foot.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


def test_quotes_have_their_credit_and_their_style():
    day = voted()
    day.say("idea-0", "ada", "do", "Works.", result="Half the waste", year=2025)
    quotes = [text.replace("\u00a0", " ") for style, text in paragraphs(word(day)) if style == "Quote"]
    assert "“Works.”Result: “Half the waste” — Ada, City, 2025 [2]" in quotes


def test_sources_and_what_refers_to_them_lead_to_each_other():
    found = documents.build(sample.record(), AT)
    body = Document(io.BytesIO(docx.write(found))).element.body
    starts = list(body.iter(qn("w:bookmarkStart")))
    names = [mark.get(qn("w:name")) for mark in starts]
    assert len(names) == len(set(names)) and max(map(len, names)) <= 40
    ids = [mark.get(qn("w:id")) for mark in starts]
    assert ids == [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkEnd"))] and len(ids) == len(set(ids))
    aims = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink")) if link.get(qn("w:anchor"))]
    assert set(aims) <= set(names)
    assert sum("_source_" in aim for aim in aims) == len(marks(found)) and sum("_mark_" in aim for aim in aims) == len(told(found)) > 50
    listed = [text for style, text in paragraphs(Document(io.BytesIO(docx.write(found)))) if style == "Source"]
    assert listed == [f"[{note.number}]{note.text}" for note in told(found)]


def test_an_editors_address_is_a_link_and_nobody_elses():
    found = reviewed(documents.build(everywhere("https://evil.example/[x]").record(), AT))
    document = Document(io.BytesIO(docx.write(found)))
    assert {rel.target_ref for rel in document.part.rels.values() if rel.is_external} == {"https://ok.example/x"}
    links = [link for link in document.element.body.iter(qn("w:hyperlink")) if link.get(qn("r:id"))]
    assert len(links) == len(found.practices) > 0
    assert not [link for link in document.element.body.iter(qn("w:hyperlink")) if link.get(ADDRESS)]


def test_a_picture_is_never_higher_than_its_page():
    answers = tuple(Answer(f"Organisation {n}", "agree", "", "do", "") for n in range(90))
    report = documents.build(voted().record(), AT)
    crowded = tuple(replace(draft, practice=replace(draft.practice, answers=answers)) for draft in report.practices)
    shapes = Document(io.BytesIO(docx.write(replace(report, practices=crowded)))).inline_shapes
    assert max(shape.height for shape in shapes) < Cm(24)
    assert max(shape.width for shape in shapes) <= Cm(17.1)


def test_columns_of_figures_hold_their_longest_word():
    for table in word(sample.record()).tables:
        for cell in table.rows[0].cells:
            if cell.paragraphs[0].alignment is not None:  # to the right
                longest = max(cell.text.split(), key=fit.em)
                assert cell.width.twips - 160 >= 180 * fit.em(longest), longest
        assert sum(cell.width.twips for cell in table.rows[0].cells) <= WIDTH


def test_charts_have_captions_and_say_the_same_in_words():
    document = word(voted())
    [theme] = documents.build(voted().record(), AT).themes[:1]
    told = [picture._inline.docPr.get("descr") for picture in document.inline_shapes]
    assert told[0] == charts.of_theme(theme, "approval", Words("en"))[0].text and "100" in told[0]
    captions = [text for style, text in paragraphs(document) if style == "Caption" and text.startswith("Figure")]
    assert len(captions) == len(told) > 0 and theme.title in captions[0]
    assert all(picture.width > picture.height / 2 for picture in document.inline_shapes)
    tables = [text for style, text in paragraphs(document) if style == "Caption" and text.startswith("Table")]
    assert tables == [f"Table {n}: {block.caption}" for n, block in enumerate(_tables(voted()), start=1)]


def _tables(day: Day) -> list[Table]:
    """What the outline has of tables; what is to complete is one in Word."""
    blocks = outline(documents.build(day.record(), AT)).blocks
    to_complete = Table("To complete", (), ())
    return [to_complete if isinstance(b, ToComplete) else b for b in blocks if isinstance(b, (Table, ToComplete))]


def test_every_style_has_a_look_of_its_own():
    """An element can stand in one style alone: shared by two, it is taken from the first."""
    styles = word(voted()).styles.element
    for name in ("Standing", "Small", "Source", "Caption", "TableHead", "TableText"):
        style = next(s for s in styles.findall(qn("w:style")) if s.get(qn("w:styleId")) == name)
        assert style.find(f"{qn('w:rPr')}/{qn('w:sz')}").get(qn("w:val")) == "18", name


# -- PowerPoint ------------------------------------------------------------------------------------------------


def test_each_theme_has_a_chart_of_its_own_figures_that_can_be_edited():
    report, deck = documents.build(sample.record(), AT), slides(sample.record())
    charts = [shape.chart for shape in frames(deck) if shape.has_chart]
    assert len(charts) == len(report.themes)
    for chart, theme in zip(charts, report.themes, strict=True):
        equal, heads = chart.plots[0].series
        assert list(equal.values) == [line.score for line in theme.count.ranking[:10]]
        assert list(heads.values) == [line.raw for line in theme.count.ranking[:10]]
        inside = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        assert inside.active["B2"].value == theme.count.ranking[0].score


@pytest.mark.parametrize("method", ["adoption", "impact", "agree", "dots"])
def test_every_method_has_a_chart(method):
    values = {"adoption": {"idea_0": 4, "idea_1": 1}, "impact": {"idea_0": 52, "idea_1": 15}, "agree": {"idea_0": 1, "idea_1": -1},
              "dots": {"idea_0": 2}}
    day = three_buyers(method=method)
    for who in ("ada", "ben"):
        day.vote(who, **values[method])
    [chart] = [shape.chart for shape in frames(slides(day)) if shape.has_chart]
    assert len(chart.plots[0].series) == {"adoption": 5}.get(method, 2)


def test_a_slide_for_each_practice_with_its_sources_in_the_notes():
    report, deck = documents.build(sample.record(), AT), slides(sample.record())
    for draft in report.practices:
        slide = next(s for s in deck.slides if s.shapes.title.text == f"{draft.number} {draft.practice.title}")
        notes = slide.notes_slide.notes_text_frame.text
        sources = {source for field in draft.practice.fields for source in field.sources}
        assert sources and all(source.text in notes and (source.by or "anonymous") in notes for source in sources)
        shown = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert "In one sentence" in shown or draft.practice.field("sentence").complete
        assert "To complete" in shown and "Who does it" in shown


def test_nothing_stands_outside_a_slide_and_every_table_and_chart_is_told():
    for day in (sample.record(), everywhere(LONG), everywhere("日本語" * 400)):
        deck = slides(day)
        for slide in deck.slides:
            assert slide.shapes.title.text
            for shape in slide.shapes:
                assert shape.top + shape.height <= Pt(540) and shape.left + shape.width <= Pt(960) + 9525
        for frame in frames(deck):
            assert frame._element.xpath("./p:nvGraphicFramePr/p:cNvPr")[0].get("descr")


def test_every_text_of_a_slide_says_its_language():
    deck = slides(voted(language="sv"))
    runs = [run for slide in deck.slides for run in slide._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}r")]
    assert {run.rPr.get("lang") for run in runs} == {"sv-SE"}
    assert (deck.slide_width, deck.slide_height) == (Pt(960), Pt(540))


def test_a_practice_that_no_vote_chose_and_one_that_was_reviewed_are_slides_too(fuller):
    deck = pptx.Presentation(io.BytesIO(deck_of.write(fuller)))
    found = "\n".join(on_slides(deck))
    assert "1.2 By hand" in found
    assert "Service life: 3 → 5.5 years" in found
    assert "City: We agree with a reservation · We will · 2027 · Only phones." in found
    assert "1. Collect" in found


@pytest.mark.parametrize("text", ["word " * 900, LONG, "日本語" * 900, "a\nb\n" * 200])
def test_paragraphs_go_on_where_a_slide_ends_and_nothing_is_lost(text):
    pages = fit.pages([fit.piece(text, size=18), fit.Piece((Run("Heading", "strong"),), keep=True), fit.piece("end")], 500, 370)
    assert squeezed("".join(piece.text for page in pages for piece in page)) == squeezed(text + "Headingend")
    assert all(sum(fit.height(piece, 500) for piece in page) <= 370 for page in pages)
    assert pages[-1][-2].text == "Heading"


# -- all -----------------------------------------------------------------------------------------------------


def test_the_colours_are_those_of_the_product():
    light = re.search(r'data-theme="light"\] \{(.*?)\}', (ROOT / "static/css/tokens.css").read_text(), re.DOTALL)[1]
    tokens = {name: value.upper() for name, value in re.findall(r"--([\w-]+): #([0-9a-f]{6});", light)}
    names = {"INK": "ink", "INK_2": "ink-2", "PAPER": "paper", "SUNK": "sunk", "LINE": "line", "EDGE": "edge", "GREEN": "green",
             "GREEN_SOFT": "green-soft", "AMBER": "amber", "AMBER_SOFT": "amber-soft", "RED": "red", "RED_SOFT": "red-soft"}
    assert {name: getattr(office, name) for name in names} == {name: tokens[token] for name, token in names.items()}
    assert tuple(tokens[t] for t in ("amber", "blue", "plum", "teal", "clay", "indigo", "olive", "slate")) == office.TINTS


def test_documents_speak_the_language_of_the_event():
    for name in OFFICE:
        found = said(name, voted(language="sv"))
        assert "Take-back with reuse first" in found
        assert not [title for title in ("Summary", "To complete", "Ranking", "Chosen", "Turnout") if f"\n{title}\n" in found]


def test_every_section_has_a_title_and_a_hint():
    assert sections.TITLES.keys() == sections.HINTS.keys()
