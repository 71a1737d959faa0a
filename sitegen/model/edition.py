"""The data of the apparatus: what an edition adds beside a report's words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from sitegen.model.record import ReleasedAddress
from sitegen.model.report import Note, Report, Words
from sitegen.problems import Passage

Kind = Literal["alike", "line_end", "changed", "continued", "removed", "added", "joined", "divided", "left_out"]
"""How the two sides of a piece are to each other.

They are `alike`, or a line ends on both, behind which the source may have empty lines (`line_end`). They were
`changed`; `continued` is the rest of such a piece that white space parts. White space was `removed` or `added`, a
line's end taken out (`joined`) or put in (`divided`); a line of the capture that is none of the report was `left_out`.
"""


@dataclass(frozen=True)
class Piece:
    """Some characters of the captured text and what the edition has in their place.

    `number` counts the differences of a report, from 1; it is 0 where there is none, or none that begins here.
    """

    kind: Kind
    source: str
    edition: str
    number: int = 0


@dataclass(frozen=True)
class SourceLine:
    """A line of the captured text: its number in the file, and its pieces up to the next line that holds anything."""

    number: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class EditionLine:
    """A passage of the edition: its address, the words that it is of, its pieces, each with the notes behind it."""

    address: str
    words: Words
    pieces: tuple[tuple[Piece, tuple[Note, ...]], ...]

    @property
    def notes(self) -> Iterator[Note]:
        """The notes to the passage."""
        for _, notes in self.pieces:
            yield from notes


@dataclass(frozen=True)
class Row:
    """Lines of the captured text, and those of the edition that hold the same words: none where they were left out."""

    source: tuple[SourceLine, ...]
    edition: tuple[EditionLine, ...]

    @property
    def count(self) -> int:
        """How many differences begin in the row."""
        return sum(1 for line in self.source for piece in line.pieces if piece.number)


@dataclass(frozen=True)
class Change:
    """A class of differences: `count` times the source's `before` became `after`; `first` is the number of the first.

    Where white space was removed or added every character counts; only what was changed has `before` and `after`.
    """

    kind: Kind
    before: str
    after: str
    count: int
    first: int


@dataclass(frozen=True)
class Comparison:
    """The captured text beside the edition, line by line; `characters` is how many folded ones there are, all equal."""

    characters: int
    rows: tuple[Row, ...]

    @property
    def differences(self) -> int:
        """How many places there are at which both differ."""
        return sum(row.count for row in self.rows)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Every class of differences that the rows show, the commonest changes first."""
        counts: Counter[tuple[Kind, str, str]] = Counter()
        first: dict[tuple[Kind, str, str], int] = {}
        for change, piece in self._classed():
            counts[change] += len(piece.source + piece.edition) if piece.kind in ("removed", "added") else 1
            first.setdefault(change, piece.number)
        ordered = sorted(counts, key=lambda change: (_ORDER.index(change[0]), -counts[change]))
        return tuple(Change(*change, counts[change], first[change]) for change in ordered)

    def _classed(self) -> Iterator[tuple[tuple[Kind, str, str], Piece]]:
        """Every difference, by its class; what white space parts is one."""
        for row in self.rows:
            pieces = [piece for line in row.source for piece in line.pieces]
            for at, piece in enumerate(pieces):
                if piece.number:
                    yield (piece.kind, *_change(pieces, at)), piece


_ORDER: tuple[Kind, ...] = ("changed", "removed", "added", "joined", "divided", "left_out")


def _change(pieces: Sequence[Piece], at: int) -> tuple[str, str]:
    """What was changed to what in the difference that begins at a piece; nothing where that is of another kind."""
    if pieces[at].kind != "changed":
        return "", ""
    before, after = pieces[at].source, pieces[at].edition
    for behind in range(at + 1, 0 if before.isspace() else len(pieces)):
        piece = pieces[behind]
        if piece.kind in ("alike", "changed") and not piece.source.isspace():
            break
        if piece.kind == "continued":
            before, after = before + piece.source, after + piece.edition
    return before, after


@dataclass(frozen=True)
class Figure:
    """A figure that the report gives: its `value` as printed, and the `number` in it, counted in `unit`.

    `kind` tells what it counts or measures, 户数, and `magnitude` how much of that: the number counted in the plain
    unit, 户 for 万户. By these a table is grouped and sorted.
    """

    id: str
    words: Words
    value: str
    number: int | float
    unit: str
    measures: str
    share: bool
    magnitude: int | float
    kind: str


@dataclass(frozen=True)
class Occurrence:
    """How often a term stands at an address, and the address of the passage where it does first."""

    words: Words
    count: int
    address: str


@dataclass(frozen=True)
class Term:
    """A term of the index; `variants` are its other forms in the report."""

    text: str
    pinyin: str
    group: str
    variants: tuple[str, ...]
    occurrences: tuple[Occurrence, ...]

    @property
    def id(self) -> str:
        """The term's address on the page of terms."""
        return "t-" + self.pinyin.replace(" ", "-").replace("ü", "v")

    @property
    def letter(self) -> str:
        """The letter that it is listed under."""
        return self.pinyin[0].upper()


@dataclass(frozen=True)
class Edition:
    """A report with its apparatus.

    `record` is what a release records of it, and `waiting` what that would add; `drafted` are the values of figures
    that are not published, since nobody has said yet what they measure.
    """

    report: Report
    comparison: Comparison
    figures: tuple[Figure, ...]
    terms: tuple[Term, ...]
    record: tuple[ReleasedAddress, ...] = ()
    waiting: tuple[ReleasedAddress, ...] = ()
    drafted: tuple[Passage, ...] = ()
