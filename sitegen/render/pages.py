"""An edition → the pages of its report: which page needs which template, and what that must know."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from sitegen.apparatus.kinds import group_by_kind
from sitegen.apparatus.series import AROUND, join_series
from sitegen.model.edition import Edition, Figure, Term
from sitegen.model.page import Page
from sitegen.model.report import Item, Report, paragraph_of
from sitegen.model.shelf import Near
from sitegen.problems import Passage, Problems
from sitegen.render.canonical import canonical_address
from sitegen.render.citations import CITATION_FORMS, cite
from sitegen.render.contents import Contents, make_contents, way_to
from sitegen.render.description import describe
from sitegen.render.exports import exports_of
from sitegen.render.qr_code import draw_qr_code
from sitegen.render.renderer import Renderer
from sitegen.render.templates import fill
from sitegen.render.term_pages import letter_page

Variables = Mapping[str, object]
"""What a template must know, by name."""


@dataclass(frozen=True)
class PlannedPage:
    """A page to be: its name in its folder, its template, what that must know, its words, the pieces that it shares."""

    name: str
    template: str
    variables: Variables
    passages: tuple[Passage, ...] = ()
    pieces: tuple[str, ...] = ()


def render_report(renderer: Renderer, edition: Edition, near: Near, problems: Problems) -> tuple[Page, ...]:
    """Every page of a report, `near` being those of the years beside it."""
    shared = _share(renderer, edition, problems)
    if shared is None:
        return ()
    planned = [
        _plan_full_text(edition, near, shared),
        *_plan_apparatus(renderer, edition, near, shared),
        *_plan_items(renderer, edition, shared),
        *_plan_aliases(edition.report, shared),
    ]
    return render_planned(renderer, f"{edition.report.id}/", planned, problems)


def render_planned(
    renderer: Renderer, folder: str, planned: Iterable[PlannedPage], problems: Problems
) -> tuple[Page, ...]:
    """Pages as planned, in a folder of the site, "" for its root; one that cannot be filled in is left out."""
    pages: list[Page] = []
    for page in planned:
        path = folder + page.name
        variables = {**page.variables, **_place(renderer, path), "way": way_to(page.name)}
        html = fill(renderer.templates, page.template, variables, problems)
        if html is not None:
            pages.append(Page(path, str(html), page.passages, tuple(map(str, page.pieces)), page.template))
    return tuple(pages)


def _place(renderer: Renderer, path: str) -> Variables:
    """What every page must know: the site, its own path and address there, and the way from it to the site's root."""
    settings = renderer.settings
    return {
        "site": settings,
        "path": path,
        "address": canonical_address(settings, path),
        "root": "../" * path.count("/"),
        "draw_qr_code": draw_qr_code,
        "preview": renderer.preview,
    }


def tell_about(edition: Edition) -> dict[str, object]:
    """What templates that tell of a report must know, by name."""
    report = edition.report
    return {"edition": edition, "report": report, "matter": report.matter, "exports": exports_of(edition)}


class _Shared(NamedTuple):
    """What the pages of a report share: variables, and pieces that are filled in once."""

    variables: Variables
    about: Markup
    colophon: Markup
    contents: Contents

    def pieces(self, items: Sequence[Item], name: str) -> Iterator[Markup]:
        """The pieces on the page `name` of a report with these items."""
        yield self.about
        yield self.colophon
        yield from self.contents.pieces(items, name)


def _share(renderer: Renderer, edition: Edition, problems: Problems) -> _Shared | None:
    """The pieces are made here, once; None when one of them cannot be filled in."""
    variables = {**tell_about(edition), "several": renderer.several, "by_letter": renderer.by_letter}
    about = fill(renderer.templates, "_about.html", variables, problems)
    colophon = fill(renderer.templates, "_colophon.html", variables, problems)
    contents = make_contents(renderer.templates, edition.report, problems)
    if about is None or colophon is None or contents is None:
        return None
    made = {"about": about, "colophon": colophon, "contents": contents.entries, "listed": {}}
    return _Shared({**variables, **made}, about, colophon, contents)


def _plan_full_text(edition: Edition, near: Near, shared: _Shared) -> PlannedPage:
    passages = tuple(edition.report.passages())
    variables = {**shared.variables, "description": describe(passages[1:]), "near": near}
    return PlannedPage("index.html", "report.html", variables, passages, (shared.about, shared.colophon))


def _plan_apparatus(renderer: Renderer, edition: Edition, near: Near, shared: _Shared) -> Iterator[PlannedPage]:
    *_, last = edition.report.walk()
    citing = {"citation_forms": CITATION_FORMS, "example": _cite(renderer, edition.report, last)}
    pieces = tuple(shared.pieces(edition.report.items, ""))
    yield PlannedPage("edition.html", "edition.html", {**shared.variables, "name": "edition", **citing}, (), pieces)
    yield PlannedPage("collation.html", "collation.html", {**shared.variables, "name": "collation"}, (), pieces)
    if edition.figures:
        series = join_series(edition.report.matter.year, edition.figures, near.figures)
        figures = {"kinds": group_by_kind(edition.figures), "series": series, "around": AROUND}
        yield PlannedPage(
            "figures.html", "figures.html", {**shared.variables, "name": "figures", **figures}, (), pieces
        )
    if edition.terms:
        terms = {"name": "terms", "letter_page": letter_page}
        yield PlannedPage("terms.html", "terms.html", {**shared.variables, **terms}, (), pieces)


class _Citation(NamedTuple):
    """A citation, parted at the address in it, and the file name of the page that this is the address of."""

    before: str
    address: str
    behind: str
    page: str


def _cite(renderer: Renderer, report: Report, item: Item) -> _Citation:
    """The citation of an item in the usual form; where no address is known, with the page's name."""
    address = canonical_address(renderer.settings, f"{report.id}/{item.page}") or item.page
    slots = {
        "issuer": report.matter.issuer or "",
        "title": report.matter.title,
        "number": item.name,
        "published": report.matter.published.isoformat() if report.matter.published else "",
        "url": address,
    }
    return _Citation(*cite(CITATION_FORMS[0], slots).rpartition(address), item.page)


def _plan_items(renderer: Renderer, edition: Edition, shared: _Shared) -> Iterator[PlannedPage]:
    """The pages of items."""
    report = edition.report
    items = tuple(report.walk())
    figures: dict[str, list[Figure]] = {}
    for figure in edition.figures:
        figures.setdefault(figure.words.id, []).append(figure)
    terms: dict[str, list[Term]] = {}
    for term in edition.terms:
        for occurrence in term.occurrences:
            terms.setdefault(occurrence.words.id, []).append(term)
    for at, item in enumerate(items):
        passages = tuple(item.passages())
        above = _above(item, report)
        variables = {
            **shared.variables,
            "name": item.id,
            "item": item,
            "words": [own.words for own in item.walk()],
            "above": above,
            "listed": shared.contents.listed((*above, item)),
            "previous": items[at - 1] if at else None,
            "next": _next_unread(items, at),
            "figures": figures.get(item.id, ()),
            "terms": terms.get(item.id, ()),
            "citation_forms": CITATION_FORMS,
            "citation": _cite(renderer, report, item),
            "description": describe(passages[1:] or passages),
        }
        pieces = tuple(shared.pieces(report.items, item.id))
        yield PlannedPage(item.page, "item.html", variables, passages, pieces)


def _next_unread(items: Sequence[Item], at: int) -> Item | None:
    """The first of the items behind the one at a place that its page does not hold."""
    behind = at + sum(1 for _ in items[at].walk())
    return items[behind] if behind < len(items) else None


def _plan_aliases(report: Report, shared: _Shared) -> Iterator[PlannedPage]:
    """The pages at the addresses of items whose words, or what took their place, stand elsewhere now."""
    leads: list[tuple[Sequence[str], str, Item | None]] = [(report.preamble_aliases, "s0", None)]
    leads += [(paragraph.aliases, paragraph.id, None) for paragraph in report.preamble]
    for item in report.walk():
        leads.append((item.aliases, item.id, item))
        leads += [(paragraph.aliases, paragraph.id, item) for paragraph in item.paragraphs]
    for aliases, address, home in leads:
        for old in aliases:
            if not paragraph_of(old) and old != "s0":  # neither of which ever had a page
                variables = {**shared.variables, "name": old, "item": home, "address_now": address}
                yield PlannedPage(f"{old}.html", "alias.html", variables)


def _above(item: Item, report: Report) -> tuple[Item, ...]:
    """The items that hold this one, the outermost first."""
    above: list[Item] = []
    while item.parent:
        item = report.by_address[item.parent]
        above.insert(0, item)
    return tuple(above)
