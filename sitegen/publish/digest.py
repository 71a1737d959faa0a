"""The files of a site → SHA256SUMS, by which anyone can check a copy; its own hash is the digest of the site."""

import re
from collections.abc import Mapping

SUMS = "SHA256SUMS"
"""The file at a site's root that lists all others."""
_LINE = re.compile("[0-9a-f]{64}  (.+)")


def sums_of(hashes: Mapping[str, str]) -> bytes:
    """What `sha256sum -c` reads: a line for each file, sorted by path, given the hash of each by its path.

    No path has a backslash or a line break, which would be written another way: sitegen/files.py refuses them.
    """
    return "".join(f"{hashes[path]}  {path}\n" for path in sorted(hashes)).encode()


def listed_in(sums: bytes) -> frozenset[str] | None:
    """The paths that a SHA256SUMS lists; None when it is none."""
    matches = [_LINE.fullmatch(line) for line in sums.decode("utf-8", "replace").removesuffix("\n").split("\n")]
    paths = frozenset(match[1] for match in matches if match)
    return paths if len(paths) == len(matches) else None
