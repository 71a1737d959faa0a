"""The project as it lies on the disk: what all stages begin with."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sitegen.frontmatter.keys import Site
from sitegen.model.folder import Files, Index
from sitegen.model.record import RecordLines
from sitegen.model.shelf import Near
from sitegen.problems import Passage


@dataclass(frozen=True)
class Project:
    """The settings, None where they are wrong, and the files: of templates/ and static/ by path, of reports by name.

    `record` has the lines of the record of released addresses by the report that they name.
    """

    settings: Site | None
    templates: Mapping[str, bytes]
    static: Mapping[str, bytes]
    reports: Mapping[str, Files]
    record: Mapping[str, RecordLines]

    @property
    def output(self) -> Passage | None:
        """The name of the folder to publish to, None where the settings do not tell it."""
        return self.settings.output if self.settings else None


@dataclass(frozen=True)
class ReportInput:
    """All that a report is made of: its name, its folder's files, its index, and the reports of the years beside it.

    `released` are the lines of the record about it. The index is one of the files, as read.
    """

    name: str
    files: Files
    index: Index = field(compare=False)
    near: Near
    released: RecordLines = field(default_factory=RecordLines)
