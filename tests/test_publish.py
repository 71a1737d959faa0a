import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from sitegen.problems import Mistakes, Place, Problems
from sitegen.publish import output as publishing
from sitegen.publish.output import MARK, MARK_TEXT, Output

PLACE = Place("site.yaml", 4)
OLD, NEW = ({MARK: MARK_TEXT, "index.html": b"%d" % n, f"2021/s{n}.html": b"x"} for n in (1, 2))


def publish(files: Mapping[str, bytes], folder: Path) -> None:
    """Publish to a folder that site.yaml names _site."""
    publishing.publish(files.items(), Output(folder, "_site", PLACE), Problems())


def restore(folder: Path) -> None:
    publishing.restore(Output(folder, "_site", PLACE), Problems())


def on_disk(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def leftovers(output: Path) -> list[str]:
    return sorted(path.name for path in output.parent.iterdir() if path != output)


def test_the_new_site_takes_the_place_of_the_old_whole(tmp_path: Path) -> None:
    output = tmp_path / "a/b/_site"
    for files in (OLD, NEW):
        publish(files, output)
        assert on_disk(output) == files
        assert leftovers(output) == []


def test_only_files_that_differ_are_written_anew(tmp_path: Path) -> None:
    output = tmp_path / "_site"
    publish({**OLD, "2021/s2.html": b"y"}, output)
    for path in output.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    folder = output.stat().st_ino
    publish({**OLD, "2021/s2.html": b"y"}, output)
    assert output.stat().st_ino == folder, "where nothing differs, not even the folder is replaced"
    publish({**OLD, "2021/s2.html": b"z"}, output)
    assert on_disk(output) == {**OLD, "2021/s2.html": b"z"}
    anew = [path.name for path in output.rglob("*") if path.is_file() and path.stat().st_mtime > 1_000_000_000]
    assert anew == ["s2.html"]


def test_a_disk_without_hard_links_keeps_the_times_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    publish(OLD, tmp_path / "_site")
    os.utime(tmp_path / "_site/2021/s1.html", (1_000_000_000, 1_000_000_000))
    publish({**OLD, "index.html": b"new"}, tmp_path / "_site")
    assert on_disk(tmp_path / "_site") == {**OLD, "index.html": b"new"}
    assert (tmp_path / "_site/2021/s1.html").stat().st_mtime == 1_000_000_000


@pytest.mark.parametrize("damage", ["changed", "added", "lost", "linked", "a folder"])
def test_a_site_changed_by_hand_is_made_right_again(tmp_path: Path, damage: str) -> None:
    output, outside = tmp_path / "_site", tmp_path / "outside.html"
    publish(OLD, output)
    page = output / "index.html"
    if damage == "added":
        (output / "2021/more.html").write_bytes(b"x")
    else:
        outside.write_bytes(page.read_bytes())
        page.unlink()
        if damage == "changed":
            page.write_bytes(b"2")
        elif damage == "linked":
            page.symlink_to(outside)
        elif damage == "a folder":
            page.mkdir()
    publish(OLD, output)
    assert on_disk(output) == OLD
    assert not page.is_symlink()


def test_an_empty_folder_may_be_filled_and_a_link_to_a_folder_stays_one(tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    (tmp_path / "_site").symlink_to("www")
    publish(OLD, tmp_path / "_site")
    assert (tmp_path / "_site").is_symlink()
    assert on_disk(tmp_path / "www") == OLD


def test_a_folder_that_holds_something_else_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("dear")
    with pytest.raises(Mistakes) as raised:
        publish(NEW, tmp_path)
    said = 'site.yaml:4: "_site" must be empty or a site that build.py wrote: it holds something else, which would be lost [output-own]'
    assert str(raised.value) == said
    assert on_disk(tmp_path) == {"letters.txt": b"dear"}


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("file/_site", "a file stands in its way"),
        ("file", "Not a directory"),
        ("loop/_site", "its path leads to no folder|Too many levels of symbolic links|a file stands in its way"),
        ("loop", "its path leads to no folder|Too many levels of symbolic links|a file stands in its way"),
        ("/", "its path leads to no folder"),
        ("x" * 300, "File name too long"),
        ("/proc/none/_site", "No such file or directory"),
    ],
)
def test_an_output_that_cannot_be_written(tmp_path: Path, path: str, reason: str) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(
        Mistakes, match=rf'^site\.yaml:4: "_site" must be a folder that can be written: ({reason}) \[output-writable\]$'
    ):
        publish(NEW, tmp_path / path)


@pytest.mark.parametrize("step", ["_write", "_swap"])
def test_a_failure_leaves_the_old_site_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    publish(OLD, tmp_path / "_site")
    real = getattr(publishing, step)

    def fail(*arguments: object) -> None:
        if step == "_write":
            real(*arguments)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing, step, fail)
    with pytest.raises(Mistakes, match=r"No space left on device \[output-writable\]$"):
        publish(NEW, tmp_path / "_site")
    assert on_disk(tmp_path / "_site") == OLD
    assert leftovers(tmp_path / "_site") == []


def test_the_second_rename_failing_puts_the_old_site_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(OLD, tmp_path / "_site")
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self.name == "._site.new":
            raise OSError(16, "Device or resource busy")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(Mistakes, match="Device or resource busy"):
        publish(NEW, tmp_path / "_site")
    assert on_disk(tmp_path / "_site") == OLD


def run(files: Mapping[str, bytes], output: Path, before: str = "") -> subprocess.Popen[bytes]:
    """A build of its own that publishes, after the Python statements `before`."""
    code = (
        "import os, signal, time\nfrom pathlib import Path\nfrom sitegen.publish import output as p\n"
        f"from sitegen.problems import Place, Problems\n{before}\n"
        f"output = p.Output(Path({str(output)!r}), '_site', Place('site.yaml', 4))\np.publish({dict(files)!r}.items(), output, Problems())"
    )
    return subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parent.parent)


KILL = "os.kill(os.getpid(), signal.SIGKILL)"
KILLED_WHILE_WRITING = f"real = p._write\ndef die(*a): real(*a); {KILL}\np._write = die"
KILLED_BETWEEN_THE_RENAMES = f"""
real = Path.rename
def die(self, target):
    if self.name == '._site.new': {KILL}
    return real(self, target)
Path.rename = die
"""


@pytest.mark.parametrize(
    ("before", "left"),
    [(KILLED_WHILE_WRITING, ["._site.new"]), (KILLED_BETWEEN_THE_RENAMES, ["._site.new", "._site.old"])],
)
def test_what_a_killed_build_leaves_the_next_one_mends(tmp_path: Path, before: str, left: list[str]) -> None:
    output = tmp_path / "_site"
    publish(OLD, output)
    assert run(NEW, output, before).wait() == -signal.SIGKILL
    assert leftovers(output) == left
    old = output if output.exists() else tmp_path / "._site.old"
    assert on_disk(old) == OLD
    restore(output)
    assert on_disk(output) == OLD
    publish(NEW, output)
    assert on_disk(output) == NEW
    assert leftovers(output) == []


def test_two_builds_at_once_do_not_mix(tmp_path: Path) -> None:
    """Six builds of 300 files, each slowed down while it writes; what is left is one of them, whole."""
    output = tmp_path / "_site"
    sites = [{MARK: MARK_TEXT, **{f"2021/s{at}.html": b"%d" % site for at in range(300)}} for site in range(6)]
    slow = "real = Path.write_bytes\ndef write(self, data): time.sleep(.0005); return real(self, data)\nPath.write_bytes = write"
    builds = [run(files, output, slow) for files in sites]
    assert [build.wait() for build in builds] == [0] * len(builds)
    assert on_disk(output) in sites
    assert leftovers(output) == []
