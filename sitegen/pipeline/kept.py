"""What came of each report: as an earlier build kept it, or made anew, and then kept for the next one.

A report with a mistake is never kept.
"""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from functools import partial

from sitegen.model.finished import FinishedFiles, Outcome
from sitegen.model.project import ReportInput
from sitegen.render.renderer import Renderer
from sitegen.store.store import Store


def make_reports(reports: Sequence[ReportInput], renderer: Renderer, store: Store) -> Iterator[Outcome]:
    """What came of each report, in order."""
    shared = store.key(renderer)
    keys = [store.key("report", shared, report) for report in reports]
    are_kept = [store.holds(key) for key in keys]
    anew = [report for report, is_kept in zip(reports, are_kept, strict=True) if not is_kept]
    with closing(_make(anew, renderer, store)) as made:
        for report, key, is_kept in zip(reports, keys, are_kept, strict=True):
            again = partial(_make_again, report, renderer, store)
            finished = store.load(key, FinishedFiles, again) if is_kept else None
            if finished:
                yield Outcome(finished, (), is_kept=True)
                continue
            outcome = _make_alone(report, renderer, store) if is_kept else next(made)  # what is kept may be damaged
            if outcome.finished and not outcome.problems:
                store.save(key, FinishedFiles, outcome.finished)
            yield outcome


def _make_again(report: ReportInput, renderer: Renderer, store: Store) -> FinishedFiles | None:
    return _make_alone(report, renderer, store).finished


def _make_alone(report: ReportInput, renderer: Renderer, store: Store) -> Outcome:
    return next(_make([report], renderer, store))


def _make(reports: Sequence[ReportInput], renderer: Renderer, store: Store) -> Generator[Outcome, None, None]:
    """What comes of reports that are made anew."""
    if reports:
        from sitegen.pipeline.workers import make_reports  # what makes reports imports most of the program

        yield from make_reports(reports, renderer, store)
