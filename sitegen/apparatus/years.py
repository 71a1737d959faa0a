"""What joins the reports of several years: their neighbours, and the terms that they share."""

from collections.abc import Iterable, Mapping, Sequence

from sitegen.frontmatter.keys import ReportMatter
from sitegen.model.edition import Edition
from sitegen.model.shelf import Joined, Mention, Near, Neighbour


def newest_first(matters: Mapping[str, ReportMatter]) -> list[str]:
    """The names of the reports in the order of the shelf."""
    return sorted(matters, key=lambda name: (matters[name].year, name), reverse=True)


def neighbours(name: str, matters: Mapping[str, ReportMatter]) -> Near:
    """Those of a report among all."""
    issuer = matters[name].issuer
    same = newest_first({each: matter for each, matter in matters.items() if matter.issuer == issuer})
    at = same.index(name)
    later, earlier = same[:at][-1:], same[at + 1 :][:1]
    near = [Neighbour(each[0], matters[each[0]].title) if each else None for each in (earlier, later)]
    return near[0], near[1]


def mentions(edition: Edition) -> tuple[Mention, ...]:
    """The terms of an edition, for the page of all reports' terms."""
    id, title = edition.report.id, edition.report.matter.title
    return tuple(
        Mention(id, title, term.id, term.text, term.pinyin, term.variants, sum(each.count for each in term.occurrences))
        for term in edition.terms
    )


def join(shelf: Iterable[Sequence[Mention]]) -> tuple[Joined, ...]:
    """The terms of all reports, the newest report first, in the order of their pinyin; those that share a form are one.

    A term that shares forms with two others joins the one that was there first.
    """
    joined: list[list[Mention]] = []
    homes: dict[str, list[Mention]] = {}
    for mention in (mention for report in shelf for mention in report):
        forms = (mention.text, *mention.variants)
        home = next((homes[form] for form in forms if form in homes), None)
        if home is None:
            home = []
            joined.append(home)
        home.append(mention)
        for form in forms:
            homes.setdefault(form, home)
    terms = (Joined(tuple(each)) for each in joined)
    return tuple(sorted(terms, key=lambda term: (term.pinyin, term.text)))
