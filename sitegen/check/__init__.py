"""Everything that is proved, in the order in which it is: a report, its apparatus, its finished files, the whole site.

A check gets what it looks at and the collector of mistakes; it imports nothing else but the model. What a stage finds
out while it makes something is told there: how files and labels are written by read/, figures and terms by apparatus/.
"""

from collections.abc import Iterable, Mapping, Sequence

from sitegen.check.addresses import check_addresses
from sitegen.check.collation import check_sides
from sitegen.check.exports import check_exports
from sitegen.check.fidelity import check_passages, check_report, compare
from sitegen.check.html import read_pages
from sitegen.check.links import check_links, check_styles, list_links, merge_links, part_links
from sitegen.check.notes import check_notes
from sitegen.check.paths import check_paths
from sitegen.model.folder import Folder
from sitegen.model.page import Link, Page, PageFacts
from sitegen.model.report import Report
from sitegen.problems import Passage, Place, Problems

__all__ = ["check_edition", "check_finished_report", "check_finished_site", "check_paths", "check_report"]

Ids = Mapping[str, frozenset[str]]
"""The ids of pages by their paths."""


def check_edition(folder: Folder, report: Report, problems: Problems) -> None:
    """A report whose words are proved: its released addresses lead to their words, its notes quote it."""
    check_addresses(folder, report, problems)
    check_notes(report, problems)


def check_finished_report(
    report: Report, pages: Sequence[Page], exports: Mapping[str, str], problems: Problems
) -> tuple[Ids, tuple[Link, ...]]:
    """A report's pages and its files for programs hold its words; the links within its folder lead somewhere.

    Gives the ids of its pages and the links that lead out of its folder, for `check_finished_site`.
    """
    check_paths([*(page.path for page in pages), *exports], (), problems)
    facts = _check_pages(pages, problems)
    check_sides(report, facts, problems)
    check_exports(report, exports, problems)
    problems.stop()  # links are followed between pages that could be read
    ids = _ids(facts)
    inside, outside = part_links(list_links(facts), f"{report.id}/")
    check_links(inside, {*ids, *exports}, ids, problems)
    return ids, outside


def check_finished_site(
    pages: Sequence[Page],
    links: Iterable[Link],
    ids: Ids,
    files: Mapping[str, bytes],
    paths: Iterable[str],
    problems: Problems,
) -> None:
    """The pages beside the reports are as they must be, and all links lead somewhere, the styles' too.

    Of the reports come the `links` that lead out of their folders, the `ids` that may be linked to and the `paths` of
    their files; `files` are those that stand beside them.
    """
    facts = _check_pages(pages, problems)
    problems.stop()
    all_links = merge_links([*list_links(facts), *links])
    check_links(all_links, {*files, *paths}, {**_ids(facts), **ids}, problems)
    check_styles(files, problems)


def _check_pages(pages: Sequence[Page], problems: Problems) -> Sequence[PageFacts]:
    """What is known of each page: it is well-formed, and where it must hold words of the report it holds them."""
    all_facts = read_pages(pages, problems)
    passages = {page.path: page.passages for page in pages}
    for facts in all_facts:
        words = passages[facts.path]
        if words and len(facts.articles) == 1:
            place = Place(facts.path)
            if compare([Passage(facts.articles[0], place)], words, problems):
                check_passages(facts.articles[0], words, place, problems)
        elif words:
            message = f"must hold the report's words in one <article>, not in {len(facts.articles)}"
            problems.must(Place(facts.path), "article-one", message)
    return all_facts


def _ids(pages: Iterable[PageFacts]) -> Ids:
    return {page.path: frozenset(page.ids) for page in pages}
