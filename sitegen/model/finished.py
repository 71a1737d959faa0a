"""What passes between the stages that make a report's finished files: what there is to do, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from jinja2 import Environment

from sitegen.frontmatter.keys import Site
from sitegen.model.folder import Files, Index
from sitegen.model.page import Link
from sitegen.model.shelf import Mention, Near


@dataclass(frozen=True)
class Press:
    """What all reports of a build are rendered with; `shared` tells whether there is more than one.

    Two are equal when the `sources` of their templates are.
    """

    site: Site
    sources: Mapping[str, bytes]
    templates: Environment = field(compare=False)
    shared: bool


@dataclass(frozen=True)
class Job:
    """A report to bind: the files of its folder, what its index.md holds, and the reports of the years beside it."""

    name: str
    files: Files
    index: Index | None
    near: Near


@dataclass(frozen=True)
class Volume:
    """A finished part of the site: a report's, or with the id "" what stands beside the reports.

    `files` are its files by path, and `items` counts the report's items. `entry` is its entry on the shelf, `about`
    what that tells search engines; `mentions` are its terms. `links` lead out of its folder, and `ids` are those of its
    pages that are not an item's, into which others may link. `released` and `waiting` are its edition's.
    """

    id: str
    files: Mapping[str, bytes]
    items: int = 0
    entry: str = ""
    about: Mapping[str, object] = field(default_factory=dict)
    mentions: tuple[Mention, ...] = ()
    links: tuple[Link, ...] = ()
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    released: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()

    def without_files(self) -> "Volume":
        """The same with the paths of its files alone, for those who need no more."""
        return replace(self, files=dict.fromkeys(self.files, b""))
