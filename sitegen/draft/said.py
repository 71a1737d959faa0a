"""What a capture tells of its report: the year, who issued it, when it was published."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sitegen.draft.file_text import PageData
from sitegen.draft.lines import Line
from sitegen.labels import HAN_NUMBERS

_YEAR = re.compile(r"(?<![\d〔\[])((?:19|20)\d\d)(?!\d)")
_YEAR_OF_WORDS = re.compile(r"(?<![\d〔\[])((?:19|20)\d\d)(?=年)")
_HAN_YEAR = re.compile("(?:[一二][九〇○零])[〇○零一二三四五六七八九]{2}(?=年)")
_ISSUER = re.compile(
    r"(?:发文机关|发文机构|发文单位|发布机构|发布单位|公开机构)[：:]?\s*([\u4e00-\u9fff（）]{3,30})(?=\s|$)"
)
_BODY_OF_TITLE = re.compile(
    r"([\u4e00-\u9fff]{2,24}?(?:人民政府|政府办公室|局|委员会|法院|检察院|办公室))(?:关于|(?:19|20)\d\d)"
)
_PUBLISHED = re.compile(
    r"(?:发布时间|发布日期|发文日期|公开日期|时间|日期)[】\]]?[：:]?\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})"
)
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")


@dataclass(frozen=True)
class Said:
    """A value, "" where nothing is told, and whether an editor need not look at it."""

    value: str
    is_sure: bool


def find_year(title: str, words: Sequence[str], name: str) -> Said:
    """The year that a report is about: that of its title, unless the folder's name says another, or of its first words.

    Where neither tells one, that of the folder's name.
    """
    named = _YEAR.search(name)
    if found := _YEAR.search(title):
        return Said(found[1], not named or named[1] == found[1])
    if han := _HAN_YEAR.search(title):
        year = _arabic(han[0])
        return Said(year, not named or named[1] == year)
    for text in words[:10]:
        if found := _YEAR_OF_WORDS.search(text):
            return Said(found[1], False)
    return Said(named[1] if named else "0000", False)


def find_issuer(page: PageData, lines: Sequence[Line], title: str) -> Said:
    """Who issued a report: as a table of the page says, or its title; else where the page has it from."""
    for line in lines:
        if found := _ISSUER.search(line.text):
            return Said(found[1], True)
    if found := _BODY_OF_TITLE.match(title):
        return Said(found[1], True)
    return Said(page.issuer, False)


def find_published(page: PageData, lines: Sequence[Line], year: str) -> Said:
    """When a report about a year was published, as 2022-03-28: as readers of the page see it, or else as its data say.

    An editor need not look at the day where these agree, or only one is told, and it is not before that year.
    """
    texts = [match[0] for line in lines if (match := _PUBLISHED.search(line.text))]
    days = [day for text in (*texts, page.published) if (day := _day(text))]
    may_be = [day for day in days if day[:4] >= year]
    if not may_be:
        return Said("", False)
    return Said(may_be[0], len(set(days)) == 1)


def _day(text: str) -> str:
    """The day that a text tells, as 2022-03-28; "" where it tells none."""
    found = _DATE.search(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat() if found else ""
    except ValueError:
        return ""


def _arabic(year: str) -> str:
    digits = {digit: str(number) for digit, number in HAN_NUMBERS.items() if number < 10}
    return "".join(digits.get(digit, "0") for digit in year)
