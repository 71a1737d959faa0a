"""The folder of what is kept: values by their digests, each in a file of its own, which is never trusted.

A file holds the size of its head and its hash; the head, which is JSON: the digest and the value, where that has files
their sizes and hashes; and then the bytes of these. Nothing in it is ever executed. Whatever is not as it was written
is as if it were not there, and made anew, a file's bytes when they are asked for. So is everything where the folder
cannot be had, or somebody else may write to it. Nothing that goes wrong here is told.
"""

import json
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from hashlib import sha256
from io import BufferedReader
from pathlib import Path
from typing import Any, TypeVar

from sitegen.model.finished import File
from sitegen.problems import Problems
from sitegen.store.made_of import digest_of, digest_program
from sitegen.store.plain import from_plain, to_plain

Made = TypeVar("Made")

KEPT = ".kept"
"""The folder's name in that of the project."""
_TIMES = 3  # as much as a build used stays: what it used, and what others with other settings or words did before it
_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_FIRST = 12 + 1 + 64 + 1  # characters: the size of the head, a space, its hash, a line's end


class Store:
    """What is kept in a folder, None where nothing can be; what is loaded or saved counts as used until `prune`."""

    def __init__(self, folder: Path | None, program: str) -> None:
        self.folder = folder
        self.program = program
        self.used: set[str] = set()

    def key(self, *made_of: object) -> str:
        """The digest by which is kept what this program makes of some things, which must be all that it is made of."""
        return digest_of(self.program, *made_of) if self.folder else ""

    def while_unchanged(self) -> "Store":
        """This while the program is what it was at the start; then nothing, for some of its code may come only now."""
        return self if self.folder and digest_program() == self.program else NOTHING_KEPT

    def holds(self, key: str) -> bool:
        """Whether something is kept under a digest, which may prove to be damaged."""
        return self.folder is not None and os.path.lexists(self.folder / key)

    def load(self, key: str, kind: Any, anew: Callable[[], Made | None]) -> Made | None:
        """The value of a type that is kept under a digest, None where none is that is as it was written.

        Where bytes of a file in it prove not to be, when somebody asks for them, they are taken from what `anew` makes.
        """
        if self.folder is None:
            return None
        again = partial(self._make_again, key, kind, anew)
        try:
            with _open_ours(self.folder / key) as opened:
                end = os.fstat(opened.fileno()).st_size
                head = _read_head(opened, end)
                made: Made = self._read_value(key, kind, head, opened.tell(), end, again)
        except (OSError, ValueError, TypeError, LookupError):
            return None
        with suppress(OSError):
            os.utime(self.folder / key)  # so that what is used stays
        self.used.add(key)
        return made

    def save(self, key: str, kind: Any, made: object) -> None:
        """Keep a value of a type under a digest, wholly or not at all."""
        if self.folder is None:
            return
        head, files = _write_head(key, kind, made)
        new = self.folder / f"{key}.{os.getpid()}"
        try:
            with open(new, "wb", opener=_open_no_other) as opened:
                opened.write(head)
                opened.writelines(file.read() for file in files)
            new.replace(self.folder / key)
        except OSError:  # the disk is full, or what is there is no file
            with suppress(OSError):
                new.unlink()
        else:
            self.used.add(key)

    def remember(self, key: str, kind: Any, problems: Problems, make: Callable[[], Made | None]) -> Made | None:
        """What is kept under a digest, or else what `make` makes, which is kept when it told no problem."""
        made = self.load(key, kind, make)
        if made is None:
            known_before = len(problems.found)
            made = make()
            if made is not None and len(problems.found) == known_before:
                self.save(key, kind, made)
        return made

    def prune(self) -> None:
        """Take away what was longest unused, all but three times as much as was used since the last time."""
        if self.folder is None:
            return
        with suppress(OSError), os.scandir(self.folder) as entries:
            files = {entry.name: entry.stat(follow_symlinks=False) for entry in entries}
            left = _TIMES * sum(status.st_size for name, status in files.items() if name in self.used)
            for name in sorted(files, key=lambda name: files[name].st_mtime_ns, reverse=True):
                left -= files[name].st_size
                if left < 0 and name not in self.used and stat.S_ISREG(files[name].st_mode):
                    (self.folder / name).unlink()
        self.used.clear()

    def _read_value(
        self, key: str, kind: Any, head: bytes, at: int, end: int, again: Callable[[], Sequence[File]]
    ) -> Any:
        """The value in a head, whose files stand in the same file from `at` to its `end`."""
        number = 0

        def find(plain: dict[str, Any]) -> File:
            nonlocal at, number
            size, hash = plain["size"], plain["sha256"]
            found = File(size, hash, partial(self._read_bytes, key, at, size, hash, number, again))
            at += size
            number += 1
            return found

        kept_under, plain = json.loads(head, object_hook=find)
        if kept_under != key or at != end:
            raise ValueError("it was written under another digest, or is cut off")
        return from_plain(kind, plain)

    def _read_bytes(
        self, key: str, at: int, size: int, hash: str, number: int, again: Callable[[], Sequence[File]]
    ) -> bytes:
        """The bytes of a file that is kept, or of the same one made again."""
        assert self.folder is not None, "something was read from it"
        with suppress(OSError), _open_ours(self.folder / key) as opened:
            opened.seek(at)
            data = opened.read(size)
            if sha256(data).hexdigest() == hash:
                return data
        return again()[number].read()

    def _make_again(self, key: str, kind: Any, anew: Callable[[], object]) -> Sequence[File]:
        """The files of what is kept, but is not as it was written."""
        made = anew()
        assert made is not None, "it was made of the same things before"
        self.save(key, kind, made)
        return _write_head(key, kind, made)[1]


NOTHING_KEPT = Store(None, "")
"""Where nothing is kept: all is made anew."""


def open_store(root: Path) -> Store:
    """What is kept in a project's folder; nothing where no folder can be made there that only this user writes to."""
    folder = root / KEPT
    try:
        folder.mkdir(mode=stat.S_IRWXU, exist_ok=True)
        is_own = _is_ours(folder.lstat(), stat.S_ISDIR)
    except OSError:
        is_own = False
    return Store(folder, digest_program()) if is_own else NOTHING_KEPT


def _is_ours(status: os.stat_result, is_kind: Callable[[int], bool]) -> bool:
    """Whether this is a file, or a folder, that nobody but this user writes to; Windows has other means for that."""
    if not is_kind(status.st_mode):
        return False
    return sys.platform == "win32" or (status.st_uid == os.geteuid() and not status.st_mode & _OTHERS)


@contextmanager
def _open_ours(path: Path) -> Iterator[BufferedReader]:
    """Open a file of this user; raises OSError where there is none."""
    with open(path, "rb", opener=_open_no_other) as opened:
        if not _is_ours(os.fstat(opened.fileno()), stat.S_ISREG):
            raise PermissionError(f"{path} is somebody else's, or no file")
        yield opened


def _open_no_other(path: str, flags: int) -> int:
    """Open a file and nothing that stands in its place: no link is followed, no pipe waited for."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0), 0o600)


def _write_head(key: str, kind: Any, made: object) -> tuple[bytes, Sequence[File]]:
    """What stands in a file before the bytes of other files, and these."""
    files: list[File] = []

    def put_behind(file: File) -> dict[str, object]:
        files.append(file)
        return {"size": file.size, "sha256": file.sha256}

    plain = [key, to_plain(kind, made)]
    head = json.dumps(plain, default=put_behind, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )
    return b"%012d %s\n%s" % (len(head), sha256(head).hexdigest().encode(), head), files


def _read_head(opened: BufferedReader, end: int) -> bytes:
    """The head of a file of this length; raises ValueError where it is not as it was written."""
    size, hash = opened.read(_FIRST).decode("ascii").split()
    head = opened.read(min(int(size), end))
    if sha256(head).hexdigest() != hash:
        raise ValueError("it is not as it was written")
    return head
