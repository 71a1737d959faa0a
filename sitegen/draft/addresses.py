"""Headings in their order → an address for each, all different, by hand where its label does not give it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sitegen.draft.headings import Heading
from sitegen.labels import ITEM_LEVEL, Label, address


@dataclass(frozen=True)
class GivenAddress:
    """The address of a heading, and whether front matter must give it."""

    id: str
    is_explicit: bool


@dataclass(frozen=True)
class Numbered:
    """The addresses, heading by heading; `continuous` where labels run on through the report."""

    addresses: tuple[GivenAddress, ...]
    continuous: bool


def number_headings(headings: Sequence[Heading]) -> Numbered:
    """Give each heading an address; where labels once run on, none may begin anew without an address by hand."""
    numbering = _Numbering(continuous=False)
    addresses = tuple(numbering.give(heading.label) for heading in headings)
    if numbering.ran_on:
        numbering = _Numbering(continuous=True)
        addresses = tuple(numbering.give(heading.label) for heading in headings)
    return Numbered(addresses, numbering.continuous)


class _Numbering:
    """Goes through the headings as the build does, and remembers how far each level has been counted."""

    def __init__(self, continuous: bool) -> None:
        self.continuous = continuous
        self.ran_on = False
        self.open: list[tuple[int, str]] = []  # level and address of the headings that a line stands in
        self.last: dict[tuple[str | None, int], int] = {}
        self.running: dict[int, int] = {}
        self.placed: dict[tuple[str | None, int], tuple[int, int]] = {}  # number and times of the address given last
        self.times: dict[tuple[str | None, int, int], int] = {}  # how often a number was met

    def give(self, label: Label) -> GivenAddress:
        above = [each for each in self.open if each[0] < label.level]
        parent = above[-1][1] if above else None
        follows = self.follows(label, parent)
        has_file = label.level < ITEM_LEVEL or parent is None
        id, is_by_label = (self.place if has_file else self.count)(label, parent)
        self.open = [*above, (label.level, id)]
        self.last[parent, label.level] = self.running[label.level] = label.number
        return GivenAddress(id, not (follows and is_by_label))

    def follows(self, label: Label, parent: str | None) -> bool:
        """Whether a label is the next one for the build: within its parent, or on through the report."""
        last, running = self.last.get((parent, label.level), 0), self.running.get(label.level, 0)
        if not last and label.number == running + 1 > 1 and label.level > 1:
            self.ran_on = True
        if self.continuous and (label.level == ITEM_LEVEL or label.number == running + 1):
            last = running
        return label.number == last + 1

    def place(self, label: Label, parent: str | None) -> tuple[str, bool]:
        """An address behind the one given last, for files stand in that order; and whether it is the label's own."""
        number, times = self.placed.get((parent, label.level), (0, 1))
        is_by_label = label.number > number
        number, times = (label.number, 1) if is_by_label else (number, times + 1)
        self.placed[parent, label.level] = number, times
        return address(parent, label.level, number) + suffix(times), is_by_label

    def count(self, label: Label, parent: str | None) -> tuple[str, bool]:
        """The label's own address, with letters from the second time on; and whether it has none."""
        key = (parent, label.level, label.number)
        times = self.times[key] = self.times.get(key, 0) + 1
        return address(parent, label.level, label.number) + suffix(times), times == 1


def suffix(times: int) -> str:
    """What tells the addresses of equal numbers apart, in order: nothing at the first, then b … z, zb … zz, zzbb ….

    The nth is given by how many `times` the number was met. Behind zz a letter says how many follow, so that it stays
    short.
    """
    if times == 1:
        return ""
    rounds, letter = divmod(times - 2, 25)
    if rounds < 2:
        return "z" * rounds + _letter(letter)
    number, letters = times - 52, ""
    while number or not letters:
        number, letter = divmod(number, 25)
        letters = _letter(letter) + letters
    return "zz" + _letter(len(letters) - 1) + letters


def _letter(number: int) -> str:
    """The letters in order, from b for 0 to z for 24."""
    return chr(ord("b") + number)
