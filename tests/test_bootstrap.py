"""The set-up: from a bare checkout to an environment that has the product, and healing afterwards.

The environments here are real; the packages are two tiny wheels made on the spot, so that no test needs a network.
"""

from __future__ import annotations

import ast
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests import browser
from workshop import bootstrap

ROOT = bootstrap.ROOT
MAIN = """\
import sys
from workshop import bootstrap
if __name__ == "__main__":
    bootstrap.enter("workshop", sys.argv[1:], "test" if "tests" in sys.argv else "")
    import importlib.metadata as found
    print("product", found.version("pebble"), sys.prefix, *sys.argv[1:])
"""


def wheel(folder: Path, version: str) -> str:
    """A wheel of the distribution *pebble*; its hash."""
    path = folder / f"pebble-{version}-py3-none-any.whl"
    info = f"pebble-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("pebble.py", "")
        file.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: pebble\nVersion: {version}\n")
        file.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        file.writestr(f"{info}/RECORD", "")
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Checkout:
    """A bare checkout that needs the distribution *pebble* and nothing else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "checkout"
        self.wheels = folder / "wheels"
        self.site = folder / "site"
        self.wheels.mkdir()
        (self.folder / "workshop").mkdir(parents=True)
        for name in ("__init__.py", "bootstrap.py"):
            shutil.copy(ROOT / "workshop" / name, self.folder / "workshop" / name)
        (self.folder / "workshop" / "__main__.py").write_text(MAIN)
        self.require("1.2")

    def require(self, version: str, wrong_hash: str = "") -> None:
        """Need *version*, in the project and in both locks."""
        lines = f'[project]\ndependencies = ["pebble~={version}"]\noptional-dependencies = {{ test = [] }}\n'
        (self.folder / "pyproject.toml").write_text(lines)
        lock = f"pebble=={version} --hash=sha256:{wrong_hash or wheel(self.wheels, version)}\n"
        for name in bootstrap.LOCKS.values():
            (self.folder / name).write_text(lock)

    def run(self, *arguments: str, lacking: tuple[str, ...] = ("ensurepip",)) -> subprocess.CompletedProcess[str]:
        """Run the product on a Python *lacking* modules; without ensurepip, as on Debian, it is much faster."""
        pip = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels), "PIP_CONFIG_FILE": os.devnull}
        env = os.environ | pip | {"PYTHONPATH": str(self._without(lacking))}
        return subprocess.run(
            [sys.executable, "-m", "workshop", *arguments], cwd=self.folder, env=env, capture_output=True, text=True
        )

    def _without(self, modules: tuple[str, ...]) -> Path:
        folder = self.site / "-".join(("without", *modules))
        for module in modules:
            (folder / module).mkdir(parents=True, exist_ok=True)
            (folder / module / "__init__.py").write_text(f"raise ImportError('No module named {module}')\n")
        return folder

    @property
    def note(self) -> Path:
        return self.folder / ".venv" / "set-up"


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_the_first_run_sets_up_and_the_second_says_nothing(checkout: Checkout) -> None:
    first = checkout.run("serve", "--port", "9", lacking=())
    assert first.stdout.split() == ["product", "1.2", str(checkout.folder / ".venv"), "serve", "--port", "9"], first.stderr
    assert "Setting up .venv" in first.stderr
    second = checkout.run(lacking=())
    assert (second.stdout.split()[:2], second.stderr) == (["product", "1.2"], "")


def test_a_changed_lock_is_installed_into_the_same_environment(checkout: Checkout) -> None:
    checkout.run()
    checkout.require("2.0")
    (checkout.folder / ".venv" / "kept").touch()
    again = checkout.run()
    assert again.stdout.split()[:2] == ["product", "2.0"], again.stderr
    assert (checkout.folder / ".venv" / "kept").exists()


def test_an_interrupted_set_up_begins_again(checkout: Checkout) -> None:
    checkout.run()
    checkout.note.write_text(bootstrap.UNFINISHED)
    (checkout.folder / ".venv" / "half").touch()
    healed = checkout.run()
    assert healed.stdout.startswith("product"), healed.stderr
    assert not (checkout.folder / ".venv" / "half").exists()


def test_an_environment_whose_python_is_gone_is_made_again(checkout: Checkout) -> None:
    checkout.run()
    python = checkout.folder / bootstrap.PYTHON.relative_to(bootstrap.ROOT)
    python.unlink()
    assert checkout.run().stdout.startswith("product")


def test_the_tests_environment_serves_the_product_too(checkout: Checkout) -> None:
    assert "Setting up" in checkout.run("tests").stderr
    assert checkout.run().stderr == ""


def test_an_environment_that_has_the_product_is_used_as_it_is(checkout: Checkout) -> None:
    shutil.unpack_archive(checkout.wheels / "pebble-1.2-py3-none-any.whl", checkout.folder, "zip")
    run = checkout.run()
    assert run.stdout.split()[2] == sys.prefix
    assert not (checkout.folder / ".venv").exists()


def test_a_package_that_is_not_the_locked_one_is_refused_and_nothing_is_claimed(checkout: Checkout) -> None:
    checkout.require("1.3", wrong_hash="0" * 64)
    wheel(checkout.wheels, "1.3")
    refused = checkout.run()
    assert refused.returncode == 2
    assert "did not finish" in refused.stderr
    assert checkout.note.read_text() == bootstrap.UNFINISHED


def test_a_lock_without_what_the_project_needs_does_not_loop(checkout: Checkout) -> None:
    (checkout.folder / "pyproject.toml").write_text('[project]\ndependencies = ["pebble~=1.2", "boulder~=1.0"]\n')
    told = checkout.run()
    assert told.returncode == 2
    assert "boulder~=1.0 is missing" in told.stderr


def test_without_ensurepip_the_outer_pip_is_taken(checkout: Checkout) -> None:
    assert checkout.run().stdout.startswith("product")
    assert not list(checkout.folder.glob(".venv/**/site-packages/pip"))


def test_without_any_pip_it_says_what_to_install(checkout: Checkout) -> None:
    run = checkout.run(lacking=("ensurepip", "pip"))
    assert run.returncode == 2
    assert "apt install python3-venv" in run.stderr


@pytest.mark.parametrize(
    ("requirement", "met"),
    [
        ("pytest>=1", True), ("pytest>=999.1", False), ("no-such-distribution~=1.0", False),
        ("no-such-distribution~=1.0; sys_platform == 'beos'", True),
    ],
)
def test_requirements_are_compared_with_what_is_installed(requirement: str, met: bool) -> None:
    assert bootstrap.is_met(requirement) is met


@pytest.mark.parametrize(
    ("found", "requirement", "met"),
    [
        ("5.7.0", "x~=5.7.0", True), ("5.7.9", "x~=5.7.0", True), ("5.8.0", "x~=5.7.0", False), ("5.6.9", "x~=5.7.0", False),
        ("4.9", "x~=4.2", True), ("4.10.1", "x~=4.2", True), ("5.0", "x~=4.2", False), ("4.2.0rc1", "x~=4.2", True),
    ],
)
def test_compatible_releases(monkeypatch: pytest.MonkeyPatch, found: str, requirement: str, met: bool) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda _name: found)
    assert bootstrap.is_met(requirement) is met


def test_this_environment_meets_the_project() -> None:
    assert bootstrap.missing("test") == []


def test_the_locks_hold_hashes_and_no_addresses() -> None:
    for name in bootstrap.LOCKS.values():
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert text.count("\n    --hash=sha256:") > text.count("==") > 20


def test_the_tests_lock_contains_the_products() -> None:
    pins = [
        {line.split()[0] for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if "==" in line}
        for name in bootstrap.LOCKS.values()
    ]
    assert pins[0] <= pins[1]


@pytest.mark.parametrize("path", ["workshop/__main__.py", "tests/__main__.py", "workshop/__init__.py", "tests/__init__.py"])
def test_old_pythons_can_read_the_entrances(path: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"), feature_version=(3, 4))
    new = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr)
    assert not [node for node in ast.walk(tree) if isinstance(node, new) or getattr(node, "returns", None)]


@pytest.mark.parametrize("module", ["workshop", "tests"])
def test_an_old_python_is_told_kindly(module: str) -> None:
    pretend = f"import runpy, sys; sys.version_info = (3, 9, 2); runpy.run_module({module!r}, run_name='__main__')"
    run = subprocess.run([sys.executable, "-c", pretend], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 1
    assert "needs Python 3.11 or newer; this is 3.9" in run.stderr


def test_the_set_up_needs_the_standard_library_alone() -> None:
    code = "import sys; import workshop.bootstrap, tests.browser; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {code}"],
                         capture_output=True, text=True, check=True)
    tops = {name.partition(".")[0] for name in run.stdout.split()}
    assert tops - set(sys.stdlib_module_names) <= {"__main__", "workshop", "tests"} | {t for t in tops if t.startswith("_")}


def test_a_browser_that_cannot_run_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv(browser.VARIABLE, "/nowhere/chromium")
    with pytest.raises(SystemExit):
        browser.find()
    assert "WORKSHOP_CHROMIUM: /nowhere/chromium cannot be run" in capsys.readouterr().err


def test_no_browser_at_all_is_a_clear_failure(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv(browser.VARIABLE, raising=False)
    monkeypatch.setattr(browser.shutil, "which", lambda _name: None)
    monkeypatch.setattr(browser.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 1))
    with pytest.raises(SystemExit):
        browser.ensure()
    assert "Install Chromium or Chrome" in capsys.readouterr().err
