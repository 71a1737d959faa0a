"""All that something is made of → one digest, by which it is kept and found again; the program is a part of it."""

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from sitegen.problems import Place

_CODE = Path(__file__).resolve().parents[1]
_VERSIONED = (".dist-info", ".egg-info")


def digest_of(*things: object) -> str:
    """The SHA-256 of things, which no others have: texts, bytes, numbers, days, what holds such, and dataclasses.

    Places do not count: only what is said of a mistake depends on them, and with one nothing is kept. Of a dataclass
    counts what does when two are compared. Raises TypeError for whatever else.
    """
    sha = sha256()
    _feed(things, sha.update)
    return sha.hexdigest()


def digest_program() -> str:
    """The digest of the program's own code, of Python, and of the versions of all libraries that it may import."""
    code: dict[str, bytes] = {}
    for folder, inner, names in os.walk(_CODE):
        inner[:] = sorted(name for name in inner if name != "__pycache__")
        for name in sorted(names):
            path = os.path.join(folder, name)
            code[os.path.relpath(path, _CODE)] = Path(path).read_bytes()
    return digest_of(code, sys.version, _list_libraries())


def _list_libraries() -> tuple[str, ...]:
    """The names and versions of what is installed, as the folders beside libraries are named."""
    found: set[str] = set()
    for folder in sys.path:
        with suppress(OSError):  # no folder, or none that may be read: nothing is imported from there
            found.update(name for name in os.listdir(folder) if name.endswith(_VERSIONED))
    return tuple(sorted(found))


def _feed(thing: object, update: Callable[[bytes], object]) -> None:
    """Each thing begins with its kind and how long it is, so that two that differ never read alike."""
    if isinstance(thing, bytes):
        update(b"bytes %d:" % len(thing))
        update(thing)
    elif isinstance(thing, str):
        data = thing.encode("utf-8", "surrogatepass")  # as names of files may need
        update(b"str %d:" % len(data))
        update(data)
    elif isinstance(thing, Place):
        update(b"place;")
    elif thing is None or isinstance(thing, bool | int | float | date):
        update(f"{thing!r};".encode())
    elif isinstance(thing, Mapping):
        update(b"mapping %d:" % len(thing))
        for key, value in thing.items():
            _feed(key, update)
            _feed(value, update)
    elif isinstance(thing, tuple | list):
        update(b"row %d:" % len(thing))
        for each in thing:
            _feed(each, update)
    elif isinstance(thing, frozenset):
        update(b"set of")
        _feed(sorted(thing), update)
    elif is_dataclass(thing) and not isinstance(thing, type):
        update(f"{type(thing).__name__} of".encode())
        _feed([getattr(thing, field.name) for field in fields(thing) if field.compare], update)
    else:
        raise TypeError(f"{type(thing)} is of no kind that can be told by a digest")
