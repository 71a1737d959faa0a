"""The finished reports → the pages beside them: the shelf, issuers' own pages, the terms of all, and 404.html.

index.html stays below 60,000 bytes however many reports there are: while they are few each is shown with its contents;
then the newest alone, above a list of the others by issuer, as many of each as there is room for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup

from sitegen.apparatus.neighbours import group_by_issuer
from sitegen.apparatus.shared_terms import join_terms, list_lines
from sitegen.model.edition import Edition
from sitegen.model.finished import ReportFacts
from sitegen.model.page import Page
from sitegen.model.shelf import Entry, Joined, Near, TermPage, name_order, span
from sitegen.problems import Problems
from sitegen.render.lengths import measure_lengths
from sitegen.render.pages import PlannedPage, Variables, render_planned, tell_about
from sitegen.render.renderer import Renderer
from sitegen.render.templates import fill
from sitegen.render.term_pages import ALL, find_pages, part_by_letter

_LISTED = 60  # reports that index.html lists: with long titles and an issuer each they weigh 30,000 bytes
_HEAVY = 16_000  # bytes of a report's contents from which index.html leaves them to its issuer's page


def render_shelf(renderer: Renderer, reports: Sequence[ReportFacts], problems: Problems) -> tuple[Page, ...]:
    """The pages beside the reports, the newest report being the first."""
    entries = [report.entry for report in reports]
    terms = join_terms(report.mentions for report in reports) if renderer.several else ()
    plan = _plan_many if renderer.many else _plan_few
    planned = [
        *plan(entries, {"several": renderer.several, "terms": bool(terms)}),
        *_plan_terms(terms, entries, renderer.by_letter),
        PlannedPage("404.html", "404.html", {}),
    ]
    return render_planned(renderer, "", planned, problems)


def render_entry(renderer: Renderer, edition: Edition, near: Near, problems: Problems) -> Entry | None:
    """The entry of a report on the shelf, `near` being those beside it; None when it cannot be filled in."""
    report = edition.report
    entry = Entry(report.id, report.matter.title or report.id, report.matter.issuer or "", report.matter.year)
    if renderer.many and near.later:  # of many the newest of an issuer are shown, the others listed
        return entry
    variables = {**tell_about(edition), "lengths": measure_lengths(report)}
    about = fill(renderer.templates, "_entry.html", variables, problems)
    outline = fill(renderer.templates, "_outline.html", variables, problems)
    if about is None or outline is None:
        return None
    return replace(entry, about=about, outline=outline)


def _plan_few(entries: Sequence[Entry], shared: Variables) -> Iterator[PlannedPage]:
    yield PlannedPage("index.html", "shelf.html", {**shared, "shelf": group_by_issuer(entries)})


def _plan_many(entries: Sequence[Entry], shared: Variables) -> Iterator[PlannedPage]:
    """index.html, and the lists that it has no room for; an issuer of a single report needs no page."""
    issuers = sorted(group_by_issuer(entries), key=lambda issuer: name_order(issuer.name))
    newest = entries[0]
    if len(newest.outline.encode()) > _HEAVY:
        newest = replace(newest, outline=Markup())
    everything = {**shared, "issuers": issuers, "entries": entries, "years": span(entries)}
    lists = {"newest": newest, "each": _LISTED // len(issuers), "first": entries[:_LISTED]}
    yield PlannedPage("index.html", "catalogue.html", {**everything, **lists})
    if len(issuers) > _LISTED:
        yield PlannedPage("issuers.html", "issuers.html", everything)
    if len(issuers) > 1 or len(entries) > _LISTED:
        for issuer in issuers:
            if len(issuer.entries) > 1:
                yield PlannedPage(issuer.page, "issuer.html", {**shared, "issuer": issuer})


def _plan_terms(terms: Sequence[Joined], entries: Sequence[Entry], by_letter: bool) -> Iterator[PlannedPage]:
    """The index of all terms: in one page, or in pages by letter with one that leads into them."""
    if not terms:
        return
    lines = list_lines(terms)
    pages = part_by_letter(lines) if by_letter else (TermPage(ALL, "", tuple(lines)),)
    shared = {
        "count": len(terms),
        "pages": pages,
        "found": find_pages(pages),
        "name_issuers": len({entry.issuer for entry in entries}) > 1,
    }
    if by_letter:
        yield PlannedPage(ALL, "letters.html", shared)
    for at, page in enumerate(pages):
        beside = {"previous": pages[at - 1] if at else None, "next": pages[at + 1] if at + 1 < len(pages) else None}
        yield PlannedPage(page.name, "years.html", {**shared, "page": page, **beside})
