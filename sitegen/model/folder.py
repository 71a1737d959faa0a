"""A report's folder as it was written, before anything in it is numbered or proved."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sitegen.frontmatter.keys import FigureMatter, ReportMatter, TermsMatter
from sitegen.problems import Passage, Problem

Files = Mapping[str, bytes | Problem]
"""The files of a report's folder by name: their bytes, or why they cannot be read."""
Index = tuple[ReportMatter, Passage]
"""What index.md says of the report, and its body, the preamble."""


@dataclass(frozen=True)
class Document:
    """One Markdown file as loaded: its body, which knows its path, and what its front matter says of headings.

    `named` is the address that the file's name begins with, "" for index.md, which has no `heading` of its own.
    """

    named: str
    heading: Passage | None
    ids: Mapping[Passage, Passage]
    body: Passage
    figures: tuple[FigureMatter, ...] = ()
    no_figures: tuple[Passage, ...] = ()
    aliases: Mapping[Passage, Passage] = field(default_factory=dict)


@dataclass(frozen=True)
class Folder:
    """A report's folder as loaded; `source` are the lines of source.txt that belong to the report."""

    id: str
    matter: ReportMatter
    source: tuple[Passage, ...]
    index: Document
    sections: tuple[Document, ...]
    terms: TermsMatter | None = None
    released: tuple[Passage, ...] = ()

    @property
    def documents(self) -> tuple[Document, ...]:
        """All the Markdown files, index.md first."""
        return (self.index, *self.sections)
