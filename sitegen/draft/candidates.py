"""A line → the label that it begins with, where it may be a heading; and whether that is but one of several numbers."""

import re

from sitegen.draft.lines import Line
from sitegen.labels import HAN_NUMBERS, Label, read_label

_MEASURES = "级季号栋幢楼层单组期批类线轮月日年届次等号产孩档流站室"
_HAN_LIST = re.compile(rf"([一二三四五六七八九十]+)(?:、[一二三四五六七八九十]+)*[{_MEASURES}]")
_LIST = re.compile(rf"(\d{{1,2}})(?:[、和及]\d{{1,2}})*\s?[{_MEASURES}#]")
_RANGE = re.compile(
    r"(?:至|到|[-—－~～]|[、和及]?\s*[（(])\s*[（(]?[\d一二三四五六七八九十]+[）)、.]|(?:款)?[项条款目](?:规定|的|、|，)"
)


def read_heading_label(line: Line) -> Label | None:
    """The label of a line that may be a heading: with words behind it, no row of a table and no note."""
    label = None if line.is_row or line.note else read_label(line.text)
    return label if label and line.text[len(label.text) :].strip() else None


def is_list(words: str, label: Label) -> bool:
    """Whether what looks like a label is one of several numbers: 一、二级医院, 1、2号楼, （一）至（三）项."""
    if _RANGE.match(words):
        return True
    if not label.text.endswith("、"):
        return False
    if match := _HAN_LIST.match(words):
        return HAN_NUMBERS.get(match[1], 0) > label.number
    found = _LIST.match(words)
    return found is not None and label.number < int(found[1]) <= 31


def words_behind(line: Line, label: Label) -> str:
    """What stands in a line behind its label."""
    return line.text[len(label.text) :].strip()
