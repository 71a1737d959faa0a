"""Labels as printed ↔ numbers ↔ addresses.

| printed          | also read            | level | in an address | in a citation |
|------------------|----------------------|-------|---------------|---------------|
| 一、             | –                    | 1     | s1            | 一            |
| （一）           | (一)                 | 2     | s1-1          | 一（一）      |
| 1.               | 1． １． 1、         | 3     | s1-1-1        | 一（一）1     |
| （1）            | (1) （１）           | 4     | s1-1-1-1      | 一（一）1（1） |

A level that is skipped is 0 in the address and absent from the citation: 1. directly under 一、 is s1-0-1 and 一1.
The levels are those of GB/T 9704-2012, 7.3.3.
"""

import re
from dataclasses import dataclass

_DIGITS: list[str] = ["", *"一二三四五六七八九"]


def _han(number: int) -> str:
    """1 to 100 in Chinese: 12 is 十二, 20 is 二十."""
    if number == 100:
        return "一百"
    tens, ones = divmod(number, 10)
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + _DIGITS[ones]


_NUMBERS = {_han(number): number for number in range(1, 100)}
_ARABIC = "[1-9１-９][0-9０-９]{0,2}"
_LABELS = (
    re.compile(r"([一二三四五六七八九十]+)、"),
    re.compile(r"[（(]([一二三四五六七八九十]+)[）)]"),
    re.compile(rf"({_ARABIC})[.．、]"),
    re.compile(rf"[（(]({_ARABIC})[）)]"),
)
ITEM_LEVEL = 3
"""The level of 1., whose labels run on through some reports."""


@dataclass(frozen=True)
class Label:
    """A label as printed, its level from 1 to 4 and its number."""

    text: str
    level: int
    number: int


def read_label(heading: str) -> Label | None:
    """The label that a heading begins with, None where none of the table's can be read."""
    for level, pattern in enumerate(_LABELS, 1):
        if found := pattern.match(heading):
            number = _NUMBERS.get(found[1], 0) if level < 3 else int(found[1])
            return Label(found[0], level, number) if number else None
    return None


def label_text(level: int, number: int) -> str:
    """The label of a level in the form of the table's first column: the third of level 2 is （三）."""
    printed = _han(number) if level < 3 else str(number)
    return (f"{printed}、", f"（{printed}）", f"{printed}.", f"（{printed}）")[level - 1]


def citation(above: str, label: Label | None) -> str:
    """The citation form of an item below the one cited as `above`: 一（二） and 3. make 一（二）3; "" with no label."""
    return above + label_text(label.level, label.number).rstrip("、.") if label else ""


def address(above: str | None, level: int, number: int) -> str:
    """The address of an item of `level` below the item at `above`: s1 and the first item of level 3 make s1-0-1."""
    numbers = above[1:].split("-") if above else []
    skipped = ["0"] * (level - 1 - len(numbers))
    return "s" + "-".join([*numbers, *skipped, str(number)])


def level_of(address: str) -> int:
    """The level of the item at an address: 3 for s1-2-3."""
    return address.count("-") + 1
