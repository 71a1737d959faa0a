"""Texts → files of the project: its record, a draft's folder; each is written wholly or not at all."""

import os
from collections.abc import Mapping
from pathlib import Path

from sitegen.problems import Place, Problems
from sitegen.publish.destination import Output, failures_told


def write_file(root: Path, path: str, text: str, problems: Problems) -> None:
    """Make one file of the project hold `text`, wholly or not at all; raises Mistakes."""
    file = root / path
    new = file.with_name(f".{file.name}.{os.getpid()}.new")
    with failures_told(Output(file, path, Place(path)), problems):
        _write_text(new, text)
        new.replace(file)


def write_folder(folder: Path, files: Mapping[str, str], problems: Problems) -> None:
    """Write the files of a new folder; raises Mistakes."""
    with failures_told(Output(folder, str(folder), Place(str(folder))), problems):
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in files.items():
            _write_text(folder / path, text)


def _write_text(path: Path, text: str) -> None:
    """Write a file that must not be there, nor a link."""
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
