"""The project as it lies on the disk: what all stages begin with."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sitegen.frontmatter.keys import Site
from sitegen.model.folder import Files, Index
from sitegen.model.record import ReleasedAddress
from sitegen.model.shelf import Near
from sitegen.problems import Passage


@dataclass(frozen=True)
class Project:
    """The settings, None where they are wrong, and the files: of templates/ and static/ by path, of reports by name.

    `record` holds the addresses of all reports that were released.
    """

    settings: Site | None
    templates: Mapping[str, bytes]
    static: Mapping[str, bytes]
    reports: Mapping[str, Files]
    record: tuple[ReleasedAddress, ...] = ()

    @property
    def output(self) -> Passage | None:
        """The name of the folder to publish to, None where the settings do not tell it."""
        return self.settings.output if self.settings else None


@dataclass(frozen=True)
class ReportInput:
    """All that a report is made of: its name, its folder's files, its index, and the reports of the years beside it.

    `released` are those of its addresses that the record holds. The index is one of the files, as read.
    """

    name: str
    files: Files
    index: Index = field(compare=False)
    near: Near
    released: tuple[ReleasedAddress, ...] = ()
