"""A capture of a report → a draft of its folder: source.txt, index.md, and a file for each part and section.

The draft may be wrong about what is a heading and what is left out, and says where, but never about a character: every
line of the text is in it, or listed as left out. Its files build at once.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sitegen.draft.addresses import number_headings
from sitegen.draft.aside import BEHIND, OTHER, WITHIN
from sitegen.draft.bounds import Bounds, find_bounds
from sitegen.draft.capture import Capture
from sitegen.draft.file_text import FileText
from sitegen.draft.files import Drafted, Entry, Matter, Words, draft_files
from sitegen.draft.headings import ABOVE, AMOUNT, ANEW, NO_HEADING, NOT_NEXT, ODD, tell_unlabelled
from sitegen.draft.lines import Line, part_named_title, read_lines
from sitegen.draft.punctuation import is_doubtful, restore
from sitegen.draft.said import find_issuer, find_published, find_year

_LONG_HEADING = 45  # characters behind which a heading may be a paragraph
_LONG = "is long for a heading: end it where the title ends, and put the rest below it"
_BRACKETS = "brackets without a partner"
_SHOWN = 30  # characters of a line that are told
_GRAVEST = (OTHER, BEHIND, ABOVE, NOT_NEXT, ANEW, NO_HEADING, WITHIN, AMOUNT, ODD)
_LIGHT = len(_GRAVEST) + 2  # how grave what else is told is
_LIGHTEST = _LIGHT + 1


@dataclass(frozen=True)
class Draft:
    """The files by name, and what was found, line by line, for the editor."""

    files: dict[str, str]
    found: tuple[str, ...]


def split(text: str, name: str) -> Draft:
    """Draft the folder `name` from a plain text whose lines are paragraphs."""
    return draft_report(Capture("text", hashlib.sha256(text.encode()).hexdigest(), FileText(text)), name)


def draft_report(capture: Capture, name: str) -> Draft:
    """Draft the folder `name` from a capture; one without numbered items gives no files."""
    text = part_named_title(capture.held.text)
    lines = read_lines(text, capture.held.notes)
    held = [line.strip() for line in text.split("\n") if line.strip()]
    bounds = find_bounds(lines, held, capture.held.page.title)
    preamble, entries, continuous = _outline(bounds)
    if not entries:
        return Draft({}, ())
    title = restore(bounds.title.text) if bounds.title else ""
    year = find_year(title, [line.text for line in bounds.own], name)
    matter = Matter(
        title=title,
        is_title_sure=bounds.title is not None and bounds.title.is_sure,
        issuer=find_issuer(capture.held.page, lines, title),
        year=year,
        published=find_published(capture.held.page, lines, year.value),
        capture=capture,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        left_out=tuple(held[at] for at in sorted(bounds.left_out)),
        continuous=continuous,
    )
    drafted = draft_files(matter, text, preamble, entries)
    return Draft(drafted.files, tuple(_tell(matter, bounds, lines, name, drafted, preamble, entries)))


def _outline(bounds: Bounds) -> tuple[list[Words], list[Entry], bool]:
    """The preamble, the items with their words, and whether their numbers run on through the report."""
    lines, judged = bounds.own, bounds.judged
    doubts = dict(judged.doubts)
    for at, why in tell_unlabelled(lines, judged):
        doubts.setdefault(at, why)
    numbered = number_headings([judged.headings[at] for at in sorted(judged.headings)])
    addresses = iter(numbered.addresses)
    preamble: list[Words] = []
    entries: list[Entry] = []
    for at, line in enumerate(lines):
        heading = judged.headings.get(at)
        if heading is None:
            words = _words(line, doubts.get(at, ""))
            (entries[-1].paragraphs if entries else preamble).append(words)
            continue
        own, rest = end_title(line.text[len(heading.label.text) :].strip())
        address = next(addresses)
        title = restore(own)
        if heading.label.text.startswith("第") and line.text[len(heading.label.text) :][:1].isspace():
            title = f" {title}"
        why = heading.why or (_LONG if len(title) > _LONG_HEADING else "") or (_BRACKETS if is_doubtful(own) else "")
        entry = Entry(address.id, heading.label.level, restore(heading.label.text), title, address.is_explicit, why)
        if rest:
            entry.paragraphs.append(Words(restore(rest), _BRACKETS if is_doubtful(rest) else ""))
        entries.append(entry)
    return preamble, entries, numbered.continuous


def _words(line: Line, why: str) -> Words:
    return Words(restore(line.text), why or (_BRACKETS if is_doubtful(line.text) else ""))


_SPACED_TITLE = re.compile(r"([^。；！？，,：:\s]{2,30})(?:\u3000|\s(?=\S*[。，]))\s*(?=[\u3400-\u9fff“《])")
_MARKS = re.compile("[。！？（《“(）》”)]")


def end_title(text: str) -> tuple[str, str]:
    """The title that a line begins with, up to a sentence's end or to a wide space, and the words behind it."""
    if (spaced := _SPACED_TITLE.match(text)) and "\u3400" <= spaced[1][-1] <= "\u9fff":
        return spaced[1], text[spaced.end() :]
    opened = 0
    for mark in _MARKS.finditer(text):
        if mark[0] in "（《“(":
            opened += 1
        elif mark[0] in "）》”)":
            opened -= 1
        elif opened <= 0:
            return text[: mark.end()], text[mark.end() :].strip()
    return text, ""


def _tell(
    matter: Matter,
    bounds: Bounds,
    lines: Sequence[Line],
    name: str,
    drafted: Drafted,
    preamble: Sequence[Words],
    entries: Sequence[Entry],
) -> Iterator[str]:
    """What an editor is told was found: an outline, and what to look at, the gravest first, each with its place."""
    notices = list(_notices(matter, bounds, lines, drafted, preamble, entries))
    yield f"title: {matter.title}" if matter.title else "title: none was found"
    yield f"preamble: {len(preamble)} paragraphs"
    for entry in entries:
        yield f"{'  ' * entry.level}{entry.heading}  [{entry.id}, {len(entry.paragraphs)} paragraphs]"
    yield f"{len(entries)} items, {len(bounds.left_out)} lines left out, {len(notices)} to look at"
    for _, place, message in sorted(notices, key=lambda notice: notice[0]):
        yield f"look at: {message} (content/{name}/{place})"


def _notices(
    matter: Matter,
    bounds: Bounds,
    lines: Sequence[Line],
    drafted: Drafted,
    preamble: Sequence[Words],
    entries: Sequence[Entry],
) -> Iterator[tuple[int, str, str]]:
    """What to look at: how grave it is (0 is gravest), its place in the draft, and what it is."""
    if not matter.title:
        yield 0, drafted.places["title"], "title: none was found, so write it into source.txt and here"
    elif not matter.is_title_sure:
        yield 0, drafted.places["title"], f"title: it may be another one than {matter.title}"
    if bounds.left_out:
        message = f"{bounds.before} lines before the report's last words and {bounds.behind} behind them are left out"
        yield 2, drafted.places["left_out"], f"left_out: {message}"
    if any(line.is_part for line in lines):
        yield 1, "source.txt", "one line holds several paragraphs: it was parted before its labels"
    for message in matter.capture.held.told:
        yield 1, "source.txt", message
    if not matter.year.is_sure:
        yield 3, drafted.places["year"], f"year: {matter.year.value} is a guess"
    if matter.capture.looks_like_markdown:
        message = "the text looks like Markdown: its marks (#, **) stand in the draft as the report's own characters"
        yield 1, "source.txt", message
    if bounds.is_signed:
        yield _LIGHT, drafted.places["end"], "a signature or a date ends the report; it was drafted as paragraphs"
    held = [words for words in preamble if words.why]
    for entry in entries:
        if entry.why:
            yield _gravity(entry.why), drafted.places[entry.id], f"{_shown(entry.heading)}: {entry.why}"
        held += [words for words in entry.paragraphs if words.why]
    for words in held:
        yield _gravity(words.why), drafted.place_of(words), f"{_shown(words.text)}: {words.why}"
    if drafted.figures:
        message = f"figures: {drafted.figures} numbers are drafted; say what each measures, or take its line out"
        yield _LIGHTEST, drafted.places["figures"], message


def _gravity(why: str) -> int:
    return _GRAVEST.index(why) + 2 if why in _GRAVEST else _LIGHT


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
