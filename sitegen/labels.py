"""Labels as printed ↔ numbers ↔ addresses; and numbers as readers type them → addresses.

| printed          | also read            | level | in an address | in a citation |
|------------------|----------------------|-------|---------------|---------------|
| 一、             | 第一部分             | 1     | s1            | 一            |
| （一）           | (一)                 | 2     | s1-1          | 一（一）      |
| 1.               | 1． １． 1、         | 3     | s1-1-1        | 一（一）1     |
| （1）            | (1) （１）           | 4     | s1-1-1-1      | 一（一）1（1） |

A level that is skipped is 0 in the address and absent from the citation: 1. directly under 一、 is s1-0-1 and 一1.
The levels are those of GB/T 9704-2012, 7.3.3.

| typed                          | read as                                     | means  |
|--------------------------------|---------------------------------------------|--------|
| 一（二）3   一、（二）3.       | a citation, or its labels in a row          | s1-2-3 |
| 第一部分第二节第3条            | the levels by name; level 4 is 款 or 点     | s1-2-3 |
| 1.2.3   1-2-3   s1-2-3         | the numbers of all levels, as in an address | s1-2-3 |

A level that is skipped is absent here too, but 0 in the third form: 一3, 第一部分第3条 and 1.0.3 are s1-0-3.
Full width, capital letters and white space make no difference. NUMBER_FORMS is this table for programs: find.js is
given it and reads numbers by it, so it keeps to what regular expressions mean alike in Python and in JavaScript.
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


HAN_NUMBERS = {_han(number): number for number in range(1, 100)}
"""The Chinese numbers that are read, from 1 on."""
_HAN = "[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_ARABIC = "[1-9][0-9]{0,2}"
_PRINTED = "[1-9１-９][0-9０-９]{0,2}"
_LABELS = (
    (1, re.compile(rf"({_HAN})、")),
    (1, re.compile(rf"第({_HAN})部分")),
    (2, re.compile(rf"[（(]({_HAN})[）)]")),
    (3, re.compile(rf"({_PRINTED})[.．、]")),
    (4, re.compile(rf"[（(]({_PRINTED})[）)]")),
)
LABEL = rf"(?:(?:{_HAN})、|第(?:{_HAN})部分|[（(](?:{_HAN})[）)]|{_PRINTED}[.．、](?![0-9０-９])|[（(]{_PRINTED}[）)])"
"""A label of any level, as part of a longer pattern."""
_EITHER, _OR_0 = f"{_HAN}|{_ARABIC}", f"0|{_ARABIC}"
NUMBER_FORMS = (
    rf"(?:({_HAN})、?)?(?:\(({_HAN})\))?(?:({_ARABIC})[.、]?)?(?:\(({_ARABIC})\))?[.、]?",
    rf"第({_EITHER})部分(?:第({_EITHER})节)?(?:第({_EITHER})[条项])?(?:第({_EITHER})[款点])?[.、]?",
    rf"s?({_OR_0})(?:[-.]({_OR_0}))?(?:[-.]({_OR_0}))?(?:[-.]({_OR_0}))?[.、]?",
)
"""The typed forms of the second table: each pattern fits a whole folded text, and its groups are levels 1 to 4."""
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
    for level, pattern in _LABELS:
        if match := pattern.match(heading):
            return Label(match[0], level, _value(match[1]))
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


def _value(number: str) -> int:
    """The value of a number in Chinese or Arabic."""
    return HAN_NUMBERS[number] if number in HAN_NUMBERS else int(number)
