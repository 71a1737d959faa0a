"""How far long work has come, on a terminal; a pipe hears nothing of it.

It is one line that is written anew: a library for it would be longer to import than all of this work mostly takes.
"""

import sys
import time
from collections.abc import Generator, Iterable

from sitegen.console import write
from sitegen.model.finished import Outcome

_PATIENCE = 2.0  # seconds in which nobody asks
_PACE = 0.1  # seconds between two lines


def progress(outcomes: Iterable[Outcome], total: int) -> Generator[Outcome, None, None]:
    """Pass on what came of reports, and say how many of how many there were, kept and made, once that takes long."""
    began = shown = time.monotonic()
    terminal = sys.stderr is not None and sys.stderr.isatty()
    kept = 0
    try:
        for count, outcome in enumerate(outcomes, 1):
            yield outcome
            kept += outcome.is_kept
            now = time.monotonic()
            if terminal and now - began > _PATIENCE and now - shown > _PACE:
                write(sys.stderr, f"\r{count} of {total} reports: {kept} kept, {count - kept} made")
                shown = now
    finally:  # what is told next has the line to itself
        if shown > began:
            write(sys.stderr, "\r\033[K")
