"""What an editor has to mend: located problems, collected until every file of a stage was seen."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What would break a line, steer a terminal, or turn its text round."""


@dataclass(frozen=True)
class Place:
    """A place in a file: its path from the project's folder, and its line from 1 where one makes sense."""

    path: str
    line: int | None = None

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
    """One mistake: where it stands, and what must be so instead."""

    place: Place
    message: str

    def __str__(self) -> str:
        return _INVISIBLE.sub(lambda one: f"\\u{ord(one[0]):04x}", f"{self.place}: {self.message}")


def as_json(problems: Iterable[Problem]) -> str:
    """A list for programs, of objects with `path`, `line` (null where none makes sense) and `message`."""
    told = [{"path": each.place.path, "line": each.place.line, "message": each.message} for each in problems]
    return json.dumps(told, ensure_ascii=False, indent=1)


def as_github(problems: Iterable[Problem]) -> str:
    """Workflow commands, by which GitHub shows each problem at its line."""
    return "\n".join(
        f"::error file={_escape(each.place.path, ':,')},line={each.place.line or 1}::{_escape(each.message)}"
        for each in problems
    )


def _escape(text: str, more: str = "") -> str:
    return "".join(f"%{ord(one):02X}" if one in "%\r\n" + more else one for one in text)


class Mistakes(Exception):
    """Raised by a stage that has seen every file and found something to mend."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__("\n".join(map(str, self.problems)))


def mistake(place: Place, message: str) -> Mistakes:
    """A single problem, ready to be raised."""
    return Mistakes([Problem(place, message)])


def stop_at(problems: Iterable[Problem]) -> None:
    """Raise Mistakes when there are any."""
    if found := list(problems):
        raise Mistakes(found)


@contextmanager
def gather(problems: list[Problem]) -> Iterator[None]:
    """Add the mistakes raised inside the block to `problems` and go on behind it."""
    try:
        yield
    except Mistakes as mistakes:
        problems.extend(mistakes.problems)
