"""The text of a capture → its lines, those broken up that hold a whole report."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sitegen.labels import LABEL

_NAMED_TITLE = re.compile(r"^([ \t\u3000]*(?:文章)?(?:标题|题目)[：:])[ \u3000]*(?=[^\t\n]{6,60}$)", re.MULTILINE)
_BEFORE_LABEL = re.compile(rf"[ \u3000](?={LABEL}\S)")
LONG_CELL = 200  # characters of a cell that is none of a table to a reader: it lays out a page
_ENOUGH = 3  # labels within a line, behind spaces: more than a sentence has


@dataclass(frozen=True)
class Line:
    """A paragraph of a capture: `at` counts the lines that hold anything; `is_part` of one; `is_row` of a table.

    Of a note from the foot of a page `note` tells where it is marked; "" for all other lines.
    """

    at: int
    text: str
    is_part: bool
    is_row: bool
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
    lines += [Line(first + at, _one_space(held[first + at]), False, False, note) for at, note in enumerate(notes)]
    return tuple(lines)


def _parts(at: int, words: str) -> Iterator[Line]:
    """A line, or what stands between the labels of one that holds several behind spaces."""
    is_row = "\t" in words
    words = _one_space(words)
    labels = 0 if is_row else len(_BEFORE_LABEL.findall(words))
    if labels < _ENOUGH:
        yield Line(at, words, False, is_row)
        return
    first, *items = _BEFORE_LABEL.split(words)
    before = [first] if re.match(LABEL, first) else first.split(maxsplit=1)
    for part in (*before, *items):
        yield Line(at, part.strip(), True, False)


def _one_space(words: str) -> str:
    """White space as one character; an ideographic space, which parts more than words, stays one."""
    return re.sub(r"\s+", lambda space: "\u3000" if "\u3000" in space[0] else " ", words)
