"""The project → the finished files of the whole site, report by report, and last what stands beside the reports."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from sitegen.apparatus.neighbours import group_names, list_neighbours, newest_first
from sitegen.apparatus.series import Listed, list_figures
from sitegen.model.finished import File, FinishedFiles, ReportFacts, files_of
from sitegen.model.folder import Files, Index
from sitegen.model.page import Page
from sitegen.model.project import Project, ReportInput
from sitegen.model.record import RecordLines
from sitegen.model.shelf import FEW, Near
from sitegen.pipeline.kept import make_reports
from sitegen.pipeline.progress import progress
from sitegen.problems import Mistakes, Problem, Problems
from sitegen.publish.digest import SUMS
from sitegen.publish.published import MARK, MARK_TEXT
from sitegen.read.folder import read_beside_index, read_index, read_listed_figures
from sitegen.read.record import read_released
from sitegen.render.renderer import Renderer
from sitegen.render.term_pages import are_many
from sitegen.store.plain import from_text
from sitegen.store.store import NOTHING_KEPT, Store

if TYPE_CHECKING:
    from jinja2 import Environment


def make_site(
    project: Project, problems: Problems, store: Store = NOTHING_KEPT, preview: Mapping[str, bytes] | None = None
) -> Iterator[FinishedFiles]:
    """Prepare what all reports share, then give the finished files as they are made, or as the `store` kept them.

    A `preview` has files of its own, which its pages load.

    Raises Mistakes at once, with those of all reports too, when anything that they share must be mended; later when
    everything that can be seen was seen.
    """
    shared = _prepare(project, store, problems)
    if lost := [lines for name, lines in project.record.items() if name not in project.reports]:
        from sitegen.check.addresses import check_lost

        check_lost([read_released(lines, problems) for lines in lost], problems)
    shared_is_wrong = bool(problems.found)
    reports = list_reports(project.reports, project.record, problems, store)
    if shared_is_wrong:
        from sitegen.pipeline.workers import make_reports as make_anew

        for outcome in make_anew(reports, None):
            problems.add(outcome.problems)
        problems.stop()
    assert project.settings is not None, "what is wrong with them was told"
    renderer = Renderer(
        project.settings,
        project.templates,
        several=len(reports) > 1,
        many=len(reports) > FEW,
        by_letter=are_many(project.reports.values()),
        preview=preview is not None,
        compiled=shared.templates,
    )
    return _make(renderer, reports, shared.assets, preview or {}, problems, store)


class _Shared(NamedTuple):
    """The files of assets/, and the templates where they had to be compiled, for nothing was known of them."""

    assets: Mapping[str, File]
    templates: "Environment | None"


def _prepare(project: Project, store: Store, problems: Problems) -> _Shared:
    """What all reports share, made anew where it changed."""
    key = store.key("shared", project.templates, project.static)
    if kept := store.load(key, FinishedFiles, partial(_make_assets, project.static, Problems())):
        return _Shared(kept.files, None)
    from sitegen.render.exports import TEMPLATES
    from sitegen.render.templates import compile_templates

    known_before = len(problems.found)
    templates = compile_templates(project.templates, TEMPLATES, problems)
    assets = _make_assets(project.static, problems)
    if len(problems.found) == known_before:
        store.save(key, FinishedFiles, assets)
    return _Shared(assets.files, templates)


def _make_assets(static: Mapping[str, bytes], problems: Problems) -> FinishedFiles:
    from sitegen.render.assets import render_assets

    return FinishedFiles("", files_of(render_assets(static, problems)))


def list_reports(
    folders: Mapping[str, Files],
    record: Mapping[str, RecordLines],
    problems: Problems,
    store: Store = NOTHING_KEPT,
) -> list[ReportInput]:
    """The reports to make, the newest first; a folder without a right index.md is read for its mistakes alone."""
    indexes: dict[str, Index] = {}
    for name, files in folders.items():
        key = store.key("index", name, files.get("index.md"))
        if index := store.remember(key, Index, problems, partial(read_index, name, files, problems)):
            indexes[name] = index
        else:
            read_beside_index(name, files, problems)
            read_released(record.get(name, RecordLines()), problems)
    near = _look_around(folders, indexes, store)
    names = newest_first({name: index.matter for name, index in indexes.items()})
    return [
        ReportInput(name, folders[name], indexes[name], near[name], record.get(name, RecordLines())) for name in names
    ]


def _look_around(folders: Mapping[str, Files], indexes: Mapping[str, Index], store: Store) -> dict[str, Near]:
    """What each report needs of the others of its issuer; figures are read for it where there are others."""
    matters = {name: index.matter for name, index in indexes.items()}
    near: dict[str, Near] = {}
    for names in group_names(matters):
        figures: dict[str, Listed] = {}
        for name in names if len(names) > 1 else ():
            key, problems = store.key("figures", name, folders[name]), Problems()
            make = partial(_list_figures, name, folders[name], indexes[name])
            figures[name] = problems.end(store.remember(key, Listed, problems, make))
        near |= list_neighbours(names, matters, figures)
    return near


def _list_figures(name: str, files: Files, index: Index) -> Listed:
    return list_figures(name, index.matter.year, read_listed_figures(name, files, index))


def _make(
    renderer: Renderer,
    reports: Sequence[ReportInput],
    assets: Mapping[str, File],
    preview: Mapping[str, bytes],
    problems: Problems,
    store: Store,
) -> Iterator[FinishedFiles]:
    finished: list[FinishedFiles] = []
    for outcome in progress(make_reports(reports, renderer, store), len(reports)):
        problems.add(outcome.problems)
        if outcome.finished:
            finished.append(replace(outcome.finished, files={}))
            yield outcome.finished
    if problems.found:
        from sitegen.render.tracing import tell_once

        problems.found = tell_once(problems.found)
        problems.stop()
    key = store.key("shelf", renderer, assets, preview, [report.seen for report in finished])
    make = partial(_make_shelf, renderer, finished, assets, preview, problems)
    try:
        shelf = problems.end(store.remember(key, FinishedFiles, problems, make))
    except Mistakes:
        from sitegen.render.tracing import tell_once

        problems.found = tell_once(_trace_site(problems.found, renderer, reports, _read_facts(finished)))
        problems.stop()
    store.prune()
    yield shelf


def _trace_site(
    found: list[Problem], renderer: Renderer, reports: Sequence[ReportInput], all_facts: Sequence[ReportFacts]
) -> list[Problem]:
    """The same mistakes at the lines of templates, in pages beside the reports and in those whose links leave them."""
    from sitegen.pipeline.report import make_edition, trace_report
    from sitegen.render.shelf import render_entry, render_shelf
    from sitegen.render.tracing import trace

    folders = {problem.place.path.rpartition("/")[0] for problem in found}
    editions = {report.name: make_edition(report, Problems()) for report in reports if folders & {report.name, ""}}
    for report in reports:
        edition = editions.get(report.name)
        if edition and report.name in folders:
            found = trace_report(found, edition, report.near, renderer)

    def render(renderer: Renderer) -> Iterable[Page]:
        near = {report.name: report.near for report in reports}
        entries = {
            name: render_entry(renderer, edition, near[name], Problems())
            for name, edition in editions.items()
            if edition
        }
        marked = [replace(facts, entry=entries[facts.id] or facts.entry) for facts in all_facts]
        yield from render_shelf(renderer, marked, Problems())

    return trace(found, renderer, render) if "" in folders else found


def _read_facts(finished: Sequence[FinishedFiles]) -> list[ReportFacts]:
    return [from_text(ReportFacts, report.facts) for report in finished]


def _make_shelf(
    renderer: Renderer,
    finished: Sequence[FinishedFiles],
    assets: Mapping[str, File],
    preview: Mapping[str, bytes],
    problems: Problems,
) -> FinishedFiles:
    """What stands beside the reports, the newest being the first; all links are followed that leave a folder."""
    from sitegen.check import check_finished_site, check_paths
    from sitegen.render.shelf import render_shelf
    from sitegen.render.site_files import render_site_files

    reports = _read_facts(finished)
    pages = render_shelf(renderer, reports, problems)
    problems.stop()
    report_files = [path for report in reports for path in report.paths]
    page_paths = [page.path for page in pages]
    searchable = {report.id: report.searchable for report in reports}
    site_files = render_site_files(renderer.settings, [*page_paths, *report_files], searchable)
    check_paths([*page_paths, *site_files, MARK, SUMS, *preview, *report_files], assets, problems)
    texts = {**{page.path: page.html for page in pages}, **site_files}
    styles = {path: file.read() for path, file in assets.items()}
    files = {**{path: text.encode() for path, text in texts.items()}, **styles, **preview, MARK: MARK_TEXT}
    links = [link for report in reports for link in report.links]
    ids = {path: page_ids for report in reports for path, page_ids in report.ids.items()}
    check_finished_site(pages, links, ids, files, report_files, problems)
    problems.stop()
    return FinishedFiles("", files_of(files))
