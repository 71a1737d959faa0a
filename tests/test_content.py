"""What stands in content/, whichever reports these are: each held against its capture by a way that is not the build's."""

import json
import re
from itertools import pairwise
from posixpath import dirname, join, normpath
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

import build
from sitegen.check.collation import collate
from sitegen.check.fidelity import fold
from sitegen.problems import Problems
from tests.conftest import ROOT, edition_of
from tests.test_site import ids, tree
from tests.test_terms import count_terms

REPORTS = sorted(path.parent.name for path in (ROOT / "content").glob("*/index.md"))
HEADINGS = {f"h{rank}" for rank in range(1, 7)}
every_report = pytest.mark.parametrize("name", REPORTS)


@pytest.fixture(scope="module")
def built() -> dict[str, bytes]:
    """The files of the real site."""
    return build.make(ROOT)


def matter(name: str) -> dict[str, Any]:
    """The front matter of a report's index.md."""
    _, front, _ = (ROOT / f"content/{name}/index.md").read_text("utf-8").split("---\n", 2)
    found: dict[str, Any] = yaml.safe_load(front)
    return found


def items(built: dict[str, bytes], name: str) -> list[str]:
    """The addresses of a report's items, in order."""
    return [item["id"] for item in json.loads(built[f"{name}/report.json"])["items"]]


def words(element: ElementTree.Element) -> str:
    """The text of an element without what carries `data-apparatus`."""
    inner = "".join(words(child) + (child.tail or "") for child in element)
    return "" if "data-apparatus" in element.attrib else (element.text or "") + inner


@every_report
def test_the_words_of_the_full_text_are_those_of_the_capture_without_the_lines_left_out(
    built: dict[str, bytes], name: str
) -> None:
    [article] = tree(built, f"{name}/index.html").iter("article")
    captured = fold((ROOT / f"content/{name}/source.txt").read_text("utf-8"))
    before, shown, after = captured.partition(fold(words(article)))
    assert shown
    assert before + after == fold("".join(map(str, matter(name)["source"].get("left_out") or [])))


@every_report
def test_each_item_stands_once_on_the_full_text_and_on_the_pages_that_hold_it(
    built: dict[str, bytes], name: str
) -> None:
    addresses, full = items(built, name), ids(tree(built, f"{name}/index.html"))
    assert len(set(full)) == len(full)
    assert [id for id in full if id in set(addresses)] == addresses
    for address in addresses:
        found = ids(tree(built, f"{name}/{address}.html"))
        assert [id for id in found if id in set(addresses)] == [
            each for each in addresses if f"{each}-".startswith(f"{address}-")
        ]


@every_report
def test_headings_begin_with_one_h1_and_follow_the_levels(built: dict[str, bytes], name: str) -> None:
    for page in ("index", *items(built, name)):
        ranks = [
            int(element.tag[1]) for element in tree(built, f"{name}/{page}.html").iter() if element.tag in HEADINGS
        ]
        assert ranks[0] == 1
        assert ranks.count(1) == 1
        assert all(below <= above + 1 for above, below in pairwise(ranks)), page


@every_report
def test_every_page_says_that_the_edition_is_unofficial_and_names_the_source(
    built: dict[str, bytes], name: str
) -> None:
    source = matter(name)["source"]["url"]
    for path in built:
        if path.startswith(f"{name}/") and path.endswith(".html"):
            html = built[path].decode()
            assert "非官方" in html
            assert not source or source.replace("&", "&amp;") in html


@every_report
def test_every_report_has_the_files_for_programs(built: dict[str, bytes], name: str) -> None:
    assert {f"{name}/report.{form}" for form in ("json", "txt", "xml")} <= set(built)
    assert fold(built[f"{name}/report.txt"].decode()) == fold("".join(edition_of(ROOT, name).report.passages()))


@every_report
def test_the_counts_of_its_changes_equal_an_independent_count(name: str) -> None:
    report = edition_of(ROOT, name).report
    edition, source = "\n".join(report.passages()), "\n".join(report.source)
    found = collate(report, Problems())
    assert found.characters == len("".join(source.split()))
    for change in found.changes:
        assert change.count > 0
        if change.kind == "changed" and change.before in ",:;()":
            assert change.count == source.count(change.before) - edition.count(change.before)
            assert change.count == edition.count(change.after) - source.count(change.after)


@every_report
def test_its_terms_stand_in_order_and_each_is_found_as_often_as_it_occurs(name: str) -> None:
    edition = edition_of(ROOT, name)
    assert [term.pinyin for term in edition.terms] == sorted(term.pinyin for term in edition.terms)
    for term in edition.terms:
        assert {each.words.id: each.count for each in term.occurrences} == count_terms(edition, term)


def test_every_link_and_fragment_of_the_site_resolves(built: dict[str, bytes]) -> None:
    assert dead_links(built) == []


def dead_links(files: dict[str, bytes]) -> list[tuple[str, str]]:
    """The links within a site that lead to no file or to no id of it, each with the page that it stands on."""
    found: list[tuple[str, str]] = []
    for path in files:
        if not path.endswith(".html") or path == "404.html":
            continue
        for link in re.findall(r'(?:href|src)="([^"]*)"', files[path].decode()):
            if re.match(r"https?:|data:|mailto:", link):
                continue
            target, _, fragment = link.partition("#")
            target = normpath(join(dirname(path), target)) if target else path
            if target not in files or (fragment and f'id="{fragment}"' not in files[target].decode()):
                found.append((path, link))
    return found
