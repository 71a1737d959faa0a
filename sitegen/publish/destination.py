"""The folder that a site is published to, as it was asked for; what the system refuses there is a mistake of that."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sitegen.problems import Passage, Place, Problems

_INPUTS = ("content", "templates", "static", "sitegen", "tests", ".kept")


@dataclass(frozen=True)
class Output:
    """The folder to publish to, its name as the editor gave it, and the place where that was given."""

    folder: Path
    name: str
    place: Place


def choose_output(root: Path, set_to: Passage | None, asked: str | None, problems: Problems) -> Output | None:
    """The folder that is asked for on the command line, or that the settings name; None where it cannot be had.

    It must hold nothing of the project.
    """
    if asked is not None:
        output = Output(Path(asked), asked, Place("--output"))
    elif set_to is not None:
        output = Output(root / set_to, set_to, set_to.place)
    else:
        return None
    with failures_told(output, problems):
        real, project = Path(os.path.realpath(output.folder)), Path(os.path.realpath(root))
    if project.is_relative_to(real) or any(real.is_relative_to(project / name) for name in _INPUTS):
        message = f"must be a folder of its own, not one with the project's files or among {', '.join(_INPUTS)}"
        problems.must(output.place, "output-own", f'"{output.name}" {message}')
        return None
    return output


@contextmanager
def failures_told(output: Output, problems: Problems) -> Iterator[None]:
    """Tell what the system refuses as a mistake of the output, and end the stage."""
    try:
        yield
    except FileExistsError:
        reason = "a file stands in its way"
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: a loop; ValueError: / has no name
        if getattr(error, "errno", None) in (errno.EMFILE, errno.ENFILE):  # which says nothing of the output
            raise
        reason = getattr(error, "strerror", None) or "its path leads to no folder"
        if isinstance(error, PermissionError) and error.filename:
            reason += f": {error.filename}"
        elif isinstance(error, OSError) and error.errno in (errno.EBUSY, errno.EXDEV):
            inside = f"{output.name.rstrip('/')}/site"
            reason += f'; a mount cannot be replaced, so name a folder inside it, as in "{inside}"'
    else:
        return
    problems.must(output.place, "output-writable", f'"{output.name}" must be a folder that can be written: {reason}')
    problems.stop()
