"""What a disk holds after the power was cut: everything that was synced, and of the rest whatever chance has left."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field
from pathlib import Path

from bench._power.layer import CREATE, DELETE, SYNC, TRUNCATE, WRITE, Note

SECTOR = 512  # bytes that a disk writes whole
FILES = ("*.db", "*.db-wal", "*.db-journal")  # not -shm, which is shared memory and made anew at every start
LEFT = ("nothing", "sectors", "everything")  # what a cut may leave of the writes that were not synced


@dataclass
class Content:
    """One file: the bytes that are safe, and what was written since, in order."""

    safe: bytearray = field(default_factory=bytearray)
    since: list[Note] = field(default_factory=list)
    named: bool = True  # whether its name is safe, too

    def note(self, note: Note) -> None:
        """Take one more call."""
        if note.operation != SYNC:
            self.since.append(note)
            return
        self.safe, self.since, self.named = self.after(self.since), [], True

    def after(self, notes: list[Note]) -> bytearray:
        """The safe bytes with *notes* carried out."""
        content = bytearray(self.safe)
        for note in notes:
            if note.operation == TRUNCATE:
                del content[note.place :]
            else:
                content.extend(bytes(max(0, note.place - len(content))))
                content[note.place : note.place + len(note.data)] = note.data
        return content


class Disk:
    """Database files from a moment at which all of them are safe.

    Args:
        files: their contents then, by name.

    A name that was created is safe once the file has been synced (SQLite syncs the folder with it); one that was deleted
    may come back until then.
    """

    def __init__(self, files: dict[str, bytes]) -> None:
        self._files = {name: Content(bytearray(content)) for name, content in files.items()}
        self._deleted: dict[str, Content] = {}

    def note(self, note: Note) -> None:
        """Take one more call."""
        if note.operation == DELETE:
            self._deleted[note.name] = self._files.pop(note.name)
        elif note.operation == CREATE:
            self._files[note.name] = Content(named=False)
        else:
            if note.operation == SYNC and not self._files[note.name].named:
                self._deleted.clear()  # the folder is synced with the new name
            self._files[note.name].note(note)

    def after_cut(self, left: str, chance: random.Random) -> dict[str, bytes]:
        """The content of every file, by name.

        Args:
            left: one of `LEFT`; ``sectors`` lets chance decide about each 512 bytes of a write.
        """
        image = {name: bytes(file.after(_surviving(file.since, left, chance))) for name, file in self._files.items()
                 if file.named or left == "everything" or (left == "sectors" and chance.random() < 0.5)}
        back = {name: bytes(file.safe) for name, file in self._deleted.items()
                if left == "sectors" and chance.random() < 0.5 and file.named}
        return back | image


def contents(folder: Path) -> dict[str, bytes]:
    """The database files in *folder*, by name."""
    return {path.name: path.read_bytes() for pattern in FILES for path in folder.glob(pattern)}


def restore(image: dict[str, bytes], folder: Path) -> None:
    """Let *folder* hold the database files of *image* and no others; what is not SQLite's stays."""
    for path in folder.glob("*.db*"):
        path.unlink()
    for name, content in image.items():
        (folder / name).write_bytes(content)


def _surviving(since: list[Note], left: str, chance: random.Random) -> list[Note]:
    if left == "everything":
        return since
    if left == "nothing":
        return []
    return [part for note in since for part in _parts(note) if chance.random() < 0.5]


def _parts(note: Note) -> list[Note]:
    """The call as the disk carries it out: sector by sector."""
    if note.operation != WRITE:
        return [note]
    end = note.place + len(note.data)
    edges = [note.place, *range((note.place // SECTOR + 1) * SECTOR, end, SECTOR), end]
    return [Note(note.at, WRITE, note.name, start, note.data[start - note.place : stop - note.place])
            for start, stop in itertools.pairwise(edges)]
