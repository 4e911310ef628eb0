"""The settings: environment variables, and flags of the same names on the command line.

`TABLE` is the only list of them. The environment, the flags, ``--help`` and docs/running.md follow it.
"""

from __future__ import annotations

import difflib
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import platformdirs

from workshop import addresses, errors

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent
INSTALLED = (PACKAGE / "_assets").is_dir()  # a wheel carries templates/ and static/ inside the package
ASSETS = PACKAGE / "_assets" if INSTALLED else CHECKOUT
SECRET_BYTES = 32
LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the table: *read* turns the text into a value, or raises ValueError saying what is wrong."""

    name: str
    default: str  # as the documents tell it
    meaning: str
    read: Callable[[str], object]
    remedy: str

    @property
    def variable(self) -> str:
        """The environment variable."""
        return f"WORKSHOP_{self.name.upper()}"

    @property
    def flag(self) -> str:
        """The command line flag."""
        return "--" + self.name.replace("_", "-")

    def value(self, text: str) -> object:
        """What *text* means.

        Raises:
            errors.SettingError: naming the variable, with what to do.
        """
        try:
            return self.read(text.strip())
        except ValueError as problem:
            raise errors.SettingError(variable=self.variable, problem=problem, remedy=self.remedy) from None


def _host(text: str) -> str:
    if not text or any(mark in text for mark in "/@ "):
        raise ValueError(f"“{text}” is not an address to listen on")
    return text


def _number(text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= most):
        raise ValueError(f"“{text}” is not a whole number from 0 to {most}")
    return int(text)


def _folder(text: str) -> Path:
    if not text:
        raise ValueError("it is empty")
    return Path(text).expanduser().absolute()


def _url(text: str) -> str:
    parts = urlsplit(text)
    whole = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    if not whole or parts.port == 0 or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError(f"“{text}” is not an address without a path")
    if not text.isascii():  # browsers send the xn-- form as the origin, so that the two would never be equal
        raise ValueError(f"“{text}” has letters that only its xn-- form may have")
    return f"{parts.scheme}://{parts.netloc.lower()}".removesuffix(":443" if parts.scheme == "https" else ":80")


def _level(text: str) -> str:
    if text.lower() not in LEVELS:
        raise ValueError(f"“{text}” is not a log level")
    return text.lower()


TABLE = (
    Setting(
        "host", "0.0.0.0", "Address to listen on; 127.0.0.1 keeps phones out.",
        _host, "Set an address such as 0.0.0.0.",
    ),
    Setting(
        "port", "8000", "Port to listen on; 0 takes a free one.",
        lambda text: _number(text, 65535), "Set a port such as 8000.",
    ),
    Setting(
        "data", "`data/` beside the checkout; when installed, the user's data folder",
        "Folder of the database and the secret key; made with mode 0700.",
        _folder, "Set a folder that can be written to.",
    ),
    Setting(
        "public_url", "this computer's address in the local network",
        "What phones open, as the QR code shows it; needed behind a proxy.",
        _url, "Set one such as https://workshop.example.org.",
    ),
    Setting(
        "trusted_proxies", "0", "How many reverse proxies stand in front, whose X-Forwarded headers are believed.",
        lambda text: _number(text, 9), "Set 0 without a proxy, 1 behind one.",
    ),
    Setting(
        "exports", "`exports/` beside the checkout; when installed, `exports/` in the data folder",
        "Folder where documents land.",
        _folder, "Set a folder that can be written to.",
    ),
    Setting(
        "log_level", "info", "How much is logged: debug, info, warning or error.",
        _level, "Set one of debug, info, warning, error.",
    ),
)
OTHERS = ("WORKSHOP_CHROMIUM",)  # read by the tests alone


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one process, checked. Make them with `Settings.load`."""

    host: str
    port: int
    data: Path
    phone_urls: tuple[str, ...]  # what phones can open, the likeliest first
    trusted_proxies: int
    exports: Path
    log_level: str

    @classmethod
    def load(cls, env: Mapping[str, str], flags: Mapping[str, str | None] | None = None) -> Settings:
        """The settings of *env*, where *flags* (by name in `TABLE`) win; an empty variable counts as not set.

        Raises:
            errors.SettingError: naming the variable, the problem and the remedy.
        """
        _refuse_typos(env)
        given = _given(env, flags or {})
        host, port = given.get("host", "0.0.0.0"), given.get("port", 8000)
        data = given.get("data") or (_user_data() if INSTALLED else CHECKOUT / "data")
        exports = given.get("exports") or (data if INSTALLED else CHECKOUT) / "exports"
        public_url = given.get("public_url")
        urls = (public_url,) if public_url else addresses.phone_urls(host, port)
        return cls(host, port, data, urls, given.get("trusted_proxies", 0), exports, given.get("log_level", "info"))

    @property
    def public_url(self) -> str:
        """The address in the QR code, without a slash at the end."""
        return self.phone_urls[0]

    @property
    def origins(self) -> list[str]:
        """Whose pages may open sockets: the addresses for phones, and this computer's own."""
        port = "" if self.port == 80 else f":{self.port}"  # browsers leave the usual one out
        own = [f"http://{name}{port}" for name in ("localhost", "127.0.0.1")]
        return list(dict.fromkeys([*self.phone_urls, *own]))

    @property
    def templates(self) -> Path:
        """The folder of the page templates."""
        return ASSETS / "templates"

    @property
    def static(self) -> Path:
        """The folder of scripts, styles, fonts and pictures."""
        return ASSETS / "static"

    @property
    def secret_key(self) -> bytes:
        """The 32 bytes that sign cookies; made at first use, readable by this user alone.

        Raises:
            errors.SettingError: the data folder cannot be used, or the file is damaged.
        """
        self.ensure_data_folder()
        path = self.data / "secret"
        try:
            return _whole(path) if path.exists() else _make_secret(path)
        except OSError as problem:
            raise _data_error(f"{path} cannot be used ({problem.strerror})") from problem

    def ensure_data_folder(self) -> None:
        """Make the data folder, for this user alone; a folder that is there keeps its mode.

        Raises:
            errors.SettingError: it cannot be made or written to.
        """
        try:
            self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as problem:
            raise _data_error(f"{self.data} cannot be made ({problem.strerror})") from problem
        if not os.access(self.data, os.W_OK | os.X_OK):
            raise _data_error(f"{self.data} cannot be written to")


def _given(env: Mapping[str, str], flags: Mapping[str, str | None]) -> dict[str, Any]:
    texts = {setting: flags.get(setting.name) or env.get(setting.variable) for setting in TABLE}
    return {setting.name: setting.value(text) for setting, text in texts.items() if text}


def _refuse_typos(env: Mapping[str, str]) -> None:
    known = [*(setting.variable for setting in TABLE), *OTHERS]
    for name in env:
        meant = difflib.get_close_matches(name, known, n=1, cutoff=0.85)
        if name.startswith("WORKSHOP_") and name not in known and meant:
            raise errors.SettingError(variable=name, problem="there is no such setting", remedy=f"Is {meant[0]} meant?")


def _user_data() -> Path:
    return Path(platformdirs.user_data_dir("learning-academy-workshop", appauthor=False))


def _make_secret(path: Path) -> bytes:
    # Under its name only once it is whole and on the disk: half a key, left by a kill or a power cut, would stop every start.
    draft = path.with_name(f"{path.name}-{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(secrets.token_bytes(SECRET_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:  # another process was faster: its key holds
        pass
    except OSError:  # a file system without links
        draft.replace(path)
    draft.unlink(missing_ok=True)
    return _whole(path)


def _whole(path: Path) -> bytes:
    secret = path.read_bytes()
    if len(secret) != SECRET_BYTES:
        raise errors.SettingError(
            variable="WORKSHOP_DATA", problem=f"{path} is damaged",
            remedy="Delete it and start again; forms that are open must be loaded again.",
        )
    return secret


def _data_error(problem: str) -> errors.SettingError:
    remedy = "Set a folder that this user can write to."
    return errors.SettingError(variable="WORKSHOP_DATA", problem=problem, remedy=remedy)
