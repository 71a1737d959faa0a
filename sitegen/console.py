"""What a command says, on every console, and how it ends where neither it nor an editor is at fault.

Nothing that is said can end a command: what a console has no character for is shown as an escape, and whether anybody
could be told is a result.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EAGAIN, EDQUOT, EIO, EMFILE, ENFILE, ENOMEM, ENOSPC
from io import TextIOWrapper
from typing import TextIO

_REFUSALS = frozenset((EAGAIN, EDQUOT, EIO, EMFILE, ENFILE, ENOMEM, ENOSPC))
"""What a machine answers that has too little of something, or is broken."""
_OWN_MISTAKE = "This is a mistake of the program, not of the content, the settings or a template."
_NO_LIBRARY = 'is missing; run "make site" first, then .venv/bin/python build.py (or: pip install -r requirements.txt)'


def say(result: str, for_programs: bool = False) -> bool:
    """Print a command's result, for programs in UTF-8 whatever the console; whether it could be told in full.

    If not, the standard error hears of it, but where a reader did not want to read on.
    """
    failure = write(sys.stdout, f"{result}\n", "utf-8" if for_programs else None)
    if failure and not isinstance(failure, BrokenPipeError):
        warn(f"build.py: the result could not be told: {failure}")
    return failure is None


def warn(text: str) -> None:
    """Print lines to the standard error; where that cannot be, nobody is left to be told."""
    write(sys.stderr, f"{text}\n")


def write(stream: TextIO | None, text: str, encoding: str | None = None) -> Exception | None:
    """Write to a standard stream at once; what went wrong, after which nothing more comes out of it."""
    if stream is None:  # it was closed when Python began
        return ValueError("it is closed")
    try:
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=encoding or stream.encoding, errors="backslashreplace")
        stream.write(text)
        stream.flush()
    except (OSError, ValueError) as error:  # ValueError: it was closed since
        with suppress(OSError, ValueError):  # what is left in it would be tried again, and complained of, at the end
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return error
    return None


@contextmanager
def ends_told() -> Iterator[None]:
    """End the program by one line where the user or the machine ends it, by a traceback where it has a mistake."""
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(130)
    except SystemExit as end:
        if not end.code and write(sys.stdout, ""):  # the help, of which some is waiting yet
            sys.exit(1)
        raise
    except (MemoryError, OSError, ModuleNotFoundError) as error:
        reason = _refusal(error)
        if not reason:
            error.add_note(_OWN_MISTAKE)
            raise
        sys.exit(f"build.py: {reason}")
    except Exception as error:
        error.add_note(_OWN_MISTAKE)
        raise


def _refusal(error: Exception) -> str:
    """What the machine refuses or has not, "" where the program itself is at fault."""
    if isinstance(error, ModuleNotFoundError):
        library = (error.name or "").partition(".")[0]
        return "" if library in ("", "sitegen", *sys.stdlib_module_names) else f"{library} {_NO_LIBRARY}"
    if isinstance(error, ChildProcessError):
        return str(error)
    number = ENOMEM if isinstance(error, MemoryError) else getattr(error, "errno", None)
    return f"the machine refuses what the work needs: {os.strerror(number)}" if number in _REFUSALS else ""
