"""The lines of a capture → where the report begins and ends in them, and which of them are left out."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sitegen.draft.candidates import read_heading_label
from sitegen.draft.chrome import ENDS_IN_DATE, begins_foot, is_chrome, is_data, is_page_number, names_value, tells_value
from sitegen.draft.furniture import find_contents, find_page_numbers
from sitegen.draft.headings import Heading, Judged, judge
from sitegen.draft.lines import Line
from sitegen.draft.title import Title, find_title, is_sentence
from sitegen.read.folder import find_left_out

_GOES_ON = "goes on from the paragraph before it, which a page ended: join them"
_ENDED = re.compile("[。！？；：:;!?”）)…]$")
_LONG = 60  # characters of a line that is no page's


@dataclass(frozen=True)
class Bounds:
    """The title, None where none was found; the report's lines behind it, judged; what is left out, by line held.

    `before` and `behind` are how many of these stand in front of the report's words and behind the title, and behind
    its last words.
    """

    title: Title | None
    own: tuple[Line, ...]
    judged: Judged
    left_out: frozenset[int]
    before: int
    behind: int
    is_signed: bool


def find_bounds(lines: Sequence[Line], held: Sequence[str], known_title: str) -> Bounds:
    """Find the report in the lines of a capture; `held` are the lines that hold anything, stripped."""
    contents = find_contents(lines)
    first, title = _find_beginning(lines, known_title, contents)
    begin = title.end if title else 0
    before = set(range(title.start)) if title else _chrome_before(lines[:first])
    before |= {begin + at for at in _data_behind_title(lines[begin:first], title)} if title else set()
    before |= {at for at in contents | find_page_numbers(lines) if at >= begin}
    rest = [at for at in range(begin, len(lines)) if at not in before]
    judged = judge([lines[at] for at in rest])
    end = _end([lines[at] for at in rest], judged)
    kept = rest[:end]
    behind = {at for at in rest[end:] if not lines[at].note}
    out = _provable(lines, held, before, behind, title, kept)
    own = [at for at in range(begin, len(lines)) if lines[at].held.start not in out]
    judged = judge([lines[at] for at in own])
    if title and any(lines[at].held.start not in out for at in before if at < title.start):
        return find_without_title(lines)
    _tell_broken(lines, own, judged)
    ends = [at for at in own if not lines[at].note][-3:] + own[: min(judged.aside, default=0)][-3:]
    signed = any(ENDS_IN_DATE.match(lines[at].plain) for at in ends)
    count_before = sum(1 for at in out if not own or at < lines[own[-1]].held.start)
    return Bounds(title, tuple(lines[at] for at in own), judged, out, count_before, len(out) - count_before, signed)


def find_without_title(lines: Sequence[Line]) -> Bounds:
    """All lines as the report's, where leaving some out could not be told from leaving out others."""
    return Bounds(None, tuple(lines), judge(lines), frozenset(), 0, 0, False)


def _find_beginning(lines: Sequence[Line], known_title: str, contents: Collection[int]) -> tuple[int, Title | None]:
    """The first line of the report's numbering, and the title before it.

    Where none is there, the labels may be those of a navigation, and the title stand before the first part.
    """
    labels = [
        (at, label) for at, line in enumerate(lines) if at not in contents and (label := read_heading_label(line))
    ]
    first = next((at for at, label in labels if label.number == 1), labels[0][0] if labels else len(lines))
    title = find_title(lines[:first], known_title)
    part = next((at for at, label in labels if (label.level, label.number) == (1, 1)), first)
    if title or part == first:
        return first, title
    title = find_title(lines[:part], known_title)
    if title is None or title.start < first or any(is_sentence(line.plain) for line in lines[: title.start]):
        return first, None
    return part, title


def _chrome_before(lines: Sequence[Line]) -> set[int]:
    """Where there is no title: the lines down to the last one of the page's before the first sentence."""
    last = 0
    for at, line in enumerate(lines):
        if "。" in line.plain or len(line.plain) > _LONG:
            break
        if is_chrome(line.plain) or is_data(line.plain):
            last = at + 1
    return set(range(last))


def _data_behind_title(lines: Sequence[Line], title: Title) -> set[int]:
    """Lines between the title and the first sentence that tell of the report, are the page's, or the title again."""
    found: set[int] = set()
    again = "".join(title.text.split())
    is_value = False
    for at, line in enumerate(lines):
        plain = line.plain
        if "。" in plain or len(plain) > max(_LONG, len(again)):
            break
        if is_data(plain) or is_chrome(plain) or tells_value(plain) or is_value or len(plain) == 1 or plain == again:
            found.add(at)
        is_value = names_value(plain)
    return found


def _tell_broken(lines: Sequence[Line], own: Sequence[int], judged: Judged) -> None:
    """Tell of each paragraph that goes on from the one before it, behind the number of a page."""
    for at, (one, other) in enumerate(pairwise(own), 1):
        before = lines[one].plain
        is_parted = any(is_page_number(line.plain) for line in lines[one + 1 : other])
        if is_parted and at not in judged.headings and is_sentence(before) and not _ENDED.search(before):
            judged.doubts.setdefault(at, _GOES_ON)


def _end(lines: Sequence[Line], judged: Judged) -> int:
    """Where what stands behind the report begins: the first line of a page's foot, behind which no part begins.

    A list of links there may be numbered, and even a foot holds a sentence.
    """
    top = min((heading.label.level for heading in judged.headings.values()), default=1)
    first = max((at for at, heading in judged.headings.items() if _is_own(lines[at], heading, top)), default=-1)
    sentences = [
        at for at, line in enumerate(lines) if line.plain.endswith("。") and len(line.plain) > _LONG and not line.note
    ]
    after = sentences[-2] if len(sentences) > 1 else -1
    for at in range(max(first, after) + 1, len(lines)):
        if begins_foot(lines[at].plain) and not read_heading_label(lines[at]) and judged.headings and at > first >= 0:
            return at
    return len(lines)


def _is_own(line: Line, heading: Heading, top: int) -> bool:
    """Whether a heading is no entry of a list of links: a part of the report, or one that holds a sentence."""
    return heading.label.level == top or "。" in line.plain


def _provable(
    lines: Sequence[Line], held: Sequence[str], before: set[int], behind: set[int], title: Title | None, kept: list[int]
) -> frozenset[int]:
    """The lines that may be left out, as far as a list of them is read back as the same ones."""
    titled = range(title.start, title.end) if title else ()
    own = _held(lines, [*kept, *titled])
    first, last = _held(lines, before) - own, _held(lines, behind) - own
    for out in (first | last, first, last):
        places = sorted(out)
        if len(places) < len(held) and find_left_out(held, [held[at] for at in places]) == places:
            return frozenset(places)
    return frozenset()


def _held(lines: Sequence[Line], places: Collection[int]) -> set[int]:
    """Which of the lines that hold anything these are."""
    return {held for at in places for held in lines[at].held}
