"""From a bare checkout to an environment that has the product, with the standard library alone.

An interpreter that already has the distributions of pyproject.toml is used as it is. Any other gets
``.venv`` beside the checkout, filled from a lock file with hashes, and runs the command in there.
``.venv/set-up`` holds the hash of every lock that was installed; while an installation runs it says
so instead, and one that was interrupted is made again from nothing.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
NOTE = VENV / "set-up"
UNFINISHED = "unfinished"
LOCKS = {"": "requirements.lock", "test": "requirements-test.lock"}  # by extra; the second contains the first
FRESH = "WORKSHOP_SET_UP"  # tells the next process that the set-up has just been done
NO_PIP = """\
Python's own installer (pip) is missing, so the set-up cannot go on. One of these brings it:
  Debian, Ubuntu   apt install python3-venv
  Fedora           dnf install python3-pip
  others           python3 -m ensurepip --user
Then run the same command again."""
FAILED = """\
The set-up did not finish; the lines above say why. It needs the network, and about 300 MB of disk.
Run the same command again: it starts from the beginning."""


def enter(module: str, arguments: list[str], extra: str = "") -> None:
    """Return if this interpreter has the product; otherwise run ``-m module`` in ``.venv`` instead of it.

    Args:
        module: what to run there, with *arguments*.
        extra: ``"test"`` asks for the tests' distributions too.
    """
    fresh = os.environ.pop(FRESH, None)
    if not (ROOT / LOCKS[extra]).is_file():  # installed from a wheel: its installer has seen to it
        return
    gaps = missing(extra)
    if not gaps:
        return
    if fresh:
        stop(f"The set-up is done, yet {', '.join(gaps)} is missing. Delete .venv and run the same command again.")
    if is_inside() or not is_installed(extra):
        install(extra)
        os.environ[FRESH] = "1"
    _become([str(PYTHON), "-m", module, *arguments])


def missing(extra: str = "") -> list[str]:
    """The requirements of pyproject.toml that this interpreter does not meet."""
    return [text for text in _requirements(extra) if not is_met(text)]


def is_met(requirement: str) -> bool:
    """Whether ``name>=1.2`` or ``name~=1.2.3``, perhaps with ``; sys_platform == '…'``, is met here."""
    need, _, marker = requirement.partition(";")
    platform = re.search(r"sys_platform == '(\w+)'", marker)
    if platform and platform[1] != sys.platform:
        return True
    name, relation, version = re.split(r"(~=|>=)", need.strip())
    try:
        found = _numbers(importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return False
    wanted = _numbers(version)
    same_line = relation == ">=" or found[: len(wanted) - 1] == wanted[:-1]
    return same_line and found >= wanted


def is_installed(extra: str = "") -> bool:
    """Whether ``.venv`` holds what the lock says now."""
    return PYTHON.exists() and _digest(extra) in _note()


def is_inside() -> bool:
    """Whether this interpreter is the one of ``.venv``."""
    return Path(sys.prefix).resolve() == VENV.resolve()


def install(extra: str = "") -> None:
    """Make ``.venv`` where it is missing or unfinished, and install the lock into it."""
    say("Setting up .venv beside the checkout. This happens once and takes a minute or two.")
    if not is_inside() and (_note() == [UNFINISHED] or not _starts()):
        shutil.rmtree(VENV, ignore_errors=True)
        VENV.mkdir(exist_ok=True)
        NOTE.write_text(UNFINISHED)
        venv.create(VENV, symlinks=os.name != "nt")
    NOTE.write_text(UNFINISHED)
    _install_lock(ROOT / LOCKS[extra])
    NOTE.write_text("\n".join(_digest(one) for one in dict.fromkeys(("", extra))))
    say("The set-up is done.")


def say(line: str) -> None:
    """One line for the person who waits."""
    print(line, file=sys.stderr, flush=True)


def stop(line: str) -> NoReturn:
    """End with exit code 2 and *line*."""
    say(line)
    raise SystemExit(2)


def _requirements(extra: str) -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project["dependencies"] + (project["optional-dependencies"][extra] if extra else [])


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.match(r"[\d.]*", version)[0].strip(".").split(".")]


def _digest(extra: str) -> str:
    return hashlib.sha256((ROOT / LOCKS[extra]).read_bytes()).hexdigest()


def _note() -> list[str]:
    return NOTE.read_text().split() if NOTE.is_file() else []


def _starts() -> bool:
    # The Python that .venv was made from may have been removed since.
    return PYTHON.exists() and _quiet([str(PYTHON), "-c", "import sys; sys.exit(sys.version_info < (3, 11))"])


def _install_lock(lock: Path) -> None:
    packages = len(re.findall(r"^[\w.-]+==", lock.read_text(encoding="utf-8"), re.MULTILINE))
    command = [*_pip(), "install", "--require-hashes", "--progress-bar=off", "-r", str(lock)]
    environment = os.environ | {"PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace"
    ) as running:
        tail = list(_with_progress(running.stdout, packages))[-12:]
    if running.returncode:
        stop("".join(tail) + FAILED)


def _with_progress(lines: Iterator[str], packages: int) -> Iterator[str]:
    done = 0
    for line in lines:
        if line.startswith("Collecting "):
            done += 1
            if done % 10 == 0:
                say(f"  {done} of at most {packages} packages fetched …")
        if line.startswith("Installing collected"):
            say("  Installing …")
        yield line


def _pip() -> list[str]:
    inner = [str(PYTHON), "-m", "pip"]
    if _quiet([*inner, "--version"]) or _quiet([str(PYTHON), "-m", "ensurepip", "--default-pip"]):
        return inner
    outer = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    return outer if _quiet([*outer, "--version"]) else stop(NO_PIP)


def _quiet(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _become(command: list[str]) -> NoReturn:
    sys.stdout.flush()
    if os.name == "nt":  # exec leaves the console to two processes there
        raise SystemExit(subprocess.call(command))
    os.execv(command[0], command)
