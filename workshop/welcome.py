"""What the terminal says when the server starts."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable

import qrcode

from workshop.app import Workshop
from workshop.model import Session
from workshop.store.queries import accounts
from workshop.store.sqlite import version
from workshop.web.qr import QUIET_ZONE, join_url

Say = Callable[[str], object]
BLOCKS = "█▀▄"  # a terminal that cannot write these shows no QR code


def greet(workshop: Workshop, say: Say) -> None:
    """Say where phones and the facilitator go; at the very first start make the sample event and a sign-in link."""
    _say_sqlite(say)
    is_first = workshop.store.read(accounts.first) is None and not workshop.organize.events()
    urls = workshop.settings.phone_urls
    say(f"For phones: {urls[0]}" + "".join(f"\n        or: {url}" for url in urls[1:]))
    if urls[0].startswith(("http://127.", "http://localhost")):
        say("Only this computer can open that. For phones, join the venue's Wi-Fi and start again.")
    if is_first:
        _introduce(workshop, workshop.organize.make_sample(), say)
    else:
        say("To sign in on a new device: workshop account")
    say("Stop with Ctrl+C.")
    sys.stdout.flush()


def link(public_url: str, token: str) -> str:
    """The one-time sign-in link with *token*."""
    return f"{public_url}/account/link/{token}"


def qr_lines(url: str, columns: int, rows: int, encoding: str) -> str:
    """The QR code of *url* for a terminal of *columns* and *rows*; empty where it does not fit or cannot be written."""
    code = qrcode.QRCode(border=QUIET_ZONE)
    code.add_data(url)
    code.make(fit=True)
    side = code.modules_count + 2 * QUIET_ZONE
    if side > columns or side // 2 + 1 > rows or not _can_write(encoding):
        return ""
    drawn = io.StringIO()
    code.print_ascii(out=drawn, invert=True)
    return drawn.getvalue().rstrip("\n")


def _say_sqlite(say: Say) -> None:
    number, is_fixed = version()
    say(f"SQLite {number}")
    if not is_fixed:
        say("Warning: this SQLite can, rarely, damage the database. 3.51.3 or newer (or 3.50.7, 3.44.6) cannot.")


def _introduce(workshop: Workshop, session: Session, say: Say) -> None:
    url = workshop.settings.public_url
    say(f"\nFacilitator (good once, for 15 minutes): {link(url, workshop.accounts.new_link())}")
    say("Another link: workshop account")
    say(f"\nA sample session waits. Join it with the code {session.code}, or scan:")
    size = shutil.get_terminal_size()
    picture = qr_lines(join_url(url, session.code), size.columns, size.lines, sys.stdout.encoding or "ascii")
    say(picture or join_url(url, session.code))


def _can_write(encoding: str) -> bool:
    try:
        BLOCKS.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
