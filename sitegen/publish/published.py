"""The site that was published before: what lies in its folder, and what of it no build wrote."""

import os
import shutil
import stat
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sitegen.model.finished import File
from sitegen.publish.digest import SUMS, listed_in
from sitegen.publish.entries import Entries, list_entries

MARK = ".nojekyll"
"""The file by which a folder is known to be written by a build; GitHub Pages looks for it too."""
MARK_TEXT = b"This folder is written by build.py, which replaces it whole.\n"


@dataclass(frozen=True)
class Published:
    """What lies in a folder: its own mode, None where there is no folder, and everything below it.

    `listed` are the files that the build wrote, by their paths, None where no SHA256SUMS tells them.
    """

    mode: int | None
    entries: Entries
    listed: frozenset[str] | None

    @cached_property
    def files(self) -> frozenset[str]:
        """The paths of all that is no folder."""
        return frozenset(path for path, status in self.entries.items() if not stat.S_ISDIR(status.st_mode))

    def may_hold(self, path: str, file: File) -> bool:
        """Whether at this path there is a file of this size."""
        status = self.entries.get(path)
        return status is not None and stat.S_ISREG(status.st_mode) and status.st_size == file.size

    def has_mode(self, path: str, mode: int) -> bool:
        """Whether what is at this path has this mode."""
        return stat.S_IMODE(self.entries[path].st_mode) == mode

    def folders_have_mode(self, mode: int) -> bool:
        """Whether the folder and all those in it have this mode."""
        return self.mode == mode and all(self.has_mode(path, mode) for path in self.entries.keys() - self.files)


def look(folder: Path) -> Published:
    """What lies in the folder now; raises OSError when a folder, or one in it, cannot be read."""
    try:
        mode = stat.S_IMODE(folder.stat().st_mode)
    except FileNotFoundError:
        return Published(None, {}, None)
    entries = list_entries(folder)
    sums = entries.get(SUMS)
    is_file = sums is not None and stat.S_ISREG(sums.st_mode)
    listed = listed_in((folder / SUMS).read_bytes()) if is_file else None
    return Published(mode, entries, None if listed is None else listed | {SUMS})


def is_built(folder: Path) -> bool:
    """Whether this is a folder, and no link to one, with the mark of a build."""
    mark = folder / MARK
    try:
        is_marked = stat.S_ISDIR(folder.lstat().st_mode) and stat.S_ISREG(mark.lstat().st_mode)
        return is_marked and mark.read_bytes() == MARK_TEXT
    except OSError:
        return False


def is_begun(folder: Path) -> bool:
    """Whether this is a folder, and no link to one, that holds nothing yet but a part of the mark, or not even that."""
    if not stat.S_ISDIR(folder.lstat().st_mode):
        return False
    entries = list_entries(folder)
    if entries.keys() != {MARK}:
        return not entries
    return stat.S_ISREG(entries[MARK].st_mode) and MARK_TEXT.startswith((folder / MARK).read_bytes())


def remove(folder: Path) -> None:
    """Remove a folder that a build wrote, if it is there: read-only folders in it too, and last the mark.

    An OSError names what cannot be removed.
    """
    if not os.path.lexists(folder):
        return
    _open_up(folder)
    for name in sorted(os.listdir(folder), key=lambda name: name == MARK):
        inner = folder / name
        try:
            if stat.S_ISDIR(inner.lstat().st_mode):
                _remove_tree(inner)
            else:
                inner.unlink()
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(inner)) from error
    folder.rmdir()


def _remove_tree(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except PermissionError:
        _open_up(folder)
        for path, names, _ in os.walk(folder):
            for name in names:
                _open_up(Path(path, name))  # before it is entered
        shutil.rmtree(folder)


def _open_up(folder: Path) -> None:
    """Let this user remove what is in a folder, when it is his."""
    mode = folder.lstat().st_mode
    if stat.S_ISDIR(mode) and mode & stat.S_IRWXU != stat.S_IRWXU:
        with suppress(PermissionError):
            folder.chmod(stat.S_IRWXU)
