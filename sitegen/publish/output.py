"""Finished files → the output folder, all or nothing.

The new site is written beside the old one, as .NAME.new, and takes its place: by an exchange of the two where the
system has one, else by two renames; in the instant between them the old site is .NAME.old, and the next build puts it
back if the first was killed there. Nothing is followed, replaced or removed that no build wrote: the old site must hold
only what its SHA256SUMS lists, and what is left beside it must have the mark that a build writes first.
"""

import errno
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from sitegen.model.finished import File
from sitegen.problems import Problems
from sitegen.publish.destination import Output, failures_told
from sitegen.publish.entries import foreign, list_paths
from sitegen.publish.exchange import exchange
from sitegen.publish.lock import take_lock
from sitegen.publish.published import MARK, MARK_TEXT, Published, is_begun, is_built, look, remove

_BINARY = getattr(os, "O_BINARY", 0)  # which Windows needs
_NAMED = 3  # of what is foreign in the output
_NOBODYS = (".DS_Store", "Thumbs.db", "desktop.ini")  # what systems leave in a folder that somebody only looked into


def publish(files: Iterable[tuple[str, File]], output: Output, problems: Problems) -> None:
    """Make the output hold exactly `files`, each with its path, written as they come, SHA256SUMS the last.

    Files that do not change stay what they were, with their time of modification, and where none changes nothing is
    written. Two builds at once wait for each other. Raises Mistakes when the output cannot be written or holds what no
    build wrote, and then leaves it as it is.
    """
    with _open_to_all(), _locked(output, problems) as places:
        with failures_told(output, problems):
            _put_back(places, output, problems)
            _refuse_mount(places.folder)
            before = _look(places.folder, output, problems)
            _must_be_ours(places.new, output, problems)
            remove(places.new)
            places.new.mkdir()
        try:
            _write_beside(files, places, before, output, problems)
        finally:
            with failures_told(output, problems):
                remove(places.new)  # which is the old site after an exchange


@dataclass(frozen=True)
class Changes:
    """How many files publishing would add to the output, change there, and take away."""

    added: int
    changed: int
    removed: int


def count_changes(files: Iterable[tuple[str, File]], output: Output, problems: Problems) -> Changes:
    """What publishing would change; nothing is written. Raises Mistakes where a build would at once."""
    with failures_told(output, problems):
        places = _places(output)
        folder = places.folder
        _refuse_mount(folder)
        for left in (places.old, places.new):
            _must_be_ours(left, output, problems)
        before = _look(folder, output, problems)
    written: set[str] = set()
    added = changed = 0
    for path, file in files:
        written.add(path)
        if path not in before.files:
            added += 1
        elif not before.may_hold(path, file) or not _holds(f"{folder}/{path}", file):
            changed += 1
    _refuse_foreign(before.entries, before, written, output, problems)
    return Changes(added, changed, len(before.files - written))


def restore(output: Output, problems: Problems) -> None:
    """Put back the old site if a build was killed between its two renames; raises Mistakes when that cannot be."""
    with failures_told(output, problems):
        is_left = os.path.lexists(_places(output).old)
    if is_left:
        with _locked(output, problems) as places, failures_told(output, problems):
            _put_back(places, output, problems)


class _Places(NamedTuple):
    """The folder of the site, where the new one is written, and where the old one is between two renames."""

    folder: Path
    new: Path
    old: Path


def _places(output: Output) -> _Places:
    folder = output.folder.resolve()
    return _Places(folder, folder.with_name(f".{folder.name}.new"), folder.with_name(f".{folder.name}.old"))


@contextmanager
def _open_to_all() -> Iterator[None]:
    """What is made meanwhile has the modes 0755 and 0644, whatever the umask of who builds."""
    mask = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(mask)


@contextmanager
def _locked(output: Output, problems: Problems) -> Iterator[_Places]:
    """The places of an output, which no other build touches until this one ends, however it does."""
    with failures_told(output, problems):
        places = _places(output)
        places.folder.parent.mkdir(parents=True, exist_ok=True)
        lock = take_lock(places.folder.parent, output.name)
    try:
        yield places
    finally:
        os.close(lock)


def _refuse_mount(folder: Path) -> None:
    """Fail at once as the exchange would at the end; a mount that looks like none is left to that."""
    if os.path.ismount(folder):
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))


def _look(folder: Path, output: Output, problems: Problems) -> Published:
    """What lies in the output, which must be nothing or what a build wrote."""
    before = look(folder)
    if before.entries and not is_built(folder):
        message = "must be empty or a site that build.py wrote: it holds something else, which would be lost"
        problems.must(output.place, "output-own", f'"{output.name}" {message}')
        problems.stop()
    if before.listed is not None:
        _refuse_foreign(before.entries, before, (), output, problems)
    return before


def _refuse_foreign(
    entries: Iterable[str], before: Published, written: Iterable[str], output: Output, problems: Problems
) -> None:
    """None of the entries may be lost that no build wrote: the one before or, if that listed nothing, this one."""
    found = foreign(entries, written if before.listed is None else before.listed)
    names = [path for path in found if path.rpartition("/")[2] not in _NOBODYS]
    if not names:
        return
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    message = f"must hold only what a build wrote: {', '.join(names[:_NAMED])}{more} would be lost"
    problems.must(output.place, "output-own", f'"{output.name}" {message}')
    problems.stop()


def _must_be_ours(left: Path, output: Output, problems: Problems) -> None:
    """What lies where a build writes beside its output must be what one left there."""
    if os.path.lexists(left) and not is_built(left) and not is_begun(left):
        message = f"must have {left.name} beside it to itself: what is there no build wrote, and it would be lost"
        problems.must(output.place, "output-own", f'"{output.name}" {message}')
        problems.stop()


def _put_back(places: _Places, output: Output, problems: Problems) -> None:
    """Make an end of what a build left that was killed between its two renames."""
    _must_be_ours(places.old, output, problems)
    if not os.path.lexists(places.old):
        return
    if places.folder.exists() and any(places.folder.iterdir()):
        remove(places.old)
    else:
        places.old.replace(places.folder)


def _write_beside(
    files: Iterable[tuple[str, File]], places: _Places, before: Published, output: Output, problems: Problems
) -> None:
    """Write the new site beside the old one, and let it take its place if it differs."""
    with failures_told(output, problems):
        mark = places.new / MARK
        mark.write_bytes(MARK_TEXT)  # first, so that the next build knows whose this is
        file_mode = stat.S_IMODE(mark.stat().st_mode)  # as far as this disk has modes
        is_same = before.folders_have_mode(stat.S_IMODE(places.new.stat().st_mode))
    written: set[str] = set()
    folders = {""}
    new, old = f"{places.new}/", f"{places.folder}/"
    for path, file in files:  # whose own failures are none of the output's
        folder = path.rpartition("/")[0]
        with failures_told(output, problems):
            if folder not in folders:
                (places.new / folder).mkdir(parents=True, exist_ok=True)
                folders.add(folder)
            may_stay = before.may_hold(path, file) and before.has_mode(path, file_mode)
            stays = may_stay and _holds(old + path, file)
            if stays:
                _link(new + path, old + path)
        if not stays:
            data = file.read()  # which may have to be made anew
            with failures_told(output, problems):
                _write(new + path, data)
        is_same = is_same and stays
        written.add(path)
    if is_same and before.files == written:
        return
    with failures_told(output, problems):
        if before.mode is not None:  # what came into the old site meanwhile would be lost as well
            _refuse_foreign(list_paths(places.folder), before, written, output, problems)
        _swap(places)


def _write(path: str, data: bytes) -> None:
    """Write a file. Paths of pathlib would take longer than all else here, tens of thousands of times."""
    with open(path, "wb") as opened:  # noqa: PTH123
        opened.write(data)


def _link(new: str, old: str) -> None:
    """Make `new` be the same file as `old`."""
    try:
        os.link(old, new)
    except OSError:  # not every disk has such links
        shutil.copy2(old, new)


def _holds(path: str, file: File) -> bool:
    """Whether the bytes at a path are those of a file; what cannot be read has none, for then it is made anew."""
    try:
        handle = os.open(path, os.O_RDONLY | _BINARY)
        try:
            return sha256(os.read(handle, file.size + 1)).hexdigest() == file.sha256
        finally:
            os.close(handle)
    except OSError:
        return False


def _swap(places: _Places) -> None:
    """Let the new site take the place of the old one."""
    if not places.folder.exists():
        places.new.rename(places.folder)
        return
    if exchange(places.new, places.folder):
        return
    places.folder.rename(places.old)
    try:
        places.new.rename(places.folder)
    except BaseException:
        places.old.rename(places.folder)
        raise
    remove(places.old)
