"""The text of a capture → its lines, those broken up that hold a whole report, and labels joined with their words."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sitegen.labels import LABEL, read_label

_NAMED_TITLE = re.compile(r"^([ \t\u3000]*(?:文章)?(?:标题|题目)[：:])[ \u3000]*(?=[^\t\n]{6,60}$)", re.MULTILINE)
_BEFORE_LABEL = re.compile(rf"[ \u3000](?={LABEL}\S)")
LONG_CELL = 200  # characters of a cell that is none of a table to a reader: it lays out a page
_ENOUGH = 3  # labels within a line, behind spaces: more than a sentence has
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
"""The signs of a dictionary's index, ⼀, which the text of a PDF often has for characters that look the same, 一."""
_SPACED_LABEL = re.compile(r"第 ?\w{1,3} ?部 ?分|[（(] ?\w{1,3} ?[）)]|\w{1,3} (?=[、.．])")


@dataclass(frozen=True)
class Line:
    """A paragraph of a capture: `is_part` of a line, `is_row` of a table.

    `held` are the places, among the lines that hold anything, of those that it is made of. Of a note from the foot of a
    page `note` tells where it is marked; "" for all other lines.
    """

    held: range
    text: str
    is_part: bool = False
    is_row: bool = False
    note: str = ""

    @property
    def plain(self) -> str:
        """The text without white space."""
        return "".join(self.text.split())


def part_named_title(text: str) -> str:
    """A text with a line's end behind 标题：, so that the words behind it stand in a line of their own."""
    return _NAMED_TITLE.sub(r"\1\n", text, count=1)


def read_lines(text: str, notes: Sequence[str] = ()) -> tuple[Line, ...]:
    """The lines of a text that hold anything; of the last ones, which are notes, `notes` tells where each is marked."""
    held = [line.strip() for line in text.split("\n") if line.strip()]
    first = len(held) - len(notes)
    lines = [line for at, words in enumerate(held[:first]) for line in _parts(at, words)]
    lines = list(_join_lone_labels(lines))
    lines += [
        Line(range(first + at, first + at + 1), _clean(held[first + at]), note=note) for at, note in enumerate(notes)
    ]
    return tuple(lines)


def _parts(at: int, words: str) -> Iterator[Line]:
    """A line, or what stands between the labels of one that holds several behind spaces."""
    is_row = "\t" in words
    words = _clean(words)
    labels = 0 if is_row else len(_BEFORE_LABEL.findall(words))
    held = range(at, at + 1)
    if labels < _ENOUGH:
        yield Line(held, words, is_row=is_row)
        return
    first, *items = _BEFORE_LABEL.split(words)
    before = [first] if re.match(LABEL, first) else first.split(maxsplit=1)
    for part in (*before, *items):
        yield Line(held, part.strip(), is_part=True)


def _join_lone_labels(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, one that is nothing but 一、 or （一） joined with the one behind it, whose label it is."""
    alone: Line | None = None
    for line in lines:
        if alone and not line.is_row and not read_label(line.text):
            yield Line(range(alone.held.start, line.held.stop), alone.text + line.text, alone.is_part or line.is_part)
            alone = None
            continue
        if alone:
            yield alone
        label = None if line.is_row else read_label(line.text)
        alone = line if label and label.level < 3 and label.text == line.text else None
        if not alone:
            yield line
    if alone:
        yield alone


def _clean(words: str) -> str:
    """A line as it reads: white space as one character, none within a label, and radicals as characters.

    An ideographic space, which parts more than words, stays one.
    """
    words = re.sub(r"\s+", lambda space: "\u3000" if "\u3000" in space[0] else " ", words.translate(_RADICALS))
    label = _SPACED_LABEL.match(words)
    closed = label[0].replace(" ", "") + words[label.end() :] if label else words
    return closed if read_label(closed) else words
