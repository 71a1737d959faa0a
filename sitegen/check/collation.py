"""A report, proved equal to its source, beside the captured text, line by line, with every difference between them.

White space may be taken out, never put in: told is every place where the report has more of it than its source.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, count, pairwise
from typing import NamedTuple

from sitegen.check.alignment import align
from sitegen.check.fidelity import compare, drop_space, fold
from sitegen.model.edition import Comparison, EditionLine, Kind, Piece, Row, SourceLine
from sitegen.model.page import PageFacts
from sitegen.model.report import Note, Report, Words
from sitegen.problems import Passage, Place, Problems

_AROUND = 8  # characters that a message shows on each side of white space
_SPACES = 60  # of the white space itself, and how far it is followed where the source has a part of it
_NO_DIFFERENCE: tuple[Kind, ...] = ("alike", "line_end", "continued")


def collate(report: Report, problems: Problems) -> Comparison:
    """Collate a report whose folded words equal its source's; white space that it adds is told."""
    texts = tuple(_texts(report))
    passages = [text.passage for text in texts]
    pieces = align("\n".join(report.source), "\n".join(passages), _note_places(texts))
    rows = _rows(pieces, deque(_captured_lines(report)), iter(texts), problems)
    return Comparison(len(fold("".join(passages))), tuple(rows))


def check_sides(report: Report, pages: Iterable[PageFacts], problems: Problems) -> None:
    """A page that shows both texts shows all that was captured, and the report's words, to the character."""
    expected = {"source": (report.capture, "\n"), "edition": (tuple(report.passages()), "")}
    for page in pages:
        if not page.sides:
            continue
        for side, (passages, between) in expected.items():
            text, place = page.sides.get(side, ""), Place(page.path)
            if text != between.join(passages) and compare([Passage(text, place)], passages, problems):
                message = f"must show the text of the {side} to the character, with its white space and its forms"
                problems.must(place, "words-equal", message)


class _Text(NamedTuple):
    """A passage of the report: its address, the words that it belongs to, and the notes to it."""

    address: str
    words: Words
    passage: Passage
    notes: tuple[Note, ...]


def _texts(report: Report) -> Iterator[_Text]:
    """Every passage of the report, in its order."""
    title, preamble = report.words[:2]
    if report.matter.title:
        yield _Text("", title, report.matter.title, ())
    for paragraph in report.preamble:
        yield _Text(paragraph.id, preamble, paragraph.text, paragraph.notes)
    for item in report.walk():
        yield _Text(item.id, item.words, item.heading, item.notes)
        for paragraph in item.paragraphs:
            yield _Text(paragraph.id, item.words, paragraph.text, paragraph.notes)


def _note_places(texts: Sequence[_Text]) -> Iterator[int]:
    """Behind how many characters, white space left out, each note is marked."""
    lengths = (len(drop_space(text.passage)) for text in texts)
    for text, start in zip(texts, accumulate(lengths, initial=0), strict=False):
        yield from (start + len(drop_space(text.passage[: note.at])) for note in text.notes)


class _Captured(NamedTuple):
    """A captured line that holds anything: its number, empty lines before it, its text, and all up to the next one."""

    number: int
    before: str
    text: str
    ending: str
    left_out: bool


def _captured_lines(report: Report) -> Iterator[_Captured]:
    """The captured lines that hold anything; empty ones stand behind them, the first ones before the first."""
    own = {line.place.line for line in report.source}
    lines = report.capture
    places = [at for at, line in enumerate(lines) if line.strip()]
    before = "".join(f"{line}\n" for line in lines[: places[0]])
    for at, following in pairwise([*places, len(lines)]):
        ending = "".join(f"\n{line}" for line in lines[at + 1 : following])
        if following < len(lines):
            ending += "\n"
        yield _Captured(at + 1, before, lines[at], ending, lines[at].place.line not in own)
        before = ""


def _rows(
    pieces: Iterable[Piece], captured: deque[_Captured], texts: Iterator[_Text], problems: Problems
) -> Iterator[Row]:
    """The rows that the pieces make: one ends where a line ends on both sides, and left-out lines are rows alone."""
    numbers = count(1)
    for row in _groups(pieces):
        yield from (Row((line,), ()) for line in _left_out(captured, numbers))
        numbered = [_numbered(piece, numbers) for piece in row]
        source: list[SourceLine] = []
        for line in _groups(numbered, "joined"):
            source += _left_out(captured, numbers)
            source.append(_source_line(line, captured.popleft()))
        own_texts = [(pieces, next(texts)) for pieces in _groups(numbered, "divided")]
        edition = tuple(_edition_line(pieces, text) for pieces, text in own_texts)
        for at, (_, text) in enumerate(own_texts):
            _check_spaces(edition[at], text.passage, at == 0, at == len(edition) - 1, problems)
        yield Row(tuple(source), edition)
    yield from (Row((line,), ()) for line in _left_out(captured, numbers))


def _groups(pieces: Iterable[Piece], last: Kind = "line_end") -> Iterator[list[Piece]]:
    """The pieces in groups, each but perhaps the last with one of a kind at its end."""
    group: list[Piece] = []
    for piece in pieces:
        group.append(piece)
        if piece.kind == last:
            yield group
            group = []
    if group:
        yield group


def _numbered(piece: Piece, numbers: Iterator[int]) -> Piece:
    if piece.kind in _NO_DIFFERENCE:
        return piece
    return Piece(piece.kind, piece.source, piece.edition, next(numbers))


def _left_out(captured: deque[_Captured], numbers: Iterator[int]) -> list[SourceLine]:
    """The captured lines that come next and are no part of the report."""
    lines: list[SourceLine] = []
    while captured and captured[0].left_out:
        line = captured.popleft()
        lines.append(_source_line([Piece("left_out", line.text, "", next(numbers))], line))
    return lines


def _source_line(pieces: Sequence[Piece], line: _Captured) -> SourceLine:
    """The line of these pieces, with the empty lines that the capture has before and behind it."""
    first = [Piece("line_end", line.before, "")] if line.before else []
    *own, end = pieces
    if end.kind in ("line_end", "joined"):
        return SourceLine(line.number, (*first, *own, replace(end, source=line.ending)))
    return SourceLine(line.number, (*first, *pieces, Piece("line_end", line.ending, "")))


def _edition_line(pieces: Iterable[Piece], text: _Text) -> EditionLine:
    """The line that shows a passage, with its notes behind the pieces where they are marked."""
    parts: list[tuple[Piece, tuple[Note, ...]]] = []
    at, waiting = 0, deque(text.notes)
    for piece in pieces:
        if piece.edition and "\n" not in piece.edition:
            at += len(piece.edition)
            notes: list[Note] = []
            while waiting and waiting[0].at <= at:
                notes.append(waiting.popleft())
            parts.append((piece, tuple(notes)))
    return EditionLine(text.address, text.words, tuple(parts))


def _check_spaces(line: EditionLine, passage: Passage, is_first: bool, is_last: bool, problems: Problems) -> None:
    """Within a passage is no more white space than in the source, where a line's end is one."""
    at = 0
    for piece, _ in line.pieces:
        end = at + len(piece.edition)
        is_edge = (is_first and at == 0) or (is_last and end == len(passage) and not passage[at - 1].isspace())
        if piece.kind == "added" and not (is_edge and end == at + 1):
            before, behind = passage[max(0, at - _SPACES) : at], passage[end : end + _SPACES]
            spaces = passage[at - len(before) + len(before.rstrip()) : end + len(behind) - len(behind.lstrip())]
            around = before.rstrip()[-_AROUND:] + spaces[:_SPACES] + behind.lstrip()[:_AROUND]
            message = f'must have no white space in "{around}" that the source has not'
            problems.must(passage.place, "space-added", message)
        at = end
