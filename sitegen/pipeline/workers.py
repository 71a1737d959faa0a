"""Reports made side by side in several processes, where there are enough of them."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from sitegen.console import ends_told
from sitegen.model.finished import Outcome
from sitegen.model.project import ReportInput
from sitegen.pipeline.report import make_report
from sitegen.render.renderer import Renderer
from sitegen.render.typography import load_words
from sitegen.store.store import NOTHING_KEPT, Store

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_MANY = 24  # reports from which a second process saves more than its start costs


def make_reports(
    reports: Sequence[ReportInput], renderer: Renderer | None, store: Store = NOTHING_KEPT
) -> Iterator[Outcome]:
    """What came of each report, in order."""
    workers = min(os.cpu_count() or 1, len(reports) // (_MANY // 2))
    if workers > 1 and sys.platform == "linux":
        yield from _make_beside(reports, renderer, store, workers)
    else:
        yield from (make_report(report, renderer, store) for report in reports)


def _make_beside(
    reports: Sequence[ReportInput], renderer: Renderer | None, store: Store, workers: int
) -> Iterator[Outcome]:
    """The same in several processes, each of which makes every n-th report; they end when nobody reads from them."""
    from multiprocessing import get_context  # a small site is finished before that is imported

    context = get_context("fork")  # so that a worker has renderer and reports without their being sent
    load_words()
    processes, readers = [], []
    try:
        for first in range(workers):
            reader, writer = context.Pipe(duplex=False)
            readers.append(reader)
            arguments = (reports[first::workers], renderer, store, writer, tuple(readers))
            process = context.Process(target=_work, args=arguments, daemon=True)
            process.start()
            writer.close()
            processes.append(process)
        for at in range(len(reports)):
            yield readers[at % workers].recv()
    except (EOFError, ConnectionError):
        raise ChildProcessError("a process that makes reports ended before its work was done") from None
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _work(
    reports: Sequence[ReportInput],
    renderer: Renderer | None,
    store: Store,
    writer: "Connection",
    readers: Sequence["Connection"],
) -> None:
    for reader in readers:  # held here too, they would keep this process waiting when the first one was killed
        reader.close()
    with ends_told(), suppress(KeyboardInterrupt, BrokenPipeError):  # the first process tells of the one, and is gone
        for report in reports:
            writer.send(make_report(report, renderer, store))
