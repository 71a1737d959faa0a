"""Files in memory → the output folder, all or nothing; the only module that writes.

The new site is written beside the old one, as .NAME.new, and takes its place by two renames; in the instant between
them the old site is .NAME.old, and the next build puts it back if the first was killed there.
"""

import os
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sitegen.problems import Passage, Place, mistake

MARK = ".nojekyll"
MARK_TEXT = b"This folder is written by build.py, which replaces it whole.\n"


def publish(files: Iterable[tuple[str, bytes]], output: Path, named: Passage) -> None:
    """Make `output` hold exactly `files`, each with its path, written as they come.

    Files that do not change stay what they were, with their time of modification, and where none changes nothing is
    written. Two builds at once wait for each other. Raises Mistakes at the place where the output is `named` when it
    cannot be written or holds something else.
    """
    with _problems_of(named):
        output = output.resolve()
        output.parent.mkdir(parents=True, exist_ok=True)
        new, old = _beside(output)
        lock = _lock(output.parent)
    try:
        with _problems_of(named):
            _put_back(output, old)
            if output.exists() and any(output.iterdir()) and not _is_built(output):
                said = "must be empty or a site that build.py wrote: it holds something else, which would be lost"
                raise mistake(named.place, f'"{named}" {said}')
            shutil.rmtree(new, ignore_errors=True)
        count = changed = 0
        for path, data in files:  # whose own failures are none of the output's
            with _problems_of(named):
                changed += not _write(new / path, data, output / path)
                count += 1
        with _problems_of(named):
            if changed or count != len(_files(output)):
                _swap(new, output, old)
                shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(new, ignore_errors=True)
        os.close(lock)


def changes(files: Iterable[tuple[str, bytes]], output: Path) -> tuple[int, int, int]:
    """How many files publishing would add to `output`, change there, and take away."""
    old = {path.relative_to(output).as_posix(): path for path in _files(output)}
    come = changed = 0
    for path, data in files:
        known = old.pop(path, None)
        come += known is None
        changed += known is not None and known.read_bytes() != data
    return come, changed, len(old)


def write(root: Path, path: str, text: str) -> None:
    """Make one file of the project hold `text`, wholly or not at all; raises Mistakes."""
    new = root / f"{path}.new"
    with _problems_of(Passage(path, Place(path))):
        new.write_text(text, "utf-8")
        new.replace(root / path)


def write_tree(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files of a new folder; raises Mistakes."""
    with _problems_of(Passage(str(folder), Place(str(folder)))):
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in files.items():
            (folder / path).write_text(text, "utf-8", newline="\n")


def restore(output: Path, named: Passage) -> None:
    """Put back the old site if a build was killed between its two renames; raises Mistakes where it is `named`."""
    with _problems_of(named):
        output = output.resolve()
        if _beside(output)[1].exists():
            lock = _lock(output.parent)
            try:
                _put_back(output, _beside(output)[1])
            finally:
                os.close(lock)


def _beside(output: Path) -> tuple[Path, Path]:
    """Where the new site is written, and where the old one is kept between the two renames."""
    return output.with_name(f".{output.name}.new"), output.with_name(f".{output.name}.old")


def _put_back(output: Path, old: Path) -> None:
    if not old.exists():
        return
    if output.exists():
        shutil.rmtree(old)
    else:
        old.rename(output)


@contextmanager
def _problems_of(named: Passage) -> Iterator[None]:
    try:
        yield
    except FileExistsError:
        raise mistake(
            named.place, f'"{named}" must be a folder that can be written: a file stands in its way'
        ) from None
    except (
        OSError,
        RuntimeError,
        ValueError,
    ) as error:  # RuntimeError: a loop; ValueError: / has no name
        reason = getattr(error, "strerror", None) or "its path leads to no folder"
        raise mistake(named.place, f'"{named}" must be a folder that can be written: {reason}') from None


def _is_built(output: Path) -> bool:
    mark = output / MARK
    return mark.is_file() and mark.read_bytes() == MARK_TEXT


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()]


def _write(new: Path, data: bytes, old: Path) -> bool:
    """Make the file `new` hold `data`, and be the same as `old` where that holds it already; tell whether it does."""
    try:
        known = os.lstat(old)
        same = stat.S_ISREG(known.st_mode) and known.st_size == len(data) and old.read_bytes() == data
    except (FileNotFoundError, NotADirectoryError):
        same = False
    if not new.parent.exists():
        new.parent.mkdir(parents=True)
    if same:
        try:
            new.hardlink_to(old)
        except OSError:  # not every disk has such links
            shutil.copy2(old, new)
    else:
        new.write_bytes(data)
    return same


def _swap(new: Path, output: Path, old: Path) -> None:
    if not output.exists():
        new.rename(output)
        return
    output.rename(old)
    try:
        new.rename(output)
    except BaseException:
        old.rename(output)
        raise


def _lock(folder: Path) -> int:
    """Take the folder's lock, which closing it gives back, however the build ends; Windows has no such lock."""
    if sys.platform == "win32":
        return os.open(os.devnull, os.O_RDONLY)
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    return handle
