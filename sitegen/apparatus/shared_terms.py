"""The terms of each report → the terms that the reports of several years share."""

from collections.abc import Iterable, Sequence

from sitegen.model.edition import Edition
from sitegen.model.shelf import Joined, Mention


def list_mentions(edition: Edition) -> tuple[Mention, ...]:
    """The terms of an edition, for the page of all reports' terms."""
    report = edition.report
    mentions = []
    for term in edition.terms:
        count = sum(occurrence.count for occurrence in term.occurrences)
        mentions.append(Mention(report.id, report.matter.title, term.id, term.text, term.pinyin, term.variants, count))
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
