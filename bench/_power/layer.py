"""Notes everything that SQLite asks of the files in a folder: writes, cuts, syncs, deletions.

The file functions of SQLite's own interface to the system are replaced in its tables, in this process: the files behind
are written and synced as ever, and every call is appended to a log, a sync once it has returned. No compiler is needed, only
that Python's SQLite module shows the C interface of the library in it, as the module of CPython and its twin pysqlite3 do.
"""

from __future__ import annotations

import _thread
import ctypes
import importlib
import os
import struct
import time
from collections.abc import Callable, Iterator
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_int64, c_void_p
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils.utils import sqlite3

CREATE, WRITE, TRUNCATE, SYNC, DELETE = range(5)
HEAD = struct.Struct("<dBHIQ")  # time, operation, length of the name, length of the data, offset or size
OK = 0  # SQLITE_OK
installed: list[Layer] = []  # C holds no reference to what it calls


@dataclass(frozen=True, slots=True)
class Note:
    """One call; ``at`` is monotonic seconds, ``place`` an offset or a size."""

    at: float
    operation: int
    name: str
    place: int
    data: bytes


class Files(ctypes.Structure):
    """sqlite3_io_methods, version 3."""

    _fields_ = (("version", c_int), *((name, c_void_p) for name in (
        "close", "read", "write", "truncate", "sync", "size", "lock", "unlock", "reserved", "control", "sector", "device",
        "shm_map", "shm_lock", "shm_barrier", "shm_unmap", "fetch", "unfetch")))


class File(ctypes.Structure):
    """sqlite3_file: what follows is the system's own."""

    _fields_ = (("methods", POINTER(Files)),)


class System(ctypes.Structure):
    """The beginning of sqlite3_vfs."""

    _fields_ = (("version", c_int), ("file_bytes", c_int), ("longest", c_int), ("next", c_void_p), ("name", c_char_p),
                ("data", c_void_p), ("open", c_void_p), ("delete", c_void_p))


# Paths as bare pointers: SQLite keeps them, and looks at what stands around them.
OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, POINTER(File), c_int, c_void_p)
REMOVE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)
CLOSE_FILE = CFUNCTYPE(c_int, c_void_p)
WRITE_FILE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
TRUNCATE_FILE = CFUNCTYPE(c_int, c_void_p, c_int64)
SYNC_FILE = CFUNCTYPE(c_int, c_void_p, c_int)


class Layer:
    """The layer of this process; one at a time, from `install` to `remove`.

    Args:
        folder: whose files are noted.
        log: the file that the notes are appended to; what was noted there survives a kill.
    """

    def __init__(self, folder: Path, log: Path) -> None:
        self._folder = os.fsencode(folder.resolve()) + b"/"
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        # Taken before gevent puts its own in place of the module's: the calls come from native threads.
        self._lock = _thread.allocate_lock()
        self._names: dict[int, bytes] = {}  # by the address of the open file
        self._tables: dict[int, Files] = {}  # by the address of the table that ours stands in for
        self._kept: list[Any] = []  # what C calls must not be collected
        self._system = _system()
        self._open, self._delete = OPEN(self._system.open), REMOVE(self._system.delete)
        self._before = self._system.open, self._system.delete

    def install(self) -> None:
        """From now on, note what is asked of files that are opened."""
        installed.append(self)
        self._system.open = self._address(OPEN(self._opened))
        self._system.delete = self._address(REMOVE(self._deleted))

    def remove(self) -> None:
        """Note no more; to be called when no file of the folder is open."""
        self._system.open, self._system.delete = self._before
        os.close(self._log)
        installed.remove(self)

    def _address(self, function: Any) -> int | None:
        self._kept.append(function)
        return ctypes.cast(function, c_void_p).value

    def _note(self, operation: int, name: bytes, place: int = 0, data: bytes = b"") -> None:
        # In one write: two threads' notes do not mix, and a kill leaves it whole or away.
        os.write(self._log, HEAD.pack(time.monotonic(), operation, len(name), len(data), place) + name + data)

    # -- the system's functions ------------------------------------------------------------------

    def _opened(self, system: int, path: int | None, file: Any, flags: int, told: int | None) -> int:
        name = self._name(path)
        is_new = name is not None and not os.path.lexists(self._folder + name)
        result = self._open(system, path, file, flags, told)
        if result == OK and name is not None:
            with self._lock:
                self._names[ctypes.addressof(file.contents)] = name
                file.contents.methods = ctypes.pointer(self._table(file.contents.methods))
                if is_new:
                    self._note(CREATE, name)
        return result

    def _deleted(self, system: int, path: int, sync_folder: int) -> int:
        name = self._name(path)
        with self._lock:
            result = self._delete(system, path, sync_folder)
            if result == OK and name is not None:
                self._note(DELETE, name)
        return result

    def _name(self, path: int | None) -> bytes | None:
        """The file's name in the folder; None for any other file."""
        whole = ctypes.string_at(path) if path else b""
        return whole.removeprefix(self._folder) if whole.startswith(self._folder) else None

    def _table(self, theirs: Any) -> Files:
        """Our table of a file's functions, made from theirs."""
        address = ctypes.addressof(theirs.contents)
        if address not in self._tables:
            ours = Files.from_buffer_copy(theirs.contents)
            for name, kind, work in (("close", CLOSE_FILE, self._closing), ("write", WRITE_FILE, self._writing),
                                     ("truncate", TRUNCATE_FILE, self._truncating), ("sync", SYNC_FILE, self._syncing)):
                setattr(ours, name, self._address(kind(work(kind(getattr(theirs.contents, name))))))
            self._tables[address] = ours
        return self._tables[address]

    def _closing(self, close: Any) -> Callable[..., int]:
        def closed(file: int) -> int:
            self._names.pop(file, None)
            return close(file)

        return closed

    def _writing(self, write: Any) -> Callable[..., int]:
        def written(file: int, data: int, length: int, offset: int) -> int:
            with self._lock:
                result = write(file, data, length, offset)
                if result == OK:
                    self._note(WRITE, self._names[file], offset, ctypes.string_at(data, length))
            return result

        return written

    def _truncating(self, truncate: Any) -> Callable[..., int]:
        def truncated(file: int, size: int) -> int:
            with self._lock:
                result = truncate(file, size)
                if result == OK:
                    self._note(TRUNCATE, self._names[file], size)
            return result

        return truncated

    def _syncing(self, sync: Any) -> Callable[..., int]:
        def synced(file: int, flags: int) -> int:
            with self._lock:
                result = sync(file, flags)
                if result == OK:
                    self._note(SYNC, self._names[file])
            return result

        return synced


def _system() -> System:
    """The table of SQLite's interface to the system, in the library that the product uses."""
    name = sqlite3.__name__.partition(".")[0]
    module = importlib.import_module("_sqlite3" if name == "sqlite3" else f"{name}._sqlite3")
    library = ctypes.CDLL(getattr(module, "__file__", None))
    try:
        find = library.sqlite3_vfs_find
    except AttributeError:
        raise RuntimeError(f"{module} does not show the C interface of its SQLite library") from None
    find.restype = POINTER(System)
    return find(None).contents


def notes(log: Path) -> Iterator[Note]:
    """The notes in *log*, in order; without a last one that a kill has cut."""
    rest = memoryview(log.read_bytes())
    while len(rest) >= HEAD.size:
        at, operation, name, data, place = HEAD.unpack_from(rest)
        end = HEAD.size + name + data
        if end > len(rest):
            return
        yield Note(at, operation, os.fsdecode(bytes(rest[HEAD.size : HEAD.size + name])), place, bytes(rest[HEAD.size + name : end]))
        rest = rest[end:]
