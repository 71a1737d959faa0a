"""What a build made, counted while it passes, and said in a line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sitegen.model.finished import File, FinishedFiles, file_of
from sitegen.publish.digest import SUMS, sums_of


@dataclass
class Summary:
    """The number of reports, items, pages, bytes and files, each file's hash, and what a release would find."""

    reports: int = 0
    items: int = 0
    pages: int = 0
    size: int = 0
    hashes: dict[str, str] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)
    doubts: dict[str, int] = field(default_factory=dict)

    def count(self, site: Iterable[FinishedFiles]) -> Iterator[tuple[str, File]]:
        """Pass on the files of the site, each with its path, and last SHA256SUMS, which lists them."""
        for finished in site:
            if finished.id:
                self.reports += 1
                self.items += finished.items
            if finished.waiting:
                self.waiting[finished.id] = finished.waiting
            if finished.doubts:
                self.doubts[finished.id] = len(finished.doubts)
            for path, file in finished.files.items():
                if path.endswith(".html"):
                    self.pages += 1
                self._add(path, file)
                yield path, file
        sums = file_of(sums_of(self.hashes))
        self._add(SUMS, sums)
        yield SUMS, sums

    def _add(self, path: str, file: File) -> None:
        self.size += file.size
        self.hashes[path] = file.sha256

    def __str__(self) -> str:
        size = f"bytes: {self.size} in {len(self.hashes)} files"
        counts = f"reports: {self.reports}, items: {self.items}, pages: {self.pages}, {size}"
        return f"{counts}, every character proved, digest: {self.hashes[SUMS]}"
