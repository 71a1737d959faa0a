"""The data of the apparatus: what an edition adds beside a report's words."""

from dataclasses import dataclass

from sitegen.model.record import ReleasedAddress
from sitegen.model.report import Report, Words


@dataclass(frozen=True)
class Change:
    """A class of editorial change: `count` times the source's `before` became `after`."""

    before: str
    after: str
    count: int


@dataclass(frozen=True)
class Comparison:
    """What the comparison with the source found: the number of folded characters, all equal, and what else differs.

    White space was `removed`; `divided` and `joined` count the places where the edition begins a new line
    and the source does not, and the other way round; `left_out` are the capture's lines after the report.
    """

    characters: int
    changes: tuple[Change, ...]
    removed: int
    divided: int
    joined: int
    left_out: int


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
    """A report with its apparatus; `record` is what a release records of it, and `waiting` what that would add."""

    report: Report
    comparison: Comparison
    figures: tuple[Figure, ...]
    terms: tuple[Term, ...]
    record: tuple[ReleasedAddress, ...] = ()
    waiting: tuple[ReleasedAddress, ...] = ()
