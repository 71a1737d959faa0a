"""What a build made, counted while it passes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sitegen.volume import Volume


@dataclass
class Tally:
    """The number of reports, items, pages, bytes and files, and of each report's addresses that are not released."""

    reports: int = 0
    items: int = 0
    pages: int = 0
    size: int = 0
    files: int = 0
    waiting: dict[str, int] = field(default_factory=dict)

    def count(self, volumes: Iterable[Volume]) -> Iterator[tuple[str, bytes]]:
        """Pass on the files of volumes, each with its path."""
        for volume in volumes:
            self.reports += bool(volume.id)
            self.items += volume.items
            if volume.waiting:
                self.waiting[volume.id] = len(volume.waiting)
            for path, data in volume.files.items():
                self.pages += path.endswith(".html")
                self.size += len(data)
                self.files += 1
                yield path, data

    def __str__(self) -> str:
        size = f"bytes: {self.size} in {self.files} files"
        counts = f"reports: {self.reports}, items: {self.items}, pages: {self.pages}, {size}"
        return f"{counts}, every character proved"
