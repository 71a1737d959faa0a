"""The README is short and true: its commands run in a fresh copy, its table of paths leaves nothing out."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.guides import README, blocks, table, tracked


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository as a newcomer gets it, without any environment."""
    folder = tmp_path_factory.mktemp("fresh")
    for path in tracked():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, folder / path)
    return folder


def test_it_is_read_at_one_go_and_leads_editors_on_at_once() -> None:
    assert len(README.splitlines()) <= 100
    assert "(docs/编辑手册.md)" in "".join(README.splitlines()[:5])


def test_its_commands_work_in_a_fresh_copy(copy: Path) -> None:
    commands = [line.partition("#")[0].strip() for block in blocks(README, "sh") for line in block.splitlines()]
    assert commands[:2] == ["make site", "make test"]
    for command in commands:
        line = command.replace("make test", "make --dry-run test")  # this is a part of it
        done = subprocess.run(line, shell=True, cwd=copy, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        if "build.py" in line or line == "make site":
            assert list((copy / "_site").glob("*/s1.html"))
            shutil.rmtree(copy / "_site")


def test_the_paths_table_names_everything_at_the_top() -> None:
    top = {path.split("/")[0] + ("/" if "/" in path else "") for path in tracked()}
    assert set(table(README, "Where everything is")) == top - {"README.md", ".gitignore"}


def test_the_picture_is_there_and_told_to_those_who_do_not_see_it() -> None:
    shown = re.findall(r"^!\[(.{20,})\]\((.*)\)$", README, re.MULTILINE)
    assert [path for _, path in shown] == ["docs/full-text.png"]
