"""The version stands in one place; the command line tells it, and the changelog says what it brought."""

import re
import tomllib

import pytest

import build
from sitegen import __version__
from tests.conftest import ROOT
from tests.guides import GUIDES


def test_the_command_line_tells_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        build.main(["--version"])
    assert (ended.value.code, capsys.readouterr().out) == (0, f"build.py {__version__}\n")


def test_the_changelog_begins_with_it_and_goes_back_from_there() -> None:
    versions = re.findall(r"^## (\S+)$", GUIDES["CHANGELOG.md"], re.MULTILINE)
    assert versions[0] == __version__
    numbers = [tuple(map(int, version.split("."))) for version in versions]
    assert all(len(each) == 3 for each in numbers)
    assert numbers == sorted(numbers, reverse=True)


def test_what_reads_the_projects_own_settings_finds_it_where_it_stands() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert settings["project"]["dynamic"] == ["version"]
    assert settings["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "sitegen.__version__"}
