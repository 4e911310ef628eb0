"""What the pages say is what the code does: README, docs/running.md and docs/protocol.md against the code."""

from __future__ import annotations

import argparse
import re
import shlex
from pathlib import Path

import msgspec
import pytest

from workshop import cli, config, errors, model
from workshop.bootstrap import ROOT
from workshop.live import commands

PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
README = (ROOT / "README.md").read_text(encoding="utf-8")
RUNNING = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
PROTOCOL = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")
SAID = re.compile(r"(?:python3 -m workshop|(?<=`)workshop)((?: [^`\n|]+)?)(?=[`\n])")
PLACEHOLDERS = {"CODE": "CFGHJM", "DIR": ".", "FILE": "copy.db", "N": "3", "X": "1", "NAME": "Alice", "URL": "http://127.0.0.1:8000"}
# Errors that never answer a command of a socket: of forms, of the command line, of the start.
ELSEWHERE = {
    "error", "setting", "store_too_new", "store_unavailable", "data_in_use", "cannot_back_up", "cannot_restore", "cannot_export",
    "new_organisation", "list_full", "locked", "dead_link", "wrong_password", "short_password", "out_of_range", "cap_too_large",
    "frozen", "not_frozen", "no_idea_chosen", "nothing_revealed", "already_drafted", "all_ideas", "other_session", "overtaken", "no_reason",
    "off_day", "many_measures", "other_unit", "off_figure", "no_figure",
    "not_frozen_yet", "nothing_frozen", "cannot_import", "too_large_to_import", "too_deep_to_import", "newer_file", "other_file",
}


def section(page: str, title: str) -> str:
    """What stands under the heading *title*."""
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", page, re.MULTILINE | re.DOTALL)
    assert found, f"no heading “{title}”"
    return found[1]


def table(text: str) -> list[list[str]]:
    """The rows of the Markdown tables in *text*, without heads; a bar inside `{…}` belongs to its cell."""
    lines = [line.strip() for line in text.splitlines() if line.strip().startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line, after in zip(lines, [*lines[1:], ""], strict=True)
            if not re.match(r"\|\s*-", line) and not re.match(r"\|\s*-", after)]


def subparsers() -> dict[str, argparse.ArgumentParser]:
    """The parser of every command."""
    actions = cli.parser()._actions
    return next(action.choices for action in actions if isinstance(action, argparse._SubParsersAction))


def usage(name: str) -> str:
    """The usage of a command as docs/running.md writes it: without the flags that all have."""
    shared = {"--help", *(setting.flag for setting in config.TABLE)}
    parts = []
    for action in subparsers()[name]._actions:
        if not shared.intersection(action.option_strings):
            value = action.metavar or (f"{{{','.join(action.choices)}}}" if action.choices else action.dest.upper())
            words = " ".join([*action.option_strings, value])
            parts.append(f"[{words}]" if action.option_strings or action.nargs == "?" else words)
    return " ".join(["workshop", name, *sorted(parts, key=lambda part: part.startswith("[-"))])


def test_running_lists_every_command_as_its_help_says() -> None:
    rows = table(section(RUNNING, "Commands"))
    assert [row[0] for row in rows] == [f"`{usage(name)}`" for name, *_ in cli.COMMANDS]
    assert [row[1] for row in rows] == [subparsers()[name].description for name, *_ in cli.COMMANDS]


def test_running_lists_every_setting_as_the_code_reads_it() -> None:
    rows = [[f"`{one.variable}`", f"`{one.flag}`", one.default, one.meaning] for one in config.TABLE]
    assert table(section(RUNNING, "Settings")) == rows


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_page_names_a_setting_that_does_not_exist(path: Path) -> None:
    known = {setting.variable for setting in config.TABLE} | set(config.OTHERS)
    assert set(re.findall(r"WORKSHOP_[A-Z_]+", path.read_text(encoding="utf-8"))) <= known


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_command_on_a_page_can_be_given(path: Path) -> None:
    for said in SAID.findall(path.read_text(encoding="utf-8")):
        if "[" not in said:
            words = [PLACEHOLDERS.get(word, word) for word in shlex.split(said, comments=True)]
            assert cli.parser().parse_args(words).run, said


def test_the_readme_has_the_two_commands() -> None:
    given = {line.strip() for line in README.splitlines() if line.startswith("    ")}
    assert {"python3 -m workshop", "python3 -m tests"} <= given


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_and_pictures_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        assert "://" in target or (path.parent / target).exists(), target


def documented(title: str) -> dict[str, set[str]]:
    """The commands under *title* in protocol.md with the names in their bodies."""
    return {row[0].strip("`"): set(re.findall(r"\w+", row[1])) for row in table(section(PROTOCOL, title))}


@pytest.mark.parametrize(("title", "known"), [("Phone", commands.PHONE), ("Console", commands.CONSOLE)])
def test_the_protocol_lists_every_command_and_its_body(title: str, known: dict[str, type[msgspec.Struct]]) -> None:
    bodies = {name: {field.name for field in msgspec.structs.fields(kind)} - {"id"} for name, kind in known.items()}
    assert documented(title) == bodies


def test_the_protocol_lists_every_event_that_is_sent() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "workshop" / "live").glob("*.py"))
    sent = set(re.findall(r'(?:emit|_say|encode_once)\(\s*"(\w+)"', source))
    assert sent
    assert {row[0].strip("`") for row in table(section(PROTOCOL, "Down"))} == sent


def test_the_protocol_lists_every_error_code() -> None:
    listed = set(re.findall(r"`([a-z_]+)`", section(PROTOCOL, "Errors")))
    assert listed == _codes(errors.WorkshopError) - ELSEWHERE


def test_the_protocol_names_every_kind_of_experience_and_phase() -> None:
    assert f"`kind` is one of {', '.join(model.KINDS)}." in PROTOCOL
    assert {phase for phase in model.PHASES if phase not in README + PROTOCOL} == set()


def _codes(kind: type[errors.WorkshopError]) -> set[str]:
    inner = {code for one in kind.__subclasses__() if one.__module__ == errors.__name__ for code in _codes(one)}
    return {kind.code} | inner
