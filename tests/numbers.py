"""What is typed, folded and read in Python as find.js does it in a browser: what its answers are held against."""

import re
import unicodedata
from collections.abc import Iterator

from sitegen.labels import HAN_NUMBERS, NUMBER_FORMS

_SPACE = re.compile(r"[\s\x1c-\x1f\x85\ufeff]+")  # what either Python or JavaScript takes for white space
_QUOTES = "\"'«»‘’‚‛“”„‟‹›⹂「」『』〝〞〟﹁﹂﹃﹄＂＇｢｣"  # Unicode's property Quotation_Mark, in PropList.txt


def fold(text: str) -> str:
    """The form in which what is typed and what is looked through are compared."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKC", text).lower() if unicodedata.category(sign) != "Cf")
    return re.sub(f"[{_QUOTES}]", '"', _SPACE.sub("", bare))


def read_number(typed: str) -> str:
    """The address that a typed number means, "" where it is none.

    1 is read twice, as the citation of s0-0-1 and as the number of s1. This tells the first; search takes the first
    that its report has.
    """
    return next(_read_numbers(typed), "")


def _read_numbers(typed: str) -> Iterator[str]:
    """The address that each form reads; the function `addresses` of find.js does the same."""
    folded = fold(typed)
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
