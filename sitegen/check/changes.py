"""What distinguishes a report, proved equal to its source, from that source: every class of change, counted.

White space may be taken out, never put in: told is every place where the report has more of it than its source.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sitegen.check.fidelity import clusters, drop_space, fold
from sitegen.model.edition import Change, Comparison
from sitegen.model.report import Report
from sitegen.problems import Passage, Problems

_RUN = re.compile(r"\s+|\S+")
_AROUND = 8  # characters that a message shows on each side of white space


def count_changes(report: Report, problems: Problems) -> Comparison:
    """Count the changes of a report whose folded words equal its source's; white space that it adds is told."""
    passages = tuple(report.passages())
    ours, theirs = drop_space("".join(passages)), drop_space("".join(report.source))
    pairs = Counter(pair for pair in zip(theirs, ours, strict=False) if pair[0] != pair[1])
    alike = len(ours) == len(theirs) and all(fold(before) == fold(after) for before, after in pairs)
    if not alike:  # which is rare: then some piece is longer than a character
        pairs = Counter(pair for pair in _long_pairs(theirs, ours) if pair[0] != pair[1])
    source, edition = _layout(report.source, alike), _layout(passages, alike)
    _check_spaces(passages, source, alike, problems)
    return Comparison(
        characters=len(fold(ours)),
        changes=tuple(Change(before, after, count) for (before, after), count in pairs.most_common()),
        removed=(source.spaces - edition.spaces).total(),
        divided=len(edition.starts - source.starts),
        joined=len(source.starts - edition.starts),
        left_out=len(report.matter.source.left_out),
    )


class _Layout(NamedTuple):
    """Where a text has its white space: before which characters how much, and before which a passage starts."""

    spaces: Counter[int]
    starts: set[int]


def _layout(passages: Sequence[str], alike: bool) -> _Layout:
    """The layout of a text, its characters counted as `_length` does."""
    spaces: Counter[int] = Counter()
    starts = {0}
    before = 0
    for passage in passages:
        for run in _RUN.findall(passage):
            if run.isspace():
                spaces[before] += len(run)
            else:
                before += _length(run, alike)
        starts.add(before)
    return _Layout(spaces, starts)


def _check_spaces(passages: Sequence[Passage], source: _Layout, alike: bool, problems: Problems) -> None:
    """Between two characters of a passage is no more white space than in the source, where a line's end is one."""
    before = 0
    for passage in passages:
        for run in _RUN.finditer(passage):
            if not run[0].isspace():
                before += _length(run[0], alike)
            elif len(run[0]) > max(source.spaces[before], before in source.starts):
                around = passage[max(0, run.start() - _AROUND) : run.end() + _AROUND]
                message = f'must have no white space in "{around}" that the source has not'
                problems.must(passage.place, "space-added", message)


def _length(text: str, alike: bool) -> int:
    """How many characters of a text are counted: folded ones, unless both texts agree character by character."""
    return len(drop_space(text) if alike else fold(text))


def _long_pairs(theirs: str, ours: str) -> Iterator[tuple[str, str]]:
    """Both texts, which fold alike, in the smallest pieces that do, such as ㎏ and kg."""
    before, after, ahead = [], [], 0  # how much longer the piece of theirs is, folded
    rest = clusters(ours)
    for piece in clusters(theirs):
        before.append(piece)
        ahead += len(fold(piece))
        while ahead > 0:
            after.append(next(rest))
            ahead -= len(fold(after[-1]))
        if ahead == 0:
            yield "".join(before), "".join(after)
            before, after = [], []
