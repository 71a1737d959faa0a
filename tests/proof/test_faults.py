"""Killed builds, a full disk, a read-only one, two builds at once, files that change while they are read.

The site on disk is always wholly the old one or wholly the new one, or the next build restores it.
"""

import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.conftest import ROOT, SAMPLE, copy_sample

NOTE = "content/r0001/2-2-demonstration.md"
VERSIONS = ("所据文本如此，", "所据文本即如此，")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A project with as many reports as make a build use several processes."""
    copy_sample(tmp_path / "desk", 30)
    return tmp_path / "desk"


def put(desk: Path, version: int) -> None:
    """Make the project's note be the one or the other version."""
    text = (SAMPLE / "content/2021/2-2-demonstration.md").read_text("utf-8")
    assert text.count(VERSIONS[0]) == 1
    (desk / NOTE).write_text(text.replace(VERSIONS[0], VERSIONS[version]), "utf-8")


def start(desk: Path, output: Path) -> "subprocess.Popen[str]":
    code = "import pathlib, sys, build; sys.exit(build.main(['--output', sys.argv[1]], pathlib.Path.cwd()))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, str(output)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=desk, env=environment, stdout=pipe, stderr=pipe, text=True)


def build(desk: Path, output: Path) -> tuple[int, str]:
    process = start(desk, output)
    said = process.communicate(timeout=60)
    return process.returncode, "".join(said)


def digest(output: Path) -> str | None:
    """The site on the disk, as the closing line of a build tells it; its SHA256SUMS lists just what is there."""
    if not output.exists():
        return None
    paths = sorted(path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file())
    paths.remove("SHA256SUMS")
    lines = "".join(f"{hashlib.sha256((output / path).read_bytes()).hexdigest()}  {path}\n" for path in paths)
    assert (output / "SHA256SUMS").read_text() == lines
    return hashlib.sha256(lines.encode()).hexdigest()


def both(desk: Path, output: Path) -> list[str | None]:
    """The digests of the two versions; the first is left on the disk."""
    digests = []
    for version in (1, 0):
        put(desk, version)
        code, said = build(desk, output)
        assert code == 0, said
        assert str(digest(output)) in said
        digests.append(digest(output))
    assert digests[0] != digests[1]
    return digests[::-1]


def leftovers(output: Path) -> list[str]:
    return sorted(path.name for path in output.parent.iterdir() if path.name.startswith("."))


def test_a_hundred_builds_killed_at_random_moments_leave_the_old_or_the_new_site(desk: Path, tmp_path: Path) -> None:
    output = tmp_path / "_site"
    versions = both(desk, output)
    chance = random.Random(1)
    new = missing = 0
    for _ in range(100):
        other = 1 - versions.index(digest(output))
        put(desk, other)
        process = start(desk, output)
        try:
            process.wait(chance.uniform(0.0, 0.9))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        if digest(output) is None:
            missing += 1
            assert build(desk, output)[0] == 0
        assert digest(output) in versions
        new += digest(output) == versions[other]
    assert build(desk, output)[0] == 0
    assert leftovers(output) == []
    assert new < 90, "most were killed before their end"
    print(f"killed: 100, new site: {new}, restored by the next build: {missing}")


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[None]:
    """A disk of so many bytes, mounted at a new folder."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)]
    mounted = subprocess.run(mount, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"this machine lets no disk be mounted: {mounted.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_leaves_the_old_site_and_room_lets_the_next_build_pass(desk: Path, tmp_path: Path) -> None:
    put(desk, 0)
    assert build(desk, tmp_path / "measured")[0] == 0
    size = sum(-(-path.stat().st_size // 4096) * 4096 for path in (tmp_path / "measured").rglob("*"))
    for room in (1.02, 1.2, 1.5):  # the site itself just fits
        with small_disk(tmp_path / f"disk {room}", int(size * room)):
            output = tmp_path / f"disk {room}/_site"
            put(desk, 0)
            assert build(desk, output)[0] == 0
            old = digest(output)
            for name in ("site.css", "site.js"):  # every page changes
                shutil.copy(ROOT / "static" / name, desk / "static" / name)
            text = (desk / "templates/base.html").read_text("utf-8")
            (desk / "templates/base.html").write_text(text.replace("非官方", "非官方版"), "utf-8")
            code, said = build(desk, output)
            assert code == 1
            assert re.fullmatch(
                r'--output: ".*" must be a folder that can be written: No space left on device \[output-writable\]\n',
                said,
            )
            assert digest(output) == old
            assert leftovers(output) == []
            subprocess.run(["mount", "-o", f"remount,size={size * 3}", str(output.parent)], check=True)
            assert build(desk, output)[0] == 0
            assert digest(output) != old
            (desk / "templates/base.html").write_text(text, "utf-8")


def test_a_read_only_disk_keeps_the_old_site(desk: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 100_000_000):
        output = tmp_path / "disk/_site"
        put(desk, 0)
        assert build(desk, output)[0] == 0
        old = digest(output)
        put(desk, 1)
        subprocess.run(["mount", "-o", "remount,ro", str(output.parent)], check=True)
        code, said = build(desk, output)
        assert code == 1
        assert "must be a folder that can be written: Read-only file system" in said
        assert "Traceback" not in said
        assert digest(output) == old


def few(desk: Path) -> None:
    """Make the project a small one, which is built more often."""
    for name in sorted(os.listdir(desk / "content"))[2:]:
        shutil.rmtree(desk / "content" / name)


def test_a_mount_is_told_and_a_folder_inside_it_published_to(desk: Path, tmp_path: Path) -> None:
    few(desk)
    with small_disk(tmp_path / "disk", 100_000_000):
        output = tmp_path / "disk"
        code, said = build(desk, output)
        assert code == 1
        inside = f'a mount cannot be replaced, so name a folder inside it, as in "{output}/site" [output-writable]\n'
        assert said.endswith(inside)
        assert "Traceback" not in said
        assert os.listdir(output) == []
        assert leftovers(output) == []
        for version in (0, 1):
            put(desk, version)
            code, said = build(desk, output / "site")
            assert code == 0, said
            assert str(digest(output / "site")) in said
            assert leftovers(output / "site") == []


def test_a_mount_of_a_folder_of_the_same_disk_is_told_too(desk: Path, tmp_path: Path) -> None:
    """As `docker -v` makes one; that it is a mount nothing tells before the exchange fails."""
    few(desk)
    output = tmp_path / "_site"
    for folder in (output, tmp_path / "elsewhere"):
        folder.mkdir()
    mounted = subprocess.run(["mount", "--bind", tmp_path / "elsewhere", output], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip(f"this machine lets no folder be mounted: {mounted.stderr.decode().strip()}")
    try:
        code, said = build(desk, output)
        assert (code, os.listdir(output), leftovers(output)) == (1, [], [])
        assert f'so name a folder inside it, as in "{output}/site" [output-writable]\n' in said
    finally:
        subprocess.run(["umount", output], check=True)


def test_the_site_is_there_whenever_it_is_asked_for(desk: Path, tmp_path: Path) -> None:
    """A hundred thousand times and more, while builds publish."""
    few(desk)
    output = tmp_path / "_site"
    both(desk, output)
    opened = published = 0
    while opened < 100_000 or published < 20:
        put(desk, published % 2)
        process = start(desk, output)
        while process.poll() is None:
            for _ in range(500):
                (output / "index.html").read_bytes()
            opened += 500
        assert process.returncode == 0, process.communicate()
        process.communicate()
        published += 1
    print(f"opened: {opened}, published: {published}")


def test_two_builds_at_once_end_with_one_of_them_whole(desk: Path, tmp_path: Path) -> None:
    output = tmp_path / "_site"
    versions = both(desk, output)
    shutil.copytree(desk, tmp_path / "other")
    put(tmp_path / "other", 1)
    for _ in range(5):
        builds = [start(folder, output) for folder in (desk, tmp_path / "other")]
        for process in builds:
            said = process.communicate(timeout=60)
            assert process.returncode == 0, said
        assert digest(output) in versions
        assert leftovers(output) == []


def test_a_file_that_changes_while_it_is_read_gives_one_of_its_versions_or_a_problem(
    desk: Path, tmp_path: Path
) -> None:
    few(desk)
    output = tmp_path / "_site"
    versions = both(desk, output)
    ended = Event()

    def write() -> None:
        at = 0
        while not ended.is_set():
            put(desk, at := 1 - at)  # not at once: the file is empty for an instant

    writer = Thread(target=write)
    writer.start()
    codes = []
    try:
        for _ in range(40):
            code, said = build(desk, output)
            assert "Traceback" not in said
            assert code == 0 or all(re.match(r"content/r0001/[^:]*:\d+: must ", line) for line in said.splitlines())
            assert digest(output) in versions
            codes.append(code)
    finally:
        ended.set()
        writer.join()
    assert 0 in codes
