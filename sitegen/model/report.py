"""A numbered report: its items, paragraphs and notes, each with its address."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sitegen.frontmatter.keys import ReportMatter
from sitegen.problems import Passage


@dataclass(frozen=True)
class Note:
    """An editor's note with its address, such as s1-2-3-n1, and its number in the report, from 1."""

    id: str
    number: int
    at: int
    text: Passage


@dataclass(frozen=True)
class Paragraph:
    """A paragraph and its address, such as s1-2-3-p1; `aliases` are others that lead to it."""

    id: str
    text: Passage
    notes: tuple[Note, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def pieces(self) -> Iterator[tuple[str, Note | None]]:
        """The text up to each note, with the note; then the rest."""
        return _pieces(self.text, self.notes, 0)


@dataclass(frozen=True)
class Words:
    """What stands directly at one address, labels left out; `item` is None for the title, at "", and the preamble.

    `addresses` are those of the passages: a heading's is its item's.
    """

    id: str
    item: "Item | None"
    addresses: tuple[str, ...]
    passages: tuple[Passage, ...]
    notes: tuple[Note, ...] = ()

    @property
    def text(self) -> str:
        """The passages, one behind the other."""
        return "".join(self.passages)

    @property
    def name(self) -> str:
        """What the item is called, "" for the title and the preamble."""
        return self.item.name if self.item else ""

    @property
    def page(self) -> str:
        """The file name of the page to read this on."""
        return self.item.page if self.item else "index.html"


@dataclass(frozen=True)
class Item:
    """A numbered item: its `heading` 3.加强备案审查。 is the `label` 3. and the `title` 加强备案审查.

    `number` is the citation form 一（二）3, "" where no label can be read; `level` is 1 for 一、 to 4 for （1）;
    `parent` is the address of the item above, None at the top; `notes` are those to the heading; `aliases` are
    other addresses that lead to it.
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
    notes: tuple[Note, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def pieces(self) -> Iterator[tuple[str, Note | None]]:
        """The heading behind its label, up to each note, with the note; then the rest."""
        return _pieces(self.heading, self.notes, len(self.label))

    @property
    def name(self) -> str:
        """What it is called: its number, or its title where no label can be read."""
        return self.number or self.title

    @property
    def entry(self) -> str:
        """How a list of places shows it: 3.加强备案审查."""
        return self.label + self.title

    @property
    def page(self) -> str:
        """The file name of the item's own page."""
        return f"{self.id}.html"

    @cached_property
    def words(self) -> Words:
        """What stands directly at the item's address."""
        title = Passage(self.heading[len(self.label) :], self.heading.place)
        notes = (*self.notes, *(note for paragraph in self.paragraphs for note in paragraph.notes))
        addresses = (self.id, *(paragraph.id for paragraph in self.paragraphs))
        return Words(self.id, self, addresses, (title, *(paragraph.text for paragraph in self.paragraphs)), notes)

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
    """A numbered report; `items` are its parts, with all below them inside.

    `source` are the captured lines that hold its words, `capture` all that were captured, empty ones too.
    `preamble_aliases` are other addresses that lead to the preamble as a whole, at s0.
    """

    id: str
    matter: ReportMatter
    source: tuple[Passage, ...]
    preamble: tuple[Paragraph, ...]
    items: tuple[Item, ...]
    preamble_aliases: tuple[str, ...] = ()
    capture: tuple[Passage, ...] = ()

    def walk(self) -> Iterator[Item]:
        """Every item, in the report's order."""
        for item in self.items:
            yield from item.walk()

    def passages(self) -> Iterator[Passage]:
        """All the words of the report, in its order."""
        if self.matter.title:
            yield self.matter.title
        yield from (paragraph.text for paragraph in self.preamble)
        for item in self.items:
            yield from item.passages()

    @cached_property
    def words(self) -> tuple[Words, ...]:
        """The words of the title, the preamble and every item, address by address."""
        notes = tuple(note for paragraph in self.preamble for note in paragraph.notes)
        addresses = tuple(paragraph.id for paragraph in self.preamble)
        title = Words("", None, ("",), (self.matter.title,))
        preamble = Words("s0", None, addresses, tuple(paragraph.text for paragraph in self.preamble), notes)
        return (title, preamble, *(item.words for item in self.walk()))

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """Every note, by its number."""
        return tuple(note for words in self.words for note in words.notes)

    @cached_property
    def by_address(self) -> Mapping[str, Item]:
        """Every item, by its address."""
        return {item.id: item for item in self.walk()}


def paragraph_of(address: str) -> str:
    """The address of the item whose paragraph an address is, s1-2 for s1-2-p3; "" for an item's own."""
    return address.rpartition("-p")[0]


def _pieces(text: str, notes: Sequence[Note], start: int) -> Iterator[tuple[str, Note | None]]:
    for note in notes:
        yield text[start : note.at], note
        start = note.at
    yield text[start:], None
