"""Where something stands in the editor's files."""

from dataclasses import dataclass
from typing import Self


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
