"""What lies in a folder, and what of it is foreign there; no symbolic link is ever followed."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from posixpath import dirname

Entries = Mapping[str, os.stat_result]
"""Everything below a folder, by its path from there, with what is known of it."""


def list_entries(folder: Path) -> Entries:
    """All files, folders and links below a folder; raises OSError when it, or one in it, cannot be read."""
    entries: dict[str, os.stat_result] = {}
    waiting = [""]
    while waiting:
        above = waiting.pop()
        with os.scandir(folder / above) as found:
            for entry in found:
                path = f"{above}/{entry.name}" if above else entry.name
                entries[path] = entry.stat(follow_symlinks=False)
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(path)
    return entries


def foreign(entries: Iterable[str], files: Iterable[str]) -> list[str]:
    """The paths that are neither those of `files` nor of folders that hold one; of a folder all in it goes unsaid."""
    own: set[str] = {""}
    for path in files:
        while path not in own:
            own.add(path)
            path = dirname(path)
    return sorted(path for path in entries if path not in own and dirname(path) in own)
