"""The list of `bench mutants` is true of the code; and the bench tells what is noticed from what is not."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from bench import mutants
from workshop.bootstrap import ROOT

PROMISES, KNOWN = mutants.known()
BY_NAME = {mutant.name: mutant for mutant in KNOWN}
QUICK = BY_NAME["pace-clock"]


@cache
def functions(path: Path) -> set[str]:
    """The functions of a file of tests."""
    return {node.name for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)}


def planted(mutant: mutants.Mutant, root: Path) -> str:
    """The mutant's file as it becomes, in an otherwise empty checkout at *root*."""
    target = root / mutant.file
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes((ROOT / mutant.file).read_bytes())
    mutant.plant(root)
    return target.read_text(encoding="utf-8")


def test_every_promise_has_a_mutant_and_every_mutant_a_name() -> None:
    assert [name for name, count in Counter(mutant.name for mutant in KNOWN).items() if count > 1] == []
    assert {mutant.promise for mutant in KNOWN} == set(range(1, len(PROMISES) + 1))


@pytest.mark.parametrize("mutant", KNOWN, ids=lambda mutant: mutant.name)
def test_what_a_mutant_takes_away_is_there_once_and_its_test_exists(mutant: mutants.Mutant, tmp_path: Path) -> None:
    assert planted(mutant, tmp_path) != (ROOT / mutant.file).read_text(encoding="utf-8")
    file, _, test = mutant.test.partition("::")
    assert test.partition("[")[0] in functions(ROOT / file)


@pytest.mark.parametrize(("text", "problem"), [("nobody wrote this", "stands 0 times"), ("self", r"stands \d+ times")])
def test_a_text_that_does_not_stand_there_once_is_an_error(text: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=f"{QUICK.name}: its text {problem}"):
        planted(replace(QUICK, text=text), tmp_path)


def test_what_results_must_be_python(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=QUICK.name):
        planted(replace(QUICK, instead="("), tmp_path)


def test_a_mutant_is_noticed(capsys: pytest.CaptureFixture[str]) -> None:
    assert mutants.main([QUICK.name, "--why"]) == 0
    said = capsys.readouterr().out
    assert f"9. {PROMISES[8]}" in said
    assert "1 of 1 were noticed." in said


def test_a_mutant_that_changes_nothing_is_not_noticed() -> None:
    assert mutants.tried(replace(QUICK, instead=QUICK.text), 60).verdict == mutants.UNNOTICED


def test_a_name_that_is_not_listed_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert mutants.main(["nobody"]) == 2
    assert "no mutant nobody" in capsys.readouterr().out


@pytest.mark.parametrize(("code", "said", "verdict"), [
    (0, "3 passed in 1s", mutants.UNNOTICED),
    (1, "1 failed, 2 passed in 1s", mutants.NOTICED),
    (None, "", mutants.NOTICED),  # it did not end in time
    (1, "1 error in 1s", mutants.BROKEN),
    (2, "1 error in 1s", mutants.BROKEN),  # nothing could be imported
    (4, "no tests ran in 1s", mutants.BROKEN),
])
def test_only_a_test_that_fails_has_noticed(code: int | None, said: str, verdict: str) -> None:
    assert mutants.Run(code, said, 1.0).verdict == verdict
