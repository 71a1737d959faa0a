"""The terms of each report → the terms that the reports of several years share, and the lines of an index of them."""

from collections.abc import Iterable, Sequence

from sitegen.model.edition import Edition
from sitegen.model.shelf import Joined, Mention, TermLine


def list_mentions(edition: Edition) -> tuple[Mention, ...]:
    """The terms of an edition, for the index of all reports' terms."""
    report = edition.report
    issuer, year = report.matter.issuer or "", report.matter.year
    mentions = []
    for term in edition.terms:
        count = sum(occurrence.count for occurrence in term.occurrences)
        mentions.append(Mention(report.id, issuer, year, term.id, term.text, term.pinyin, term.variants, count))
    return tuple(mentions)


def join_terms(shelf: Iterable[Sequence[Mention]]) -> tuple[Joined, ...]:
    """The terms of all reports, the newest report first, in the order of their pinyin; those that share a form are one.

    A term that shares forms with two others joins the one that was there first.
    """
    joined: list[list[Mention]] = []
    homes: dict[str, list[Mention]] = {}
    for mentions in shelf:
        for mention in mentions:
            forms = (mention.text, *mention.variants)
            home = next((homes[form] for form in forms if form in homes), None)
            if home is None:
                home = []
                joined.append(home)
            home.append(mention)
            for form in forms:
                homes.setdefault(form, home)
    terms = [Joined(tuple(mentions)) for mentions in joined]
    return tuple(sorted(terms, key=lambda term: (term.pinyin, term.text)))


def list_lines(terms: Iterable[Joined]) -> list[TermLine]:
    """The lines of an index in order: each term, and for each other name that a report has for it one that leads there.

    So whoever looks under the letter that a report lists a term under finds it.
    """
    lines: list[TermLine] = []
    for term in terms:
        lines.append(TermLine(term.text, term.pinyin, term.letter, term.mentions))
        others = {(mention.text, mention.letter): mention.pinyin for mention in term.mentions}
        del others[term.text, term.letter]
        lines += [TermLine(text, pinyin, letter, see=term) for (text, letter), pinyin in others.items()]
    return sorted(lines, key=lambda line: (line.letter, line.pinyin, line.text))
