"""The wheel: it carries everything, and its command serves from inside the package."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from workshop.bootstrap import ROOT

SCRIPTS = "Scripts" if os.name == "nt" else "bin"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from the checkout; hatchling is in the lock, so that no network is needed."""
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, capture_output=True, text=True
    )
    assert built.returncode == 0, built.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def home(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel, and with this environment's packages behind it."""
    folder = tmp_path_factory.mktemp("home")
    venv.create(folder / "venv", symlinks=os.name != "nt")
    python = folder / "venv" / SCRIPTS / "python"
    site = subprocess.check_output([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True)
    Path(site.strip(), "behind.pth").write_text(f"{sysconfig.get_path('purelib')}\n{sysconfig.get_path('platlib')}\n")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(pip, check=True)
    return folder


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[str]:
    """The address of the installed command, serving far from the checkout."""
    outer = {name: text for name, text in os.environ.items() if not name.startswith(("WORKSHOP_", "PYTHON"))}
    env = outer | {"HOME": str(home), "USERPROFILE": str(home), "XDG_DATA_HOME": str(home / "share"), "PYTHONUTF8": "1"}
    command = [home / "venv" / SCRIPTS / "workshop", "serve", "--host", "127.0.0.1", "--port", "0"]
    with subprocess.Popen(command, cwd=home, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        said = ""
        try:
            for line in process.stdout:
                said += line
                if line.startswith("Stop with"):
                    break
            found = re.search(r"For phones: (\S+)", said)
            assert found, said
            yield found[1]
        finally:
            process.terminate()


def get(url: str) -> tuple[int, str, bytes]:
    """Status, media type and body; without urllib, which would ask the environment's proxy for loopback."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""))
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.getheader("Content-Type", "").partition(";")[0], body


def test_the_wheel_holds_what_the_checkout_holds(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    wanted = {f"workshop/_assets/{path.relative_to(ROOT).as_posix()}" for name in ("templates", "static") for path in _files(ROOT / name)}
    wanted |= {path.relative_to(ROOT).as_posix() for path in _files(ROOT / "workshop")}
    assert wanted - inside == set()
    assert not [name for name in inside if name.startswith(("tests/", "data/", "tools/")) or "node_modules" in name]


def test_the_installed_command_serves_pages_and_what_they_load(server: str) -> None:
    assert get(f"{server}/healthz")[0] == 200
    status, kind, page = get(f"{server}/")
    assert (status, kind) == (200, "text/html")
    loads = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.decode()))
    assert loads
    assert {get(server + path.replace("&amp;", "&"))[0] for path in loads} == {200}
    tree = re.match(r"/static/\w+", min(loads))[0]  # static addresses begin with the hash of the tree
    assert get(f"{server}{tree}/vendor/preact.js")[1] == "text/javascript"


@pytest.mark.usefixtures("server")
def test_its_data_are_in_the_users_folder(home: Path) -> None:
    assert [path.parent.name for path in home.rglob("workshop.db")] == ["learning-academy-workshop"]


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
