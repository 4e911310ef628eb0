"""``python3 -m bench NAME``: sets up what is missing, as the tests do, then runs one bench.

Every bench is a module of this package with a ``main(arguments) -> int``; its docstring's first line says what it shows.
This file must be readable for old Pythons too, so that they can say kindly what they lack.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit("The workshop tool needs Python 3.11 or newer; this is %d.%d. Is there a python3.12?" % sys.version_info[:2])

import ast
import importlib
from pathlib import Path

from workshop import bootstrap

HERE = Path(__file__).resolve().parent


def benches():
    """Name and summary of every bench, read without importing it."""
    trees = {path.stem: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("*.py")) if path.stem[0] != "_"}
    return {
        name: (ast.get_docstring(tree) or "").partition("\n")[0]
        for name, tree in trees.items()
        if any(isinstance(node, ast.FunctionDef) and node.name == "main" for node in tree.body)
    }


def usage():
    """What there is, one line each."""
    return "\n".join(["python3 -m bench NAME [--help]", "", *("  %-12s %s" % row for row in benches().items())])


def main(arguments):
    """Run the bench named first; its exit code."""
    if not arguments or arguments[0] not in benches():
        print(usage())
        return 0 if arguments in ([], ["-h"], ["--help"]) else 2
    bootstrap.enter("bench", arguments, "test")
    return importlib.import_module("bench." + arguments[0]).main(arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
