"""The presentation while it is made: slides with a title, text that fits, tables, native charts, notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Pt

from workshop.documents import fit, office
from workshop.documents.fit import Piece
from workshop.documents.pptx import xml
from workshop.documents.pptx.dress import HEIGHT, INNER, MARGIN, ROOM, TOP
from workshop.documents.words import Words, line, plain

TITLE_SIZES = (28, 24, 20, 18)
SCALES = (1.4, 1.25, 1.1, 1.0)
CELL, CELL_LINES = 12, 6  # points, and lines of one cell at most
LABELS = 0.44  # of a chart's width
LABEL = 80  # characters of an idea's title beside its bar


class Slides:
    """Adds slides at the end."""

    def __init__(self, deck: Presentation, w: Words) -> None:
        self._deck, self._w = deck, w

    def title(self, title: str, below: Sequence[Piece], notes: str) -> None:
        """The first slide."""
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[0])
        text, size = fit.shrunk(line(title) or "–", INNER, (44, 36, 30, 24), 2)
        _say(slide.shapes.title.text_frame, [fit.piece(text, size=size, colour=office.GREEN)])
        _say(slide.placeholders[1].text_frame, below)
        self._notes(slide, [notes] if text == line(title) else [title, notes])

    def slide(self, title: str, notes: Sequence[str] = ()) -> Slide:
        """A slide with its title, in which a long one is smaller and one that never fits goes on in the notes."""
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[1])
        text, size = fit.shrunk(line(title) or "–", INNER - 12, TITLE_SIZES, 2)
        _say(slide.shapes.title.text_frame, [fit.piece(text, size=size, colour=office.GREEN)])
        self._notes(slide, notes if text == line(title) else [title, *notes])
        return slide

    def text(self, title: str, pieces: Iterable[Piece], notes: Sequence[str] = ()) -> None:
        """Paragraphs on as many slides as they need."""
        self.columns(title, [(INNER, list(pieces))], notes)

    def columns(self, title: str, columns: Sequence[tuple[float, list[Piece]]], notes: Sequence[str] = ()) -> None:
        """Columns of paragraphs, each continued in its place on as many slides as the longest needs.

        Args:
            columns: the width of each in points, and its paragraphs.
        """
        paged = _largest(columns)
        for number in range(max([1, *map(len, paged)])):
            slide = self.slide(self._numbered(title, number), notes if number == 0 else ())
            left = MARGIN
            for (width, _), pages in zip(columns, paged, strict=True):
                if number < len(pages):
                    box = slide.shapes.add_textbox(Pt(left), Pt(TOP), Pt(width), Pt(ROOM))
                    _say(box.text_frame, pages[number])
                left += width + (INNER - sum(w for w, _ in columns)) / max(1, len(columns) - 1)

    def table(self, title: str, head: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[int], right: Iterable[int] = (),
              notes: Sequence[str] = (), strong: Iterable[int] = ()) -> None:
        """A table on as many slides as it needs, its head on each.

        Args:
            shares: how the width is divided.
            right: positions of the columns aligned to the right.
            strong: the rows that stand out.
        """
        widths = [INNER * share / sum(shares) for share in shares]
        strong, right = set(strong), set(right)
        whole, rows = rows, [[_short(cell, width) for cell, width in zip(row, widths, strict=True)] for row in rows]
        for number, page in enumerate(_paged(head, rows, widths)):
            cut = [cell for n in page for cell, shown in zip(whole[n], rows[n], strict=True) if line(cell) != shown]
            slide = self.slide(self._numbered(title, number), [*(notes if number == 0 else ()), *cut])
            heights = [_height(head, widths), *(_height(rows[n], widths) for n in page)]
            frame = slide.shapes.add_table(1, len(head), Pt(MARGIN), Pt(TOP), Pt(INNER), Pt(0))
            frame.height = sum(map(Pt, heights))
            told(frame, title, " | ".join(head))
            for column, width in zip(frame.table.columns, widths, strict=True):
                column.width = Pt(width)
            grounds = [_ground(n, page, strong) for n in range(len(heights))]
            made = frame.table._tbl
            made.remove(made.tr_lst[0])
            made.extend(xml.rows([head, *(rows[n] for n in page)], heights, grounds, CELL, right))

    def chart(self, title: str, labels: Sequence[str], series: Sequence[tuple[str, Sequence[float | None], str]], percent: bool,
              stacked: bool, about: str, notes: Sequence[str]) -> None:
        """A slide with a bar chart whose figures can be edited.

        Args:
            series: name, values by label and colour of each.
            about: the same in words, for people who do not see it.
        """
        slide, data = self.slide(title, notes), CategoryChartData(number_format="0%" if percent else "0.0" if not stacked else "0")
        data.categories = _distinct([label if len(label) <= LABEL else label[: LABEL - 1] + "…" for label in labels])
        for name, values, _ in series:
            data.add_series(name, values)
        kind = XL_CHART_TYPE.BAR_STACKED if stacked else XL_CHART_TYPE.BAR_CLUSTERED
        frame = slide.shapes.add_chart(kind, Pt(MARGIN), Pt(TOP - 8), Pt(INNER), Pt(HEIGHT - TOP - 40), data)
        told(frame, title, about)
        _look(frame.chart, [colour for _, _, colour in series], stacked)

    def _numbered(self, title: str, number: int) -> str:
        return title if number == 0 else self._w._("%(title)s (continued)", title=title)

    def _notes(self, slide: Slide, notes: Sequence[str]) -> None:
        text = "\n".join(plain(note) for note in notes if note)
        if text:
            slide.notes_slide.notes_text_frame.text = text


def _largest(columns: Sequence[tuple[float, list[Piece]]]) -> list[list[list[Piece]]]:
    """The columns by slide, larger where all of it fits on one slide even so."""
    for scale in SCALES:
        paged = [fit.pages([fit.scaled(each, scale) for each in pieces], width, ROOM) for width, pieces in columns]
        if all(len(pages) <= 1 for pages in paged):
            break
    return paged


def told(frame: object, title: str, about: str) -> None:
    """What is said of a picture or table to people who do not see it."""
    props = frame._element.xpath("./p:nvGraphicFramePr/p:cNvPr")[0]  # type: ignore[attr-defined]
    props.set("descr", plain(about))
    props.set("title", line(title)[:200])


def _say(frame: object, pieces: Iterable[Piece]) -> None:
    """Fill a text frame; nothing shrinks by itself, since what is in it was measured."""
    frame.word_wrap = True  # type: ignore[attr-defined]
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0  # type: ignore[attr-defined]
    body = frame._txBody  # type: ignore[attr-defined]
    body.clear_content()
    body.extend(xml.paragraphs(pieces))


# -- tables ----------------------------------------------------------------------------------------------


def _paged(head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> list[list[int]]:
    """The positions of the rows by slide."""
    found, left = [[]], ROOM - _height(head, widths)  # type: tuple[list[list[int]], float]
    for number, row in enumerate(rows):
        needed = _height(row, widths)
        if needed > left and found[-1]:
            found.append([])
            left = ROOM - _height(head, widths)
        found[-1].append(number)
        left -= needed
    return found


def _short(cell: str, width: float) -> str:
    """What stands in a cell; all of a very long text stands in the notes."""
    return fit.shrunk(line(cell), width - 14, (CELL,), CELL_LINES)[0]


def _height(row: Sequence[str], widths: Sequence[float]) -> float:
    return 9 + CELL * fit.LINE * max(fit.lines(cell, width - 14, CELL) for cell, width in zip(row, widths, strict=True))


def _ground(number: int, page: Sequence[int], strong: set[int]) -> str:
    """The colour behind a row: of the head, of what stands out, or of every other one."""
    if number == 0:
        return office.GREEN
    return office.GREEN_SOFT if page[number - 1] in strong else office.CARD if number % 2 else office.PAPER


# -- charts ----------------------------------------------------------------------------------------------


def _look(chart: object, colours: Sequence[str], stacked: bool) -> None:
    chart.font.size, chart.font.color.rgb = Pt(12), RGBColor.from_string(office.INK)  # type: ignore[attr-defined]
    chart.has_legend, chart.has_title = True, False  # type: ignore[attr-defined]
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False  # type: ignore[attr-defined]
    chart.category_axis.reverse_order = True  # type: ignore[attr-defined]
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW  # type: ignore[attr-defined]
    chart.category_axis.format.line.color.rgb = RGBColor.from_string(office.EDGE)  # type: ignore[attr-defined]
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = False  # type: ignore[attr-defined]
    _plot_at(chart, LABELS)
    plot = chart.plots[0]  # type: ignore[attr-defined]
    plot.gap_width, plot.overlap = 45, 100 if stacked else -5
    plot.has_data_labels = True
    plot.data_labels.font.size = Pt(11)
    plot.data_labels.position = XL_LABEL_POSITION.CENTER if stacked else XL_LABEL_POSITION.OUTSIDE_END
    for series, colour in zip(plot.series, colours, strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor.from_string(colour)
        series.invert_if_negative = False
    if stacked:
        plot.data_labels.font.color.rgb = RGBColor.from_string(office.CARD)


def _plot_at(chart: object, left: float) -> None:
    """Leave the labels the share *left* of the chart's width: by itself a program gives them a quarter, and cuts them."""
    area = chart._chartSpace.chart.plotArea  # type: ignore[attr-defined]
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    parts = {"layoutTarget": "inner", "xMode": "edge", "yMode": "edge", "x": left, "y": 0.01, "w": 0.94 - left, "h": 0.88}
    made = "".join(f'<c:{name} val="{value}"/>' for name, value in parts.items())
    area.insert(0, parse_xml(f'<c:layout {nsdecls("c")}><c:manualLayout>{made}</c:manualLayout></c:layout>'))


def _distinct(labels: list[str]) -> list[str]:
    """A chart's labels need not differ for it, but for who edits its figures."""
    found: list[str] = []
    for label in labels:
        name, number = line(label) or "–", 2
        while name in found:
            name, number = f"{line(label)} {number}", number + 1
        found.append(name)
    return found
