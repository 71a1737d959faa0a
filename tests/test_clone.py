"""A clone of the repository, as other machines make it."""

import subprocess
from pathlib import Path

import pytest

import build
from tests.conftest import ROOT


def clone(folder: Path, *settings: str) -> Path:
    """A clone of what is committed, made with settings of git."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: there is nothing to clone")
    options = [option for setting in settings for option in ("-c", setting)]
    command = ["git", *options, "clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.mark.parametrize("settings", [("core.autocrlf=true",), ("core.autocrlf=input",), ("core.eol=crlf",)])
def test_a_clone_with_any_settings_builds_the_same_site(tmp_path: Path, settings: tuple[str, ...]) -> None:
    plain, other = clone(tmp_path / "plain"), clone(tmp_path / "other", *settings)
    assert [path for path in other.glob("content/**/*") if path.is_file() and b"\r" in path.read_bytes()] == []
    assert build.make(other) == build.make(plain)
