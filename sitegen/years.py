"""What joins the reports of several years: their neighbours, and the terms that they share."""

from collections.abc import Mapping, Sequence

from sitegen.edition import Edition, Term
from sitegen.model import Report

Forms = Mapping[str, Sequence[tuple[Edition, Term]]]


def neighbours(report: Report, reports: Sequence[Report]) -> tuple[Report | None, Report | None]:
    """The report of the same issuer before this one, by year, and the one behind it."""
    same = sorted((each for each in reports if each.matter.issuer == report.matter.issuer), key=_year)
    at = same.index(report)
    return same[at - 1] if at else None, same[at + 1] if at + 1 < len(same) else None


def index_forms(editions: Sequence[Edition]) -> Forms:
    """The terms of all editions by each of their forms."""
    found: dict[str, list[tuple[Edition, Term]]] = {}
    for edition in editions:
        for term in edition.terms:
            for form in (term.text, *term.variants):
                found.setdefault(form, []).append((edition, term))
    return found


def elsewhere(edition: Edition, forms: Forms) -> Mapping[str, Sequence[tuple[Edition, Term]]]:
    """For each term of an edition, by its id, the terms of the others that share a form with it."""
    found: dict[str, Sequence[tuple[Edition, Term]]] = {}
    for term in edition.terms:
        same = [pair for form in (term.text, *term.variants) for pair in forms[form] if pair[0] is not edition]
        found[term.id] = list({(each.report.id, other.id): (each, other) for each, other in same}.values())
    return found


def _year(report: Report) -> tuple[int, str]:
    return report.matter.year, report.id
