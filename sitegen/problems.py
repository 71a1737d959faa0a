"""What an editor has to mend: located problems, collected until every file of a stage was seen."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sitegen.place import Place


@dataclass(frozen=True)
class Problem:
    """One mistake: where it stands, and what must be so instead."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


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
