"""A document's Markdown → its headings and paragraphs, with the notes that are marked in them.

The report's words must come through verbatim, so no more of Markdown is understood than headings, paragraphs, backslash
escapes and footnotes: 1. at the start of a line stays text instead of becoming a list, * stays a star, < stays a <.
Before the first character of a paragraph a backslash is always left out: it says that this is no heading.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from sitegen.model.folder import Document
from sitegen.problems import Passage, Place, Problems
from sitegen.read.mistyped import mend_markdown

_MARK = "\x00"  # where a note is marked, while lines are joined; no file holds it
_SHARED = tuple("“”‘’—…")
_MARKED = re.compile(r"\[\^([^\s\[\]]+)\]")
_ESCAPED = re.compile(r"\\([［【])(?=[\^＾])")


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
    document = _mended(document, problems)
    texts: list[_Text] = []
    notes: dict[str, Passage] = {}
    defined: dict[str, int] = {}  # where
    if document.heading:
        texts.append(_Text(0, _PARSER.parseInline(document.heading)[0], document.heading.place))
    for note, text in _texts(document):
        if note is None:
            texts.append(text)
        elif defined.setdefault(note.label, note.line) != note.line:
            message = f"the note [^{note.label}] must be defined once; line {defined[note.label]} defines it already"
            problems.must(Place(document.path, note.line), "note-once", message)
        else:
            if note.label in notes or text.labels:
                message = f"the note [^{note.label}] must be one paragraph, without a note of its own"
                problems.must(text.place, "note-form", message)
            notes.setdefault(note.label, Passage(_words(text.inline), text.place))
    _check_marks(texts, notes, problems)
    return tuple(_block(text, notes) for text in texts)


def _mended(document: Document, problems: Problems) -> Document:
    """The document with what was mistyped in it as it was meant, once that is told."""
    heading = document.heading and mend_markdown(document.heading, problems)
    return replace(document, heading=heading, body=mend_markdown(document.body, problems))


class _Definition(NamedTuple):
    """Where a note is defined: its label and the line in its file."""

    label: str
    line: int


def _texts(document: Document) -> Iterator[tuple[_Definition | None, _Text]]:
    """Each text of the body, and the definition of the note that it stands in."""
    first = document.body.place.line or 1
    note = None
    for opening, token in pairwise(_PARSER.parse(document.body)):
        if opening.type == "footnote_reference_open":
            note = _Definition(opening.meta["label"], first + (opening.map[0] if opening.map else 0))
        elif opening.type == "footnote_reference_close":
            note = None
        if token.type == "inline":
            marks = len(opening.markup) if opening.type == "heading_open" else None
            yield note, _Text(marks, token, Place(document.path, first + (token.map[0] if token.map else 0)))


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
    pieces = _words(text.inline).split(_MARK)
    for at in range(len(pieces) - 1, -1, -1):  # what stands behind the last words is marks and space
        pieces[at] = pieces[at].rstrip()
        if pieces[at]:
            break
    typed = text.inline.content
    if typed.startswith("\\") and not typed.startswith("\\\\"):
        pieces[0] = pieces[0].removeprefix("\\")
    before = accumulate(map(len, pieces))
    marked = [(at, label) for at, label in zip(before, text.labels, strict=False) if label in notes]
    footnotes = tuple(Footnote(at, notes[label]) for at, label in marked)
    return Block(text.marks, Passage("".join(pieces), text.place), typed, footnotes)


def _words(inline: Token) -> str:
    """The text of an inline token; a line wrapped beside a Chinese character is joined without a space."""
    text = "".join(_MARK if token.type == "footnote_ref" else token.content for token in inline.children or [])
    lines = [line.strip() for line in text.strip().split("\n")]
    joined = lines[:1]
    for before, line in pairwise(lines):
        is_joined = _is_wide(before.rstrip(_MARK)[-1:]) or _is_wide(line[:1])
        joined += ["" if is_joined else " ", line]
    return "".join(joined)


def _is_wide(character: str) -> bool:
    """Whether a character is as wide as a Han character: those of East Asia, and the marks they share with others."""
    return (
        "\u2e80" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or "\uff00" <= character <= "\uffef"
        or character in _SHARED
    )


def _read_mark(state: StateInline, silent: bool) -> bool:
    """A note's mark, as a rule of markdown-it-py: unlike the plugin's it never looks beyond the next bracket."""
    match = _MARKED.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        state.push("footnote_ref", "", 0).meta = {"label": match[1]}
    state.pos = match.end()
    return True


def _read_escape(state: StateInline, silent: bool) -> bool:
    """A backslash before a full-width bracket that would look like a mistyped mark, as a rule of markdown-it-py."""
    match = _ESCAPED.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        state.push("text_special", "", 0).content = match[1]
    state.pos = match.end()
    return True


_PARSER = MarkdownIt("zero").enable(["heading", "escape"])
_PARSER.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
_PARSER.inline.ruler.at("footnote_ref", _read_mark)
_PARSER.inline.ruler.before("escape", "escape_wide", _read_escape)
