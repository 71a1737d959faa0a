"""Shelves of any number of reports, as they are known when all are finished: made of one report, without building it again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sitegen.check import check_finished_site
from sitegen.model.finished import ReportFacts
from sitegen.model.page import Link, Page
from sitegen.model.shelf import FEW, Entry, Mention, Near, Neighbour
from sitegen.problems import Place, Problems
from sitegen.read.project import read_project
from sitegen.render.assets import render_assets
from sitegen.render.renderer import Renderer
from sitegen.render.shelf import render_entry, render_shelf
from sitegen.render.term_pages import letter_page
from tests.conftest import ROOT, SAMPLE, edition_of

TERMS = 60
"""Terms of each report."""
Terms = Callable[[int, int], tuple[str, str]]
"""Gives the text and the pinyin of a term by the numbers of its report and of the term itself."""


@dataclass(frozen=True)
class Shelf:
    """The reports on a shelf, the newest first, what their pages are rendered with, and the pages beside them."""

    reports: Sequence[ReportFacts]
    renderer: Renderer
    pages: Sequence[Page]

    @property
    def sizes(self) -> dict[str, int]:
        """The bytes of each page."""
        return {page.path: len(page.html.encode()) for page in self.pages}

    def page(self, path: str) -> str:
        """A page."""
        return next(page.html for page in self.pages if page.path == path)


def shelf_of(issuers: Sequence[str], terms: Terms | None = None, *, by_letter: bool = False) -> Shelf:
    """A shelf with a report of each of `issuers`, a year older than the one before it of the same issuer."""
    renderer, problems = renderer_for(len(issuers), by_letter=by_letter), Problems()
    edition = edition_of(SAMPLE, "2021")
    newest, older = (
        problems.end(render_entry(renderer, edition, near, problems))
        for near in (Near(), Near(None, Neighbour("2022", "甲")))
    )
    ids = frozenset(item.id for item in edition.report.walk())
    years: dict[str, int] = {}
    reports = []
    for number, issuer in enumerate(issuers):
        made_of = older if issuer in years else newest
        years[issuer] = years.get(issuer, 2025) - 1
        entry = _entry(made_of, f"r{number:04}", issuer, years[issuer])
        mentions = [_mention(entry, *terms(number, term), 1 + term % 3) for term in range(TERMS)] if terms else []
        reports.append(_finished(entry, mentions, ids))
    return Shelf(reports, renderer, render_shelf(renderer, reports, problems))


def renderer_for(reports: int, *, by_letter: bool) -> Renderer:
    """What the pages of a shelf of so many reports are rendered with."""
    sources = {path.name: path.read_bytes() for path in (ROOT / "templates").iterdir()}
    settings = Problems().end(read_project(SAMPLE, Problems()).settings)
    return Renderer(settings, sources, reports > 1, many=reports > FEW, by_letter=by_letter)


def _entry(made_of: Entry, name: str, issuer: str, year: int) -> Entry:
    about, outline = (Markup(text.replace("2021/", f"{name}/")) for text in (made_of.about, made_of.outline))
    return Entry(name, f"{issuer or '某区'}{year}年度法治政府建设工作报告", issuer, year, about, outline)


def _mention(entry: Entry, text: str, pinyin: str, count: int) -> Mention:
    return Mention(entry.report, entry.issuer, entry.year, "t-" + pinyin.replace(" ", "-"), text, pinyin, (), count)


def _finished(entry: Entry, mentions: Sequence[Mention], items: frozenset[str]) -> ReportFacts:
    name = entry.report
    paths = tuple(f"{name}/{page}.html" for page in ("index", "figures", "terms", "collation"))
    ids = {f"{name}/index.html": items, f"{name}/terms.html": frozenset(mention.id for mention in mentions)}
    return ReportFacts(name, paths, entry, tuple(mentions), ids=ids)


def dead_links(shelf: Shelf) -> list[str]:
    """What is wrong with the pages of a shelf and their links, and with those that lead there from the reports' terms."""
    problems = Problems()
    static = {path.name: path.read_bytes() for path in (ROOT / "static").iterdir()}
    files = {**render_assets(static, problems), **{page.path: b"" for page in shelf.pages}}
    paths = [path for report in shelf.reports for path in report.paths]
    ids = {path: page_ids for report in shelf.reports for path, page_ids in report.ids.items()}
    links = [_link(shelf, mention) for report in shelf.reports for mention in report.mentions]
    check_finished_site(shelf.pages, links if shelf.renderer.several else [], ids, files, paths, problems)
    return list(map(str, problems.found))


def _link(shelf: Shelf, mention: Mention) -> Link:
    """That from a report's own page of terms to all terms, as terms.html has it."""
    target = letter_page(mention.letter) if shelf.renderer.by_letter else f"terms.html#{mention.address}"
    return Link(Place(f"{mention.report}/terms.html"), target, target)
