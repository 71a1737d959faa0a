"""A report → its words as the search is given them: for its own pages in a script, for all others in pieces.

These are scripts because a page opened from the disk may load no other data; bundles.py puts the pieces into some.
"""

import json
from collections.abc import Sequence

from sitegen.labels import NUMBER_FORMS
from sitegen.model.finished import Searchable
from sitegen.model.report import Report

BUNDLE = 110_000
"""Characters that a bundle holds at most: with gzip 256 kB, even if all were Han characters drawn at random, which take
2.1 bytes each, with the forms of them all, 15 kB. The words of reports come to less than half of that."""

Entry = Sequence[str]
"""An address with its number, heading, text (a line a paragraph) and, of an item, its title."""


def words_js(report: Report, traditional: str) -> str:
    """The words of a report: all its entries, in order, the first of which is its title; and its traditional forms."""
    return call("searchable", to_json({**_words(report, _entries(report)), "traditional": traditional}))


def characters_of(report: Report) -> frozenset[str]:
    """All characters that can be found in a report, by its words or its numbers."""
    return frozenset("".join([*report.passages(), *NUMBER_FORMS]))


def make_searchable(report: Report, traditional: str) -> Searchable:
    """The same for bundles, in as many pieces as these must hold: one, but for a report of great length."""
    entries = _entries(report)
    pieces = [to_json(_words(report, entries))]
    if len(pieces[0]) > BUNDLE:
        room = BUNDLE - len(to_json(_words(report, ())))
        pieces = [to_json(_words(report, part)) for part in _part(entries, room)]
    return Searchable(tuple(pieces), traditional)


def _part(entries: Sequence[Entry], limit: int) -> list[list[Entry]]:
    """Entries in parts of so many characters of JSON at most, but for one that is longer by itself."""
    parts: list[list[Entry]] = []
    room = 0
    for entry in entries:
        length = len(to_json(entry)) + 1
        if length > room:
            parts.append([])
            room = limit
        parts[-1].append(entry)
        room -= length
    return parts


def call(function: str, data: str) -> str:
    """A script that hands data, given as JSON, to a function of uses.js."""
    return f"{function}({data});\n"


def to_json(data: object) -> str:
    """JSON without white space, in the characters of the text itself."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _words(report: Report, entries: Sequence[Entry]) -> dict[str, object]:
    return {"id": report.id, "title": report.matter.title, "entries": entries}


def _entries(report: Report) -> Sequence[Entry]:
    entries = [["", "", report.matter.title, ""]]
    entries += [[paragraph.id, "", "", paragraph.text] for paragraph in report.preamble]
    for item in report.walk():
        text = "\n".join(paragraph.text for paragraph in item.paragraphs)
        entries.append([item.id, item.number, item.heading, text, item.title])
    return entries
