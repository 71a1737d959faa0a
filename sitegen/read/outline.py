"""Blocks → a report in which every item has the address that its printed label gives it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sitegen.labels import ITEM_LEVEL, Label, address, citation, label_text, level_of, read_label
from sitegen.model.folder import Document, Folder
from sitegen.model.report import Item, Note, Paragraph, Report
from sitegen.problems import Passage, Place, Problem, stop_at
from sitegen.read.markdown import Block

_SHOWN = 12  # characters of a paragraph that a message quotes
_BY_HAND = "; if the report prints it so, give the heading an address in front matter, under ids"


def number(folder: Folder, parsed: Sequence[Sequence[Block]]) -> Report:
    """Number the blocks of a folder's documents, those of index.md first.

    Raises Mistakes for every label that cannot be read or is out of sequence, every equal address, every explicit id
    that fits no heading, and every heading or file in the wrong place.
    """
    outline = _Outline(folder.matter.numbering is not None)
    for document in folder.documents:
        for old, new in document.aliases.items():
            outline.aliases.setdefault(new, []).append(old)
    preamble = outline.read_preamble(parsed[0])
    for document, blocks in zip(folder.sections, parsed[1:], strict=True):
        outline.read_section(document, blocks)
    stop_at(outline.problems)
    items = _assemble(outline.drafts, None, outline.aliases)
    return Report(folder.id, folder.matter, folder.source, preamble, items)


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
    problems: list[Problem] = field(default_factory=list)
    aliases: dict[str, list[str]] = field(default_factory=dict)  # of an address, the ones whose place it took
    drafts: list[_Draft] = field(default_factory=list)
    open: list[_Draft] = field(default_factory=list)  # the items that a heading just read stands in
    last: dict[tuple[str | None, int], int] = field(default_factory=dict)  # number read last, by parent and level
    running: dict[int, int] = field(default_factory=dict)  # number read last, by level
    noted: Counter[str] = field(default_factory=Counter)  # notes read so far, by item
    lost: int | None = None  # the # of a heading that could not be read: what stands below it has no place

    def must(self, place: Place, message: str) -> None:
        self.problems.append(Problem(place, message))

    def read_preamble(self, blocks: Sequence[Block]) -> tuple[Paragraph, ...]:
        for block in blocks:
            if block.marks is not None:
                self.must(block.text.place, f'"{block.text}" must stand in a file of its own, beside index.md')
        paragraphs = [block for block in blocks if block.marks is None]
        return tuple(self.read_paragraph("s0", at, block) for at, block in enumerate(paragraphs, 1))

    def read_section(self, document: Document, blocks: Sequence[Block]) -> None:
        for block in blocks:
            if block.marks is not None and (self.lost is None or block.marks <= self.lost):
                self.read_heading(document, block.marks, block)
            elif block.marks is None and self.open:
                here = self.open[-1]
                here.paragraphs.append(self.read_paragraph(here.id, len(here.paragraphs) + 1, block))
        headings = {block.text for block in blocks if block.marks is not None}
        for heading in document.ids:
            if heading not in headings:
                self.must(heading.place, f'"{heading}" must be a heading of this file, as it stands there')

    def read_notes(self, id: str, block: Block) -> tuple[Note, ...]:
        """The notes to a text of the item at `id`; they are counted by item, and numbered through the report."""
        notes = []
        for footnote in block.footnotes:
            self.noted[id] += 1
            notes.append(Note(f"{id}-n{self.noted[id]}", self.noted.total(), footnote.at, footnote.text))
        return tuple(notes)

    def read_paragraph(self, id: str, at: int, block: Block) -> Paragraph:
        """A paragraph of the item at `id`, which must not be a heading that lost its # or the space behind them."""
        shown = f'"{block.text[:_SHOWN]}…"'
        if label := read_label(block.typed):
            marked = f"a heading, marked {'#' * (label.level - 1)}" if label.level > 1 else "the heading of a file"
            said = f"begins with a label, so it must be {marked}; to stay a paragraph it must begin with a backslash"
            self.must(block.text.place, f"{shown} {said}")
        elif re.match(r"#+[^#]", block.typed):
            self.must(block.text.place, f"{shown} must have a space behind its #, or begin with a backslash")
        address = f"{id}-p{at}"
        return Paragraph(address, block.text, self.read_notes(id, block), tuple(self.aliases.get(address, ())))

    def read_heading(self, document: Document, marks: int, block: Block) -> None:
        """Give a heading its address; inside a file # stands for （一）, ## for 1. and ### for （1）."""
        heading = block.text
        label, explicit = read_label(heading), document.ids.get(heading)
        if label is None and explicit is None:
            self.must(heading.place, f'"{heading}" must begin with a label such as 一、 （一） 1. or （1）{_BY_HAND}')
            self.lost = marks
            return
        level = label.level if label else level_of(explicit or "")
        if marks and level <= level_of(document.named):
            self.must(heading.place, f'"{heading}" must stand in a file of its own, as {label_text(level, 1)} does')
            self.lost = marks
            return
        if marks and marks != level - 1:
            said = f"must be marked {'#' * (level - 1)}, as every {label_text(level, 1)} is"
            self.must(heading.place, f'"{heading}" {said}')
        while self.open and self.open[-1].level >= level:
            self.open.pop()
        above = self.open[-1] if self.open else None
        parent = above.id if above else None
        id = explicit or address(parent, level, label.number if label else 0)
        same = next((draft.heading for draft in self.drafts if draft.id == id), None)
        like = address(parent, level, 1)
        if explicit and explicit.rpartition("-")[0] != like.rpartition("-")[0]:
            self.must(explicit.place, f'the id of "{heading}" must be one of its place in the report, such as {like}')
        elif same:
            said = f'"{heading}" must have an address of its own, but {id} is that of "{same}" in {same.place}'
            self.must(heading.place, said + _BY_HAND)
        elif label and not explicit and self.lost is None:
            self.check_sequence(label, heading, parent)
        if marks == 0 and document.named != id:
            self.must(
                Place(heading.place.path), f'must be named {id[1:]}-word.md, by the address of its heading "{heading}"'
            )
        if label and any(footnote.at < len(label.text) for footnote in block.footnotes):
            self.must(heading.place, f'the note to "{heading}" must be marked behind its label')
        if label and heading == label.text:
            self.must(heading.place, f'"{heading}" must have words behind its label')
        if label:
            self.last[parent, level] = self.running[level] = label.number
        self.lost = None
        number = citation(above.number if above else "", label)
        self.drafts.append(_Draft(id, label, number, heading, level, parent, self.read_notes(id, block)))
        self.open.append(self.drafts[-1])

    def check_sequence(self, label: Label, heading: Passage, parent: str | None) -> None:
        """A label is one more than the one before it at its level, within its parent.

        With `numbering: continuous`, on through the report: 1. always, （一） and （1） unless they begin again.
        """
        last, running = self.last.get((parent, label.level), 0), self.running.get(label.level, 0)
        if self.continuous and (label.level == ITEM_LEVEL or label.number == running + 1):
            last = running
        if label.number != last + 1:
            expected = label_text(label.level, last + 1)
            reason = f"after {label_text(label.level, last)}" if last else "the first of its level here"
            self.must(heading.place, f'the label of "{heading}" must be {expected} ({reason}){_BY_HAND}')


def _assemble(drafts: Sequence[_Draft], parent: str | None, aliases: Mapping[str, Sequence[str]]) -> tuple[Item, ...]:
    """The items directly below `parent`, with all below them."""
    return tuple(
        Item(
            id=draft.id,
            label=draft.label.text if draft.label else "",
            number=draft.number,
            title=draft.heading[len(draft.label.text) if draft.label else 0 :].strip().removesuffix("。"),
            heading=draft.heading,
            level=draft.level,
            parent=draft.parent,
            paragraphs=tuple(draft.paragraphs),
            children=_assemble(drafts, draft.id, aliases),
            notes=draft.notes,
            aliases=tuple(aliases.get(draft.id, ())),
        )
        for draft in drafts
        if draft.parent == parent
    )
