"""What distinguishes a report, proved equal to its source, from that source: every class of change, counted."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate

from sitegen.check.fidelity import drop_space, fold
from sitegen.model.edition import Change, Comparison
from sitegen.model.report import Report

_RUN = re.compile(r"\s+|\S+")


def compare(report: Report) -> Comparison:
    """Count the changes of a report whose folded words equal its source's."""
    edition, source = tuple(report.passages()), report.source
    ours, theirs = drop_space("".join(edition)), drop_space("".join(source))
    pairs = Counter(pair for pair in zip(theirs, ours, strict=False) if pair[0] != pair[1])
    alike = len(ours) == len(theirs) and all(fold(before) == fold(after) for before, after in pairs)
    if not alike:  # which is rare: then some piece is longer than a character
        pairs = Counter(pair for pair in _long_pairs(theirs, ours) if pair[0] != pair[1])
    spaces = _spaces(source, alike), _spaces(edition, alike)
    starts = _starts(source, alike), _starts(edition, alike)
    return Comparison(
        characters=len(fold(ours)),
        changes=tuple(Change(before, after, count) for (before, after), count in pairs.most_common()),
        removed=(spaces[0] - spaces[1]).total(),
        added=(spaces[1] - spaces[0]).total(),
        divided=len(starts[1] - starts[0]),
        joined=len(starts[0] - starts[1]),
        left_out=len(report.matter.source.left_out),
    )


def _long_pairs(theirs: str, ours: str) -> Iterator[tuple[str, str]]:
    """Both texts in the smallest pieces that fold alike, such as ㎏ and kg."""
    at = behind = 0
    while at < len(theirs):
        end, stop = at + 1, behind + 1
        while theirs[at:end] != ours[behind:stop]:
            before, after = fold(theirs[at:end]), fold(ours[behind:stop])
            if before == after:
                break
            if len(before) < len(after) or (len(before) == len(after) and _combines(theirs, end)):
                end += 1
            else:
                stop += 1
        yield theirs[at:end], ours[behind:stop]
        at, behind = end, stop


def _combines(text: str, at: int) -> bool:
    return at < len(text) and bool(unicodedata.combining(text[at]))


def _length(text: str, alike: bool) -> int:
    """How many characters of a text are counted: folded ones, unless both texts agree character by character."""
    return len(drop_space(text) if alike else fold(text))


def _starts(passages: Iterable[str], alike: bool) -> set[int]:
    """How many characters stand before each passage."""
    return set(accumulate((_length(passage, alike) for passage in passages), initial=0))


def _spaces(passages: Iterable[str], alike: bool) -> Counter[int]:
    """How many white spaces stand before each character that is none, by its number."""
    spaces: Counter[int] = Counter()
    before = 0
    for run in _RUN.finditer("".join(passages)):
        if run[0].isspace():
            spaces[before] += len(run[0])
        else:
            before += _length(run[0], alike)
    return spaces
