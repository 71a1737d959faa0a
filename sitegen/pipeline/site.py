"""The project → the finished files of the whole site, report by report, and last what stands beside the reports."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sitegen.apparatus.neighbours import group_names, list_neighbours, newest_first
from sitegen.apparatus.series import Listed, list_figures
from sitegen.check import check_finished_site, check_paths
from sitegen.check.addresses import check_reports
from sitegen.model.finished import FinishedFiles
from sitegen.model.folder import Files, Index
from sitegen.model.page import Page
from sitegen.model.project import Project, ReportInput
from sitegen.model.record import ReleasedAddress
from sitegen.model.shelf import Near
from sitegen.pipeline.cache import Cache
from sitegen.pipeline.progress import progress
from sitegen.pipeline.report import make_edition, trace_report
from sitegen.pipeline.workers import make_reports
from sitegen.problems import Mistakes, Problem, Problems
from sitegen.publish.digest import SUMS
from sitegen.publish.published import MARK, MARK_TEXT
from sitegen.read.folder import read_beside_index, read_index, read_listed_figures
from sitegen.read.record import record_of_reports
from sitegen.render.assets import render_assets
from sitegen.render.exports import TEMPLATES
from sitegen.render.pages import Renderer
from sitegen.render.shelf import FEW, render_entry, render_shelf
from sitegen.render.site_files import render_site_files
from sitegen.render.templates import compile_templates
from sitegen.render.term_pages import are_many
from sitegen.render.tracing import tell_once, trace


def make_site(
    project: Project, problems: Problems, cache: Cache | None = None, preview: Mapping[str, bytes] | None = None
) -> Iterator[FinishedFiles]:
    """Prepare what all reports share, then give the finished files as they are made.

    A `preview` has files of its own, which its pages load, and a cache of the reports that it made before.

    Raises Mistakes at once, with those of all reports too, when anything that they share must be mended; later when
    everything that can be seen was seen.
    """
    templates = compile_templates(project.templates, TEMPLATES, problems)
    assets = render_assets(project.static, problems)
    record = record_of_reports(project.record)
    check_reports(record, project.reports, problems)
    shared_is_wrong = bool(problems.found)
    reports = list_reports(project.reports, record, problems)
    if shared_is_wrong:
        for outcome in make_reports(reports, None):
            problems.add(outcome.problems)
        problems.stop()
    assert project.settings is not None, "what is wrong with them was told"
    assert templates is not None, "what is wrong with them was told"
    renderer = Renderer(
        project.settings,
        project.templates,
        templates,
        several=len(reports) > 1,
        preview=preview is not None,
        many=len(reports) > FEW,
        by_letter=are_many(project.reports.values()),
    )
    return _make(renderer, reports, assets, preview or {}, problems, cache)


def list_reports(
    folders: Mapping[str, Files], record: Mapping[str, tuple[ReleasedAddress, ...]], problems: Problems
) -> list[ReportInput]:
    """The reports to make, the newest first; a folder without a right index.md is read for its mistakes alone."""
    indexes: dict[str, Index] = {}
    for name, files in folders.items():
        if index := read_index(name, files, problems):
            indexes[name] = index
        else:
            read_beside_index(name, files, problems)
    near = _look_around(folders, indexes)
    names = newest_first({name: index.matter for name, index in indexes.items()})
    return [ReportInput(name, folders[name], indexes[name], near[name], record.get(name, ())) for name in names]


def _look_around(folders: Mapping[str, Files], indexes: Mapping[str, Index]) -> dict[str, Near]:
    """What each report needs of the others of its issuer; figures are read for it where there are others."""
    matters = {name: index.matter for name, index in indexes.items()}
    near: dict[str, Near] = {}
    for names in group_names(matters):
        figures: dict[str, Listed] = {}
        for name in names if len(names) > 1 else ():
            read = read_listed_figures(name, folders[name], indexes[name])
            figures[name] = list_figures(name, matters[name].year, read)
        near |= list_neighbours(names, matters, figures)
    return near


def _make(
    renderer: Renderer,
    reports: Sequence[ReportInput],
    assets: Mapping[str, bytes],
    preview: Mapping[str, bytes],
    problems: Problems,
    cache: Cache | None,
) -> Iterator[FinishedFiles]:
    finished: list[FinishedFiles] = []
    outcomes = cache.make_reports(reports, renderer) if cache else make_reports(reports, renderer)
    for outcome in progress(outcomes, len(reports), "reports"):
        problems.add(outcome.problems)
        if outcome.finished:
            finished.append(outcome.finished.without_files())
            yield outcome.finished
    problems.found = tell_once(problems.found)
    problems.stop()
    try:
        shelf = _make_shelf(renderer, finished, assets, preview, problems)
    except Mistakes:
        problems.found = tell_once(_trace_site(problems.found, renderer, reports, finished))
        problems.stop()
    yield shelf


def _trace_site(
    found: list[Problem], renderer: Renderer, reports: Sequence[ReportInput], finished: Sequence[FinishedFiles]
) -> list[Problem]:
    """The same mistakes at the lines of templates, in pages beside the reports and in those whose links leave them."""
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
        yield from render_shelf(renderer, [replace(each, entry=entries[each.id]) for each in finished], Problems())

    return trace(found, renderer, render) if "" in folders else found


def _make_shelf(
    renderer: Renderer,
    reports: Sequence[FinishedFiles],
    assets: Mapping[str, bytes],
    preview: Mapping[str, bytes],
    problems: Problems,
) -> FinishedFiles:
    """What stands beside the reports, the newest being the first; all links are followed that leave a folder."""
    pages = render_shelf(renderer, reports, problems)
    problems.stop()
    report_files = [path for report in reports for path in report.files]
    page_paths = [page.path for page in pages]
    searchable = {report.id: report.searchable for report in reports}
    site_files = render_site_files(renderer.settings, [*page_paths, *report_files], searchable)
    check_paths([*page_paths, *site_files, MARK, SUMS, *preview, *report_files], assets, problems)
    texts = {**{page.path: page.html for page in pages}, **site_files}
    files = {**{path: text.encode() for path, text in texts.items()}, **assets, **preview, MARK: MARK_TEXT}
    links = [link for report in reports for link in report.links]
    ids = {path: page_ids for report in reports for path, page_ids in report.ids.items()}
    check_finished_site(pages, links, ids, files, report_files, problems)
    problems.stop()
    return FinishedFiles("", files)
