"""The finished files of a report, or of what stands beside the reports, and what the whole site needs of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256

from sitegen.model.page import Link
from sitegen.model.shelf import Entry, Mention
from sitegen.problems import Problem


@dataclass(frozen=True)
class Searchable:
    """What the search of all reports is given of one: its words in `pieces`, each of them JSON.

    The `traditional` forms of its characters are each followed by the character.
    """

    pieces: tuple[str, ...]
    traditional: str


@dataclass(frozen=True)
class File:
    """A file of the site: its size, its SHA-256, and what gives its bytes, for which few builds ask."""

    size: int
    sha256: str
    read: Callable[[], bytes] = field(compare=False, repr=False)


def file_of(data: bytes) -> File:
    """The file of these bytes."""
    return File(len(data), sha256(data).hexdigest(), partial(_give, data))


def files_of(data: Mapping[str, bytes]) -> dict[str, File]:
    """The files of these bytes, by path."""
    return {path: file_of(each) for path, each in data.items()}


def _give(data: bytes) -> bytes:
    return data


@dataclass(frozen=True)
class ReportFacts:
    """What stands beside the reports is made of this: of each report its entry on the shelf, its terms, and its words.

    `paths` are those of its files, `links` lead out of its folder, and `ids` are those of its pages that are not an
    item's, into which others may link.
    """

    id: str
    paths: tuple[str, ...]
    entry: Entry
    mentions: tuple[Mention, ...] = ()
    searchable: Searchable = Searchable((), "")
    links: tuple[Link, ...] = ()
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class FinishedFiles:
    """A finished part of the site: a report's, or with the id "" what stands beside the reports.

    `files` are its files by path, and `items` counts the report's items. `facts` are its ReportFacts as a text, for few
    builds need them, and `seen` is the digest of all in them that can be seen elsewhere. `record` are the lines that a
    release records of it, of which `waiting` are new, and `doubts` are what speaks against its release.
    """

    id: str
    files: Mapping[str, File]
    items: int = 0
    facts: str = ""
    seen: str = ""
    record: tuple[str, ...] = ()
    waiting: int = 0
    doubts: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What came of a report: its finished files, None where something must be mended or nothing renders it."""

    finished: FinishedFiles | None
    problems: tuple[Problem, ...]
    is_kept: bool = False
