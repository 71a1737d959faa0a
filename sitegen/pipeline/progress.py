"""How far long work has come, on a terminal; a pipe hears nothing of it."""

import sys
import time
from collections.abc import Generator, Iterable
from typing import TypeVar

from sitegen.console import write

Thing = TypeVar("Thing")

_PATIENCE = 2.0  # seconds in which nobody asks
_PACE = 0.1  # seconds between two lines


def progress(things: Iterable[Thing], total: int, name: str) -> Generator[Thing, None, None]:
    """Pass on things, and say how many of how many there were once that takes long."""
    began = shown = time.monotonic()
    terminal = sys.stderr is not None and sys.stderr.isatty()
    try:
        for count, thing in enumerate(things, 1):
            yield thing
            now = time.monotonic()
            if terminal and now - began > _PATIENCE and now - shown > _PACE:
                write(sys.stderr, f"\r{count} of {total} {name}")
                shown = now
    finally:  # what is told next has the line to itself
        if shown > began:
            write(sys.stderr, "\r\033[K")
