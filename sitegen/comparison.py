"""What distinguishes a report, proved equal to its source, from that source: every class of change, counted."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate

from sitegen.edition import Change, Comparison
from sitegen.fidelity import drop_space, fold
from sitegen.model import Report

_RUN = re.compile(r"\s+|\S+")


def compare(report: Report) -> Comparison:
    """Count the changes of a report whose folded words equal its source's."""
    edition, source = tuple(report.passages()), report.source
    changes = Counter(_pairs("".join(source), "".join(edition)))
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


def _pairs(source: str, edition: str) -> Iterable[tuple[str, str]]:
    """Both texts in the smallest pieces that fold alike, but for those that are equal."""
    ours, theirs = drop_space(edition), drop_space(source)
    pairs = [pair for pair in zip(theirs, ours, strict=False) if pair[0] != pair[1]]
    if len(ours) == len(theirs) and all(fold(before) == fold(after) for before, after in set(pairs)):
        return pairs  # nearly always
    return [pair for pair in _long_pairs(theirs, ours) if pair[0] != pair[1]]


def _long_pairs(theirs: str, ours: str) -> Iterator[tuple[str, str]]:
    """The same where a piece may be longer than a character, such as ㎏ and kg."""
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
    text = "".join(passages)
    lengths = {one: len(fold(one)) for one in set(text)}
    spaces: Counter[int] = Counter()
    before = 0
    for run in _RUN.finditer(text):
        if run[0][0].isspace():
            spaces[before] += len(run[0])
        else:
            before += sum(map(lengths.__getitem__, run[0]))
    return spaces
