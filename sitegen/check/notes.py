"""The editor's notes held against the words that they are about."""

import re

from sitegen.model.report import Note, Report, Words
from sitegen.problems import Problems

_QUOTED = re.compile(r"「([^」]*)」")


def check_notes(report: Report, problems: Problems) -> None:
    """Every note quotes in 「」 from the words of the address it stands at, to the letter."""
    for words in report.words:
        for note in words.notes:
            _check_note(note, words, problems)


def _check_note(note: Note, words: Words, problems: Problems) -> None:
    quotes = _QUOTED.findall(note.text)
    if not quotes:
        message = f'the note "{note.text}" must quote the words it is about in 「」'
        problems.must(note.text.place, "note-quotes", message)
    if re.search("[「」『』]", _QUOTED.sub("", note.text)):
        message = f'the note "{note.text}" must close every 「 by 」, and quote in no other marks'
        problems.must(note.text.place, "note-quotes", message)
    for quote in quotes:
        if not quote or not any(quote in passage for passage in words.passages):
            message = f'"{quote}" must stand in the words that the note is about'
            problems.must(note.text.place, "note-quotes", message)
