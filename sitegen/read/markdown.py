"""A document's Markdown → its headings and paragraphs, with the notes that are marked in them.

The report's words must come through verbatim, so no more of Markdown is understood than headings, paragraphs, backslash
escapes and footnotes: 1. at the start of a line stays text instead of becoming a list, * stays a star, < stays a <.
Before the first character of a paragraph a backslash is always left out: it says that this is no heading.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from sitegen.model.folder import Document
from sitegen.problems import Passage, Place, Problem, stop_at

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


def parse(document: Document) -> tuple[Block, ...]:
    """The blocks of a document in order, its own heading first.

    Raises Mistakes for a note that is not marked once, and for a mark whose note is not there.
    """
    path, first = document.body.place.path, document.body.place.line or 1
    problems: list[Problem] = []
    notes: dict[str, Passage] = {}
    found: list[tuple[int | None, Token, Place]] = []
    if document.heading:
        found.append((0, _PARSER.parseInline(document.heading)[0], document.heading.place))
    for label, opening, inline in _inlines(_PARSER.parse(document.body)):
        place = Place(path, first + (inline.map[0] if inline.map else 0))
        if label is None:
            found.append((len(opening.markup) if opening.type == "heading_open" else None, inline, place))
        else:
            if label in notes or _labels(inline):
                problems.append(Problem(place, f"the note [^{label}] must be one paragraph, without a note of its own"))
            notes.setdefault(label, Passage(_words(inline), place))
    marked = [(label, place) for _, inline, place in found for label in _labels(inline)]
    for label, place in marked:
        if label not in notes:
            problems.append(Problem(place, f'the note marked [^{label}] must stand in this file, as "[^{label}]: …"'))
    for label, note in notes.items():
        if (times := [each for each, _ in marked].count(label)) != 1:
            said = f"the note [^{label}] must be marked once in this file, not {times} times"
            problems.append(Problem(note.place, said))
    stop_at(problems)
    return tuple(_block(marks, inline, place, notes) for marks, inline, place in found)


def _inlines(tokens: Sequence[Token]) -> Iterator[tuple[str | None, Token, Token]]:
    """Each text, with the token before it, and the label of the note that it stands in."""
    label = None
    for opening, token in pairwise(tokens):
        if opening.type.startswith("footnote_reference"):
            label = opening.meta["label"] if opening.type.endswith("open") else None
        if token.type == "inline":
            yield label, opening, token


def _labels(inline: Token) -> list[str]:
    """The labels of the notes that are marked in a text, in order."""
    return [token.meta["label"] for token in inline.children or [] if token.type == "footnote_ref"]


def _block(marks: int | None, inline: Token, place: Place, notes: Mapping[str, Passage]) -> Block:
    words = re.sub(rf"\s+(?={_MARK}*\Z)", "", _words(inline))
    if inline.content.startswith("\\") and not inline.content.startswith("\\\\"):
        words = words.removeprefix("\\")
    before = accumulate(len(piece) for piece in words.split(_MARK))
    footnotes = tuple(Footnote(at, notes[label]) for at, label in zip(before, _labels(inline), strict=False))
    return Block(marks, Passage(words.replace(_MARK, ""), place), inline.content, footnotes)


def _words(inline: Token) -> str:
    """The text of an inline token; a line wrapped beside a Chinese character is joined without a space."""
    pieces = (_MARK if token.type == "footnote_ref" else token.content for token in inline.children or [])
    text = "".join(pieces)
    return _BREAK.sub(lambda found: _seam(text, found), text).strip() if "\n" in text else text.strip()


def _seam(text: str, found: re.Match[str]) -> str:
    """What stands where two lines are joined."""
    before, after = text[: found.start()].rstrip(_MARK)[-1:], text[found.end() : found.end() + 1]
    return "" if _is_wide(before) or _is_wide(after) else " "


def _is_wide(one: str) -> bool:
    """Whether a character is as wide as a Han character: those of East Asia, and the marks they share with others."""
    return "\u2e80" <= one <= "\u9fff" or "\uf900" <= one <= "\ufaff" or "\uff00" <= one <= "\uffef" or one in _SHARED
