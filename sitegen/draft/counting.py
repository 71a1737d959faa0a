"""A number → how a Word document shows it in one of the forms of its lists (ST_NumberFormat of ECMA-376)."""

import re

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_COUNTED = re.compile("(?:chinese|taiwanese)Counting(?:Thousand)?|japaneseCounting")
_CIRCLED = frozenset(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"))
_STEMS = {"ideographTraditional": "甲乙丙丁戊己庚辛壬癸", "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥"}


def count_in(form: str, number: int) -> str:
    """A number in a form; in Arabic digits where the form is not known."""
    if form == "none":
        return ""
    if _COUNTED.fullmatch(form):
        return _counted(number, _DIGITS, "十百千")
    if form == "chineseLegalSimplified":
        return _counted(number, _FORMAL, "拾佰仟", short=False)
    if form == "ideographDigital":
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if form in _CIRCLED and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if form == "decimalEnclosedParen" and 1 <= number <= 20:
        return chr(ord("⑴") + number - 1)
    if form == "decimalEnclosedFullstop" and 1 <= number <= 20:
        return chr(ord("⒈") + number - 1)
    if form == "ideographEnclosedCircle" and 1 <= number <= 10:
        return chr(ord("㊀") + number - 1)
    if form in _STEMS and 1 <= number <= len(_STEMS[form]):
        return _STEMS[form][number - 1]
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    if form == "decimalZero":
        return f"{number:02}"
    return _in_letters(form, number)


def _in_letters(form: str, number: int) -> str:
    """A number as a letter, doubled behind z, or in Roman digits."""
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 780:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman") and 1 <= number < 4000:
        roman = ""
        for value, letters in _ROMAN:
            while number >= value:
                roman, number = roman + letters, number - value
        return roman if form == "lowerRoman" else roman.upper()
    return str(number)


def _counted(number: int, digits: str, ranks: str, short: bool = True) -> str:
    """A number up to 9,999 as it is counted in Chinese: 十二, 二十, 一百〇五; `short` drops the 一 of 十二."""
    if not 0 < number < 10_000:
        return str(number)
    text, gap = "", False
    for rank, digit in zip((3, 2, 1, 0), f"{number:04}", strict=True):
        if digit == "0":
            gap = bool(text)
            continue
        text += (digits[0] if gap else "") + digits[int(digit)] + (ranks[rank - 1] if rank else "")
        gap = False
    return text[1:] if short and 10 <= number < 20 else text
