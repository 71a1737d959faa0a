"""A report's folder → the report, numbered and proved, and its edition: the order of the stages that read."""

from pathlib import Path

from sitegen import fidelity
from sitegen.comparison import compare
from sitegen.edition import Edition
from sitegen.figures import read_figures
from sitegen.load import load_report
from sitegen.markdown import Block, parse
from sitegen.model import Folder, Report
from sitegen.notes import check_notes
from sitegen.outline import number
from sitegen.permanence import check_addresses
from sitegen.problems import Problem, gather, stop_at
from sitegen.terms import index_terms


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


def read_edition(root: Path, name: str) -> Edition:
    """The report in content/NAME with its apparatus, which is held against the report's words; raises Mistakes."""
    folder = load_report(root, name)
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
    return Edition(report, compare(report), figures, terms)
