"""What a first build spends its time on: every stage's share of what one report more takes."""

import signal
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType

import build
from tests.bench.copies import ROOT, our_project

_COPIES = 20  # so few that one process makes them all
_ROUNDS = 3
_PACE = 0.001  # seconds of the processor between two looks; a system may make it longer
_STAGES = str(ROOT / "sitegen/pipeline/report.py")


def measure_shares() -> Sequence[tuple[str, float]]:
    """The stages, each with its part of 1, the largest first: what pipeline/report.py calls; of pages, their templates.

    What is running is looked at now and then, for a profiler that hears of every call would weigh on short ones.
    """
    seen: Counter[str] = Counter()
    signal.signal(signal.SIGPROF, lambda _, frame: seen.update(_stage(frame)))
    _build(1)  # what is loaded once is no report's
    for _ in range(_ROUNDS):
        signal.setitimer(signal.ITIMER_PROF, _PACE, _PACE)
        _build(_COPIES)
        signal.setitimer(signal.ITIMER_PROF, 0)
    return [(stage, times / seen.total()) for stage, times in seen.most_common()]


def _build(copies: int) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as work:
        our_project(Path(work), copies)
        build.make(Path(work))


def _stage(frame: FrameType | None) -> Iterator[str]:
    """The stage that is running, if any is."""
    template = ""
    while frame and frame.f_back:
        path = frame.f_code.co_filename
        if path.startswith("templates/"):
            template = f": {path}"
        if frame.f_back.f_code.co_filename == _STAGES != path and "sitegen" in path:
            yield f"{Path(path).parent.name}/{Path(path).name}: {frame.f_code.co_name}{template}"
            return
        frame = frame.f_back
