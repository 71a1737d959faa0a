"""What joins the reports of several years, as pages show it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from markupsafe import Markup

FEW = 4
"""Reports that the shelf shows each with its contents; of more it shows the newest so."""


@dataclass(frozen=True)
class Neighbour:
    """Another report, as a link to it needs it."""

    id: str
    title: str


@dataclass(frozen=True)
class Entry:
    """A report on the shelf: its id and title, who issued it, "" where nobody is named, and the year that it is about.

    `about` and `outline` are filled in: what is said of it, with the ways into it, and its contents. Both are "" where
    the shelf has no place for them.
    """

    report: str
    title: str
    issuer: str
    year: int
    about: Markup = field(default_factory=Markup)
    outline: Markup = field(default_factory=Markup)


@dataclass(frozen=True)
class Issuer:
    """Who issued reports, "" where nobody is named, and these, the newest first."""

    name: str
    entries: tuple[Entry, ...]

    @property
    def page(self) -> str:
        """The file name of its page: made of its name alone, so that it stays whatever reports come."""
        return f"issuer-{sha256(self.name.encode()).hexdigest()[:12]}.html"

    @property
    def years(self) -> str:
        """The years that its reports are about: 2021, or 2019—2024."""
        return span(self.entries)


def name_order(issuer: str) -> tuple[bool, bytes]:
    """What sorts issuers as a reader looks for them, unknown ones last.

    GB 18030 has the 3,755 commonest characters in the order of their pinyin.
    """
    return not issuer, issuer.encode("gb18030")


def span(entries: Sequence[Entry]) -> str:
    """The years that reports are about: 2021, or 2019—2024."""
    years = [entry.year for entry in entries]
    first, last = min(years), max(years)
    return f"{first}" if first == last else f"{first}—{last}"


class ListedFigure(NamedTuple):
    """A figure that front matter lists: of which report and year, at which item, and what a `Figure` tells of it.

    A tuple, for a report is kept by the digest of those of ten others too, which takes a tenth of the time so.
    """

    report: str
    year: int
    item: str
    value: str
    number: int | float
    measures: str
    unit: str

    @property
    def page(self) -> str:
        """The way to its item, from the site's root."""
        return f"{self.report}/{'index.html#s0' if self.item == 's0' else f'{self.item}.html'}"


@dataclass(frozen=True)
class Near:
    """The reports of the same issuer beside one, by year, where there are any.

    `figures` are those of other years, the newest first, that measure in the same words what the report's own do.
    """

    earlier: Neighbour | None = None
    later: Neighbour | None = None
    figures: tuple[ListedFigure, ...] = ()


@dataclass(frozen=True)
class Mention:
    """A term as one report has it: `id` is its address on that report's page of terms."""

    report: str
    issuer: str
    year: int
    id: str
    text: str
    pinyin: str
    variants: tuple[str, ...]
    count: int

    @property
    def address(self) -> str:
        """Its address on the page of all reports' terms."""
        return f"{self.report}-{self.id}"

    @property
    def letter(self) -> str:
        """The letter that its report lists it under."""
        return self.pinyin[0].upper()


@dataclass(frozen=True)
class Joined:
    """A term of all reports, called as the newest that mentions it does; `mentions` begin with that."""

    mentions: tuple[Mention, ...]

    @property
    def text(self) -> str:
        """The term."""
        return self.mentions[0].text

    @property
    def pinyin(self) -> str:
        """Its pinyin, without tones."""
        return self.mentions[0].pinyin

    @property
    def letter(self) -> str:
        """The letter that it is listed under."""
        return self.mentions[0].letter

    @property
    def id(self) -> str:
        """Its address in the index of all terms."""
        return self.mentions[0].address


@dataclass(frozen=True)
class TermLine:
    """A line of the index of all terms: a term with mentions of it, or another name of one, under which it is to `see`.

    It `goes_on` where others of its mentions stand in the line before.
    """

    text: str
    pinyin: str
    letter: str
    mentions: tuple[Mention, ...] = ()
    see: Joined | None = None
    goes_on: bool = False

    @property
    def by_issuer(self) -> Iterator[tuple[str, tuple[Mention, ...]]]:
        """The mentions by who issued their reports, of each in their order."""
        groups: dict[str, list[Mention]] = {}
        for mention in self.mentions:
            groups.setdefault(mention.issuer, []).append(mention)
        for issuer in sorted(groups, key=name_order):
            yield issuer, tuple(groups[issuer])


@dataclass(frozen=True)
class TermPage:
    """A page of the index of all terms: its file name, the letter that its lines are of, "" for all, and these."""

    name: str
    letter: str
    lines: tuple[TermLine, ...]
