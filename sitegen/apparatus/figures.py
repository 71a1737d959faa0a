"""The figures of a report, from front matter, held against its words; and every number of the words against them.

A number is a run of Arabic digits, or of Chinese ones before a word for counting: 790, 12.5, 五 in 五个. That none is
forgotten is checked as soon as a report lists a figure, or declares a number that is none.
"""

import re
from collections.abc import Sequence

from sitegen.frontmatter.keys import FigureMatter
from sitegen.model.edition import Figure
from sitegen.model.folder import Folder
from sitegen.model.report import Report, Words
from sitegen.problems import Passage, Problem, stop_at

_HAN = "一二三四五六七八九十百千万亿两"
_COUNTERS = "个项级名家件人年次户张所条种批场期倍成度天时起宗元篇台吨亩处日月周岁位套辆"
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
NUMBER = re.compile(rf"{_ARABIC}|(?<![第\d{_HAN}])[{_HAN}]+(?=[余多]?小?[{_COUNTERS}]|分之)")
"""A number in the report's words."""
_VALUE = re.compile(rf"(?:近|约|逾|超过?)?({NUMBER.pattern})[余多]?([万亿]?)[余多]?(.*?)(?:以上|以下|以内|左右)?")
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_AROUND = 8  # characters that a message shows on each side of a number


def read_figures(folder: Folder, report: Report) -> tuple[Figure, ...]:
    """The figures in the report's order; raises Mistakes.

    A figure's value must stand in the words of its item, as often as it is listed there, and every number of the
    report be in a figure's value or among words that are declared as no figure.
    """
    listed = [(document, matter) for document in folder.documents for matter in document.figures]
    declared = [words for document in folder.documents for words in document.no_figures]
    if not listed and not declared:
        return ()
    problems: list[Problem] = []
    figures: list[Figure] = []
    used: set[Passage] = set()
    homes: dict[str, str] = {}
    for words in report.words():
        path = words.passages[0].place.path if words.passages else ""
        homes[words.id] = path
        waiting = [matter for _, matter in listed if matter.item == words.id]
        here = [each for each in declared if each.place.path in (path, folder.index.body.place.path)]
        figures += _read(words, waiting, here, used, problems)
    for document, matter in listed:
        if homes.get(matter.item) != document.body.place.path:
            problems.append(Problem(matter.item.place, f'"{matter.item}" must be the address of an item in this file'))
    for each in declared:
        if each not in used:
            problems.append(Problem(each.place, f'"{each}" must stand in the text, with a number that no figure lists'))
    stop_at(problems)
    return tuple(figures)


def _read(
    words: Words,
    waiting: list[FigureMatter],
    declared: Sequence[Passage],
    used: set[Passage],
    problems: list[Problem],
) -> list[Figure]:
    """The figures among the words at one address; `used` takes up what is needed of `declared`."""
    figures: list[Figure] = []
    for passage in words.passages:
        for number in NUMBER.finditer(passage):
            standing = [each for each in waiting if _stands(each.value, passage, number)]
            matter = max(standing, key=lambda each: len(each.value), default=None)
            covers = [each for each in declared if _covers(each, passage, number)]
            if matter:
                waiting.remove(matter)
                figures += read_figure(f"{words.id}-f{len(figures) + 1}", words, matter, problems)
            elif covers:
                used.update(covers)
            else:
                around = passage[max(0, number.start() - _AROUND) : number.end() + _AROUND]
                said = f'{number[0]} in "{around}" must be listed under figures, or declared under no_figures'
                problems.append(Problem(passage.place, said))
    for matter in waiting:
        said = f'"{matter.value}" must stand in the words of {matter.item} as a number, as often as it is listed'
        problems.append(Problem(matter.value.place, said))
    return figures


def _stands(value: str, passage: str, number: re.Match[str]) -> bool:
    """Whether `value` stands in the passage so that its number is this one."""
    own = NUMBER.search(value)
    if not own or own[0] != number[0] or own.start() > number.start():
        return False
    return passage.startswith(value, number.start() - own.start())


def _covers(declared: str, passage: str, number: re.Match[str]) -> bool:
    """Whether the words `declared` stand in the passage around the number."""
    first = max(0, number.end() - len(declared))
    return passage.find(declared, first, number.start() + len(declared)) >= 0


def read_figure(id: str, words: Words, matter: FigureMatter, problems: list[Problem]) -> list[Figure]:
    """One figure; none, and a problem noted, when its value is not a number with its unit."""
    found = _VALUE.fullmatch(matter.value)
    share = matter.share is not None
    if not found or matter.unit not in (found[3], matter.value[found.start(2) : found.end(3)]):
        said = f'"{matter.value}" must be a number with its unit, here "{matter.unit}"'
        problems.append(Problem(matter.value.place, said))
        return []
    number = _amount(found[1]) * (_UNITS.get(found[2], 1) if found[3] == matter.unit else 1)
    if share and not (matter.unit in "%％" and 0 <= number <= 100):
        problems.append(Problem(matter.value.place, f'"{matter.value}" must be in %, from 0 to 100, to be a share'))
    return [Figure(id, words, matter.value, number, matter.unit, matter.measures, share)]


def _amount(text: str) -> int | float:
    """The number that is written in Arabic digits, 1,234.5, or in Chinese ones, 一千二百."""
    if text[0].isdigit():
        plain = text.replace(",", "")
        return float(plain) if "." in plain else int(plain)
    for unit in "亿万":
        before, found, behind = text.rpartition(unit)
        if found:
            return (_amount(before) if before else 1) * _UNITS[unit] + (_amount(behind) if behind else 0)
    total = digit = 0
    for one in text:
        if one in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[one], 0
        else:
            digit = 2 if one == "两" else _HAN.index(one) + 1
    return total + digit
