"""Files and folders of the project → their bytes, text and names; what cannot be read is told, and left out.

Paths are relative to `root`, the project's folder.
"""

import os
import re
import stat
import unicodedata
from collections.abc import Callable
from fnmatch import translate
from pathlib import Path

from sitegen.problems import Passage, Place, Problems

UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that no page can hold (XML 1.0, section 2.2; HTML, section 13.2.3.5, control characters)."""

_BINARY = getattr(os, "O_BINARY", 0)  # which Windows needs
_MOST_MARKS = 30
_PERHAPS_MARKS = re.compile(
    r"[\s\u0300-\u200f\u20d0-\u2e7f\u302a-\u302f\u3099\u309a\ua66f-\uabff\ufb00-\ufeff\U00010000-\U0010ffff]{31,}"
)
"""A row of characters among which combining ones are; those that Chinese texts are full of are none."""
_LARGE = 50_000_000  # bytes: no report has as many
_JUNK_NAMES = (
    "*~", "#*#", "*.bak", "*.orig", "*.rej", "*.tmp", "*.sw[nop]", "*.save", "4913", "*___jb_???___",  # editors, git
    "~$*", "thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin", "system volume information",  # Office, Windows
    "__macosx", "icon\r", "@eadir", "lost+found",  # other systems
)  # fmt: skip
"""The names, in any letters, of what systems and editors leave beside an editor's files: patterns of fnmatch."""
_JUNK = re.compile("|".join(map(translate, _JUNK_NAMES)))
_UNFIT_FOR_NAME = re.compile(rf"{UNFIT.pattern}|[\t\n\r\\]")
"""What no name of a published file may hold: what no page can, and what SHA256SUMS would write another way."""


def read_bytes(root: Path, path: str, problems: Problems) -> bytes | None:
    """The bytes of a file that must be there, None when they cannot be had."""
    file = os.path.join(root, path)  # pathlib would take longer than the reading
    try:
        status = os.stat(file)  # noqa: PTH116
        if not stat.S_ISREG(status.st_mode):  # opening a pipe or a device could wait for ever
            problems.must(Place(path), "file-readable", "must be a file")
            return None
        if status.st_size > _LARGE:
            message = f"must be smaller than {_LARGE // 1_000_000} MB to be read"
            problems.must(Place(path), "file-readable", message)
            return None
        return _read(file, status.st_size)
    except FileNotFoundError:
        problems.must(Place(path), "file-exists", "must exist")
    except (OSError, ValueError) as error:
        problems.must(Place(path), "file-readable", f"must be a file that can be read: {refusal(error)}")
    return None


def _read(file: str, size: int) -> bytes:
    """The bytes of a file, at one stroke if it is as large as it was."""
    handle = os.open(file, os.O_RDONLY | _BINARY)
    try:
        data = os.read(handle, size + 1)
        while len(data) != size and (more := os.read(handle, _LARGE)):
            data += more
        return data
    finally:
        os.close(handle)


def refusal(error: Exception) -> str:
    """Why the system does not have a path, in a few words."""
    reason = getattr(error, "strerror", None)  # else RuntimeError: a loop of links; ValueError: no path at all
    return reason or ("its path is a loop" if isinstance(error, RuntimeError) else "its name cannot be one")


def decode(data: bytes, path: str, problems: Problems) -> Passage | None:
    """UTF-8, with or without a byte order mark and with any line ends, as text with "\\n"; None when it is none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.must(Place(path, data.count(b"\n", 0, error.start) + 1), "utf-8", "must be UTF-8 text")
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if unfit := UNFIT.search(text):
        line = text.count("\n", 0, unfit.start()) + 1
        problems.must(Place(path, line), "character-allowed", f"must not hold the character U+{ord(unfit[0]):04X}")
        return None
    if (at := _find_many_marks(text)) is not None:
        line = text.count("\n", 0, at) + 1
        message = f"must not hold more than {_MOST_MARKS} combining marks in a row"
        problems.must(Place(path, line), "character-allowed", message)
        return None
    return Passage(text, Place(path, 1))


def _find_many_marks(text: str) -> int | None:
    """Where more combining marks than any language has stand in a row, white space left out; None where nowhere.

    Unicode (UAX 15, stream-safe text) names the number; normalizing a longer row takes time by its square.
    """
    for match in _PERHAPS_MARKS.finditer(text):
        row = 0
        for at, character in enumerate(match[0], match.start()):
            if not character.isspace():
                row = row + 1 if unicodedata.combining(character) else 0
            if row > _MOST_MARKS:
                return at
    return None


def is_junk(name: str) -> bool:
    """Whether a file or folder of this name is hidden, or one that a system or an editor's program leaves there."""
    return name.startswith(".") or _JUNK.match(name.lower()) is not None


def names(root: Path, path: str, problems: Problems) -> list[str] | None:
    """The names in a folder, sorted, without junk; None when it cannot be read."""
    try:
        found = sorted(name for name in os.listdir(root / path) if not is_junk(name))
        for longest in sorted(found, key=lambda name: len(os.fsencode(name)))[-1:]:
            (root / path / longest).lstat()  # it can be listed; that its files can be reached is another thing
    except OSError as error:
        problems.must(Place(path), "folder-readable", f"must be a folder that can be read: {error.strerror}")
        return None
    return found


def read_tree(root: Path, path: str, problems: Problems) -> dict[str, bytes]:
    """Every file below a folder, by its path from there, never through a symbolic link.

    Junk is left out without a word: hidden files, and what systems and editors leave (site.css~, Thumbs.db).
    """
    files: dict[str, bytes] = {}
    for name in names(root, path, problems) or ():
        inner = f"{path}/{name}"
        if _UNFIT_FOR_NAME.search(name):
            message = "must have a name without backslashes and control characters"
            problems.must(Place(inner), "file-name", message)
        elif (root / inner).is_symlink():
            problems.must(Place(inner), "no-symbolic-link", "must be a file or a folder, not a symbolic link")
        elif (root / inner).is_dir():
            files |= {f"{name}/{below}": data for below, data in read_tree(root, inner, problems).items()}
        elif (data := read_bytes(root, inner, problems)) is not None:
            files[name] = data
    return files


def _look(path: str) -> os.stat_result | None:
    """What is known of a file, without following a link; None where that cannot be had, as is told when it is read."""
    try:
        return os.lstat(path)
    except OSError:
        return None


def read_folder(
    root: Path, path: str, is_meant: Callable[[str], bool], problems: Problems
) -> dict[str, bytes | None] | None:
    """The files directly in a folder whose names are meant, by name; None for one, and for all, that cannot be read.

    Neither the folder nor any of them may be a symbolic link.
    """
    if os.path.islink(root / path):  # noqa: PTH114 (which fails where the folder above is closed)
        problems.must(Place(path), "no-symbolic-link", "must be a folder, not a symbolic link")
        return None
    all_names = names(root, path, problems)
    if all_names is None:
        return None
    files: dict[str, bytes | None] = {}
    for name in filter(is_meant, all_names):
        inner = f"{path}/{name}"
        status = _look(f"{root}/{inner}")
        if status and stat.S_ISLNK(status.st_mode):
            problems.must(Place(inner), "no-symbolic-link", "must be a file, not a symbolic link")
            files[name] = None
        else:
            files[name] = read_bytes(root, inner, problems)
    return files
