"""What a build made, counted while it passes."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sitegen.model.finished import Volume


@dataclass
class Tally:
    """The number of reports, items, pages, bytes and files, each file's hash, and the addresses to be released."""

    reports: int = 0
    items: int = 0
    pages: int = 0
    size: int = 0
    files: int = 0
    hashes: dict[str, str] = field(default_factory=dict)
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
                self.hashes[path] = hashlib.sha256(data).hexdigest()
                yield path, data

    def digest(self) -> str:
        """The SHA-256 of what `sha256sum` prints of all files, sorted by their paths: the same for the same site."""
        lines = "".join(f"{self.hashes[path]}  {path}\n" for path in sorted(self.hashes))
        return hashlib.sha256(lines.encode()).hexdigest()

    def __str__(self) -> str:
        size = f"bytes: {self.size} in {self.files} files"
        counts = f"reports: {self.reports}, items: {self.items}, pages: {self.pages}, {size}"
        return f"{counts}, every character proved, digest: {self.digest()}"
