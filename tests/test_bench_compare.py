"""`bench compare` runs: ours and a rival, every part, very briefly."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench import compare
from bench._compare import report
from bench._compare.lines import MASK, TEXT, cut, frame


def test_every_part_gives_figures_of_ours_and_of_a_rival(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare.main(["--quick", "--only", "ours,flask", "--data", str(tmp_path)]) == 0

    said = capsys.readouterr()
    assert "failed" not in said.err
    for part in ("Fan-out", "Burst", "Paced", "Joins", "Idle phones"):
        section = said.out.partition(f"**{part}")[2].partition("\n**")[0]
        assert re.search(r"^\| ours +\| +[0-9]", section, re.MULTILINE), part
        assert re.search(r"^\| stock Flask-SocketIO +\| +[0-9]", section, re.MULTILINE), part
    assert "100% |" in said.out  # of the paced votes were answered
    assert "ack p95, paced" in said.out


def test_the_report_takes_its_place_and_no_more(tmp_path: Path) -> None:
    figures = tmp_path / "figures.md"
    figures.write_text("# Figures\n\nBefore.\n", "utf-8")
    report.write(["one"], figures)
    figures.write_text(figures.read_text("utf-8") + "\nAfter.\n", "utf-8")
    report.write(["two"], figures)

    text = figures.read_text("utf-8")
    assert "Before." in text
    assert "After." in text
    assert "two" in text
    assert "one" not in text
    assert text.count(report.HEADING) == 1


def test_a_ratio_is_taken_within_its_round() -> None:
    results = report.Results({"ours": "ours", "ws": "ws"})
    for round_, (ours, theirs) in enumerate([(1.0, 2.0), (30.0, 60.0), (8.0, 4.0)]):
        results.add("burst", "ours", round_, {"rate": ours})
        results.add("burst", "ws", round_, {"rate": theirs})

    assert results.ratio("burst", "rate", "ws") == 0.5
    assert results.median("burst", "ours", "rate") == 8.0


@pytest.mark.parametrize(("head", "size"), [(b"\x05", 5), (b"\x7d", 125), (b"\x7e\x00\x7e", 126), (b"\x7e\x9c\x40", 40_000)])
def test_a_frame_is_cut_out_wherever_the_bytes_end(head: bytes, size: int) -> None:
    whole = bytes((TEXT,)) + head + b"x" * size
    heard: list[tuple[int, bytes]] = []
    for end in (0, 1, 2, 3, 4, len(whole) - 1):
        assert cut(whole[:end], lambda *found: heard.append(found)) == 0
    assert cut(whole + whole + whole[:-1], lambda *found: heard.append(found)) == 2 * len(whole)
    assert heard == [(TEXT, b"x" * size)] * 2


def test_a_clients_frame_is_masked() -> None:
    sent = frame("hello")
    assert sent[:2] == bytes((TEXT, 0x85))
    assert bytes(byte ^ MASK[at % 4] for at, byte in enumerate(sent[6:])) == b"hello"
