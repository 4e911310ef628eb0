"""The typed errors of the product, in one tree; a room for each who asks, and one door: ``from workshop import errors``.

Each error has a stable ``code`` (for programs), an HTTP ``status`` and a ``message`` that tells a
person what to do next. Messages are English templates for ``%`` formatting with ``params``; the
edge (``web``, ``live``) translates them, once, into the reader's language.
"""

from workshop.errors.base import *
from workshop.errors.console import *
from workshop.errors.forms import *
from workshop.errors.phone import *
from workshop.errors.practices import *
from workshop.errors.review import *
from workshop.errors.terminal import *
