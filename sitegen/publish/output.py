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
from dataclasses import dataclass
from pathlib import Path

from sitegen.problems import Passage, Place, Problems

MARK = ".nojekyll"
_INPUTS = ("content", "templates", "static", "sitegen", "tests")
MARK_TEXT = b"This folder is written by build.py, which replaces it whole.\n"


@dataclass(frozen=True)
class Output:
    """The folder to publish to, its name as the editor gave it, and the place where that was given."""

    folder: Path
    name: str
    place: Place


def choose_output(root: Path, set_to: Passage | None, asked: str | None, problems: Problems) -> Output | None:
    """The folder that is asked for on the command line, or that the settings name; None where it cannot be had.

    It must hold nothing of the project.
    """
    if asked is not None:
        output = Output(Path(asked), asked, Place("--output"))
    elif set_to is not None:
        output = Output(root / set_to, set_to, set_to.place)
    else:
        return None
    with _failures_told(output, problems):
        real, project = Path(os.path.realpath(output.folder)), Path(os.path.realpath(root))
    if project.is_relative_to(real) or any(real.is_relative_to(project / name) for name in _INPUTS):
        message = f"must be a folder of its own, not one with the project's files or among {', '.join(_INPUTS)}"
        problems.must(output.place, "output-own", f'"{output.name}" {message}')
        return None
    return output


def publish(files: Iterable[tuple[str, bytes]], output: Output, problems: Problems) -> None:
    """Make the output hold exactly `files`, each with its path, written as they come.

    Files that do not change stay what they were, with their time of modification, and where none changes nothing is
    written. Two builds at once wait for each other. Raises Mistakes when the output cannot be written or holds
    something else.
    """
    with _failures_told(output, problems):
        folder = output.folder.resolve()
        folder.parent.mkdir(parents=True, exist_ok=True)
        new, old = _beside(folder)
        lock = _lock(folder.parent)
    try:
        with _failures_told(output, problems):
            _put_back(folder, old)
            if folder.exists() and any(folder.iterdir()) and not _is_built(folder):
                message = "must be empty or a site that build.py wrote: it holds something else, which would be lost"
                problems.must(output.place, "output-own", f'"{output.name}" {message}')
                problems.stop()
            shutil.rmtree(new, ignore_errors=True)
        is_changed = False
        count = 0
        for path, data in files:  # whose own failures are none of the output's
            with _failures_told(output, problems):
                is_same = _write(new / path, data, folder / path)
            is_changed = is_changed or not is_same
            count += 1
        with _failures_told(output, problems):
            if is_changed or count != len(_files(folder)):
                _swap(new, folder, old)
                shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(new, ignore_errors=True)
        os.close(lock)


@dataclass(frozen=True)
class Changes:
    """How many files publishing would add to the output, change there, and take away."""

    added: int
    changed: int
    removed: int


def count_changes(files: Iterable[tuple[str, bytes]], output: Output, problems: Problems) -> Changes:
    """What publishing would change; nothing is written. Raises Mistakes when the output cannot be read."""
    with _failures_told(output, problems):
        old = {path.relative_to(output.folder).as_posix(): path for path in _files(output.folder)}
    added = changed = 0
    for path, data in files:
        before = old.pop(path, None)
        if before is None:
            added += 1
            continue
        with _failures_told(output, problems):
            if before.read_bytes() != data:
                changed += 1
    return Changes(added, changed, len(old))


def write_file(root: Path, path: str, text: str, problems: Problems) -> None:
    """Make one file of the project hold `text`, wholly or not at all; raises Mistakes."""
    new = root / f"{path}.new"
    with _failures_told(Output(root / path, path, Place(path)), problems):
        new.write_text(text, "utf-8")
        new.replace(root / path)


def write_folder(folder: Path, files: Mapping[str, str], problems: Problems) -> None:
    """Write the files of a new folder; raises Mistakes."""
    with _failures_told(Output(folder, str(folder), Place(str(folder))), problems):
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in files.items():
            (folder / path).write_text(text, "utf-8", newline="\n")


def restore(output: Output, problems: Problems) -> None:
    """Put back the old site if a build was killed between its two renames; raises Mistakes when that cannot be."""
    with _failures_told(output, problems):
        folder = output.folder.resolve()
        _, old = _beside(folder)
        if old.exists():
            lock = _lock(folder.parent)
            try:
                _put_back(folder, old)
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
def _failures_told(output: Output, problems: Problems) -> Iterator[None]:
    """Tell what the system refuses as a mistake of the output, and end the stage."""
    try:
        yield
    except FileExistsError:
        reason = "a file stands in its way"
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: a loop; ValueError: / has no name
        reason = getattr(error, "strerror", None) or "its path leads to no folder"
    else:
        return
    problems.must(output.place, "output-writable", f'"{output.name}" must be a folder that can be written: {reason}')
    problems.stop()


def _is_built(output: Path) -> bool:
    mark = output / MARK
    return mark.is_file() and mark.read_bytes() == MARK_TEXT


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()]


def _write(new: Path, data: bytes, old: Path) -> bool:
    """Make the file `new` hold `data`, and be the same as `old` where that holds it already; tell whether it does."""
    try:
        status = os.lstat(old)
        same = stat.S_ISREG(status.st_mode) and status.st_size == len(data) and old.read_bytes() == data
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
