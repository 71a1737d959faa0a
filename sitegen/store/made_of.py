"""All that something is made of → one digest, by which it is kept and found again; the program is a part of it."""

import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from sitegen.problems import Place

_CODE = Path(__file__).resolve().parents[1]
_VERSIONED = (".dist-info", ".egg-info")


def digest_of(*things: object) -> str:
    """The SHA-256 of things, which no others have: texts, bytes, numbers, days, what holds such, and dataclasses.

    The keys of mappings are texts. Places do not count: only what is said of a mistake depends on them, and with one
    nothing is kept. Of a dataclass counts what does when two are compared. Raises TypeError for whatever else.
    """
    return sha256(_AS_JSON.encode(things).encode("ascii")).hexdigest()


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


def _name_kind(thing: object) -> object:
    """What JSON does not know, by its kind, behind a character that no name of a file holds and no field's."""
    if isinstance(thing, bytes):
        return {"\0bytes": sha256(thing).hexdigest()}
    if isinstance(thing, Place):
        return {"\0place": None}
    if isinstance(thing, date):
        return {"\0day": thing.isoformat()}
    if isinstance(thing, frozenset):
        return {"\0set": sorted(thing)}
    if is_dataclass(thing) and not isinstance(thing, type):
        return {f"\0{type(thing).__name__}": [getattr(thing, name) for name in _compared(type(thing))]}
    if isinstance(thing, Mapping):
        return dict(thing)
    raise TypeError(f"{type(thing)} is of no kind that can be told by a digest")


@cache
def _compared(kind: Any) -> tuple[str, ...]:
    """The names of a dataclass's fields by which two are compared."""
    return tuple(field.name for field in fields(kind) if field.compare)


_AS_JSON = json.JSONEncoder(check_circular=False, separators=(",", ":"), default=_name_kind)
