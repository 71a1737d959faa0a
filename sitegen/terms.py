"""The terms of a report, from terms.yaml, with every occurrence in its words."""

import re
from collections.abc import Iterable, Sequence

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
                elif not any(form in passage for each in words for passage in each.passages):
                    problems.append(Problem(form.place, f'"{form}" must stand somewhere in the report'))
                listed.setdefault(form, form)
            if member.pinyin in pinyin:
                said = f'"{member.pinyin}" must be the pinyin of one term only, for the address is made of it'
                problems.append(Problem(member.pinyin.place, said))
            pinyin[member.pinyin] = member.pinyin
            terms.append(_index(group, member, words))
    stop_at(problems)
    return tuple(sorted(terms, key=lambda term: (term.pinyin, term.text)))


def _index(group: str, member: TermMatter, words: Sequence[Words]) -> Term:
    forms = sorted((member.term, *member.variants), key=len, reverse=True)  # a longer form counts as itself only
    pattern = re.compile("|".join(map(re.escape, forms)))
    occurrences = []
    for each in words:
        counts = [len(pattern.findall(passage)) for passage in each.passages]
        if any(counts):
            address = next(address for address, count in zip(each.addresses, counts, strict=True) if count)
            occurrences.append(Occurrence(each, sum(counts), address))
    return Term(member.term, member.pinyin, group, member.variants, tuple(occurrences))
