"""Typed numbers → addresses, read in Python by the table that search.js is given: what its answers are held against."""

import re
import unicodedata
from collections.abc import Iterator

from sitegen.labels import HAN_NUMBERS, NUMBER_FORMS

_SPACE = re.compile(r"[\s\x1c-\x1f\x85\ufeff]+")  # what either Python or JavaScript takes for white space


def read_number(typed: str) -> str:
    """The address that a typed number means, "" where it is none.

    1 is read twice, as the citation of s0-0-1 and as the number of s1. This tells the first; search takes the first
    that its report has.
    """
    return next(_read_numbers(typed), "")


def _read_numbers(typed: str) -> Iterator[str]:
    """The address that each form reads; the function `addresses` of search.js does the same."""
    folded = _SPACE.sub("", unicodedata.normalize("NFKC", typed).lower())
    for form in NUMBER_FORMS:
        if match := re.fullmatch(form, folded):
            numbers = [_value(number) for number in match.groups()]
            while numbers and not numbers[-1]:
                numbers.pop()
            if numbers:
                yield "s" + "-".join(map(str, numbers))


def _value(number: str | None) -> int:
    if not number:
        return 0
    return HAN_NUMBERS[number] if number in HAN_NUMBERS else int(number)
