"""The same bytes from other folders, locales, time zones, hash seeds, orders of files and versions of Python."""

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, copy_sample

NEWER = ("3.12", "3.13", "3.14")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reproducible")


@pytest.fixture(scope="module")
def digest(home: Path) -> str:
    """The digest of what this very Python builds of a copy of the project."""
    return digest_of(project(home / "first"), sys.executable)


def project(folder: Path, order: random.Random | None = None) -> Path:
    """A copy of what a build needs, its files created in a random order."""
    wanted = [ROOT / name for name in ("build.py", "site.yaml")]
    for name in ("content", "templates", "static", "sitegen"):
        wanted += [path for path in (ROOT / name).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    wanted.sort()
    if order:
        order.shuffle(wanted)
    for path in wanted:
        new = folder / path.relative_to(ROOT)
        new.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, new)
    return folder


def digest_of(folder: Path, python: str, **environment: str) -> str:
    """The digest that a build tells which makes all anew, having been held against what it wrote."""
    shutil.rmtree(folder / ".kept", ignore_errors=True)
    command = [python, "-X", "utf8=0", "build.py"]
    told = subprocess.run(command, cwd=folder, env={**os.environ, **environment}, capture_output=True, check=False)
    assert told.returncode == 0, told.stderr.decode()
    found = re.search(rb"digest: ([0-9a-f]{64})", told.stdout)
    assert found
    listed = "sha256sum -c --quiet SHA256SUMS && sha256sum SHA256SUMS"
    shell = subprocess.run(listed, shell=True, cwd=folder / "_site", capture_output=True, text=True, check=True)
    assert shell.stdout.split()[0] == found[1].decode()
    return found[1].decode()


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONHASHSEED": "0"},
        {"LC_ALL": "zh_CN.GB18030", "PYTHONHASHSEED": "1", "PYTHONIOENCODING": "utf-8"},
        {"LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Shanghai"},
        {"TZ": "America/St_Johns", "SOURCE_DATE_EPOCH": "1", "PYTHONOPTIMIZE": "1"},
        {"TMPDIR": "/nowhere"},
    ],
    ids=lambda environment: " ".join(f"{key}={value}" for key, value in environment.items()),
)
def test_the_environment_changes_nothing(home: Path, digest: str, environment: dict[str, str]) -> None:
    assert digest_of(home / "first", sys.executable, **environment) == digest


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_neither_the_folder_nor_the_order_of_its_files_changes_anything(home: Path, digest: str, seed: int) -> None:
    folder = project(home / f"另一个 folder/{seed}", random.Random(seed))
    assert digest_of(folder, sys.executable) == digest


def pythons() -> Iterator[str]:
    """Other versions of Python on this machine: in the path, or installed beside the one that runs this."""
    for version in NEWER:
        beside = sorted(Path(sys.base_prefix).parent.glob(f"{version}.*/bin/python3"))
        if found := (str(beside[0]) if beside else shutil.which(f"python{version}")):
            yield found


def test_newer_versions_of_python_build_the_same(home: Path, digest: str) -> None:
    tried = 0
    for python in pythons():
        own = home / f"venv{tried}"
        subprocess.run([python, "-m", "venv", str(own)], check=True)
        packages = [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "-r",
            str(ROOT / "requirements.txt"),
        ]
        subprocess.run([str(own / "bin/python"), *packages], check=True)
        assert digest_of(home / "first", str(own / "bin/python"), PYTHONWARNINGS="error") == digest, python
        tried += 1
    if not tried:
        pytest.skip(f"none of Python {', '.join(NEWER)} is on this machine")


def test_several_processes_build_what_one_does(home: Path) -> None:
    copy_sample(home / "many", 30)
    shutil.copytree(ROOT / "sitegen", home / "many/sitegen", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "build.py", home / "many")
    alone = "import os, sys, build; os.cpu_count = lambda: 1; sys.exit(build.main(['--output', 'alone']))"
    told = subprocess.run([sys.executable, "-c", alone], cwd=home / "many", capture_output=True, text=True, check=True)
    assert digest_of(home / "many", sys.executable) in told.stdout
