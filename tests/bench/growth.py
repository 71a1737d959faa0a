"""Give the build, `split` and the search texts of size n, 2n and 4n, and print what each takes: linear is twice as much.

`make growth`; `make growth ONLY="build items"` measures what begins so.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.bench.browsing import chromium, served
from tests.bench.builders import OURS
from tests.bench.copies import ROOT
from tests.grown import Shape, grown_texts

_PATIENCE = 120  # seconds after which a size, and those above it, are given up
_CAPTURED = "甲区2021年度法治政府建设报告\n一、工作\n"


@dataclass(frozen=True)
class Taken:
    """What a program took: seconds on the wall, memory at its peak, and the size of what it wrote."""

    seconds: float
    memory: int = 0
    written: int = 0

    def __str__(self) -> str:
        held = f", {self.memory / 1e6:.0f} MB" if self.memory else ""
        wrote = f", writes {self.written / 1e6:.1f} MB" if self.written else ""
        return f"{self.seconds:.2f} s{held}{wrote}"


Measure = Callable[[Path, int], Taken | None]
"""Measures an input of a size in an empty folder; None where it takes too long, or cannot be measured here."""


def build(texts: Callable[[int], Mapping[str, str]], work: Path, size: int) -> Taken | None:
    """Build a report; that something in it must be mended is an answer too."""
    _write(work / "source", texts(size))
    return _run(OURS.command(work / "source", work / "site"), work / "site")


def split(line: Callable[[int], str], work: Path, size: int) -> Taken | None:
    """Draft a report from a text."""
    (work / "captured.txt").write_text(_CAPTURED + line(size), "utf-8")
    command = [sys.executable, str(ROOT / "build.py"), "split", str(work / "captured.txt"), str(work / "2021")]
    return _run(command, work / "2021")


def search(marks: bool, work: Path, size: int) -> Taken | None:
    """Search for 政 in a report of so many characters, which has it in every sentence; or mark it on its full text."""
    from playwright.sync_api import TimeoutError as TooLong  # only this needs a browser

    _write(work / "source", grown_texts(_of(size)))
    _run(OURS.command(work / "source", work / "site"), work / "site")
    with served(work / "site") as address, chromium() as browser:
        if browser is None:
            return None
        page = browser.new_page()
        page.set_default_timeout(_PATIENCE * 1000)
        began = time.perf_counter()
        try:
            page.goto(f"{address}/2021/index.html")
            page.fill("[role=search] input", "政")
            page.wait_for_selector("[data-search-results] a")
            if marks:
                began = time.perf_counter()
                page.click("[data-search-results] a >> nth=1")
                page.wait_for_selector("article mark", state="attached")
        except TooLong:
            return None
        return Taken(time.perf_counter() - began)


def _of(size: int) -> Shape:
    """A report of so many characters, with two items for each thousand."""
    return Shape(max(1, size // 50_000), 9, 10, 500)


def _items(count: int) -> Mapping[str, str]:
    return grown_texts(Shape(count // 100, 9, 10, 500))


def _paragraph(words: Callable[[int], str], size: int) -> Mapping[str, str]:
    """A small report with one more paragraph, which the source does not have: it is read, and refused."""
    texts = dict(grown_texts(Shape(1, 0, 1)))
    texts["1-part.md"] += f"\n{words(size)}\n"
    return texts


def _aliases(levels: int) -> Mapping[str, str]:
    """Front matter in which each line names the one before it nine times."""
    texts = dict(grown_texts(Shape(1, 0, 1)))
    lines = ["a0: &a0 [1]", *(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels))]
    texts["terms.yaml"] = "\n".join(lines) + "\n"
    return texts


INPUTS: Mapping[str, tuple[tuple[int, int, int], Measure]] = {
    "build items": ((500, 1000, 2000), partial(build, _items)),
    "build spaces in a line": (
        (10_000, 20_000, 40_000),
        partial(build, partial(_paragraph, lambda n: f"甲{' ' * n}乙")),
    ),
    "build [^a": ((2000, 4000, 8000), partial(build, partial(_paragraph, lambda n: "[^a" * n))),
    "build aliases of aliases": ((4, 8, 16), partial(build, _aliases)),
    "split letters in a row": ((10_000, 20_000, 40_000), partial(split, lambda n: "a" * n)),
    "split nested brackets": ((10_000, 20_000, 40_000), partial(split, lambda n: "(" * (n // 2) + ")" * (n // 2))),
    "split items": (
        (2500, 5000, 10_000),
        partial(split, lambda n: "".join(f"（1）推进工作{number}，不断完善\n" for number in range(n))),
    ),
    "search for 政": ((62_500, 125_000, 250_000), partial(search, False)),
    "mark 政": ((62_500, 125_000, 250_000), partial(search, True)),
}
"""What is measured: three sizes, and how."""


def main() -> None:
    """Print a line for each input, as soon as it is measured."""
    asked = " ".join(sys.argv[1:])
    for name, (sizes, measure) in INPUTS.items():
        if name.startswith(asked):
            print(f"{name}:", *_line(sizes, measure), flush=True)


def _line(sizes: tuple[int, ...], measure: Measure) -> Iterator[str]:
    before: Taken | None = None
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="growth-") as work:
            taken = measure(Path(work), size)
        if taken is None:
            yield f"| {size:,}: not within {_PATIENCE} s, or no Chromium here"
            return
        ratio = f" (× {taken.seconds / before.seconds:.1f})" if before else ""
        yield f"| {size:,}: {taken}{ratio}"
        before = taken


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    """A project with one report."""
    for name in ("templates", "static"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "site.yaml").write_text("title: 甲\nlanguage: zh-CN\noutput: _site\n", "utf-8")
    (folder / "content/2021").mkdir(parents=True)
    for name, text in texts.items():
        (folder / "content/2021" / name).write_text(text, "utf-8")


def _run(command: Sequence[str], written: Path) -> Taken | None:
    """Run a program, whatever it answers."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while True:
        ended, _, usage = os.wait4(process.pid, os.WNOHANG)
        seconds = time.perf_counter() - began
        if ended:
            files = [path.stat().st_size for path in written.rglob("*") if path.is_file()]
            return Taken(seconds, usage.ru_maxrss * 1024, sum(files))
        if seconds > _PATIENCE:
            process.kill()
            os.wait4(process.pid, 0)
            return None
        time.sleep(0.01)


if __name__ == "__main__":
    main()
