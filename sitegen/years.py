"""What joins the reports of several years: their neighbours, and the terms that they share."""

from collections.abc import Mapping, Sequence

from sitegen.edition import Edition, Term
from sitegen.model import Report


def neighbours(report: Report, reports: Sequence[Report]) -> tuple[Report | None, Report | None]:
    """The report of the same issuer before this one, by year, and the one behind it."""
    same = sorted((each for each in reports if each.matter.issuer == report.matter.issuer), key=_year)
    at = same.index(report)
    return same[at - 1] if at else None, same[at + 1] if at + 1 < len(same) else None


def elsewhere(edition: Edition, editions: Sequence[Edition]) -> Mapping[str, Sequence[tuple[Edition, Term]]]:
    """For each term of an edition, by its id, the terms of the others that share a form with it."""
    found: dict[str, list[tuple[Edition, Term]]] = {}
    others = [(each, term) for each in editions if each is not edition for term in each.terms]
    for term in edition.terms:
        forms = {term.text, *term.variants}
        found[term.id] = [(each, other) for each, other in others if forms & {other.text, *other.variants}]
    return found


def _year(report: Report) -> tuple[int, str]:
    return report.matter.year, report.id
