"""The finished files of a report, or of what stands beside the reports, and what the whole site needs of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sitegen.model.page import Link
from sitegen.model.record import ReleasedAddress
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
class FinishedFiles:
    """A finished part of the site: a report's, or with the id "" what stands beside the reports.

    `files` are its files by path, and `items` counts the report's items. `entry` is its entry on the shelf, `mentions`
    are its terms. `links` lead out of its folder, and `ids` are those of its pages that are not an item's, into which
    others may link. `record` is what a release records of it, of which `waiting` are new, and `doubts` are what speaks
    against its release.
    """

    id: str
    files: Mapping[str, bytes]
    items: int = 0
    entry: Entry | None = None
    mentions: tuple[Mention, ...] = ()
    searchable: Searchable = Searchable((), "")
    links: tuple[Link, ...] = ()
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    record: tuple[ReleasedAddress, ...] = ()
    waiting: int = 0
    doubts: tuple[Problem, ...] = ()

    def without_files(self) -> "FinishedFiles":
        """The same with the paths of its files alone, for those who need no more."""
        return replace(self, files=dict.fromkeys(self.files, b""))
