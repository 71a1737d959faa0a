"""The files for programs, held against the report's words: each read back as a program would read it."""

import csv
import json
from collections.abc import Callable, Mapping
from io import StringIO
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

from sitegen.check.fidelity import check_passages, compare
from sitegen.check.html import tell_malformed
from sitegen.model.report import Report
from sitegen.problems import Passage, Place, Problems


def check_exports(report: Report, texts: Mapping[str, str], problems: Problems) -> None:
    """Hold every file, given by its path, whose form is known to carry the report's words against these."""
    for path, text in texts.items():
        name = path.rpartition("/")[2]
        if name == "figures.csv":
            _check_figures(path, text, report, problems)
        read_words = READERS.get(name)
        words = read_words(path, text, problems) if read_words else None
        if words is not None:
            passages = tuple(report.passages())
            if compare([Passage(words, Place(path))], passages, problems):
                check_passages(words, passages, Place(path), problems)


def _check_figures(path: str, text: str, report: Report, problems: Problems) -> None:
    """Each row of a figures.csv gives a value that stands in the words at the address that it gives."""
    words_at = {words.page if words.item else f"{words.page}#{words.id}": words for words in report.words}
    rows = csv.reader(StringIO(text, newline=""))
    next(rows, None)  # what the columns are
    for row in rows:
        address, value = row[1:3]
        if address not in words_at or not any(value in passage for passage in words_at[address].passages):
            message = f'"{value}" must stand in the words at {address}'
            problems.must(Place(path, rows.line_num), "words-equal", message)


def _words_of_text(_: str, text: str, __: Problems) -> str:
    return text


def _words_of_json(_: str, text: str, __: Problems) -> str:
    """The words in a report.json: title, preamble, and of each item heading and paragraphs."""
    report: dict[str, Any] = json.loads(text)
    words = [report["title"], *(paragraph["text"] for paragraph in report["preamble"])]
    for item in report["items"]:
        words.append(item["heading"])
        words += [paragraph["text"] for paragraph in item["paragraphs"]]
    return "".join(words)


def _words_of_xml(path: str, text: str, problems: Problems) -> str | None:
    """The words in a report.xml: all that stands outside its <meta>; None when it is not well-formed."""
    words: list[str] = []
    parser = ParserCreate()
    parser.buffer_text = True
    parser.CharacterDataHandler = words.append

    def start(name: str, _: dict[str, str]) -> None:
        if name == "meta":
            parser.CharacterDataHandler = None

        elif name == "heading":
            parser.CharacterDataHandler = words.append

    def end(name: str) -> None:
        if name == "meta":
            parser.CharacterDataHandler = words.append
        elif name == "num":  # the line's end between a label and its heading is none of the report's
            parser.CharacterDataHandler = lambda text: words.append(text.strip())

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(text, True)
    except ExpatError as error:
        tell_malformed(path, text, error, problems)
        return None
    return "".join(words)


READERS: Mapping[str, Callable[[str, str, Problems], str | None]] = {
    "report.txt": _words_of_text,
    "report.json": _words_of_json,
    "report.xml": _words_of_xml,
}
"""What reads the report's words back, for every file that carries them."""
