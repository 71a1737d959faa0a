"""The lines of the index of all terms → its pages: one for all while they are few, else one or more a letter."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from sitegen.model.folder import Files
from sitegen.model.shelf import Mention, TermLine, TermPage

ALL = "terms.html"
"""The page of all terms, or the way into their pages."""
_FEW = 25_000  # bytes of terms.yaml in all reports: as lines of a page they become some five times as many
_HEAVY = 175_000  # bytes of lines in a page, which with all that is round them stays below 200,000
_LONG = 100  # mentions that stay together


def are_many(reports: Iterable[Files]) -> bool:
    """Whether the reports of these folders have too many terms for one page."""
    return sum(len(files.get("terms.yaml") or b"") for files in reports) > _FEW


def letter_page(letter: str, part: int = 1) -> str:
    """The file name of a letter's page, which is its first where it has several."""
    name = "terms-" + letter.lower().replace("ü", "ue")
    return f"{name}.html" if part == 1 else f"{name}-{part}.html"


def part_by_letter(lines: Sequence[TermLine]) -> tuple[TermPage, ...]:
    """The lines in pages, none of which is too heavy; a letter's go on in pages of the same name with a number."""
    pages: list[TermPage] = []
    for letter, own in groupby(lines, key=lambda line: line.letter):
        parts = _part(short for line in own for short in _cut(line))
        pages += [TermPage(letter_page(letter, number), letter, part) for number, part in enumerate(parts, 1)]
    return tuple(pages)


def find_pages(pages: Iterable[TermPage]) -> Mapping[str, str]:
    """The page of every term, by its address there."""
    return {line.mentions[0].address: page.name for page in pages for line in page.lines if line.mentions}


def _cut(line: TermLine) -> Iterator[TermLine]:
    """A line as several, where it has so many mentions that it may have to go on on another page."""
    yield replace(line, mentions=line.mentions[:_LONG])
    for start in range(_LONG, len(line.mentions), _LONG):
        yield replace(line, mentions=line.mentions[start : start + _LONG], goes_on=True)


def _part(lines: Iterable[TermLine]) -> Iterator[tuple[TermLine, ...]]:
    page: list[TermLine] = []
    heavy = 0
    for line in lines:
        own = _weigh(line)
        if page and heavy + own > _HEAVY:
            yield tuple(page)
            page, heavy = [], 0
        if page and line.goes_on:
            page[-1] = replace(page[-1], mentions=page[-1].mentions + line.mentions)
        else:
            page.append(line)
        heavy += own
    yield tuple(page)


def _weigh(line: TermLine) -> int:
    """The bytes that a line takes in a page: what `_term_lines.html` writes, and the texts in it."""
    weight = 120 + len(line.text.encode())
    if line.see:
        return weight + 100 + len(line.see.text.encode()) + len(line.see.id)
    for issuer, mentions in line.by_issuer:
        weight += 10 + len(issuer.encode())
        weight += sum(75 + len(mention.address) + _differing(mention, line) for mention in mentions)
    return weight


def _differing(mention: Mention, line: TermLine) -> int:
    return 0 if mention.text == line.text else len(mention.text.encode())
