"""What was made of the reports by an earlier build of the same preview: a report is made anew only when it must be.

It must when anything that it is made of is another: a file of its folder, the settings, a template, or a neighbour.
"""

from collections.abc import Iterable, Iterator

from sitegen.model.finished import FinishedFiles
from sitegen.model.project import ReportInput
from sitegen.pipeline.report import Outcome, make_report
from sitegen.render.pages import Renderer


class Cache:
    """The finished files of each report, by its name, each with what they were made of."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[Renderer, ReportInput, FinishedFiles]] = {}

    def make_reports(self, reports: Iterable[ReportInput], renderer: Renderer) -> Iterator[Outcome]:
        """What came of each report, in order, made anew or kept."""
        for report in reports:
            made_of = (renderer, report)
            kept = self.kept.get(report.name)
            if kept and kept[:2] == made_of:
                yield Outcome(kept[2], ())
                continue
            outcome = make_report(report, renderer)
            if outcome.finished:
                self.kept[report.name] = (*made_of, outcome.finished)
            yield outcome
