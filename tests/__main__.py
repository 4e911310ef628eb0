"""``python3 -m tests``: sets up what is missing, the browser too, then runs every test, two files at a time.

Arguments go on to pytest; with some, it runs as it is told. This file must be readable for old Pythons too, so that they can say kindly
what they lack.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit("The workshop tool needs Python 3.11 or newer; this is %d.%d. Is there a python3.12?" % sys.version_info[:2])

import os

from tests import browser
from workshop import bootstrap

if __name__ == "__main__":
    bootstrap.enter("tests", sys.argv[1:], "test")
    os.environ[browser.VARIABLE] = browser.ensure()
    os.chdir(bootstrap.ROOT)
    import pytest

    sys.exit(pytest.main(sys.argv[1:] or ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]))
