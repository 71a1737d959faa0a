"""Is every character of the report there, and nothing else? The comparison of the edition with its source.

Both sides are folded alike: Unicode NFKC, under which ， and , are the same, and no white space. White space goes
before it too, so that a line broken inside a combined character compares equal.
"""

import json
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from sitegen.markup import Element, words
from sitegen.model import Page, Report
from sitegen.place import Passage, Place
from sitegen.problems import mistake

_AROUND = 12  # characters shown on each side of a difference


def fold(text: str) -> str:
    """The form in which texts are compared."""
    return _drop_space(unicodedata.normalize("NFKC", _drop_space(text)))


def check_report(report: Report) -> None:
    """Hold the report's own words against its source; raises Mistakes at the first difference."""
    _compare(tuple(report.passages()), report.source)


def check_page(page: Page, root: Element) -> None:
    """Hold the words of a page's one article, without its apparatus, against those that it must show."""
    if not page.passages:
        return
    articles = list(root.iter("article"))
    if len(articles) != 1:
        raise mistake(Place(page.path), f"must hold the report's words in one <article>, not in {len(articles)}")
    _compare([Passage("".join(words(articles[0])), Place(page.path))], page.passages)


def check_text(report: Report, path: str, text: str) -> None:
    """Hold report.txt against the report's words."""
    _compare([Passage(text, Place(path))], tuple(report.passages()))


def check_json(report: Report, path: str, text: str) -> None:
    """Hold the words in report.json against the report's."""
    check_text(report, path, "".join(_words_of(json.loads(text))))


def _words_of(told: dict[str, Any]) -> Iterator[str]:
    yield told["title"]
    for paragraph in told["preamble"]:
        yield paragraph["text"]
    for item in told["items"]:
        yield item["heading"]
        for paragraph in item["paragraphs"]:
            yield paragraph["text"]


def _drop_space(text: str) -> str:
    return "".join(text.split())


def _compare(edition: Sequence[Passage], source: Sequence[Passage]) -> None:
    """Raise Mistakes with the place and the surroundings of the first difference, on both sides."""
    ours, theirs = (_drop_space("".join(side)) for side in (edition, source))
    if ours == theirs or (folded := fold(ours)) == (expected := fold(theirs)):
        return
    at = next(at for at, pair in enumerate(zip_longest(folded, expected)) if pair[0] != pair[1])
    here, there = _find(edition, ours, at), _find(source, theirs, at)
    message = f"must read as {there.place} does: here {here}, there {there}"
    raise mistake(here.place, message)


def _find(passages: Sequence[Passage], text: str, at: int) -> Passage:
    """Where the folded character number `at` stands, and the text around it with a ▸ before it.

    At the start of a passage the place is the end of the one before, where a lost character would have stood.
    """
    index = bisect_right(range(len(text)), at, key=lambda end: len(fold(text[:end]))) - 1
    shown = f'"{text[max(0, index - _AROUND) : index]}▸{text[index : index + _AROUND]}"'
    end = 0
    for passage in passages:
        end += len(_drop_space(passage))
        if index <= end:
            break
    return Passage(shown, passage.place)
