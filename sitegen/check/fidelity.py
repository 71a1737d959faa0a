"""Is every character of the report there, and nothing else? The comparison of the edition with its source.

Both sides are folded alike: Unicode NFKC, under which ， and , are the same, and no white space. White space goes
before it too, so that a line broken inside a combined character compares equal.
"""

import json
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, zip_longest
from typing import Any

from sitegen.check.html import read_articles, read_xml, words
from sitegen.model.page import Page
from sitegen.model.report import Report
from sitegen.problems import Passage, Place, mistake

_AROUND = 12  # characters shown on each side of a difference


def fold(text: str) -> str:
    """The form in which texts are compared."""
    return drop_space(unicodedata.normalize("NFKC", drop_space(text)))


def drop_space(text: str) -> str:
    """The text without its white space."""
    return "".join(text.split())


def check_report(report: Report) -> None:
    """Hold the report's own words against its source; raises Mistakes at the first difference."""
    _compare(tuple(report.passages()), report.source)


def check_page(page: Page) -> None:
    """Hold the words of a page's one article, without its apparatus, against those that it must show."""
    if not page.passages:
        return
    articles = read_articles(page)
    if len(articles) != 1:
        raise mistake(Place(page.path), f"must hold the report's words in one <article>, not in {len(articles)}")
    _compare([Passage("".join(words(articles[0])), Place(page.path))], page.passages)


def check_text(report: Report, path: str, text: str) -> None:
    """Hold report.txt against the report's words."""
    _compare([Passage(text, Place(path))], tuple(report.passages()))


def check_json(report: Report, path: str, text: str) -> None:
    """Hold the words in report.json against the report's."""
    check_text(report, path, "".join(_words_of(json.loads(text))))


def check_xml(report: Report, path: str, text: str) -> None:
    """Hold the words in report.xml, all that stands behind its <meta>, against the report's."""
    parts = [part for part in read_xml(path, text)[0] if not part.tag.endswith("}meta")]
    check_text(report, path, "".join("".join(part.itertext()) for part in parts))


def _words_of(told: dict[str, Any]) -> Iterator[str]:
    yield told["title"]
    for paragraph in told["preamble"]:
        yield paragraph["text"]
    for item in told["items"]:
        yield item["heading"]
        for paragraph in item["paragraphs"]:
            yield paragraph["text"]


def _compare(edition: Sequence[Passage], source: Sequence[Passage]) -> None:
    """Raise Mistakes with the first difference: on each side its place and, behind a ▸, the text from there on."""
    ours, theirs = (drop_space("".join(side)) for side in (edition, source))
    if ours == theirs or (folded := fold(ours)) == (expected := fold(theirs)):
        return
    at = next(at for at, pair in enumerate(zip_longest(folded, expected)) if pair[0] != pair[1])
    here, there = _unfold(ours, at), _unfold(theirs, at)
    begins = [_begins(edition, here), _begins(source, there)]
    places = _place(edition, here, begins[1]), _place(source, there, begins[0])
    shown = _show(ours, here), _show(theirs, there)
    raise mistake(places[0], f"must read as {places[1]} does: here {shown[0]}, there {shown[1]}")


def _show(text: str, index: int) -> str:
    """The text around `index`, with a ▸ there and with characters that nobody can see named, as [U+200B]."""
    around = f"{text[max(0, index - _AROUND) : index]}▸{text[index : index + _AROUND]}"
    named = (f"[U+{ord(one):04X}]" if unicodedata.category(one) == "Cf" else one for one in around)
    return '"' + "".join(named) + '"'


def _unfold(text: str, at: int) -> int:
    """The index in `text` of the character that folds to number `at`, the length of `text` behind its end."""
    return bisect_right(range(len(text) + 1), at, key=lambda end: len(fold(text[:end]))) - 1


def _starts(passages: Sequence[Passage]) -> list[int]:
    """Where each passage starts in their joined text, and where that ends."""
    return list(accumulate((len(drop_space(passage)) for passage in passages), initial=0))


def _begins(passages: Sequence[Passage], index: int) -> bool:
    """Whether a passage, or nothing more, begins at `index`."""
    return index in _starts(passages)


def _place(passages: Sequence[Passage], index: int, other_begins: bool) -> Place:
    """The place of the passage at `index`.

    At the start of one while the other side stands in the middle of its own, the end of the one before: that is where
    the character was lost.
    """
    starts = _starts(passages)[:-1]
    number = bisect_right(starts, index) - 1
    return passages[number - 1 if number and index in starts and not other_begins else number].place
