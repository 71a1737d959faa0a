"""The words at one address of a draft → the numbers in them, as an editor lists them in front matter.

A number with a unit is drafted as a figure. Years, dates, ranges, numbers in names and in short quotations, 一 and 万
before a word for counting, and what has no unit are drafted as none. The editor decides: a figure counts once she has
said what it measures.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sitegen.apparatus.figures import read_figure
from sitegen.apparatus.kinds import UNIT
from sitegen.apparatus.numbers import ARABIC, HAN, NUMBER
from sitegen.frontmatter.keys import FigureMatter
from sitegen.model.report import Words
from sitegen.problems import Passage, Place, Problems

_YEAR = r"(?:19|20|１９|２０)\d\d"
_HAN_YEAR = "[一二][九〇○零][〇○零一二三四五六七八九]{2}年度?"
_ARABIC = rf"(?<!\d)(?>{ARABIC})"  # the whole of it: no 1 of 1,426
_JOINT = r"(?:[．.:：/+＋×~～至到—–-]|，(?=\d{3}(?!\d)))"  # of digits that are no one number to a build: 1，286户, 9:30
_NO_FIGURE = re.compile(
    "|".join(
        (
            r"“[^“”]{1,12}”",  # “三个真”
            r"《[^《》]{1,40}》",
            rf"[〔［\[（(【]{_YEAR}[〕］\]）)】](?:第?\d{{1,9}}号)?",  # 〔2021〕7号
            rf"(?<!\d){_YEAR} *[-—–－~～至到] *{_YEAR}(?: *年)?",  # 2021-2025年
            rf"(?<!\d){_YEAR} *年度?(?: *\d\d? *月(?: *\d\d? *日)?)?",  # 2022年3月28日
            rf"(?<![\d{HAN}.])(?:\d\d?|[{HAN}]{{1,3}}) *月(?: *(?:\d\d?|[{HAN}]{{1,3}}) *日)?",  # 3月28日
            r"第 *\d{1,9}[^\s，。；：、]?",
            r"\d{1,9} *号[^\s，。；：、]?",
            r"\w{0,2}\d{1,4} *周年",
            rf"{_HAN_YEAR}",
            rf"百分之[{HAN}]{{1,9}}",
            rf"[{HAN}]{{1,9}}分之[{HAN}]{{1,9}}",
            rf"[{HAN}]{{1,3}}[至到][{HAN}]{{1,3}}[^\s，。；：、]?",  # 三至五年
            r"[\dA-Za-z+./·-]{0,20}[A-Za-z+/·][\dA-Za-z+./·-]{0,20}",  # 5G, 1+3+N, 3·15
            rf"{_ARABIC}(?:{_JOINT}{_ARABIC})+[^\s，。；：、]?",
            r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)[^\s，。；：、]?",  # 1 286件
        )
    )
)
_MARKS = "“”《》"  # which are no part of the words that are quoted
_BEFORE = re.compile("(?:近|约|逾|超过?)$")
_ALONE = re.compile(r"一|[百千万亿]+")  # 一次, 每万人, which count where something rounds them: 近百名, 千余人
_NO_COUNT = re.compile(rf"[{HAN}]*[一二三四五六七八九两]{{2}}[{HAN}]*")  # 十四五期间, 两三个
_UNREAD_BEFORE = ("数", "几", "〇", "零", "○")  # 数十个, 一百〇五件: the rest of them is no number to a build
_COUNTED = re.compile(
    rf"[余多]?(?P<unit>[万亿]?(?:[余多](?P<plain>{UNIT.pattern})|{UNIT.pattern}))(?:以上|以下|以内|左右)?"
)
_NEXT = re.compile(r"[^\s，。；：、！？“”《》（）()]{0,2}")
_CLAUSE_END = re.compile("[，。；：！？]")
_SHOWN = 12  # characters before a number, and behind it, that help to say what it measures


@dataclass(frozen=True)
class DraftedFigure:
    """A number that may be a figure: its value with its unit, "" for none, and the words that it stands in."""

    item: str
    value: str
    unit: str
    clause: str


@dataclass
class Numbers:
    """The numbers of a file: those that may be figures, and words that hold those that are none, each once."""

    figures: list[DraftedFigure] = field(default_factory=list)
    no_figures: list[str] = field(default_factory=list)


def list_numbers(addresses: Iterable[tuple[str, Sequence[str]]], known: Sequence[str] = ()) -> Numbers:
    """The numbers in the passages at some addresses; words that are `known` to hold none are not listed again.

    An address "" is that of the report's title, where nothing is a figure.
    """
    numbers = Numbers()
    for item, passages in addresses:
        for passage in passages:
            _list_here(item, passage, numbers)
    numbers.no_figures = [words for words in dict.fromkeys(numbers.no_figures) if words not in known]
    return numbers


def _list_here(item: str, passage: str, numbers: Numbers) -> None:
    """Add the numbers of a passage to those of its file."""
    names = list(_NO_FIGURE.finditer(passage))
    starts = [name.start() for name in names]
    for number in NUMBER.finditer(passage):
        at = bisect_right(starts, number.start())
        name = names[at - 1] if at and number.end() <= names[at - 1].end() else None
        figure = _read_figure(item, passage, number) if item and not name else None
        if figure:
            numbers.figures.append(figure)
        else:
            numbers.no_figures.append(_words_of(name, number, passage))


def _read_figure(item: str, passage: str, number: re.Match[str]) -> DraftedFigure | None:
    """A number with its unit as a figure; None where no unit is known, or where the build would not take it."""
    counted = _COUNTED.match(passage, number.end())
    if not counted:
        return None
    before = _BEFORE.search(passage[max(0, number.start() - 2) : number.start()])
    is_rounded = before is not None or counted[0][0] in "余多"
    if (_ALONE.fullmatch(number[0]) and not is_rounded) or _NO_COUNT.fullmatch(number[0]):
        return None
    if passage.endswith(_UNREAD_BEFORE, 0, number.start()):
        return None
    start, end = number.start() - (len(before[0]) if before else 0), counted.end()
    value, unit = passage[start:end], counted["plain"] or counted["unit"]
    own = NUMBER.search(value)
    if not own or own[0] != number[0] or not _is_read(value, unit):
        return None
    behind = _CLAUSE_END.split(passage[end : end + _SHOWN])[0]
    clause = _CLAUSE_END.split(passage[max(0, start - _SHOWN) : start])[-1] + value + behind
    return DraftedFigure(item, value, unit, clause)


def _is_read(value: str, unit: str) -> bool:
    """Whether a build would take a value with its unit."""
    nowhere = Place("")
    matter = FigureMatter(Passage(value, nowhere), None, Passage("s1", nowhere), Passage(unit, nowhere))
    return read_figure("", Words("", None, (), ()), matter, Problems()) is not None


def _words_of(name: re.Match[str] | None, number: re.Match[str], passage: str) -> str:
    """The words that tell that a number is no figure: the name that it stands in, or what comes next."""
    if name:
        return name[0].strip(_MARKS).strip()
    behind = _NEXT.match(passage, number.end())
    return number[0] + (behind[0] if behind else "")
