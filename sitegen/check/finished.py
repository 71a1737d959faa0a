"""The finished files of a report, or of the shelf, held against the report's words and against what HTML asks."""

from collections.abc import Iterable, Mapping

from sitegen.check import fidelity, links
from sitegen.check import html as markup
from sitegen.model.edition import Edition
from sitegen.model.page import Page
from sitegen.problems import Problem, gather, stop_at

_PROOFS = {"report.txt": fidelity.check_text, "report.json": fidelity.check_json, "report.xml": fidelity.check_xml}


def check_pages(pages: Iterable[Page]) -> dict[str, frozenset[str]]:
    """The ids of each page; raises Mistakes with what is wrong with any of them, but for its links."""
    problems: list[Problem] = []
    found: dict[str, frozenset[str]] = {}
    for page in pages:
        with gather(problems):
            markup.check_page(page)
            fidelity.check_page(page)
        ids = links.read_ids(page.html)
        problems += links.check_page(page, ids)
        found[page.path] = frozenset(ids)
    stop_at(problems)
    return found


def check_exports(edition: Edition, texts: Mapping[str, str]) -> None:
    """Hold the files for programs against the report's words; raises Mistakes."""
    problems: list[Problem] = []
    report = edition.report
    for name, check in _PROOFS.items():
        path = f"{report.id}/{name}"
        with gather(problems):
            check(report, path, texts[path])
    stop_at(problems)
