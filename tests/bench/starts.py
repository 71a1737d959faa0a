"""What every build takes before it begins: the start of Python, and the loading of libraries and of the program."""

import sys
from collections.abc import Iterator
from statistics import median

from tests.bench.builds import time_command
from tests.bench.copies import ROOT

_TIMES = 15
_LIBRARIES = "import jinja2, markdown_it, yaml, zxingcpp"
_STEPS = {
    "the start of Python": "pass",
    "libraries": _LIBRARIES,
    "the program, where nothing is made anew": "import build",
    "the program, where a report is": f"{_LIBRARIES}; import build, sitegen.pipeline.report",
}


def measure_starts() -> Iterator[tuple[str, float]]:
    """What is loaded, each with the seconds of the processor that this takes, the start of Python without it."""
    start = 0.0
    for name, code in _STEPS.items():
        command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {code}"]
        time_command(command)
        taken = median(time_command(command)[1] for _ in range(_TIMES))
        yield name, taken - start
        start = start or taken
