"""A report's folder → its finished files, every stage behind the other: read, check, add the apparatus, render, check.

What comes out depends on nothing but the arguments, so that reports can be made one beside the other, and kept.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from sitegen.apparatus.figures import read_figures
from sitegen.apparatus.shared_terms import list_mentions
from sitegen.apparatus.terms import index_terms
from sitegen.check import check_edition, check_finished_report, check_report
from sitegen.check.addresses import record_addresses
from sitegen.check.collation import collate
from sitegen.check.release import check_release
from sitegen.model.edition import Edition
from sitegen.model.finished import FinishedFiles, Outcome, ReportFacts, files_of
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
from sitegen.render.pages import render_report
from sitegen.render.renderer import Renderer
from sitegen.render.search_data import characters_of, make_searchable, words_js
from sitegen.render.shelf import render_entry
from sitegen.render.tracing import trace
from sitegen.render.traditional import list_traditional
from sitegen.render.typography import Parted
from sitegen.store.made_of import digest_of
from sitegen.store.plain import to_text
from sitegen.store.store import NOTHING_KEPT, Store


def make_report(report: ReportInput, renderer: Renderer | None, store: Store = NOTHING_KEPT) -> Outcome:
    """Make all of a report, or without a renderer its edition alone, for the mistakes that there are in it.

    What dictionaries told of its words is kept in the `store`: reading them takes longer than making the report.
    """
    problems = Problems()
    finished = edition = None
    try:
        edition = make_edition(report, problems)
        if edition and renderer:
            finished = finish(edition, report.near, renderer, store, problems)
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


def finish(edition: Edition, near: Near, renderer: Renderer, store: Store, problems: Problems) -> FinishedFiles:
    """The files of an edition, rendered and proved; raises Mistakes."""
    report = edition.report
    with _parted(report, renderer, store):
        pages = render_report(renderer, edition, near, problems)
        exports = render_exports(renderer.settings, renderer.templates, edition, problems)
        entry = problems.end(render_entry(renderer, edition, near, problems))
    ids, links = check_finished_report(report, pages, exports, problems)
    problems.stop()
    texts = {page.path: page.html for page in pages} | exports
    searchable = make_searchable(report, _list_traditional(report, store, problems))
    texts[f"assets/words-{report.id}.js"] = words_js(report, searchable.traditional)
    item_pages = {f"{report.id}/{item.page}" for item in report.walk()}
    files = files_of({path: text.encode() for path, text in texts.items()})
    facts = ReportFacts(
        id=report.id,
        paths=tuple(files),
        entry=entry,
        mentions=list_mentions(edition),
        searchable=searchable,
        links=links,
        ids={path: page_ids for path, page_ids in ids.items() if path not in item_pages},
    )
    return FinishedFiles(
        id=report.id,
        files=files,
        items=len(item_pages),
        facts=to_text(ReportFacts, facts),
        seen=digest_of(facts),
        record=tuple(released.line for released in edition.record),
        waiting=len(edition.waiting),
    )


def _list_traditional(report: Report, store: Store, problems: Problems) -> str:
    """The traditional forms of the report's characters."""
    characters = characters_of(report)
    key = store.key("traditional", characters)
    return problems.end(store.remember(key, str, problems, partial(list_traditional, characters)))


@contextmanager
def _parted(report: Report, renderer: Renderer, store: Store) -> Iterator[None]:
    """Meanwhile the renderer knows how the headings of a report were parted at their words, but for new ones."""
    key = store.key("parted", report.id)
    renderer.parted.update(store.load(key, Parted, dict) or {})
    known_before = len(renderer.parted)
    yield
    if len(renderer.parted) > known_before:
        headings = [report.matter.title, *(text for item in report.walk() for text, _ in item.pieces)]
        store.save(key, Parted, {text: renderer.parted[text] for text in headings if text in renderer.parted})
