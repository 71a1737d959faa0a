"""Headings and notes typed on a Chinese keyboard → as they were meant; each is told at its own line.

| typed                              | meant        |
|------------------------------------|--------------|
| ＃＃ 3.甲   ##　3.甲                | ## 3.甲      |
| ［^on］  [＾on]  【^on】  [^ on]    | [^on]        |
| [……on]                              | [^on]        |
| [^on]：「甲」  [^on] :「甲」          | [^on]: 「甲」 |

A backslash before such a character says that the report has it.
"""

import re

from sitegen.labels import read_label
from sitegen.problems import Passage, Place, Problems

_ANY = re.compile(r"[［【＾＃﹟]|\[[ \u3000]*[\^ˆ…]|#[^\S \t\n]")
_HEADING = re.compile(r"\s*([#＃﹟]{1,6})(\s*)")
_MARK = re.compile(
    r"(?<!\\)[\[［【][ \u3000]{0,9}(?:[\^＾ˆ]|…{1,2}(?=[\w-]+[\]］】]))[ \u3000]{0,9}"
    r"([^\s\[\]［］【】]{1,80})[ \u3000]{0,9}[\]］】]"
)
_COLON = re.compile(r"\s*[：﹕∶︰]\s*|\s+:\s*")


def mend_markdown(text: Passage, problems: Problems) -> Passage:
    """A text with what was mistyped in it as it was meant, line for line, once that is told."""
    if not _ANY.search(text):
        return text
    lines = []
    for at, line in enumerate(text.split("\n"), text.place.line or 1):
        place = Place(text.place.path, at)
        lines.append(_mend_heading(_mend_notes(line, place, problems), place, problems))
    return Passage("\n".join(lines), text.place)


def _mend_heading(line: str, place: Place, problems: Problems) -> str:
    match = _HEADING.match(line)
    if not match or not read_label(line[match.end() :]):
        return line
    marks, space = match.groups()
    if marks.strip("#") or space.strip(" \t"):
        typed = f"{'#' * len(marks)} {line[match.end() :]}"
        message = f'must begin with "{typed[: len(marks) + 5]}…": # and the space behind it must be those of ASCII'
        problems.must(place, "heading-escaped", f"{message}, or a backslash stand before them")
        return typed
    return line


def _mend_notes(line: str, place: Place, problems: Problems) -> str:
    pieces: list[str] = []
    end = 0
    for match in _MARK.finditer(line):
        typed, meant = match[0], f"[^{match[1]}]"
        stop = match.end()
        colon = _COLON.match(line, stop) if not line[: match.start()].strip() else None
        if colon:
            typed, meant, stop = typed + colon[0].rstrip(), meant + ": ", colon.end()
        if typed != meant:
            message = f'"{typed}" must be typed {meant.strip()} in ASCII, or a backslash stand before it'
            problems.must(place, "note-form", message)
        pieces += [line[end : match.start()], meant]
        end = stop
    return "".join([*pieces, line[end:]])
