"""What an editor has to mend: each mistake at its place, under its rule's name, in one collector that is passed on.

Every stage gets the collector and tells it what it finds; at a stage's end the collector stops the work when it holds
anything. Nothing else carries a mistake from one part of the program to another.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Self, TypeVar

Made = TypeVar("Made")

Rule = Literal[
    # The project's files
    "file-exists", "file-readable", "folder-readable", "no-symbolic-link", "utf-8", "character-allowed",
    "report-exists", "report-name", "sections-exist", "file-name",
    "file-once",
    # Front matter and settings
    "front-matter", "yaml-valid", "key-known", "key-once", "key-given", "value-form",
    "yaml-typing", "yaml-alias", "comment-cuts",
    # The text of a report
    "note-form", "note-once", "note-marked", "note-there", "note-quotes", "heading-place", "heading-label",
    "heading-level", "heading-words", "heading-escaped", "label-sequence", "address-unique", "address-place",
    "ids-used",
    # The report against its source
    "source-hash", "source-left-out", "source-words", "words-equal", "space-added",
    # Its addresses
    "record-form", "record-once", "record-complete", "report-kept", "address-kept", "address-words",
    "alias-free", "alias-once", "alias-target",
    # Its release
    "release-checked", "dates-agree",
    # Its apparatus
    "figure-there", "figure-value", "figure-share", "figure-item", "number-listed", "no-figure-used",
    "term-once", "term-there", "term-pinyin",
    # Templates, style and finished pages
    "template-exists", "template-valid", "template-filled", "style-import", "html-well-formed", "html-closed",
    "html-comment", "article-one", "id-once", "link-relative", "link-file", "link-id", "own-host",
    # What the command line asks for
    "output-writable", "output-own", "draft-folder", "draft-text", "port-free", "copy-named",
    "copy-answers", "copy-equal",
]  # fmt: skip
"""The name of every rule, by which a message ends."""

_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What would break a line, steer a terminal, or turn its text round."""


def visible(text: str) -> str:
    """A line as it can be shown anywhere: what nobody sees in it is written by its code, as JSON does."""
    return _INVISIBLE.sub(lambda character: f"\\u{ord(character[0]):04x}", text)


@dataclass(frozen=True)
class Place:
    """A place in a file: its path from the project's folder, and its line from 1 where one makes sense.

    `column` is only for telling two places in a line apart: characters from 0 in a finished page.
    """

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


class Passage(str):
    """A text that knows the place it was read at."""

    place: Place

    def __new__(cls, text: str, place: Place) -> Self:
        """Make one of a text and its place."""
        passage = super().__new__(cls, text)
        passage.place = place
        return passage

    def __reduce__(self) -> tuple[type[Self], tuple[str, Place]]:
        """What makes it anew on the other side of a pipe."""
        return type(self), (str(self), self.place)


@dataclass(frozen=True)
class Problem:
    """One mistake: where it stands, the rule that it breaks, and what must be so instead.

    A template's mistake is `seen` first at a place in a finished page, and on so many `pages`.
    """

    place: Place
    rule: Rule
    message: str
    pages: int = 1
    seen: Place | None = None

    @property
    def told(self) -> str:
        """The message, and where in the site the mistake is seen."""
        pages = [f"so on {self.pages} pages"] if self.pages > 1 else []
        seen = [f"as in {self.seen}"] if self.seen else []
        return f"{self.message} ({', '.join(pages + seen)})" if pages or seen else self.message

    def __str__(self) -> str:
        return visible(f"{self.place}: {self.told} [{self.rule}]")


class Mistakes(Exception):
    """Raised at the end of a stage that found something to mend; caught by build.py, the preview and a report's end."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__("\n".join(map(str, self.problems)))


class Problems:
    """The collector of mistakes: one for a command, and one for each report on its way."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def must(self, place: Place, rule: Rule, message: str, pages: int = 1) -> None:
        """Tell that something at a place is not as the rule wants it; the message says what must be so."""
        self.found.append(Problem(place, rule, message, pages))

    def add(self, found: Iterable[Problem]) -> None:
        """Take over what the collector of a single report holds."""
        self.found.extend(found)

    def stop(self) -> None:
        """End the stage: raise Mistakes when there is anything to mend."""
        if self.found:
            raise Mistakes(self.found)

    def end(self, made: Made | None) -> Made:
        """End the stage, and give what it made; raises Mistakes when there is anything to mend."""
        self.stop()
        assert made is not None, "a stage that makes nothing tells why"
        return made


def as_json(problems: Iterable[Problem]) -> str:
    """A list for programs, of objects with `path`, `line` (null where none makes sense), `rule` and `message`."""
    rows = [
        {"path": problem.place.path, "line": problem.place.line, "rule": problem.rule, "message": problem.told}
        for problem in problems
    ]
    return "\n".join(map(visible, json.dumps(rows, ensure_ascii=False, indent=1).split("\n")))


def as_github(problems: Iterable[Problem]) -> str:
    """Workflow commands, by which GitHub shows each problem at its line."""
    return "\n".join(
        f"::error file={_escape(problem.place.path, ':,')},line={problem.place.line or 1},title={problem.rule}"
        f"::{_escape(problem.told)}"
        for problem in problems
    )


def _escape(text: str, more: str = "") -> str:
    """A text as a command's value: its own marks and line ends by their codes, and what nobody sees by others."""
    return "".join(f"%{ord(each):02X}" if each in "%\r\n" + more else visible(each) for each in text)
