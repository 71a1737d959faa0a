"""The reports' folders → their volumes: those that did not change are kept, and many are bound side by side."""

import os
import sys
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from sitegen.apparatus.years import neighbours, newest_first
from sitegen.model.finished import Job, Press, Volume
from sitegen.model.folder import Files
from sitegen.pipeline.report import bind
from sitegen.problems import Mistakes
from sitegen.read.folder import load_index

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Kept = MutableMapping[str, tuple[Press, Job, Volume]]
"""The volumes of the last build, each with what it was made of."""

_MANY = 24  # reports from which a second process saves more than its start costs


def list_jobs(content: Mapping[str, Files]) -> list[Job]:
    """The reports to bind, the newest first, and behind them those whose index.md is not as it must be."""
    indices = {}
    for name, files in content.items():
        with suppress(Mistakes):  # which binding it will tell
            indices[name] = load_index(name, files)
    matters = {name: matter for name, (matter, _) in indices.items()}
    jobs = [Job(name, content[name], indices[name], neighbours(name, matters)) for name in newest_first(matters)]
    return jobs + [Job(name, content[name], None, (None, None)) for name in content if name not in indices]


def bind_all(press: Press, jobs: Sequence[Job], kept: Kept | None) -> Iterator[Volume | Mistakes]:
    """Each report's volume, or what is wrong with it, in order."""
    workers = min(os.cpu_count() or 1, len(jobs) // (_MANY // 2))
    if kept is None and workers > 1 and sys.platform == "linux":
        yield from _bind_beside(press, jobs, workers)
        return
    for job in jobs:
        known = kept.get(job.name) if kept else None
        made = known[2] if known and known[:2] == (press, job) else _try(press, job)
        if kept is not None and isinstance(made, Volume):
            kept[job.name] = (press, job, made)
        yield made


def _bind_beside(press: Press, jobs: Sequence[Job], workers: int) -> Iterator[Volume | Mistakes]:
    """The same in several processes, each of which binds every n-th report; they end when nobody reads from them."""
    from multiprocessing import get_context  # a small site is finished before that is imported

    context = get_context("fork")  # so that a worker has press and jobs without their being sent
    processes, readers = [], []
    try:
        for first in range(workers):
            reader, writer = context.Pipe(duplex=False)
            readers.append(reader)
            arguments = (press, jobs[first::workers], writer, tuple(readers))
            process = context.Process(target=_work, args=arguments, daemon=True)
            process.start()
            writer.close()
            processes.append(process)
        for at in range(len(jobs)):
            yield readers[at % workers].recv()
    except EOFError:
        raise ChildProcessError("a process that binds reports ended before its work was done") from None
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _work(press: Press, jobs: Sequence[Job], writer: "Connection", readers: Sequence["Connection"]) -> None:
    for reader in readers:  # held here too, they would keep this process waiting when the first one was killed
        reader.close()
    with suppress(KeyboardInterrupt, BrokenPipeError):  # the first process tells of the one, and is gone in the other
        for job in jobs:
            writer.send(_try(press, job))


def _try(press: Press, job: Job) -> Volume | Mistakes:
    try:
        return bind(press, job)
    except Mistakes as mistakes:
        return mistakes
