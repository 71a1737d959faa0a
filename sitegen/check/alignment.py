"""Two texts that fold alike → one sequence of pieces, alike on both sides or with a difference of one kind.

A text's lines are parted by "\\n". The pieces' sides, joined, are both texts to the character.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import NamedTuple

from sitegen.check.fidelity import clusters, fold
from sitegen.model.edition import Kind, Piece

_RUN = re.compile(r"(\s+)|\S+")


def align(source: str, edition: str, cuts: Iterable[int] = ()) -> Iterator[Piece]:
    """The pieces of both, from first to last; what is alike is cut where either has white space.

    It is also cut at `cuts`, which count the edition's characters without white space: there something is to stand.
    """
    theirs, ours = _Side.of(source), _Side.of(edition, cuts)
    for span in _spans(theirs.text, ours.text):
        for at, other, end, other_end in _parts(span, theirs, ours):
            white, own_white = theirs.white_at(at, span.end), ours.white_at(other, span.other_end)
            if white or own_white:
                yield from _white_pieces(white, own_white)
            kind: Kind = "alike" if span.alike else "changed" if at == span.start else "continued"
            yield Piece(kind, theirs.text[at:end], ours.text[other:other_end])
    yield from _white_pieces(theirs.white.get(len(theirs.text), ""), ours.white.get(len(ours.text), ""))


class _Side(NamedTuple):
    """A text without white space, that by the place of the character behind it, and the places to cut at, in order."""

    text: str
    white: dict[int, str]
    cuts: Sequence[int]

    @classmethod
    def of(cls, text: str, cuts: Iterable[int] = ()) -> "_Side":
        runs: list[str] = []
        white: dict[int, str] = {}
        at = 0
        for match in _RUN.finditer(text):
            if match[1]:
                white[at] = match[1]
            else:
                runs.append(match[0])
                at += len(match[0])
        return cls("".join(runs), white, sorted({*white, *cuts}))

    def white_at(self, at: int, end: int) -> str:
        """The white space before a character of a span, which ends at `end`."""
        return self.white.get(at, "") if at < end else ""

    def within(self, start: int, end: int) -> Sequence[int]:
        """The places to cut at behind `start` and before `end`."""
        return self.cuts[bisect_left(self.cuts, start + 1) : bisect_left(self.cuts, end)]


class _Span(NamedTuple):
    """A stretch of the source's characters, and of the edition's that belong to them."""

    start: int
    end: int
    other: int
    other_end: int
    alike: bool


def _spans(theirs: str, ours: str) -> Iterator[_Span]:
    """Both texts in stretches, as long as they can be where they are alike, as short where not."""
    at = other = 0
    for start, end, other_start, other_end in _differences(theirs, ours):
        if start > at:
            yield _Span(at, start, other, other_start, True)
        yield _Span(start, end, other_start, other_end, False)
        at, other = end, other_end
    if at < len(theirs):
        yield _Span(at, len(theirs), other, len(ours), True)


def _differences(theirs: str, ours: str) -> Iterator[tuple[int, int, int, int]]:
    """Where both differ: from where to where in one, and in the other."""
    if len(theirs) == len(ours):
        places = [at for at, (before, after) in enumerate(zip(theirs, ours, strict=True)) if before != after]
        if all(fold(before) == fold(after) for before, after in {(theirs[at], ours[at]) for at in places}):
            yield from ((at, at + 1, at, at + 1) for at in places)
            return
    at = other = 0  # which is rare: then some piece is longer than a character
    for before, after in _long_pairs(theirs, ours):
        if before != after:
            yield at, at + len(before), other, other + len(after)
        at += len(before)
        other += len(after)


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


def _parts(span: _Span, theirs: _Side, ours: _Side) -> Iterator[tuple[int, int, int, int]]:
    """The stretch in parts, as (start, other start, end, other end); only before a part white space may stand."""
    if span.end - span.start == span.other_end - span.other == 1:
        yield span.start, span.other, span.end, span.other_end
        return
    inner, other_inner = theirs.within(span.start, span.end), ours.within(span.other, span.other_end)
    if span.alike:
        behind = span.other - span.start
        starts = sorted({*inner, *(place - behind for place in other_inner)})
        places = [(at, at + behind) for at in (span.start, *starts, span.end)]
    else:
        both = zip_longest((span.start, *inner), (span.other, *other_inner))
        places = [(span.end if at is None else at, span.other_end if other is None else other) for at, other in both]
        places.append((span.end, span.other_end))
    for (at, other), (end, other_end) in pairwise(places):
        yield at, other, end, other_end


def _white_pieces(before: str, after: str) -> Iterator[Piece]:
    """The pieces of the white space at one place of both; no side has more than one line's end there."""
    blanks, end, more = before.partition("\n")
    own_blanks, own_end, own_more = after.partition("\n")
    if end and own_end:
        yield from _blank_pieces(blanks, own_blanks)
        yield Piece("line_end", end, own_end)
        yield from _blank_pieces(more, own_more)
    elif end and len(after) == 1 and not blanks and not more:
        yield Piece("joined", end, after)
    elif end:
        behind = max(len(blanks), len(after) - len(more))
        yield from _blank_pieces(blanks, after[:behind])
        yield Piece("joined", end, "")
        yield from _blank_pieces(more, after[behind:])
    elif own_end:
        behind = max(min(len(own_blanks), len(before)), len(before) - len(own_more))
        yield from _blank_pieces(before[:behind], own_blanks)
        yield Piece("divided", "", own_end)
        yield from _blank_pieces(before[behind:], own_more)
    else:
        yield from _blank_pieces(before, after)


def _blank_pieces(before: str, after: str) -> Iterator[Piece]:
    """The pieces of white space within a line: of what one side has more, the last is what it has more."""
    for one, other in zip(before, after, strict=False):
        yield Piece("alike" if one == other else "changed", one, other)
    shared = min(len(before), len(after))
    if before[shared:]:
        yield Piece("removed", before[shared:], "")
    if after[shared:]:
        yield Piece("added", "", after[shared:])
