"""The project's files → its settings; each report, numbered and proved, and its edition; the stages that read."""

from dataclasses import replace
from pathlib import Path

from sitegen.apparatus.figures import read_figures
from sitegen.apparatus.terms import index_terms
from sitegen.check import fidelity
from sitegen.check.addresses import check_addresses, waiting
from sitegen.check.changes import compare
from sitegen.check.notes import check_notes
from sitegen.files import decode, names, read_bytes, read_folder
from sitegen.frontmatter import reader as frontmatter
from sitegen.frontmatter.keys import Site
from sitegen.model.edition import Edition
from sitegen.model.folder import Files, Folder, Index
from sitegen.model.report import Report
from sitegen.problems import Passage, Place, Problem, gather, stop_at
from sitegen.read.folder import load_report
from sitegen.read.markdown import Block, parse
from sitegen.read.outline import number


def read_site(root: Path) -> Site:
    """The settings in site.yaml; raises Mistakes."""
    site = frontmatter.read(decode(read_bytes(root, "site.yaml"), "site.yaml"), Site)
    return replace(site, url=Passage(site.url.rstrip("/"), site.url.place)) if site.url else site


def read_content(root: Path, problems: list[Problem]) -> dict[str, Files]:
    """The files of each report's folder, by its name; adds to `problems` when there is none, or one cannot be read."""
    content: dict[str, Files] = {}
    with gather(problems):
        found = [name for name in names(root, "content") if not (root / "content" / name).is_file()]
        for name in found:
            with gather(problems):
                content[name] = read_folder(root, f"content/{name}")
        if not found:
            problems.append(Problem(Place("content"), "must hold a folder for each report, as in content/2021"))
    return content


def read_report(folder: Folder) -> Report:
    """The report in a folder, numbered and proved against its source; raises Mistakes."""
    problems: list[Problem] = []
    parsed: list[tuple[Block, ...]] = []
    for document in folder.documents:
        with gather(problems):
            parsed.append(parse(document))
    stop_at(problems)
    report = number(folder, parsed)
    fidelity.check_report(report)
    return report


def read_edition(name: str, files: Files, index: Index | None = None) -> Edition:
    """The report in content/NAME with its apparatus, which is held against the report's words; raises Mistakes."""
    folder = load_report(name, files, index)
    report = read_report(folder)
    problems: list[Problem] = []
    with gather(problems):
        check_addresses(folder, report)
    with gather(problems):
        check_notes(report.words())
    with gather(problems):
        figures = read_figures(folder, report)
    with gather(problems):
        terms = index_terms(folder.terms, report.words())
    stop_at(problems)
    return Edition(report, compare(report), figures, terms, tuple(map(str, folder.released)), waiting(folder, report))
