"""The numbers in a text: which characters are one, and its value.

A number is a run of Arabic digits, or of Chinese ones before a word for counting: 790, 12.5, 五 in 五个.
"""

import re

HAN = "一二三四五六七八九十百千万亿两"
"""The Chinese digits and words of multiples that a number may consist of."""
_COUNTERS = "个项级名家件人年次户张所条种批场期倍成度天时起宗元篇台吨亩处日月周岁位套辆"
ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
"""A number in Arabic digits."""
_BEGIN = rf"(?<![第\d{HAN}])(?<![\d{HAN}][余多])"  # 万 in 30多万元 is no number of its own
NUMBER = re.compile(rf"{ARABIC}|{_BEGIN}[{HAN}]+(?=[余多]?[万亿]?小?[{_COUNTERS}]|分之)")
"""A number in the report's words."""
IN_UNITS = {"万": 10_000, "亿": 100_000_000}
"""What a word of multiples before a unit multiplies by: 万户 are 10,000 户."""
MULTIPLES = {"十": 10, "百": 100, "千": 1000, **IN_UNITS}
"""What any word of multiples multiplies by."""


def value_of(number: str) -> int | float:
    """The value of a number in Arabic digits, 1,234.5, or in Chinese ones, 一千二百."""
    if number[0].isdigit():
        digits = number.replace(",", "")
        return float(digits) if "." in digits else int(digits)
    for multiple in "亿万":
        before, mark, behind = number.rpartition(multiple)
        if mark:
            return (value_of(before) if before else 1) * MULTIPLES[multiple] + (value_of(behind) if behind else 0)
    total = digit = 0
    for character in number:
        if character in MULTIPLES:
            total, digit = total + (digit or 1) * MULTIPLES[character], 0
        else:
            digit = 2 if character == "两" else HAN.index(character) + 1
    return total + digit
