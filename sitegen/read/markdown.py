"""A document's Markdown → its headings and paragraphs, with the notes that are marked in them.

The report's words must come through verbatim, so no more of Markdown is understood than headings, paragraphs, backslash
escapes and footnotes: 1. at the start of a line stays text instead of becoming a list, * stays a star, < stays a <.
Before the first character of a paragraph a backslash is always left out: it says that this is no heading.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from sitegen.model.folder import Document
from sitegen.problems import Passage, Place, Problems

_PARSER = MarkdownIt("zero").enable(["heading", "escape"])
_PARSER.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
_MARK = "\x00"  # where a note is marked, while lines are joined; no file holds it
_SHARED = tuple("“”‘’—…")
_BREAK = re.compile(r"\s*\n\s*")


@dataclass(frozen=True)
class Footnote:
    """A note as the editor typed it: its mark stands behind the first `at` characters of a text."""

    at: int
    text: Passage


@dataclass(frozen=True)
class Block:
    """A paragraph (`marks` is None) or a heading: `marks` is its number of #, 0 for a file's own.

    `typed` is the text as the editor typed it, with any backslashes.
    """

    marks: int | None
    text: Passage
    typed: str
    footnotes: tuple[Footnote, ...] = ()


class _Text(NamedTuple):
    """The inline token of a heading or paragraph, `marks` as in a block, and its place."""

    marks: int | None
    inline: Token
    place: Place

    @property
    def labels(self) -> list[str]:
        """The labels of the notes that are marked in it, in order."""
        return [token.meta["label"] for token in self.inline.children or [] if token.type == "footnote_ref"]


def parse(document: Document, problems: Problems) -> tuple[Block, ...]:
    """The blocks of a document in order, its own heading first; a note must be marked once, a mark have its note."""
    texts: list[_Text] = []
    notes: dict[str, Passage] = {}
    if document.heading:
        texts.append(_Text(0, _PARSER.parseInline(document.heading)[0], document.heading.place))
    for label, text in _texts(document):
        if label is None:
            texts.append(text)
        else:
            if label in notes or text.labels:
                message = f"the note [^{label}] must be one paragraph, without a note of its own"
                problems.must(text.place, "note-form", message)
            notes.setdefault(label, Passage(_words(text.inline), text.place))
    _check_marks(texts, notes, problems)
    return tuple(_block(text, notes) for text in texts)


def _texts(document: Document) -> Iterator[tuple[str | None, _Text]]:
    """Each text of the body, and the label of the note that it stands in."""
    first = document.body.place.line or 1
    label = None
    for opening, token in pairwise(_PARSER.parse(document.body)):
        if opening.type.startswith("footnote_reference"):
            label = opening.meta["label"] if opening.type.endswith("open") else None
        if token.type == "inline":
            marks = len(opening.markup) if opening.type == "heading_open" else None
            yield label, _Text(marks, token, Place(document.path, first + (token.map[0] if token.map else 0)))


def _check_marks(texts: Sequence[_Text], notes: Mapping[str, Passage], problems: Problems) -> None:
    times = dict.fromkeys(notes, 0)
    for text in texts:
        for label in text.labels:
            if label in notes:
                times[label] += 1
            else:
                message = f'the note marked [^{label}] must stand in this file, as "[^{label}]: …"'
                problems.must(text.place, "note-there", message)
    for label, count in times.items():
        if count != 1:
            message = f"the note [^{label}] must be marked once in this file, not {count} times"
            problems.must(notes[label].place, "note-marked", message)


def _block(text: _Text, notes: Mapping[str, Passage]) -> Block:
    words = re.sub(rf"\s+(?={_MARK}*\Z)", "", _words(text.inline))
    typed = text.inline.content
    if typed.startswith("\\") and not typed.startswith("\\\\"):
        words = words.removeprefix("\\")
    before = accumulate(len(piece) for piece in words.split(_MARK))
    marked = [(at, label) for at, label in zip(before, text.labels, strict=False) if label in notes]
    footnotes = tuple(Footnote(at, notes[label]) for at, label in marked)
    return Block(text.marks, Passage(words.replace(_MARK, ""), text.place), typed, footnotes)


def _words(inline: Token) -> str:
    """The text of an inline token; a line wrapped beside a Chinese character is joined without a space."""
    pieces = (_MARK if token.type == "footnote_ref" else token.content for token in inline.children or [])
    text = "".join(pieces)
    return _BREAK.sub(lambda match: _seam(text, match), text).strip() if "\n" in text else text.strip()


def _seam(text: str, line_end: re.Match[str]) -> str:
    """What stands where two lines are joined."""
    before, after = text[: line_end.start()].rstrip(_MARK)[-1:], text[line_end.end() : line_end.end() + 1]
    return "" if _is_wide(before) or _is_wide(after) else " "


def _is_wide(character: str) -> bool:
    """Whether a character is as wide as a Han character: those of East Asia, and the marks they share with others."""
    return (
        "\u2e80" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or "\uff00" <= character <= "\uffef"
        or character in _SHARED
    )
