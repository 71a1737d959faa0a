"""The figures of a report, from front matter, held against its words; and every number of the words against them.

A number is a run of Arabic digits, or of Chinese ones before a word for counting: 790, 12.5, 五 in 五个. That none is
forgotten is checked as soon as a report lists a figure, or declares a number that is none.
"""

import re
from collections.abc import Sequence

from sitegen.edition import Figure
from sitegen.model import Folder, Report, Words
from sitegen.numbering import read_han
from sitegen.place import Passage
from sitegen.problems import Problem, stop_at
from sitegen.schema import FigureMatter

_HAN = "一二三四五六七八九十百千万亿两"
_COUNTERS = "个项级名家件人年次户张所条种批场期倍成度"
NUMBER = re.compile(rf"\d+(?:[.,]\d+)*|(?<![第\d{_HAN}])[{_HAN}]+(?=[余多]?[{_COUNTERS}])")
"""A number in the report's words."""
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
            matter = next((each for each in waiting if _stands(each.value, passage, number)), None)
            covers = [each for each in declared if _covers(each, passage, number)]
            if matter:
                waiting.remove(matter)
                figures += _figure(f"{words.id}-f{len(figures) + 1}", words, matter, problems)
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


def _figure(id: str, words: Words, matter: FigureMatter, problems: list[Problem]) -> list[Figure]:
    found = re.fullmatch(
        rf"[近超约]?({NUMBER.pattern})[余多]?{re.escape(matter.unit)}(?:以上|以下|以内|左右)?", matter.value
    )
    digits = found[1].replace(",", "") if found else ""
    number = read_han(digits) if not digits.isdecimal() and "." not in digits else float(digits)
    if number is None:
        said = f'"{matter.value}" must be a number with its unit, here "{matter.unit}"'
        problems.append(Problem(matter.value.place, said))
        return []
    number = int(number) if number == int(number) else number
    share = matter.share is not None
    return [Figure(id, words, matter.value, number, matter.unit, matter.measures, share)]
