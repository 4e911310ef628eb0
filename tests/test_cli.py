"""The command line, run as people run it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.support import World
from workshop import cli, documents, recounting, welcome
from workshop.bootstrap import ROOT
from workshop.rehearse.server import free_port
from workshop.store.sqlite import connect

HOST = "127.0.0.1"


def environment(data: Path, **env: str) -> dict[str, str]:
    """An environment with nothing of the outer one that could be a setting."""
    outer = {name: value for name, value in os.environ.items() if not name.startswith("WORKSHOP_")}
    ours = {"WORKSHOP_DATA": str(data), "WORKSHOP_HOST": HOST, "WORKSHOP_EXPORTS": str(data / "exports")}
    return outer | ours | {"PYTHONUTF8": "1"} | env


def run(data: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "workshop", *arguments], cwd=ROOT, env=environment(data, **env), capture_output=True, text=True
    )


@contextmanager
def serving(data: Path, *arguments: str, **env: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server that has said its whole greeting, and the greeting."""
    with subprocess.Popen(
        [sys.executable, "-m", "workshop", *arguments], cwd=ROOT, env=environment(data, **env),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as process:
        try:
            said = ""
            for line in process.stdout:
                said += line
                if line.startswith("Stop with"):
                    break
            yield process, said
        finally:
            process.terminate()


class Here:
    """Runs a command in this process (`serve` patches the standard library and needs its own)."""

    def __init__(self, data: Path, captured: pytest.CaptureFixture[str]) -> None:
        self.data, self.captured = data, captured
        self.out = self.err = ""

    def __call__(self, *arguments: str) -> int:
        result = cli.main([*arguments])
        self.out, self.err = self.captured.readouterr()
        return result


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Here:
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    return Here(tmp_path, capsys)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """What a running server has open, in the same data folder."""
    with closing(World(tmp_path / "workshop.db")) as made:
        yield made


def voted(world: World) -> str:
    """Two organisations, one idea, one of the two for it; the idea."""
    alice, bob = world.come("Alice", "City"), world.come("Bob", "Bank")
    world.phase("write")
    idea = world.writes(alice, "Share spare parts")
    world.phase("vote")
    world.votes(alice, idea)
    world.votes(bob)
    return idea


def test_the_first_start_introduces_itself_and_the_second_does_not(tmp_path: Path) -> None:
    data, port = tmp_path / "data", str(free_port())
    with serving(data, "--port", port) as (_, said):
        assert f"For phones: http://{HOST}:{port}\n" in said
        assert re.search(rf"http://{HOST}:{port}/account/link/\S{{20,}}", said)
        code = re.search(r"the code (\w{6})", said)[1]
        assert "▄▄▄▄▄▄▄" in said
        assert said.startswith("SQLite 3.")
    with serving(data, "serve", "--port", port) as (_, said):
        assert "account/link" not in said
        assert code not in said
    assert (data / "workshop.db").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_in_good_order(tmp_path: Path, number: signal.Signals) -> None:
    with serving(tmp_path, "--port", "0") as (process, _):
        process.send_signal(number)
        rest = process.communicate()[0]
        assert (process.returncode, rest) == (0, "")


def test_a_taken_port_is_told_with_what_to_do(tmp_path: Path) -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        told = run(tmp_path, "serve", "--port", str(port))
    assert told.returncode == 2
    assert told.stderr == (
        f"workshop: WORKSHOP_PORT: port {port} is taken by another program. "
        f"Stop that one, or choose another port: --port {port % 65535 + 1}\n"
    )


def test_an_address_of_another_computer_is_told(tmp_path: Path) -> None:
    told = run(tmp_path, WORKSHOP_HOST="198.51.100.1", WORKSHOP_PORT="0")
    assert (told.returncode, told.stderr.startswith("workshop: WORKSHOP_HOST: “198.51.100.1” is not an address")) == (2, True)


def test_a_wrong_setting_stops_the_server_and_names_the_variable(tmp_path: Path) -> None:
    told = run(tmp_path, WORKSHOP_PORT="eighty")
    assert (told.returncode, told.stderr.startswith("workshop: WORKSHOP_PORT: “eighty”")) == (2, True), told.stderr
    assert not (tmp_path / "workshop.db").exists()


@pytest.mark.parametrize("command", ["account", "export CFGHJM", "recount CFGHJM", "rehearse CFGHJM"])
def test_a_wrong_setting_stops_every_command(here: Here, command: str) -> None:
    assert here(*command.split(), "--port", "eighty") == 2
    assert here.err.startswith("workshop: WORKSHOP_PORT: “eighty”")


def test_a_database_of_a_newer_version_is_left_alone(here: Here) -> None:
    connection = connect(here.data / "workshop.db")
    connection.execute("PRAGMA user_version = 9999")
    connection.close()
    assert here("account") == 2
    assert "Update the workshop tool" in here.err


def test_account_prints_a_link_and_nothing_else(here: Here) -> None:
    assert here("account", "--name", "Alice", "--role", "facilitator", "--public-url", "https://example.org") == 0
    assert re.fullmatch(r"https://example\.org/account/link/\S{20,}\n", here.out)


def test_export_prints_where_the_documents_are_while_the_server_runs(here: Here, world: World) -> None:
    assert here("export", world.session.code.lower()) == 0
    paths = [Path(line) for line in here.out.splitlines()]
    assert paths
    assert all(path.is_file() and path.is_relative_to(here.data / "exports") for path in paths)


def test_export_writes_the_formats_that_are_asked_for_and_says_what_it_does(here: Here, world: World) -> None:
    assert here("export", world.session.code, "--format", "markdown", "--format", "csv") == 0
    assert [Path(line).name for line in here.out.splitlines()] == [
        "answers.csv", "experiences.csv", "ideas.csv", "measures.csv", "practices.csv", "report.md", "results.csv", "sections.csv",
    ]
    assert here.err == "writing csv …\nwriting markdown …\n"
    first = Path(here.out.splitlines()[0]).parent
    assert here("export", world.session.code, "--format", "all") == 0
    assert {Path(line).parent for line in here.out.splitlines()} == {first}, "a part of the documents makes the folder the session's own"
    assert here.err.count("writing ") == len(documents.FORMATS)


def test_an_unknown_format_is_told_with_those_there_are(here: Here, world: World) -> None:
    assert here("export", world.session.code, "--format", "markdown", "--format", "doc") == 2
    assert "There is no format “doc”. Choose among: all, " in here.err
    assert ", ".join(one.name for one in documents.FORMATS) in here.err
    assert not (here.data / "exports").exists()


def test_recount_prints_both_counts(here: Here, world: World) -> None:
    idea = voted(world)
    world.phase("reveal")
    assert here("recount", world.session.code) == 0
    assert here.out.startswith("Less electronic waste, round 1: 2 voters of 2 organisations\n")
    figures = r"1  50\.00%     1     1"
    assert re.search(rf"^ +{figures}  \| +{figures}  Share spare parts$", here.out, re.MULTILINE)
    assert here.out.endswith("\nBoth counts are equal.\n")
    assert idea not in here.out


def test_recount_exits_with_1_on_a_difference(here: Here, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    voted(world)
    monkeypatch.setattr(recounting, "recount", lambda *_: [])
    assert here("recount", world.session.code) == 1
    assert here.out.endswith("The two counts of a theme that is not revealed yet differ.\n")
    world.phase("reveal")
    assert here("recount", world.session.code) == 1
    assert here.out.endswith("in the results only\n")


@pytest.mark.parametrize("command", ["export", "recount"])
def test_an_unknown_code_is_told(here: Here, command: str) -> None:
    assert here(command, "CFGHJM") == 2
    assert "No session has the code CFGHJM" in here.err


def test_rehearse_wants_a_code_or_a_conversation(here: Here) -> None:
    with pytest.raises(SystemExit) as ended:
        here("rehearse")
    assert ended.value.code == 2
    assert "either CODE or --replay DIR" in here.captured.readouterr().err


def test_a_qr_code_that_does_not_fit_or_cannot_be_written_is_left_out() -> None:
    url = "HTTP://192.168.1.20:8000/CFGHJM"
    drawn = welcome.qr_lines(url, 80, 24, "utf-8").splitlines()
    assert len(drawn) == 17
    assert {len(line) for line in drawn} == {33}
    assert welcome.qr_lines(url, 32, 24, "utf-8") == welcome.qr_lines(url, 80, 16, "utf-8") == ""
    assert welcome.qr_lines(url, 80, 24, "ascii") == welcome.qr_lines(url, 80, 24, "no-such") == ""
