"""Where the tests' browser is, and how it comes here when there is none. Standard library only."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from workshop.bootstrap import say, stop

VARIABLE = "WORKSHOP_CHROMIUM"
NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
APT = (("apt-get", "update"), ("apt-get", "install", "--yes", "--no-install-recommends", "chromium"))
QUIET = [
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic", "--disable-gpu",
    "--no-first-run",
]
ASK = "from playwright.sync_api import sync_playwright as start\nwith start() as p: print(p.chromium.executable_path)"
REMEDY = f"""\
The tests need Chromium, and it could not be found or fetched. Install Chromium or Chrome, or set
{VARIABLE} to its executable, and run the same command again."""


def find() -> str | None:
    """The browser's executable on this machine, or None.

    Raises:
        SystemExit: the variable names something that cannot be run.
    """
    named = os.environ.get(VARIABLE)
    if named and not shutil.which(named):
        stop(f"{VARIABLE}: {named} cannot be run. Set it to the executable of Chromium or Chrome, or unset it.")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


def ensure() -> str:
    """The browser's executable; fetched where there is none.

    Raises:
        SystemExit: none can be had, with what to do.
    """
    return find() or _from_apt() or _from_playwright() or stop(REMEDY)


def arguments() -> list[str]:
    """What the browser is started with: nothing fetched behind the tests' back; root cannot have the sandbox."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*QUIET, "--no-sandbox"] if is_root else QUIET


def _from_apt() -> str | None:
    if not (shutil.which("apt-get") and os.geteuid() == 0):
        return None
    say("No Chromium here: installing it with apt-get. This happens once.")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in APT:
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=environment)
    return find()


def _from_playwright() -> str | None:
    say("No Chromium here: fetching one with “playwright install chromium”. This happens once.")
    if subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False).returncode:
        return None
    found = subprocess.run([sys.executable, "-c", ASK], check=False, capture_output=True, text=True).stdout.strip()
    return found if os.path.exists(found) else None
