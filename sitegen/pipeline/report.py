"""A report's folder → its finished files, every stage behind the other: read, check, add the apparatus, render, check.

What comes out depends on nothing but the arguments, so that reports can be made one beside the other, and kept while a
preview makes others anew.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sitegen.apparatus.figures import read_figures
from sitegen.apparatus.shared_terms import list_mentions
from sitegen.apparatus.terms import index_terms
from sitegen.check import check_edition, check_finished_report, check_report
from sitegen.check.addresses import record_addresses
from sitegen.check.collation import collate
from sitegen.check.release import check_release
from sitegen.model.edition import Edition
from sitegen.model.finished import FinishedFiles
from sitegen.model.folder import Folder
from sitegen.model.page import Page
from sitegen.model.project import ReportInput
from sitegen.model.report import Report
from sitegen.model.shelf import Near
from sitegen.problems import Mistakes, Problem, Problems
from sitegen.read.folder import read_report_folder
from sitegen.read.markdown import parse
from sitegen.read.outline import number_items
from sitegen.render.exports import render_exports
from sitegen.render.pages import Renderer, render_report
from sitegen.render.search_data import make_searchable, words_js
from sitegen.render.shelf import render_entry
from sitegen.render.tracing import trace


@dataclass(frozen=True)
class Outcome:
    """What came of a report: its finished files, None where something must be mended or nothing renders it."""

    finished: FinishedFiles | None
    problems: tuple[Problem, ...]


def make_report(report: ReportInput, renderer: Renderer | None) -> Outcome:
    """Make all of a report, or without a renderer its edition alone, for the mistakes that there are in it."""
    problems = Problems()
    finished = edition = None
    try:
        edition = make_edition(report, problems)
        if edition and renderer:
            finished = finish(edition, report.near, renderer, problems)
            finished = replace(finished, doubts=list_doubts(report, edition))
    except Mistakes:  # which the collector holds
        if edition and renderer:
            problems.found = trace_report(problems.found, edition, report.near, renderer)
    return Outcome(finished, tuple(problems.found))


def trace_report(found: Sequence[Problem], edition: Edition, near: Near, renderer: Renderer) -> list[Problem]:
    """The same mistakes, those in a report's finished files at the lines of the templates that made them."""

    def render(renderer: Renderer) -> Iterator[Page]:
        yield from render_report(renderer, edition, near, Problems())
        exports = render_exports(renderer.settings, renderer.templates, edition, Problems())
        yield from (Page(path, text) for path, text in exports.items())

    is_concerned = any(problem.place.path.startswith(f"{edition.report.id}/") for problem in found)
    return trace(found, renderer, render) if is_concerned else list(found)


def list_doubts(report: ReportInput, edition: Edition) -> tuple[Problem, ...]:
    """What speaks against the release of a report; it may be built nevertheless."""
    doubts = Problems()
    check_release(report, edition, doubts)
    return tuple(doubts.found)


def make_edition(report: ReportInput, problems: Problems) -> Edition | None:
    """The report in a folder with its apparatus, proved; None when a file could not be read; raises Mistakes."""
    folder = read_report_folder(report, problems)
    problems.stop()
    if folder is None:
        return None
    numbered = read_report(folder, problems)
    check_edition(folder, numbered, problems)
    figures = read_figures(folder, numbered, problems)
    terms = index_terms(folder.terms, numbered, problems)
    comparison = collate(numbered, problems)
    problems.stop()
    record = record_addresses(folder, numbered)
    released = {each.address for each in folder.released}
    waiting = tuple(each for each in record if each.address not in released)
    return Edition(numbered, comparison, figures.published, terms, record, waiting, figures.drafted)


def read_report(folder: Folder, problems: Problems) -> Report:
    """The report in a folder, numbered and proved against its source; raises Mistakes."""
    blocks = [parse(document, problems) for document in folder.documents]
    problems.stop()
    report = problems.end(number_items(folder, blocks, problems))
    check_report(report, problems)
    problems.stop()
    return report


def finish(edition: Edition, near: Near, renderer: Renderer, problems: Problems) -> FinishedFiles:
    """The files of an edition, rendered and proved; raises Mistakes."""
    report = edition.report
    pages = render_report(renderer, edition, near, problems)
    exports = render_exports(renderer.settings, renderer.templates, edition, problems)
    entry = problems.end(render_entry(renderer, edition, near, problems))
    ids, links = check_finished_report(report, pages, exports, problems)
    problems.stop()
    texts = {page.path: page.html for page in pages} | exports
    searchable = make_searchable(report)
    texts[f"assets/words-{report.id}.js"] = words_js(report, searchable.traditional)
    item_pages = {f"{report.id}/{item.page}" for item in report.walk()}
    return FinishedFiles(
        id=report.id,
        files={path: text.encode() for path, text in texts.items()},
        items=len(item_pages),
        entry=entry,
        mentions=list_mentions(edition),
        searchable=searchable,
        links=links,
        ids={path: page_ids for path, page_ids in ids.items() if path not in item_pages},
        record=edition.record,
        waiting=len(edition.waiting),
    )
