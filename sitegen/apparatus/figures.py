"""The figures of a report, from front matter, held against its words; and every number of the words against them.

A figure that does not say yet what it measures is a draft: it is held against the words as the others are, and not
published. That no number is forgotten is checked as soon as one of a report's figures says what it measures.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sitegen.apparatus.kinds import kind_of, measure_of
from sitegen.apparatus.numbers import IN_UNITS, NUMBER, value_of
from sitegen.frontmatter.keys import FigureMatter
from sitegen.model.edition import Figure
from sitegen.model.folder import Folder
from sitegen.model.report import Report, Words
from sitegen.problems import Passage, Problem, Problems

_VALUE = re.compile(rf"(?:近|约|逾|超过?)?({NUMBER.pattern})[余多]?([万亿]?)[余多]?(.*?)(?:以上|以下|以内|左右)?")
_LONGEST = 30  # characters of a figure's number: more are none that a report gives, and some thousand no program reads
_AROUND = 8  # characters that a message shows on each side of a number
_SHORT = 40  # characters of declared words for which it is cheap to look at all places around a number


class Figures(NamedTuple):
    """The figures that are published, in the report's order, and the values of those that are drafts."""

    published: tuple[Figure, ...] = ()
    drafted: tuple[Passage, ...] = ()


def read_figures(folder: Folder, report: Report, problems: Problems) -> Figures:
    """The figures of a report.

    A figure's value must stand in the words of its item, as often as it is listed there, and, where figures are
    published, every number of the report be in a figure's value or among words that are declared as no figure.
    """
    listed = [(document.path, matter) for document in folder.documents for matter in document.figures]
    declared = [words for document in folder.documents for words in document.no_figures]
    if not listed and not declared:
        return Figures()
    drafted = tuple(matter.value for _, matter in listed if not matter.measures)
    must_list_all = len(drafted) < len(listed)
    by_item: dict[str, list[FigureMatter]] = {}
    for _, matter in listed:
        by_item.setdefault(matter.item, []).append(matter)
    no_figures = {document.path: _Declared.of(document.no_figures) for document in folder.documents}
    anywhere = no_figures[folder.index.path]
    figures: list[Figure] = []
    used: set[str] = set()
    homes: dict[str, str] = {}
    for words in report.words:
        path = words.passages[0].place.path if words.passages else ""
        homes[words.id] = path
        here = (anywhere, no_figures.get(path, anywhere))
        matched = _match(words, by_item.get(words.id, ()), here, problems)
        if must_list_all:
            problems.add(matched.unlisted)
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
    return Figures(tuple(figures), drafted)


class _Declared(NamedTuple):
    """Words that are declared as no figure: short ones by their length, so that the text finds them, and the others."""

    short: Mapping[int, set[str]]
    long: Sequence[str]

    @classmethod
    def of(cls, no_figures: Iterable[str]) -> "_Declared":
        short: dict[int, set[str]] = {}
        for words in no_figures:
            short.setdefault(len(words), set()).add(words)
        long = [words for length in sorted(short) if length > _SHORT for words in short.pop(length)]
        return cls(short, long)

    def covering(self, passage: str, number: re.Match[str]) -> Iterator[str]:
        """Those that stand in the passage around the number."""
        for length, words_so_long in self.short.items():
            for first in range(max(0, number.end() - length), number.start() + 1):
                if (words := passage[first : first + length]) in words_so_long:
                    yield words
        for words in self.long:
            if passage.find(words, max(0, number.end() - len(words)), number.start() + len(words)) >= 0:
                yield words


class _Matched(NamedTuple):
    """What stands at one address.

    The figures in the order of their numbers, the declarations that are needed, and the numbers in neither.
    """

    matters: tuple[FigureMatter, ...]
    used: frozenset[str]
    unlisted: tuple[Problem, ...]


class _Found(NamedTuple):
    """A number in a passage, and the declarations that it stands in."""

    passage: Passage
    number: re.Match[str]
    covering: Sequence[str]


def _match(
    words: Words, matters: Iterable[FigureMatter], no_figures: Sequence[_Declared], problems: Problems
) -> _Matched:
    """Match every number of the words at one address with what lists or declares it.

    A figure is sought among the numbers that nothing declares first: three in 三个试点, not in the 三个真 before it.
    """
    waiting = _by_number(matters)
    numbers: list[_Found] = []
    for passage in words.passages:
        for number in NUMBER.finditer(passage):
            covering = [covering for declared in no_figures for covering in declared.covering(passage, number)]
            numbers.append(_Found(passage, number, covering))
    matched: dict[int, FigureMatter] = {}
    used: set[str] = set()
    unlisted = Problems()
    for at, found in sorted(enumerate(numbers), key=lambda each: bool(each[1].covering)):
        if matter := _take_standing(waiting.get(found.number[0], {}), found):
            matched[at] = matter
        elif found.covering:
            used.update(found.covering)
        else:
            start, end = found.number.span()
            around = found.passage[max(0, start - _AROUND) : end + _AROUND]
            message = f'{found.number[0]} in "{around}" must be listed under figures, or declared under no_figures'
            unlisted.must(found.passage.place, "number-listed", message)
    left = [matter for values in waiting.values() for same in values.values() for matter in same]
    for matter in sorted(left, key=lambda matter: matter.value.place.line or 0):
        message = f'"{matter.value}" must stand in the words of {matter.item} as a number, as often as it is listed'
        problems.must(matter.value.place, "figure-there", message)
    return _Matched(tuple(matched[at] for at in sorted(matched)), frozenset(used), tuple(unlisted.found))


def _by_number(matters: Iterable[FigureMatter]) -> dict[str, dict[str, deque[FigureMatter]]]:
    """Figures by the number in their value, "" where there is none, and by the value, in their order."""
    by_number: dict[str, dict[str, deque[FigureMatter]]] = {}
    for matter in matters:
        own = NUMBER.search(matter.value)
        by_number.setdefault(own[0] if own else "", {}).setdefault(matter.value, deque()).append(matter)
    return by_number


def _take_standing(values: dict[str, deque[FigureMatter]], found: _Found) -> FigureMatter | None:
    """The next figure with the longest of some values that stands around a number; it waits no longer."""
    standing = [value for value in values if _stands(value, found.passage, found.number)]
    if not standing:
        return None
    value = max(standing, key=len)
    matter = values[value].popleft()
    if not values[value]:
        del values[value]
    return matter


def _stands(listed: str, passage: str, number: re.Match[str]) -> bool:
    """Whether a listed value, whose number reads as this one does, stands in the passage around it."""
    own = NUMBER.search(listed)
    first = number.start() - own.start() if own else -1
    return first >= 0 and passage.startswith(listed, first)


def _read_here(words: Words, matters: Sequence[FigureMatter], problems: Problems) -> list[Figure]:
    """The figures at one address that are no drafts, each with an address of its own; the drafts are checked too."""
    figures: list[Figure] = []
    for matter in matters:
        figure = read_figure(f"{words.id}-f{len(figures) + 1}", words, matter, problems)
        if figure and figure.measures:
            figures.append(figure)
    return figures


def read_figure(id: str, words: Words, matter: FigureMatter, problems: Problems) -> Figure | None:
    """One figure; None when its value is not a number with its unit, or a number alone where no unit is given."""
    match = _VALUE.fullmatch(matter.value)
    unit = matter.unit or ""
    if not match or unit not in (match[3], matter.value[match.start(2) : match.end(3)]):
        meant = f'with its unit, here "{unit}"' if unit else 'alone, for no "unit" is given'
        message = f'"{matter.value}" must be a number {meant}'
        problems.must(matter.value.place, "figure-value", message)
        return None
    if len(match[1]) > _LONGEST:
        message = f'"{matter.value[:_LONGEST]}…" must be a number of {_LONGEST} characters at most'
        problems.must(matter.value.place, "figure-value", message)
        return None
    number = value_of(match[1])
    if match[3] == unit:  # counted in the plain unit: 5万多户 are 50,000 户
        number *= IN_UNITS.get(match[2], 1)
    share = matter.share is not None
    if share and not (unit in ("%", "％") and 0 <= number <= 100):
        message = f'"{matter.value}" must be in %, from 0 to 100, to be a share'
        problems.must(matter.value.place, "figure-share", message)
    magnitude = number * IN_UNITS.get(unit[:1], 1) * measure_of(unit)
    kind = kind_of(unit, share=share)
    return Figure(id, words, matter.value, number, unit, matter.measures or "", share, magnitude, kind)
