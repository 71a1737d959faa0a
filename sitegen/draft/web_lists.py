"""A web page's ordered lists → the numbers that a browser makes for their items, put before the items' words.

They stand in no text of the page: it says `<ol>`, and the browser counts. Forms are those of CSS Counter Styles; which
one a list has is told by the page's own elements, not by style sheets, so an editor is to look at the numbers.
"""

import re
from collections.abc import Iterator, Sequence
from string import ascii_lowercase, ascii_uppercase

from lxml import etree

from sitegen.draft.chrome import begins_foot, is_chrome
from sitegen.draft.counting import count_in
from sitegen.labels import LABEL

_LISTS = ("ol", "ul", "menu", "dir")
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_FORMS = {
    "decimal-leading-zero": ("decimalZero", "."),
    "lower-roman": ("lowerRoman", "."),
    "upper-roman": ("upperRoman", "."),
    **dict.fromkeys(("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal"), ("chineseCounting", "、")),
    "simp-chinese-formal": ("chineseLegalSimplified", "、"),
    "cjk-decimal": ("ideographDigital", "、"),
    "cjk-heavenly-stem": ("ideographTraditional", "、"),
    "cjk-earthly-branch": ("ideographZodiac", "、"),
}
_ALPHABETS = {
    **dict.fromkeys(("lower-alpha", "lower-latin"), ascii_lowercase),
    **dict.fromkeys(("upper-alpha", "upper-latin"), ascii_uppercase),
}
_MARKS = frozenset(("none", "disc", "circle", "square", "disclosure-open", "disclosure-closed"))
_STYLE = re.compile(r"(?:^|;)\s*list-style(-type)?\s*:\s*([^;!]+)", re.IGNORECASE)
_OTHER_BOX = re.compile(r"(?:^|;)\s*display\s*:\s*(?!list-item)\w", re.IGNORECASE)
_FROM_ABOVE = frozenset(("inherit", "unset", "revert"))
_PLACES = frozenset(("inside", "outside"))
_INTEGER = re.compile(r"\s*([+-]?\d{1,9})")
_LABELLED = re.compile(rf"{LABEL}|[①-⓿㈠-㈩]")
_IN_NAVIGATION = ("nav", "header", "footer", "aside")
_WORD = re.compile(r"[^\W\d_]")


def write_numbers(root: etree._Element) -> int:
    """Put its number before the first words of each item of a list that may be the report's; how many these are."""
    numbers = [
        number for owner, items in _lists(root) if _may_be_words(owner, items) for number in _count(owner, items)
    ]
    written = [_write(item, number) for item, number in reversed(numbers)]  # a list within an item before the item
    return sum(written)


def _lists(root: etree._Element) -> list[tuple[etree._Element, list[etree._Element]]]:
    """The lists and the items of each, in the order of the page."""
    found: dict[etree._Element, list[etree._Element]] = {}
    for element in root.iter(*_LISTS, "li"):
        if element.tag != "li":
            found[element] = []
        elif (owner := next(element.iterancestors(*_LISTS), None)) is not None and not _OTHER_BOX.search(
            element.get("style") or ""
        ):
            found[owner].append(element)
    return list(found.items())


def _may_be_words(owner: etree._Element, items: Sequence[etree._Element]) -> bool:
    """Whether a list may be the report's: no navigation, and its items have no labels of their own."""
    above = next(owner.iterancestors(*_IN_NAVIGATION), None)
    if above is not None or any(each.get("role") == "navigation" for each in (owner, *owner.iterancestors())):
        return False
    texts = {item: "".join(map(str, item.itertext("*"))).strip() for item in items}
    held = {item: text for item, text in texts.items() if text}
    links = sum(_is_link(item, "".join(text.split())) for item, text in held.items())
    labelled = sum(_LABELLED.match(text) is not None for text in held.values())
    return 2 * links < len(held) > 2 * labelled


def _is_link(item: etree._Element, plain: str) -> bool:
    """Whether an item leads somewhere, or is a tool of the page, and says nothing beside that."""
    if is_chrome(plain) or begins_foot(plain):
        return True
    linked = "".join("".join(map(str, link.itertext("*"))) for link in item.iter("a") if link.get("href"))
    return len(_WORD.findall(plain)) == len(_WORD.findall(linked))


def _count(owner: etree._Element, items: Sequence[etree._Element]) -> Iterator[tuple[etree._Element, str]]:
    """Each item with its number as a browser shows it, "" where it shows none."""
    is_reversed = "reversed" in owner.attrib
    next_number = _integer(owner.get("start"), len(items) if is_reversed else 1)
    default = "decimal" if owner.tag == "ol" else "disc"
    of_list = _style_of(owner) or (_TYPES.get(owner.get("type") or "", "") if owner.tag == "ol" else "") or default
    for item in items:
        number = _integer(item.get("value"), next_number)
        next_number = number + (-1 if is_reversed else 1)
        style = _style_of(item) or _TYPES.get(item.get("type") or "", "") or of_list
        yield item, marker(style, number)


def _style_of(element: etree._Element) -> str:
    """The style of numbers that an element itself asks for, "" where it asks for none."""
    style = ""
    for of_type, value in _STYLE.findall(element.get("style") or ""):
        words = re.sub(r"url\([^)]*\)", "", value.strip()).split()
        types = [word for word in words if of_type or word.lower() not in _PLACES]
        style = types[0] if types else "disc"
    if style[:1] in "\"'":
        return style
    return "" if style.lower() in _FROM_ABOVE else style.lower()


def marker(style: str, number: int) -> str:
    """What a browser shows before an item of this number, parted by a space where it ends in no mark."""
    if style in _MARKS:
        return ""
    if style[:1] in "\"'":
        return style.strip("\"'")
    if style in _ALPHABETS and 0 < number < 1_000_000:
        return f"{_in_alphabet(number, _ALPHABETS[style])}."
    form, end = _FORMS.get(style, ("decimal", "."))
    return f"{count_in(form, number)}{end}".replace("〇", "〇" if style == "cjk-decimal" else "零")


def _in_alphabet(number: int, alphabet: str) -> str:
    """A number as letters, of which two follow z: aa, ab."""
    text = ""
    while number:
        number, letter = divmod(number - 1, len(alphabet))
        text = alphabet[letter] + text
    return text


def _integer(text: str | None, otherwise: int) -> int:
    """A number as HTML reads it."""
    match = _INTEGER.match(text or "")
    return int(match[1]) if match else otherwise


def _write(item: etree._Element, number: str) -> bool:
    """Put a number before an item's first words; False where it has no words, or shows no number."""
    if not number:
        return False
    for event, element in etree.iterwalk(item, events=("start", "end", "comment", "pi")):
        if event == "start" and (element.text or "").strip():
            element.text = _before_words(element.text or "", number)
            return True
        if event != "start" and element is not item and (element.tail or "").strip():
            element.tail = _before_words(element.tail or "", number)
            return True
    return False


def _before_words(text: str, number: str) -> str:
    begin = len(text) - len(text.lstrip())
    return text[:begin] + number + text[begin:]
