"""Files and folders of the project → their bytes, text and names, every failure a located problem.

Paths are relative to `root`, the project's folder.
"""

import re
from pathlib import Path

from sitegen.problems import Mistakes, Passage, Place, Problem, gather, mistake, stop_at

UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that no page can hold (XML 1.0, section 2.2; HTML, section 13.2.3.5, control characters)."""


def read_bytes(root: Path, path: str) -> bytes:
    """The bytes of a file."""
    try:
        if (root / path).exists() and not (root / path).is_file():  # opening a pipe or a device could wait for ever
            raise mistake(Place(path), "must be a file")
        return (root / path).read_bytes()
    except FileNotFoundError:
        raise mistake(Place(path), "must exist") from None
    except OSError as error:
        raise mistake(Place(path), f"must be a file that can be read: {error.strerror}") from None


def decode(data: bytes, path: str) -> Passage:
    """UTF-8, with or without a byte order mark and with any line ends, as text with "\\n"."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise mistake(Place(path, data.count(b"\n", 0, error.start) + 1), "must be UTF-8 text") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := UNFIT.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise mistake(Place(path, line), f"must not hold the character U+{ord(found[0]):04X}")
    return Passage(text, Place(path, 1))


def decode_any(data: bytes, path: str) -> Passage:
    """Text in UTF-8, UTF-16 or GB18030, whichever it is, with "\\n"."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in data:
        encodings = ["utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"]
    else:
        encodings = ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            return decode(data.decode(encoding).encode(), path)
        except UnicodeError:
            continue
    raise mistake(Place(path), "must be text in UTF-8, UTF-16 or GB18030")


def names(root: Path, path: str) -> list[str]:
    """The names in a folder, sorted, without hidden ones."""
    try:
        return sorted(entry.name for entry in (root / path).iterdir() if not entry.name.startswith("."))
    except OSError as error:
        raise mistake(Place(path), f"must be a folder that can be read: {error.strerror}") from None


def read_tree(root: Path, path: str) -> dict[str, bytes]:
    """Every file below a folder, by its path from there, without hidden ones; raises Mistakes with those of all."""
    problems: list[Problem] = []
    files: dict[str, bytes] = {}
    for name in names(root, path):
        inner = f"{path}/{name}"
        with gather(problems):
            if (root / inner).is_symlink():
                raise mistake(Place(inner), "must be a file or a folder, not a symbolic link")
            if (root / inner).is_dir():
                files |= {f"{name}/{below}": data for below, data in read_tree(root, inner).items()}
            else:
                files[name] = read_bytes(root, inner)
    stop_at(problems)
    return files


def read_folder(root: Path, path: str) -> dict[str, bytes | Problem]:
    """What stands directly in a folder, by its name, without hidden files: its bytes, or why they cannot be read.

    A file that nobody needs may be unreadable, so that is no mistake yet. Symbolic links are not followed.
    """
    files: dict[str, bytes | Problem] = {}
    if (root / path).is_symlink():
        raise mistake(Place(path), "must be a folder, not a symbolic link")
    for name in names(root, path):
        inner = f"{path}/{name}"
        try:
            if (root / inner).is_symlink():
                raise mistake(Place(inner), "must be a file, not a symbolic link")
            files[name] = read_bytes(root, inner)
        except Mistakes as mistakes:
            files[name] = mistakes.problems[0]
    return files
