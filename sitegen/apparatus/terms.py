"""The terms of a report, from terms.yaml, with every occurrence in its words."""

import re
from bisect import bisect_right
from collections.abc import Iterable

from sitegen.frontmatter.keys import TermMatter, TermsMatter
from sitegen.model.edition import Occurrence, Term
from sitegen.model.report import Words
from sitegen.problems import Passage, Problem, stop_at

_APART = "\n"  # no term stands across two passages: none has a line's end in it


def index_terms(matter: TermsMatter | None, report_words: Iterable[Words]) -> tuple[Term, ...]:
    """The terms in the order of their pinyin; raises Mistakes.

    Every term and every variant must stand somewhere in the report, and be listed once.
    """
    problems: list[Problem] = []
    terms: list[Term] = []
    words = tuple(report_words)
    places = [(each, address) for each in words for address in each.addresses]
    text = _APART.join(passage for each in words for passage in each.passages)
    starts = [0, *(found.end() for found in re.finditer(_APART, text))]
    listed: dict[str, Passage] = {}
    pinyin: dict[str, Passage] = {}
    for group, members in matter.groups.items() if matter else ():
        for member in members:
            for form in (member.term, *member.variants):
                if form in listed:
                    said = f'"{form}" must be listed once; {listed[form].place} lists it already'
                    problems.append(Problem(form.place, said))
                elif form not in text:
                    problems.append(Problem(form.place, f'"{form}" must stand somewhere in the report'))
                listed.setdefault(form, form)
            if member.pinyin in pinyin:
                said = f'"{member.pinyin}" must be the pinyin of one term only, for the address is made of it'
                problems.append(Problem(member.pinyin.place, said))
            pinyin[member.pinyin] = member.pinyin
            found = [places[bisect_right(starts, at) - 1] for at in _find(member, text)]
            terms.append(Term(member.term, member.pinyin, group, member.variants, _occurrences(found)))
    stop_at(problems)
    return tuple(sorted(terms, key=lambda term: (term.pinyin, term.text)))


def _find(member: TermMatter, text: str) -> list[int]:
    """Where the term stands in the report's words; a longer form counts as itself only."""
    forms = sorted((member.term, *member.variants), key=len, reverse=True)
    return [found.start() for found in re.finditer("|".join(map(re.escape, forms)), text)]


def _occurrences(found: Iterable[tuple[Words, str]]) -> tuple[Occurrence, ...]:
    """Those at each address, from the places of all."""
    counts: dict[str, Occurrence] = {}
    for words, address in found:
        known = counts.get(words.id)
        first = known.address if known else address
        counts[words.id] = Occurrence(words, known.count + 1 if known else 1, first)
    return tuple(counts.values())
