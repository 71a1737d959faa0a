import os
import pty
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from sitegen.model.finished import Outcome
from sitegen.pipeline import progress as module
from sitegen.pipeline.progress import progress

CLEAR = "\r\x1b[K"
OUTCOMES = [Outcome(None, (), is_kept=True), Outcome(None, ())]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0)
    monkeypatch.setattr(module, "_PACE", 0)


@contextmanager
def terminal() -> Iterator[Callable[[], str]]:
    """What comes to a terminal that is the standard error (no fixture: pytest sets its own between the two)."""
    screen, line = pty.openpty()
    before = sys.stderr
    sys.stderr = os.fdopen(line, "w")

    def shown() -> str:
        print("$", end="", file=sys.stderr, flush=True)  # the end of what there is to read
        text = ""
        while not text.endswith("$"):
            text += os.read(screen, 1000).decode()
        return text[:-1]

    try:
        yield shown
    finally:
        sys.stderr.close()
        sys.stderr = before
        os.close(screen)


@pytest.mark.usefixtures("impatient")
def test_a_terminal_is_told_how_far_long_work_has_come() -> None:
    with terminal() as shown:
        assert list(progress(OUTCOMES, 2)) == OUTCOMES
        assert shown() == f"\r1 of 2 reports: 1 kept, 0 made\r2 of 2 reports: 1 kept, 1 made{CLEAR}"


@pytest.mark.usefixtures("impatient")
def test_the_line_is_cleared_when_the_work_is_given_up() -> None:
    with terminal() as shown:
        work = progress(OUTCOMES, 2)
        next(work)
        next(work)
        work.close()
        assert shown() == f"\r1 of 2 reports: 1 kept, 0 made{CLEAR}"


def test_short_work_is_told_nothing_of() -> None:
    with terminal() as shown:
        assert list(progress(OUTCOMES, 2)) == OUTCOMES
        assert shown() == ""


@pytest.mark.usefixtures("impatient")
def test_a_pipe_hears_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    assert list(progress(OUTCOMES, 2)) == OUTCOMES
    assert capfd.readouterr().err == ""
