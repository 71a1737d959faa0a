"""The README is true: its commands run in a fresh copy, and its tables leave nothing out."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def table(heading: str) -> list[str]:
    """The first column of the first table below a heading."""
    below = README.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([^`]*)` \|", below, re.MULTILINE)
    assert rows, f"no table below {heading}"
    return rows


def tracked() -> list[str]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: what belongs to the project is not known")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    return [path for path in listed.stdout.decode().split("\n") if path and (ROOT / path).exists()]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository as a newcomer gets it, without any environment."""
    folder = tmp_path_factory.mktemp("fresh")
    for path in tracked():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, folder / path)
    return folder


def commands() -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    return [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]


def test_the_commands_of_the_readme_work_in_a_fresh_copy(copy: Path) -> None:
    assert commands()[:3] == ["make site", "make test", "make proof"]
    for command in commands():
        line = re.sub("^make (test|proof)", r"make --dry-run \1", command)  # this is a part of them
        done = subprocess.run(line, shell=True, cwd=copy, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        if "build.py" in line or line == "make site":
            assert list((copy / "_site").glob("*/s1.html"))
            shutil.rmtree(copy / "_site")


def test_the_commands_table_names_those_of_the_command_line() -> None:
    usage = subprocess.run([sys.executable, "build.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    found = re.search(r"\{([a-z,]+)\}", usage.stdout)
    assert found
    named = [[*command.removeprefix("python build.py").split(), "build"][0] for command in table("Build it")]
    assert named == found[1].split(",")


def test_the_paths_table_names_everything_at_the_top() -> None:
    top = {path.split("/")[0] + ("/" if "/" in path else "") for path in tracked()}
    assert set(table("Where everything is")) == top - {"README.md", ".gitignore"}


def test_every_path_that_the_readme_names_exists() -> None:
    """But for the reports that it names as examples, where `content/` holds others."""
    made_by_the_build = ("_site", ".venv", "assets")
    for path in re.findall(r"`((?:content|templates|static|sitegen|tests|docs|\.ci)/[^`…]*)`", README):
        example = re.match(r"content/\d+", path)
        if example and not (ROOT / example[0]).exists():
            continue
        assert (ROOT / path).exists() or any(part in path for part in made_by_the_build), path


def test_the_libraries_table_names_those_of_a_build_and_the_text_those_of_the_tests() -> None:
    build, tests = (
        re.findall(r"^[a-z][\w.-]*", (ROOT / path).read_text("utf-8"), re.MULTILINE)
        for path in ("requirements.in", "requirements-dev.in")
    )
    assert sorted(table("Libraries")) == build
    below = README.partition("## Libraries\n")[2]
    stubs = {"lxml-stubs", "types-jsonschema", "types-pyyaml"}  # of what the text names
    assert [library for library in tests if f"`{library}`" not in below and library not in stubs] == []
