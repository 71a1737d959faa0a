"""The figures of a report, from front matter, held against its words; and every number of the words against them.

That no number is forgotten is checked as soon as a report lists a figure, or declares a number that is none.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sitegen.apparatus.numbers import IN_UNITS, NUMBER, value_of
from sitegen.frontmatter.keys import FigureMatter
from sitegen.model.edition import Figure
from sitegen.model.folder import Folder
from sitegen.model.report import Report, Words
from sitegen.problems import Passage, Problems

_VALUE = re.compile(rf"(?:近|约|逾|超过?)?({NUMBER.pattern})[余多]?([万亿]?)[余多]?(.*?)(?:以上|以下|以内|左右)?")
_LONGEST = 30  # characters of a figure's number: more are none that a report gives, and some thousand no program reads
_AROUND = 8  # characters that a message shows on each side of a number


def read_figures(folder: Folder, report: Report, problems: Problems) -> tuple[Figure, ...]:
    """The figures in the report's order.

    A figure's value must stand in the words of its item, as often as it is listed there, and every number of the
    report be in a figure's value or among words that are declared as no figure.
    """
    listed = [(document.path, matter) for document in folder.documents for matter in document.figures]
    by_item: dict[str, list[FigureMatter]] = {}
    for _, matter in listed:
        by_item.setdefault(matter.item, []).append(matter)
    declared = [words for document in folder.documents for words in document.no_figures]
    if not listed and not declared:
        return ()
    by_path = {document.path: document.no_figures for document in folder.documents}
    everywhere = folder.index.no_figures
    figures: list[Figure] = []
    used: set[Passage] = set()
    homes: dict[str, str] = {}
    for words in report.words:
        path = words.passages[0].place.path if words.passages else ""
        homes[words.id] = path
        no_figures = [*everywhere, *(by_path.get(path, ()) if path != folder.index.path else ())]
        matched = _match(words, by_item.get(words.id, ()), no_figures, problems)
        figures += _read_here(words, matched.matters, problems)
        used |= matched.used
    for path, matter in listed:
        if homes.get(matter.item) != path:
            message = f'"{matter.item}" must be the address of an item in this file'
            problems.must(matter.item.place, "figure-item", message)
    for passage in declared:
        if passage not in used:
            message = f'"{passage}" must stand in the text, with a number that no figure lists'
            problems.must(passage.place, "no-figure-used", message)
    return tuple(figures)


class _Matched(NamedTuple):
    """What stands at one address: the figures in the order of their numbers, and the declarations that are needed."""

    matters: tuple[FigureMatter, ...]
    used: frozenset[Passage]


def _match(
    words: Words, matters: Sequence[FigureMatter], no_figures: Sequence[Passage], problems: Problems
) -> _Matched:
    """Match every number of the words at one address with what lists or declares it."""
    waiting: dict[str, list[FigureMatter]] = {}  # by the number in the value
    for matter in matters:
        waiting.setdefault(_number(matter), []).append(matter)
    found: list[FigureMatter] = []
    used: set[Passage] = set()
    for passage in words.passages:
        for number in NUMBER.finditer(passage):
            same = waiting.get(number[0], [])
            standing = [matter for matter in same if _stands(matter.value, passage, number)]
            covering = [declared for declared in no_figures if _covers(declared, passage, number)]
            if standing:
                matter = max(standing, key=lambda matter: len(matter.value))
                same.remove(matter)
                found.append(matter)
            elif covering:
                used.update(covering)
            else:
                around = passage[max(0, number.start() - _AROUND) : number.end() + _AROUND]
                message = f'{number[0]} in "{around}" must be listed under figures, or declared under no_figures'
                problems.must(passage.place, "number-listed", message)
    left = {id(matter) for same in waiting.values() for matter in same}
    for matter in matters:
        if id(matter) in left:
            message = f'"{matter.value}" must stand in the words of {matter.item} as a number, as often as it is listed'
            problems.must(matter.value.place, "figure-there", message)
    return _Matched(tuple(found), frozenset(used))


def _number(matter: FigureMatter) -> str:
    """The number in a figure's value, "" where it has none."""
    own = NUMBER.search(matter.value)
    return own[0] if own else ""


def _stands(listed: str, passage: str, number: re.Match[str]) -> bool:
    """Whether a listed value stands in the passage so that its number is this one."""
    own = NUMBER.search(listed)
    if not own or own[0] != number[0] or own.start() > number.start():
        return False
    return passage.startswith(listed, number.start() - own.start())


def _covers(declared: str, passage: str, number: re.Match[str]) -> bool:
    """Whether the words `declared` stand in the passage around the number."""
    first = max(0, number.end() - len(declared))
    return passage.find(declared, first, number.start() + len(declared)) >= 0


def _read_here(words: Words, matters: Sequence[FigureMatter], problems: Problems) -> list[Figure]:
    """The figures at one address, each with an address of its own."""
    figures: list[Figure] = []
    for matter in matters:
        if figure := read_figure(f"{words.id}-f{len(figures) + 1}", words, matter, problems):
            figures.append(figure)
    return figures


def read_figure(id: str, words: Words, matter: FigureMatter, problems: Problems) -> Figure | None:
    """One figure; None when its value is not a number with its unit."""
    match = _VALUE.fullmatch(matter.value)
    if not match or matter.unit not in (match[3], matter.value[match.start(2) : match.end(3)]):
        message = f'"{matter.value}" must be a number with its unit, here "{matter.unit}"'
        problems.must(matter.value.place, "figure-value", message)
        return None
    if len(match[1]) > _LONGEST:
        message = f'"{matter.value[:_LONGEST]}…" must be a number of {_LONGEST} characters at most'
        problems.must(matter.value.place, "figure-value", message)
        return None
    number = value_of(match[1])
    if match[3] == matter.unit:  # counted in the plain unit: 5万多户 are 50,000 户
        number *= IN_UNITS.get(match[2], 1)
    share = matter.share is not None
    if share and not (matter.unit in "%％" and 0 <= number <= 100):
        message = f'"{matter.value}" must be in %, from 0 to 100, to be a share'
        problems.must(matter.value.place, "figure-share", message)
    magnitude = number * IN_UNITS.get(matter.unit[0], 1)
    return Figure(id, words, matter.value, number, matter.unit, matter.measures, share, magnitude)
