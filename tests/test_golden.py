"""The golden site: a small project and every file that the build makes of it, but the assets.

`make golden` renews the expected files; `git diff` then shows what the change does to readers.
"""

import difflib
import shutil
from pathlib import Path

import pytest

import build
from tests.conftest import ROOT
from tests.test_publish import on_disk

EXPECTED = ROOT / "tests/golden/expected"


def test_the_golden_site(project: Path, pytestconfig: pytest.Config) -> None:
    files = {path: data for path, data in build.make(project).items() if not path.startswith("assets/")}
    if pytestconfig.getoption("--renew-golden"):
        shutil.rmtree(EXPECTED, ignore_errors=True)
        for path, data in files.items():
            (EXPECTED / path).parent.mkdir(parents=True, exist_ok=True)
            (EXPECTED / path).write_bytes(data)
    expected = on_disk(EXPECTED)
    assert sorted(files) == sorted(expected), "files came or went; `make golden` renews them"
    for path, data in files.items():
        old, new = expected[path].decode().splitlines(), data.decode().splitlines()
        difference = "\n".join(difflib.unified_diff(old, new, f"expected/{path}", path, lineterm=""))
        assert not difference, f"`make golden` renews the expected output:\n{difference}"
