"""Fixtures that read as a specification: a title, a line with a dot, the input, a dot, what is expected, a dot; or a table."""

from collections.abc import Callable
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parent / "fixtures"


def cases(name: str) -> list[tuple[str, str, str]]:
    """The cases of a fixture as (title, input, expected); a fixture without any is an error."""
    found: list[tuple[str, str, str]] = []
    parts = (FIXTURES / name).read_text("utf-8").split("\n.\n")
    for title, given, expected in zip(parts[0::3], parts[1::3], parts[2::3], strict=False):
        found.append((title.strip().rpartition("\n")[2], given, expected))
    assert found, f"{name} has no cases"
    assert not parts[len(found) * 3 :][0].strip(), f"{name} ends within a case"
    return found


def each(name: str) -> Callable[..., pytest.MarkDecorator]:
    """Run a test with `given` and `expected` of each case of a fixture."""
    found = cases(name)
    ids = [title for title, _, _ in found]
    mark: Callable[..., pytest.MarkDecorator] = pytest.mark.parametrize(
        ("given", "expected"), [case[1:] for case in found], ids=ids
    )
    return mark


def files(given: str) -> dict[str, str]:
    """The files of an input: each begins with a line `=== path`."""
    return dict(each.split("\n", 1) for each in ("\n" + given + "\n").split("\n=== ")[1:])


def table(name: str) -> dict[str, str]:
    """The rows of a fixture's table of two columns; a – stands for nothing."""
    lines = (FIXTURES / name).read_text("utf-8").splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")][1:]
    found = {given: expected.replace("–", "") for given, expected in rows}
    assert found, f"{name} has no rows"
    assert len(found) == len(rows), f"{name} has a row twice"
    return found
