"""Take the protections away one at a time, and see that a test notices each.

    python3 -m bench mutants [NAME ...] [--limit 300] [--why]

`bench/mutants.toml` lists them: each takes one piece of text out of one file, in a copy of the checkout, and names the test that must
then fail. All these tests must pass in an untouched copy before. A mutant counts as noticed where the test fails, or does
not end in time; a test that cannot even begin proves nothing.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workshop.bootstrap import ROOT

LIST = Path(__file__).with_suffix(".toml")
PYTEST = (sys.executable, "-m", "pytest", "--exitfirst", "--quiet", "--tb=short", "-p", "no:cacheprovider")
NOTICED, UNNOTICED, BROKEN = "noticed", "NOT NOTICED", "BROKEN"
FAILED = re.compile(r"^\d+ failed", re.MULTILINE)  # errors of a fixture stand after it, or alone
ROW = "  {:<26} {:<62} {:<12} {:>5}  {}"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One protection that can be taken away.

    Args:
        promise: the number of the promise that it keeps, as the list counts them.
        removed: what the protection is.
        file: where it stands, from the root of the checkout.
        text: it, word by word; ``instead`` takes its place.
        test: what must notice, as pytest names it.
    """

    name: str
    promise: int
    removed: str
    file: str
    text: str
    instead: str
    test: str

    def plant(self, root: Path) -> None:
        """Take the protection away in the checkout at *root*.

        Raises:
            ValueError: the text does not stand there exactly once, or what results is no Python.
        """
        path = root / self.file
        before = path.read_text(encoding="utf-8")
        if (found := before.count(self.text)) != 1:
            raise ValueError(f"{self.name}: its text stands {found} times in {self.file}")
        after = before.replace(self.text, self.instead)
        if path.suffix == ".py":
            try:
                compile(after, str(path), "exec")
            except SyntaxError as problem:
                raise ValueError(f"{self.name}: {problem}") from None
        path.write_text(after, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Run:
    """What pytest did: its exit code, None where it was ended at the limit; what it said; seconds."""

    code: int | None
    said: str
    seconds: float

    @property
    def verdict(self) -> str:
        """What that says of a mutant."""
        if self.code == 0:
            return UNNOTICED
        return NOTICED if self.code is None or (self.code == 1 and FAILED.search(self.said)) else BROKEN

    @property
    def why(self) -> str:
        """The first line of what went wrong."""
        found = re.search(r"^E +(.+)", self.said, re.MULTILINE)
        return found[1] if found else "it did not end in time" if self.code is None else self.said.strip()[-300:]


def known() -> tuple[list[str], list[Mutant]]:
    """The promises, and every mutant in the order of the list."""
    found = tomllib.loads(LIST.read_text(encoding="utf-8"))
    return found["promises"], [Mutant(**row) for row in found["mutant"]]


@contextlib.contextmanager
def copied() -> Iterator[Path]:
    """A copy of what git knows of the checkout, as it is now, in a folder of its own."""
    told = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    with tempfile.TemporaryDirectory(prefix="workshop-mutant-", ignore_cleanup_errors=True) as folder:
        for name in filter(None, told.split("\0")):
            if (ROOT / name).is_file():  # else it has been deleted, and git not yet been told
                target = Path(folder, name)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, target)
        yield Path(folder)


def tested(root: Path, tests: list[str], limit: float) -> Run:
    """Run *tests* in the checkout at *root*, for *limit* seconds at most; servers and browsers end with them."""
    begin = time.monotonic()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen([*PYTEST, *tests], cwd=root, stdout=said, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            code = process.wait(limit)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            _end(process)
        said.seek(0)
        return Run(code, said.read().decode(errors="replace"), time.monotonic() - begin)


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):  # none of its group is left
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def unbroken(mutants: list[Mutant], limit: float) -> Run:
    """Their tests, each once, with every protection in place."""
    tests = list(dict.fromkeys(mutant.test for mutant in mutants))
    with copied() as root:
        return tested(root, tests, limit * len(tests))


def tried(mutant: Mutant, limit: float) -> Run:
    """What its test says without the protection.

    Raises:
        ValueError: it cannot be taken away.
    """
    with copied() as root:
        mutant.plant(root)
        return tested(root, [mutant.test], limit)


def main(arguments: list[str]) -> int:
    """Try those that are named, or all; 1 where one is not noticed, or a test fails that should pass."""
    args = _parser().parse_args(arguments)
    promises, mutants = known()
    chosen = [mutant for mutant in mutants if mutant.name in args.names or not args.names]
    if unknown := set(args.names) - {mutant.name for mutant in chosen}:
        print(f"There is no mutant {', '.join(sorted(unknown))} in {LIST.name}.")
        return 2
    whole = unbroken(chosen, args.limit)
    if whole.code != 0:
        print(f"With every protection in place the tests do not pass:\n{whole.said}")
        return 1
    print(f"With every protection in place the tests pass, in {whole.seconds:.0f} s. Now without one of them at a time:\n")
    print(ROW.format("mutant", "taken away", "", "s", "the test that must notice"))
    verdicts: list[str] = []
    for number, sentence in enumerate(promises, start=1):
        own = [mutant for mutant in chosen if mutant.promise == number]
        print(*[f"{number}. {sentence}"] * bool(own), sep="\n", end="\n" * bool(own))
        verdicts += [_shown(mutant, tried(mutant, args.limit), args.why) for mutant in own]
    print(f"\n{verdicts.count(NOTICED)} of {len(verdicts)} were noticed.")
    return 0 if verdicts.count(NOTICED) == len(verdicts) else 1


def _shown(mutant: Mutant, run: Run, why: bool) -> str:
    print(ROW.format(mutant.name, mutant.removed, run.verdict, f"{run.seconds:.0f}", mutant.test), flush=True)
    if why or run.verdict == BROKEN:
        print(f"    {run.why}", flush=True)
    return run.verdict


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 -m bench mutants", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="of a mutant in bench/mutants.toml; without names, all of them")
    parser.add_argument("--limit", type=float, default=300.0, metavar="S", help="seconds that a test may take (%(default).0f)")
    parser.add_argument("--why", action="store_true", help="print what each test said first")
    return parser
