"""Blocks → a report in which every item has the address that its printed label gives it."""

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

from sitegen.labels import ITEM_LEVEL, Label, address, citation, label_text, level_of, read_label
from sitegen.model.folder import Document, Folder
from sitegen.model.report import Item, Note, Paragraph, Report, paragraph_of
from sitegen.problems import Passage, Place, Problems
from sitegen.read.markdown import Block

_SHOWN = 12  # characters of a paragraph that a message quotes
_BY_HAND = "; if the report prints it so, give the heading an address in front matter, under ids"


def number_items(folder: Folder, blocks: Sequence[Sequence[Block]], problems: Problems) -> Report | None:
    """Number the blocks of a folder's documents, those of index.md first; None when they cannot be.

    Told are every label that cannot be read or is out of sequence, every equal address, every explicit id that fits no
    heading, and every heading or file in the wrong place.
    """
    claimed = {old for document in folder.documents for old in document.aliases}
    outline = _Outline(folder.matter.numbering is not None, problems, _aliases(folder), claimed)
    preamble = outline.read_preamble(blocks[0])
    outline.files.update(document.address for document in folder.sections)
    for document, own_blocks in zip(folder.sections, blocks[1:], strict=True):
        outline.read_section(document, own_blocks)
    if problems.found:  # items may stand below themselves
        return None
    aliases = tuple(outline.aliases.get("s0", ()))
    items = outline.items(None)
    return Report(folder.id, folder.matter, folder.source, preamble, items, aliases, folder.capture)


def _aliases(folder: Folder) -> dict[str, list[str]]:
    """For each address by place the aliases that lead there."""
    aliases: dict[str, list[str]] = {}
    for document in folder.documents:
        for old, new in document.aliases.items():
            aliases.setdefault(new, []).append(old)
    return aliases


def _name_paragraph(place: str, aliases: Mapping[str, Sequence[str]], claimed: Container[str]) -> Sequence[str]:
    """The address of a paragraph, and others that lead to it, given the one that it has by its `place`.

    Where that is `claimed` as an alias, it leads to another paragraph for ever; then the paragraph is called by the
    first of its aliases that is one of this item's paragraphs, or else as its place with a letter: s1-2-3-p4b.
    """
    leading_here = aliases.get(place, ())
    if place not in claimed:
        return (place, *leading_here)
    item = paragraph_of(place)
    address = next((alias for alias in leading_here if paragraph_of(alias) == item), f"{place}b")
    return (address, *(alias for alias in leading_here if alias != address))


@dataclass(frozen=True)
class _Draft:
    """An item while those below it are not known yet."""

    id: str
    label: Label | None
    number: str
    heading: Passage
    level: int
    parent: str | None
    notes: tuple[Note, ...]
    paragraphs: list[Paragraph] = field(default_factory=list)


@dataclass
class _Outline:
    """The reading of a report from its first heading to its last."""

    continuous: bool
    problems: Problems
    aliases: Mapping[str, Sequence[str]]
    claimed: Container[str]  # the addresses that lead elsewhere than their place in the report would have them
    headings: dict[str, Passage] = field(default_factory=dict)  # by address
    below: dict[str | None, list[_Draft]] = field(default_factory=dict)  # the items directly below an address
    open: list[_Draft] = field(default_factory=list)  # the items that a heading just read stands in
    last: dict[tuple[str | None, int], int] = field(default_factory=dict)  # number read last, by parent and level
    running: dict[int, int] = field(default_factory=dict)  # number read last, by level
    notes: int = 0  # read so far
    notes_of: Counter[str] = field(default_factory=Counter)  # read so far, by item
    given: Counter[tuple[str, str]] = field(default_factory=Counter)  # addresses by hand so far, by file and heading
    files: set[str] = field(default_factory=set)  # the addresses that files are named by
    missing: set[str] = field(default_factory=set)  # those that a file below them should be named by
    lost: int | None = None  # the # of a heading that could not be read: what stands below it has no place

    def read_preamble(self, blocks: Sequence[Block]) -> tuple[Paragraph, ...]:
        for block in blocks:
            if block.marks is not None:
                message = f'"{block.text}" must stand in a file of its own, beside index.md'
                self.problems.must(block.text.place, "heading-place", message)
        paragraphs = [block for block in blocks if block.marks is None]
        return tuple(self.read_paragraph("s0", number, block) for number, block in enumerate(paragraphs, 1))

    def read_section(self, document: Document, blocks: Sequence[Block]) -> None:
        """Read a file, unless what it stands in is missing."""
        if not self.check_above(document):
            return
        for block in blocks:
            if block.marks is not None and (self.lost is None or block.marks <= self.lost):
                self.read_heading(document, block.marks, block)
            elif block.marks is None and self.open:
                item = self.open[-1]
                item.paragraphs.append(self.read_paragraph(item.id, len(item.paragraphs) + 1, block))
        headings = {block.text for block in blocks if block.marks is not None}
        for heading in document.ids:
            if heading not in headings:
                message = f'"{heading}" must be a heading of this file, as it stands there'
                self.problems.must(heading.place, "ids-used", message)

    def check_above(self, document: Document) -> bool:
        """Whether the item that a file's name says it stands in is there: in a file of its own or in one before it."""
        above = re.sub(r"(-0)+$", "", document.address.rpartition("-")[0])
        if above in ("", "s0", *self.files) or above in self.headings:
            return True
        if above not in self.missing:
            self.missing.add(above)
            message = f"must stand beside the file of what it is in, {above[1:]}-word.md, which is missing"
            self.problems.must(Place(document.path), "file-name", message)
        return False

    def read_notes(self, id: str, block: Block) -> tuple[Note, ...]:
        """The notes to a text of the item at `id`; they are counted by item, and numbered through the report."""
        notes = []
        for footnote in block.footnotes:
            self.notes += 1
            self.notes_of[id] += 1
            notes.append(Note(f"{id}-n{self.notes_of[id]}", self.notes, footnote.at, footnote.text))
        return tuple(notes)

    def read_paragraph(self, id: str, number: int, block: Block) -> Paragraph:
        """A paragraph of the item at `id`, which must not be a heading that lost its # or the space behind them."""
        if label := read_label(block.typed):
            form = f"a heading, marked {'#' * (label.level - 1)}" if label.level > 1 else "the heading of a file"
            message = f"begins with a label, so it must be {form}; to stay a paragraph it must begin with a backslash"
            self.problems.must(block.text.place, "heading-escaped", f'"{block.text[:_SHOWN]}…" {message}')
        elif re.match(r"#+[^#]", block.typed):
            message = "must have a space behind its #, or begin with a backslash"
            self.problems.must(block.text.place, "heading-escaped", f'"{block.text[:_SHOWN]}…" {message}')
        address, *aliases = _name_paragraph(f"{id}-p{number}", self.aliases, self.claimed)
        return Paragraph(address, block.text, self.read_notes(id, block), tuple(aliases))

    def read_heading(self, document: Document, marks: int, block: Block) -> None:
        """Give a heading its address; inside a file # stands for （一）, ## for 1. and ### for （1）."""
        heading = block.text
        label, explicit = read_label(heading), self.explicit_id(document, heading)
        level = self.read_level(document, marks, heading, label, explicit)
        if level is None:
            self.lost = marks
            return
        above = self.close(level)
        parent = above.id if above else None
        id = explicit or address(parent, level, label.number if label else 0)
        self.check_address(heading, explicit, id, address(parent, level, 1))
        self.check_sequence(heading, label, explicit, id, parent, is_file=not marks)
        self.check_file_name(document, marks, heading, id)
        self.check_words(block, label)
        self.remember(label, parent)
        number = citation(above.number if above else "", label)
        self.add(_Draft(id, label, number, heading, level, parent, self.read_notes(id, block)))

    def explicit_id(self, document: Document, heading: Passage) -> Passage | None:
        """The address that front matter gives a heading: of those for equal ones in a file, the next; None without."""
        given = document.ids.get(heading)
        if given is None:
            return None
        addresses = given.split()
        at = self.given[document.address, heading]
        self.given[document.address, heading] += 1
        return Passage(addresses[min(at, len(addresses) - 1)], given.place)

    def read_level(
        self, document: Document, marks: int, heading: Passage, label: Label | None, explicit: Passage | None
    ) -> int | None:
        """The level of a heading, from 1; None where it has no place here, so that nothing below it has either."""
        if label is None and explicit is None:
            message = f'"{heading}" must begin with a label such as 一、 （一） 1. or （1）{_BY_HAND}'
            self.problems.must(heading.place, "heading-label", message)
            return None
        level = label.level if label else level_of(explicit or "")
        if marks and level <= level_of(document.address):
            message = f'"{heading}" must stand in a file of its own, as {label_text(level, 1)} does'
            self.problems.must(heading.place, "heading-place", message)
            return None
        if marks and marks != level - 1:
            message = f'"{heading}" must be marked {"#" * (level - 1)}, as every {label_text(level, 1)} is'
            self.problems.must(heading.place, "heading-level", message)
        return level

    def close(self, level: int) -> _Draft | None:
        """Close the items that an item of `level` does not stand in; the one that it stands in, if any."""
        while self.open and self.open[-1].level >= level:
            self.open.pop()
        return self.open[-1] if self.open else None

    def check_address(self, heading: Passage, explicit: Passage | None, id: str, first_here: str) -> None:
        """An address is one of its place in the report, where the first is `first_here`, and belongs to one item."""
        if explicit and re.search(r"(?:s|-)0+$", explicit):
            message = (
                f'the id of "{heading}" must not end in 0, which stands for the preamble or a level that is skipped'
            )
            self.problems.must(explicit.place, "address-place", message)
        elif explicit and not _is_beside(explicit, first_here):
            message = f'the id of "{heading}" must be one of its place in the report, such as {first_here}'
            self.problems.must(explicit.place, "address-place", message)
        elif id in self.headings:
            same = self.headings[id]
            message = f'"{heading}" must have an address of its own, but {id} is that of "{same}" in {same.place}'
            self.problems.must(heading.place, "address-unique", message + _BY_HAND)

    def check_sequence(
        self,
        heading: Passage,
        label: Label | None,
        explicit: Passage | None,
        id: str,
        parent: str | None,
        is_file: bool,
    ) -> None:
        """A label is one more than the one before it at its level, within its parent.

        With `numbering: continuous`, on through the report: 1. always, （一） and （1） unless they begin again.
        """
        if label is None or explicit or id in self.headings or self.lost is not None or self.missing:
            return
        last, running = self.last.get((parent, label.level), 0), self.running.get(label.level, 0)
        if self.continuous and (label.level == ITEM_LEVEL or label.number == running + 1):
            last = running
        if label.number != last + 1:
            expected = label_text(label.level, last + 1)
            reason = f"after {label_text(label.level, last)}" if last else "the first of its level here"
            wanted = address(parent, label.level, last + 1)
            if is_file and label.number > last and wanted not in self.files:
                reason += f"; is its file, {wanted[1:]}-word.md, missing?"
            message = f'the label of "{heading}" must be {expected} ({reason}){_BY_HAND}'
            self.problems.must(heading.place, "label-sequence", message)

    def check_file_name(self, document: Document, marks: int, heading: Passage, id: str) -> None:
        """A file is named by the address of its own heading."""
        if marks == 0 and document.address != id:
            message = f'must be named {id[1:]}-word.md, by the address of its heading "{heading}"'
            self.problems.must(Place(document.path), "file-name", message)

    def check_words(self, block: Block, label: Label | None) -> None:
        """Behind its label a heading has words, and there its notes are marked."""
        if label is None:
            return
        heading = block.text
        if any(footnote.at < len(label.text) for footnote in block.footnotes):
            self.problems.must(heading.place, "note-form", f'the note to "{heading}" must be marked behind its label')
        if heading == label.text:
            self.problems.must(heading.place, "heading-words", f'"{heading}" must have words behind its label')

    def remember(self, label: Label | None, parent: str | None) -> None:
        """Remember a label, which the next one of its level must follow."""
        if label:
            self.last[parent, label.level] = self.running[label.level] = label.number
        self.lost = None

    def add(self, draft: _Draft) -> None:
        self.headings.setdefault(draft.id, draft.heading)
        self.below.setdefault(draft.parent, []).append(draft)
        self.open.append(draft)

    def items(self, parent: str | None) -> tuple[Item, ...]:
        """The items directly below `parent`, with all below them."""
        return tuple(self.item(draft) for draft in self.below.get(parent, ()))

    def item(self, draft: _Draft) -> Item:
        label = draft.label.text if draft.label else ""
        return Item(
            id=draft.id,
            label=label,
            number=draft.number,
            title=draft.heading[len(label) :].strip().removesuffix("。"),
            heading=draft.heading,
            level=draft.level,
            parent=draft.parent,
            paragraphs=tuple(draft.paragraphs),
            children=self.items(draft.id),
            notes=draft.notes,
            aliases=tuple(self.aliases.get(draft.id, ())),
        )


def _is_beside(address: str, other: str) -> bool:
    """Whether two addresses stand directly below the same one."""
    return address.rpartition("-")[0] == other.rpartition("-")[0]
