"""The files of a site → one digest: the same for the same site, wherever and whenever it was built."""

import hashlib
from collections.abc import Mapping


def hash_file(data: bytes) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(data).hexdigest()


def digest_of(hashes: Mapping[str, str]) -> str:
    """The SHA-256 of what `sha256sum` prints of all files, sorted by path, given the hash of each by its path."""
    lines = "".join(f"{hashes[path]}  {path}\n" for path in sorted(hashes))
    return hashlib.sha256(lines.encode()).hexdigest()
