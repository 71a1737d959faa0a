"""How long builds take, and how much memory: first ones, of new copies into new folders, and later ones after a change.

All builders build in turn, so that whatever else the machine does slows all of them alike.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

from tests.bench.builders import REPORT, Builder

_SAMPLE = 0.02  # seconds between two looks at a build's memory
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""That of builds: where it is set, Python compiles all of the program at each start, which no user waits for."""


@dataclass(frozen=True)
class Taken:
    """What the builds of a kind took: seconds on the wall, build by build, and seconds of all processors together.

    `written` are how many files the last of the builds wrote or wrote anew, `memory` the bytes of all processes together
    at their peak, 0 where nobody looked.
    """

    walls: tuple[float, ...]
    processors: tuple[float, ...]
    written: int
    memory: int

    @property
    def wall(self) -> float:
        """The seconds on the wall of the build in the middle."""
        return median(self.walls)

    @property
    def processor(self) -> float:
        """The seconds of all processors of the build in the middle."""
        return median(self.processors)


def measure_first(work: Path, builders: Sequence[Builder], copies: int, rounds: int) -> Mapping[str, Taken]:
    """What first builds of so many reports took, by the builders' names, under which the last ones are left in `work`.

    Each is of a new copy, in which nothing is kept; one more before them is looked at for its memory alone.
    """
    for builder in builders:
        builder.prepare(work / f"{builder.name} source", copies)
    memory: dict[str, int] = {}
    times: dict[str, list[tuple[float, float]]] = {builder.name: [] for builder in builders}
    for number in range(rounds + 1):
        for builder in builders:
            project, output = _project(work, builder), work / builder.name
            shutil.rmtree(project, ignore_errors=True)
            shutil.rmtree(output, ignore_errors=True)
            shutil.copytree(work / f"{builder.name} source", project)
            command = builder.command(project, output)
            if number:
                times[builder.name].append(time_command(command))
            else:
                memory[builder.name] = _peak(command)
    written = {builder.name: len(_stamps(work / builder.name)) for builder in builders}
    return {name: _taken(taken, written[name], memory[name]) for name, taken in times.items()}


def measure_later(
    work: Path, builders: Sequence[Builder], change: str, copies: int, rounds: int
) -> Mapping[str, Taken]:
    """The same of later builds, of what the first ones have left, changed once more each time."""
    times: dict[str, list[tuple[float, float]]] = {builder.name: [] for builder in builders}
    written: dict[str, int] = {}
    for number in range(1, rounds + 1):
        for builder in builders:
            project, output = _project(work, builder), work / builder.name
            builder.changes[change](project, number + copies if change == REPORT else number)
            before = _stamps(output)
            times[builder.name].append(time_command(builder.command(project, output)))
            written[builder.name] = sum(before.get(path) != stamp for path, stamp in _stamps(output).items())
    return {name: _taken(taken, written[name]) for name, taken in times.items()}


def _project(work: Path, builder: Builder) -> Path:
    return work / f"{builder.name} project"


def _taken(times: Sequence[tuple[float, float]], written: int, memory: int = 0) -> Taken:
    walls, processors = zip(*times, strict=True)
    return Taken(walls, processors, written, memory)


def _stamps(folder: Path) -> Mapping[Path, int]:
    """When each file below a folder was written."""
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def time_command(command: Sequence[str]) -> tuple[float, float]:
    """Seconds on the wall, and of all processors together."""
    began, used = time.perf_counter(), getrusage(RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=_ENVIRONMENT)
    wall, now = time.perf_counter() - began, getrusage(RUSAGE_CHILDREN)
    return wall, now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime


def _peak(command: Sequence[str]) -> int:
    """The bytes that a command and all that it starts hold together at most."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=_ENVIRONMENT)
    most = 0
    while process.poll() is None:
        most = max(most, _held(process.pid))
        time.sleep(_SAMPLE)
    assert process.returncode == 0, command
    return most


def _held(pid: int) -> int:
    held = 0
    with suppress(OSError):  # it has just ended
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        held += sum(int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:"))
        for task in Path(f"/proc/{pid}/task").iterdir():
            held += sum(_held(int(child)) for child in (task / "children").read_text().split())
    return held
