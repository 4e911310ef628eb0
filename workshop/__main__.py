"""``python3 -m workshop``: sets up what is missing, then runs the command line.

This file must be readable for old Pythons too, so that they can say kindly what they lack.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit("The workshop tool needs Python 3.11 or newer; this is %d.%d. Is there a python3.12?" % sys.version_info[:2])

from workshop import bootstrap

if __name__ == "__main__":
    bootstrap.enter("workshop", sys.argv[1:])
    from workshop.cli import main

    sys.exit(main())
