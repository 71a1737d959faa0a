"""What distinguishes a report, proved equal to its source, from that source: every class of change, counted."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate

from sitegen.edition import Change, Comparison
from sitegen.fidelity import drop_space, fold
from sitegen.model import Report


def compare(report: Report) -> Comparison:
    """Count the changes of a report whose folded words equal its source's."""
    edition, source = tuple(report.passages()), report.source
    changes = Counter(pair for pair in _pairs("".join(source), "".join(edition)) if pair[0] != pair[1])
    ours, theirs = _starts(edition), _starts(source)
    return Comparison(
        characters=len(fold("".join(edition))),
        changes=tuple(Change(before, after, count) for (before, after), count in changes.most_common()),
        removed=(_spaces(source) - _spaces(edition)).total(),
        added=(_spaces(edition) - _spaces(source)).total(),
        divided=len(ours - theirs),
        joined=len(theirs - ours),
        left_out=len(report.matter.source.left_out),
    )


def _pairs(source: str, edition: str) -> Iterator[tuple[str, str]]:
    """Both texts in the smallest pieces that fold alike."""
    ours, theirs = drop_space(edition), drop_space(source)
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


def _starts(passages: Iterable[str]) -> set[int]:
    """How many folded characters stand before each passage."""
    return set(accumulate((len(fold(passage)) for passage in passages), initial=0))


def _spaces(passages: Iterable[str]) -> Counter[int]:
    """How many white spaces stand before each folded character, by its number."""
    spaces: Counter[int] = Counter()
    before = 0
    for one in "".join(passages):
        spaces[before] += one.isspace()
        before += len(fold(one))
    return spaces
