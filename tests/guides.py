"""The texts for people: README, CONTRIBUTING, the changelog, the recipes for hosts, the editor's handbook."""

import os
import re
import subprocess

import pytest

from tests.conftest import ROOT

GUIDES = {
    path: (ROOT / path).read_text("utf-8")
    for path in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "hosting/README.md", "docs/编辑手册.md")
}
README, CONTRIBUTING, HANDBOOK = (GUIDES[path] for path in ("README.md", "CONTRIBUTING.md", "docs/编辑手册.md"))


def section(text: str, title: str) -> str:
    """What stands below a heading of the second level; one that begins with a number is an example of a report's."""
    pieces = re.split(r"^## (?!\d)(.+)\n", text, flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))[title]


def blocks(text: str, language: str = "") -> list[str]:
    """The blocks of code in a text, without their first and last line."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return [block for named, block in found if named == language]


def table(text: str, title: str) -> list[str]:
    """The first column of the table below a heading, where it is code."""
    rows = re.findall(r"^\| `([^`]*)` \|", section(text, title), re.MULTILINE)
    assert rows, f"no table below {title}"
    return rows


def recipe(target: str, *given: str) -> list[str]:
    """The commands that make would run for a target, alone on the line as a reader types it, though a make runs this."""
    line = ["make", "--dry-run", "--no-print-directory", target, *given]
    alone = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    return subprocess.run(line, cwd=ROOT, env=alone, capture_output=True, text=True, check=True).stdout.splitlines()


def tracked() -> list[str]:
    """The paths of all files that belong to the project."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: what belongs to the project is not known")
    listed = subprocess.run(
        ["git", "-c", "core.quotepath=off", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return [path for path in listed.stdout.decode().split("\n") if path and (ROOT / path).exists()]
