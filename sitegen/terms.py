"""The terms of a report, from terms.yaml, with every occurrence in its words."""

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate

from sitegen.edition import Occurrence, Term
from sitegen.model import Words
from sitegen.place import Passage
from sitegen.problems import Problem, stop_at
from sitegen.schema import TermMatter, TermsMatter


def index_terms(matter: TermsMatter | None, report_words: Iterable[Words]) -> tuple[Term, ...]:
    """The terms in the order of their pinyin; raises Mistakes.

    Every term and every variant must stand somewhere in the report, and be listed once.
    """
    problems: list[Problem] = []
    terms: list[Term] = []
    words = tuple(report_words)
    listed: dict[str, Passage] = {}
    pinyin: dict[str, Passage] = {}
    for group, members in matter.groups.items() if matter else ():
        for member in members:
            for form in (member.term, *member.variants):
                if form in listed:
                    said = f'"{form}" must be listed once; {listed[form].place} lists it already'
                    problems.append(Problem(form.place, said))
                elif not any(form in each.text for each in words):
                    problems.append(Problem(form.place, f'"{form}" must stand somewhere in the report'))
                listed.setdefault(form, form)
            if member.pinyin in pinyin:
                said = f'"{member.pinyin}" must be the pinyin of one term only, for it makes the address: number it'
                problems.append(Problem(member.pinyin.place, f"{said}, as in {member.pinyin} er"))
            pinyin[member.pinyin] = member.pinyin
            terms.append(_index(group, member, words))
    stop_at(problems)
    return tuple(sorted(terms, key=lambda term: (term.pinyin, term.text)))


def _index(group: str, member: TermMatter, words: Sequence[Words]) -> Term:
    forms = sorted((member.term, *member.variants), key=len, reverse=True)  # a longer form counts as itself only
    pattern = re.compile("|".join(map(re.escape, forms)))
    found = ((each, list(pattern.finditer(each.text))) for each in words)
    occurrences = tuple(
        Occurrence(each, len(stands), _address(each, stands[0].start())) for each, stands in found if stands
    )
    return Term(member.term, member.pinyin, group, member.variants, occurrences)


def _address(words: Words, index: int) -> str:
    """The address of the passage that holds the character at `index` of the words."""
    ends = accumulate(map(len, words.passages))
    return next(address for address, end in zip(words.addresses, ends, strict=True) if index < end)
