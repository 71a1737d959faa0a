"""The terms of a report, from terms.yaml, with every occurrence in its words."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from sitegen.frontmatter.keys import TermMatter, TermsMatter
from sitegen.model.edition import Occurrence, Term
from sitegen.model.report import Report, Words
from sitegen.problems import Passage, Problems

_APART = "\n"  # no term stands across two passages: none has a line's end in it


def index_terms(matter: TermsMatter | None, report: Report, problems: Problems) -> tuple[Term, ...]:
    """The terms in the order of their pinyin; every term and variant must stand in the report, and be listed once."""
    if matter is None:
        return ()
    text = _read_text(report.words)
    check_forms(matter, text.joined, problems)
    terms = []
    for group, members in matter.groups.items():
        for member in members:
            occurrences = _occurrences(member, text)
            terms.append(Term(member.term, member.pinyin, group, member.variants, occurrences))
    return tuple(sorted(terms, key=lambda term: (term.pinyin, term.text)))


def check_forms(matter: TermsMatter, text: str, problems: Problems) -> None:
    """Every form of a term stands in the text and is listed once, and so is the pinyin that its address is made of."""
    forms: dict[str, Passage] = {}
    pinyin: set[str] = set()
    for members in matter.groups.values():
        for member in members:
            for form in (member.term, *member.variants):
                if form in forms:
                    message = f'"{form}" must be listed once; {forms[form].place} lists it already'
                    problems.must(form.place, "term-once", message)
                elif form not in text:
                    problems.must(form.place, "term-there", f'"{form}" must stand somewhere in the report')
                forms.setdefault(form, form)
            if member.pinyin in pinyin:
                message = f'"{member.pinyin}" must be the pinyin of one term only, for the address is made of it'
                problems.must(member.pinyin.place, "term-pinyin", message)
            pinyin.add(member.pinyin)


class _Text(NamedTuple):
    """All passages of a report as one text: where each starts, and the words and the address that it belongs to."""

    joined: str
    starts: Sequence[int]
    places: Sequence[tuple[Words, str]]


def _read_text(report_words: Sequence[Words]) -> _Text:
    places = [(words, address) for words in report_words for address in words.addresses]
    joined = _APART.join(passage for words in report_words for passage in words.passages)
    lengths = (len(passage) + len(_APART) for words in report_words for passage in words.passages)
    starts = list(accumulate(lengths, initial=0))
    return _Text(joined, starts, places)


def _occurrences(member: TermMatter, text: _Text) -> tuple[Occurrence, ...]:
    """How often and where first a term stands among the words at each address; a longer form counts as itself only."""
    counts: dict[str, Occurrence] = {}
    for at in _find((member.term, *member.variants), text.joined):
        words, address = text.places[bisect_right(text.starts, at) - 1]
        before = counts.get(words.id)
        if before:
            counts[words.id] = Occurrence(words, before.count + 1, before.address)
        else:
            counts[words.id] = Occurrence(words, 1, address)
    return tuple(counts.values())


def _find(forms: Iterable[str], text: str) -> list[int]:
    """Where any of the forms stands: the first, then the next one behind its end; of two at a place the longer one."""
    places: list[tuple[int, int]] = []
    for form in forms:
        at = text.find(form)
        while at >= 0:
            places.append((at, -len(form)))
            at = text.find(form, at + 1)
    found: list[int] = []
    end = 0
    for at, minus_length in sorted(places):
        if at >= end:
            found.append(at)
            end = at - minus_length
    return found
