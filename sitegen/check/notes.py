"""The editor's notes held against the words that they are about."""

import re
from collections.abc import Iterable

from sitegen.model.report import Note, Words
from sitegen.problems import Problem, stop_at

_QUOTED = re.compile(r"「([^」]*)」")


def check_notes(report_words: Iterable[Words]) -> None:
    """Hold what notes quote in 「」 against the words of the address they stand at; raises Mistakes."""
    stop_at(problem for words in report_words for note in words.notes for problem in _check(note, words))


def _check(note: Note, words: Words) -> Iterable[Problem]:
    quotes = _QUOTED.findall(note.text)
    if not quotes:
        yield Problem(note.text.place, f'the note "{note.text}" must quote the words it is about in 「」')
    if re.search("[「」『』]", _QUOTED.sub("", note.text)):
        yield Problem(note.text.place, f'the note "{note.text}" must close every 「 by 」, and quote in no other marks')
    for quote in quotes:
        if not quote or not any(quote in passage for passage in words.passages):
            yield Problem(note.text.place, f'"{quote}" must stand in the words that the note is about')
