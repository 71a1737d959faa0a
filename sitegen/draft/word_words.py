"""A paragraph of a Word document → its words as Word shows them, and what stands beside them."""

from collections.abc import Collection
from dataclasses import dataclass

from lxml import etree

from sitegen.draft.word_numbering import W, is_on, value

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = (f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", f"{W}rt", _FALLBACK)
_CHARACTERS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_SYMBOLS = {
    "Symbol": {0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xA3: "≤", 0xB4: "×", 0xB7: "•", 0xB8: "÷"},
    "Wingdings": {0x6C: "●", 0x6E: "■", 0x6F: "□", 0x75: "◆", 0xA8: "□", 0xD8: "➢", 0xFB: "✗", 0xFC: "✓",
                  0xFD: "☒", 0xFE: "☑"} | {0x81 + at: chr(ord("①") + at) for at in range(10)},
    "Wingdings 2": {0x50: "✓", 0x52: "☑", 0x54: "☒", 0xA3: "☐"},
}  # fmt: skip
"""Characters of the fonts that hold symbols, by the lower byte of their codes."""
_UNREAD = "〓"  # what stands in print for a character that is missing
_BEFORE = 12  # characters before a note's mark that tell where it stands


@dataclass(frozen=True)
class NoteMark:
    """Where a note is marked: its kind, footnote or endnote, its id, and the words before its mark.

    A custom mark is typed, in the paragraph and in the note, so none is counted.
    """

    kind: str
    id: str
    before: str
    is_custom: bool


@dataclass(frozen=True)
class Words:
    """The words of a paragraph, the notes marked in it, the text boxes that hang on it, and what could not be read."""

    text: str
    marks: tuple[NoteMark, ...]
    boxes: tuple[etree._Element, ...]
    unread: tuple[str, ...]


def read_words(paragraph: etree._Element, hiding: Collection[str]) -> Words:
    """The words without what was deleted, moved away or hidden, by itself or by one of the `hiding` styles."""
    pieces: list[str] = []
    marks: list[NoteMark] = []
    boxes: list[etree._Element] = []
    unread: list[str] = []
    codes: list[bool] = []  # the fields that a piece stands in, from the outermost: whether in its code or its result
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    is_hidden = style is not None and style.get(f"{W}val", "") in hiding
    walk = etree.iterwalk(paragraph, events=("start",))
    for _, element in walk:
        tag = str(element.tag)
        if tag == f"{W}txbxContent":
            boxes.append(element)
        if tag in (*_GONE, f"{W}txbxContent") or _hides(element, hiding, is_hidden):
            walk.skip_subtree()
        elif tag == f"{W}fldChar":
            _follow(codes, element.get(f"{W}fldCharType", ""))
        elif tag == f"{W}instrText" and (element.text or "").split()[:1] == ["EQ"]:
            unread.append("an equation field (EQ)")
        elif any(codes):
            continue
        elif tag in (f"{W}t", f"{_MATH}t"):
            pieces.append((element.text or "").replace("\t", " "))
        elif tag == f"{W}sym":
            pieces.append(_symbol(element, unread))
        elif tag in _NOTES:
            before = "".join(pieces)[-_BEFORE:].strip()
            is_custom = element.get(f"{W}customMarkFollows") in ("1", "true", "on")
            marks.append(NoteMark(_NOTES[tag], element.get(f"{W}id", ""), before, is_custom))
        else:
            pieces.append(_CHARACTERS.get(tag, ""))
    return Words("".join(pieces), tuple(marks), tuple(boxes), tuple(unread))


def _hides(element: etree._Element, hiding: Collection[str], is_hidden: bool) -> bool:
    """Whether an element is a run that is hidden, by itself, by its style or by its paragraph's."""
    if element.tag != f"{W}r":
        return False
    format = element.find(f"{W}rPr")
    own = None if format is None else format.find(f"{W}vanish")
    if own is not None:
        return is_on(own)
    return is_hidden or (format is not None and value(format, "rStyle") in hiding)


def _follow(codes: list[bool], mark: str) -> None:
    """Follow a field's mark: its code begins, its result begins, it ends."""
    if mark == "begin":
        codes.append(True)
    elif codes and mark == "separate":
        codes[-1] = False
    elif codes and mark == "end":
        codes.pop()


def _symbol(element: etree._Element, unread: list[str]) -> str:
    """The character of a symbol; one of a font that is not known is told."""
    font, code = element.get(f"{W}font", ""), int(element.get(f"{W}char", "0"), 16)
    if 0x20 < code < 0xD800:
        known = _SYMBOLS.get(font, {}).get(code) if code < 0x100 else None
        return known or chr(code)
    if known := _SYMBOLS.get(font, {}).get(code - 0xF000):
        return known
    unread.append(f"a symbol of the font {font}, for which {_UNREAD} stands")
    return _UNREAD
