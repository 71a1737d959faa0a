"""Measure this project and Hugo beside each other on 1, 100 and 1,000 reports, and write tests/bench/README.md.

`make bench`; `python -m tests.bench.run 1 100` measures these alone, and with `--before DIR` an earlier checkout too.
"""

import argparse
import os
import platform
import re
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.builders import HUGOS, OURS, Builder, before, hugo_version
from tests.bench.builds import measure_first, measure_later
from tests.bench.copies import COMMON, RARE, ROOT
from tests.bench.search import measure_search
from tests.bench.shares import measure_shares
from tests.bench.starts import measure_starts
from tests.bench.tables import (
    BUILD_HEADS,
    READER_HEADS,
    Measured,
    build_rows,
    glance,
    read_shelf,
    reader_rows,
    share_rows,
    start_rows,
    table,
)

_ROUNDS = {1: (15, 9), 100: (5, 3), 1000: (2, 1)}
"""How often first builds, and later ones after each change, are measured of how many reports."""
_HEAD = """# How fast, how large, compared with what

Written by `make bench`, which anyone can run again. Both build the same pages (full text, every item, notes, figures,
terms) from the same words: this project with every check that it makes, Hugo with the plain layout in `hugo/`, without
any, and without what only this project has (QR codes, the source beside the text, the search, files for programs).
How both grow with a text: `make growth`.

Less than 1, in bold, is where this project takes less than Hugo:

"""
_BUILDS = """
## Builds

They build in turn. A first build is of a new copy of the project into a new folder, nothing being kept of an earlier
one but the compiled templates; a later one is of the same copy, changed, into the same folder. A figure is the median,
with the least and the greatest. Memory is that of all processes together (PSS), at its peak, from a build of its own.
Files are those that the build wrote, or wrote anew.

"""
_READERS = """
## What readers load and wait for

In Chromium, from a server of the same machine: “{common}”, which every report has, and “{rare}”, which the oldest alone
has, typed on the full text of the newest report. A search is at its end when the page says so; what it brings, the
page's own scripts among it, is counted with each search.

"""
_SHARES = """
## What stands in the way of first builds

What a report more takes, stage by stage. Hugo has no stage like the checks, and fills in a few lines where this project
writes a page; what is left is Python, which interprets what Hugo has compiled.

"""
_STARTS = """
## What stands in the way of builds of one report

Seconds of the processor that go by before a build begins; in the other rows the start of Python is left out. What a
build of one report takes beside these is its work.

"""


def main() -> None:
    """Measure what is asked for and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("copies", metavar="COPIES", type=int, nargs="*", default=list(_ROUNDS))
    help = "an earlier checkout to measure too, and write nothing"
    parser.add_argument("--before", metavar="DIR", type=Path, help=help)
    args = parser.parse_args()
    builders = [OURS, HUGOS, before(args.before.resolve())] if args.before else [OURS, HUGOS]
    measured: list[Measured] = []
    for copies in args.copies:
        measured.append(_measure(builders, copies))
        print(*build_rows(measured[-1]), *reader_rows(measured[-1]), sep="\n", flush=True)
    if not args.before:
        (ROOT / "tests/bench/README.md").write_text(_readme(measured), "utf-8")


def _measure(builders: Sequence[Builder], copies: int) -> Measured:
    """All that is measured of so many reports."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        work = Path(folder)
        rounds, later_rounds = _ROUNDS.get(copies, (3, 1))
        first = measure_first(work, builders, copies, rounds)
        shelves = {builder.name: read_shelf(work / builder.name) for builder in builders}
        newest = max(path.parent.name for path in (work / OURS.name).glob("r*/index.html"))
        queries = {f"“{COMMON}”": COMMON, f"“{RARE}”": RARE}
        searches = measure_search(work / OURS.name, f"{newest}/index.html", queries)
        later = {change: measure_later(work, builders, change, copies, later_rounds) for change in OURS.changes}
    return Measured(copies, first, later, shelves, searches)


def _readme(measured: Sequence[Measured]) -> str:
    builds, readers = ([row for each in measured for row in rows(each)] for rows in (build_rows, reader_rows))
    lines = [_HEAD + "\n".join(glance(measured)), "", _machine()]
    lines += [_BUILDS + "\n".join(table(BUILD_HEADS, builds))]
    lines += [_READERS.format(common=COMMON, rare=RARE) + "\n".join(table(READER_HEADS, readers))]
    lines += [_SHARES + "\n".join(table(("stage", "share"), list(share_rows(measure_shares()))))]
    lines += [_STARTS + "\n".join(table(("what is loaded", "seconds"), list(start_rows(measure_starts()))))]
    return "\n".join(lines) + "\n"


def _machine() -> str:
    """The versions and the machine, in a line."""
    processors = re.findall(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text()) or [platform.machine()]
    system = f"{platform.system()} {platform.release().split('-')[0]}"
    python = f"Python {platform.python_version()}"
    return f"{time.strftime('%Y-%m-%d')}: {python}, Hugo {hugo_version()}, {os.cpu_count()} × {processors[0]}, {system}"


if __name__ == "__main__":
    main()
