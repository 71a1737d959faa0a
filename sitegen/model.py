"""The data that pass between the stages of a build."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sitegen.place import Passage
from sitegen.schema import ReportMatter


@dataclass(frozen=True)
class Document:
    """One Markdown file as loaded: its body, which knows its path, and what its front matter says of headings.

    `named` is the address that the file's name begins with, "" for index.md, which has no `heading` of its own.
    """

    named: str
    heading: Passage | None
    ids: Mapping[Passage, Passage]
    body: Passage


@dataclass(frozen=True)
class Folder:
    """A report's folder as loaded; `source` are the lines of source.txt that belong to the report."""

    id: str
    matter: ReportMatter
    source: tuple[Passage, ...]
    index: Document
    sections: tuple[Document, ...]


@dataclass(frozen=True)
class Block:
    """A paragraph (`marks` is None) or a heading: `marks` is its number of #, 0 for a file's own.

    `typed` is the text as the editor typed it, with any backslashes.
    """

    marks: int | None
    text: Passage
    typed: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph and its address, such as s1-2-3-p1."""

    id: str
    text: Passage


@dataclass(frozen=True)
class Item:
    """A numbered item: its `heading` 3.加强备案审查。 is the `label` 3. and the `title` 加强备案审查.

    `number` is the citation form 一（二）3, "" where no label can be read; `level` is 1 for 一、 to 4 for （1）;
    `parent` is the address of the item above, None at the top.
    """

    id: str
    label: str
    number: str
    title: str
    heading: Passage
    level: int
    parent: str | None
    paragraphs: tuple[Paragraph, ...]
    children: tuple["Item", ...]

    @property
    def page(self) -> str:
        """The file name of the item's own page."""
        return f"{self.id}.html"

    def walk(self) -> Iterator["Item"]:
        """The item and all below it, in the report's order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def passages(self) -> Iterator[Passage]:
        """The words of the item and of all below it, in the report's order."""
        for item in self.walk():
            yield item.heading
            yield from (paragraph.text for paragraph in item.paragraphs)


@dataclass(frozen=True)
class Report:
    """A numbered report; `items` are its parts, with all below them inside."""

    id: str
    matter: ReportMatter
    source: tuple[Passage, ...]
    preamble: tuple[Paragraph, ...]
    items: tuple[Item, ...]

    def walk(self) -> Iterator[Item]:
        """Every item, in the report's order."""
        for item in self.items:
            yield from item.walk()

    def passages(self) -> Iterator[Passage]:
        """All the words of the report, in its order."""
        yield self.matter.title
        yield from (paragraph.text for paragraph in self.preamble)
        for item in self.items:
            yield from item.passages()


@dataclass(frozen=True)
class Page:
    """A rendered page; `passages` are the report's words that its article must hold, none on other pages."""

    path: str
    html: str
    passages: tuple[Passage, ...]
