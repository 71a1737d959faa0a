"""A report's folder as it was written, before anything in it is numbered or proved."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sitegen.frontmatter.keys import FigureMatter, ReportMatter, TermsMatter
from sitegen.model.record import ReleasedAddress
from sitegen.problems import Passage

Files = Mapping[str, bytes | None]
"""The files of a report's folder that are meant for the build, by name; None for one that could not be read."""


@dataclass(frozen=True)
class Index:
    """What index.md holds: the front matter about the report, and its preamble."""

    matter: ReportMatter
    preamble: Passage


@dataclass(frozen=True)
class Document:
    """One Markdown file as read: its body, which knows its path, and what its front matter says of headings.

    `address` is the one that the file's name begins with, "" for index.md, which has no `heading` of its own.
    """

    address: str
    heading: Passage | None
    ids: Mapping[Passage, Passage]
    body: Passage
    figures: tuple[FigureMatter, ...] = ()
    no_figures: tuple[Passage, ...] = ()
    aliases: Mapping[Passage, Passage] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The path of the file."""
        return self.body.place.path


@dataclass(frozen=True)
class Folder:
    """A report's folder as read; `source` are the lines of source.txt that belong to the report.

    `capture` are all its lines, empty ones too, each without its end.
    `released` are those addresses of the report that the record holds.
    """

    id: str
    matter: ReportMatter
    source: tuple[Passage, ...]
    index: Document
    sections: tuple[Document, ...]
    terms: TermsMatter | None = None
    released: tuple[ReleasedAddress, ...] = ()
    capture: tuple[Passage, ...] = ()

    @property
    def documents(self) -> tuple[Document, ...]:
        """All the Markdown files, index.md first."""
        return (self.index, *self.sections)
