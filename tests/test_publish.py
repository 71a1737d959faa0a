import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from sitegen.model.finished import File, FinishedFiles, files_of
from sitegen.problems import Mistakes, Place, Problems
from sitegen.publish import output as publishing
from sitegen.publish.destination import Output
from sitegen.publish.digest import SUMS
from sitegen.publish.exchange import exchange
from sitegen.publish.project_files import write_file
from sitegen.publish.published import MARK, MARK_TEXT
from sitegen.publish.summary import Summary
from tests.conftest import open_to_others

PLACE = Place("site.yaml", 4)


def summed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a site, and SHA256SUMS."""
    return {path: file.read() for path, file in Summary().count([FinishedFiles("", files_of(files))])}


OLD, NEW = (summed({MARK: MARK_TEXT, "index.html": b"%d" % n, f"2021/s{n}.html": b"x"}) for n in (1, 2))


def publish(files: Mapping[str, bytes], folder: Path) -> None:
    """Publish to a folder that site.yaml names _site."""
    publishing.publish(files_of(files).items(), Output(folder, "_site", PLACE), Problems())


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
    publish(summed({**OLD, "2021/s2.html": b"y"}), output)
    for path in output.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    folder = output.stat().st_ino
    publish(summed({**OLD, "2021/s2.html": b"y"}), output)
    assert output.stat().st_ino == folder, "where nothing differs, not even the folder is replaced"
    changed = summed({**OLD, "2021/s2.html": b"z"})
    publish(changed, output)
    assert on_disk(output) == changed
    anew = [path.name for path in output.rglob("*") if path.is_file() and path.stat().st_mtime > 1_000_000_000]
    assert sorted(anew) == [SUMS, "s2.html"]


def test_a_disk_without_hard_links_keeps_the_times_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    publish(OLD, tmp_path / "_site")
    os.utime(tmp_path / "_site/2021/s1.html", (1_000_000_000, 1_000_000_000))
    changed = summed({**OLD, "index.html": b"new"})
    publish(changed, tmp_path / "_site")
    assert on_disk(tmp_path / "_site") == changed
    assert (tmp_path / "_site/2021/s1.html").stat().st_mtime == 1_000_000_000


@pytest.mark.parametrize(
    "damage", ["changed", "lost", "linked", "a folder", "a linked folder", "sums lost", "sums changed"]
)
def test_a_site_changed_by_hand_is_made_right_again(tmp_path: Path, damage: str) -> None:
    output, outside = tmp_path / "_site", tmp_path / "outside.html"
    publish(OLD, output)
    page = output / "index.html"
    if damage == "a linked folder":
        (output / "2021").rename(tmp_path / "elsewhere")
        (output / "2021").symlink_to(tmp_path / "elsewhere")
    elif damage == "sums lost":
        (output / SUMS).unlink()
    elif damage == "sums changed":
        (output / SUMS).write_bytes(b"x")
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
    if damage == "linked":
        assert outside.read_bytes() == b"1"
    if damage == "a linked folder":
        assert not (output / "2021").is_symlink()
        assert (tmp_path / "elsewhere/s1.html").read_bytes() == b"x"
        assert (tmp_path / "elsewhere/s1.html").stat().st_nlink == 1, "nothing there became a part of the site"


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

    monkeypatch.setattr(publishing, "exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(Mistakes, match="Device or resource busy"):
        publish(NEW, tmp_path / "_site")
    assert on_disk(tmp_path / "_site") == OLD


def run(
    files: Mapping[str, bytes], output: Path, before: str = "", stderr: int | None = None
) -> subprocess.Popen[bytes]:
    """A build of its own that publishes, after the Python statements `before`."""
    code = (
        "import os, signal, time\nfrom pathlib import Path\nfrom sitegen.publish import output as p\n"
        f"from sitegen.model.finished import files_of\nfrom sitegen.problems import Place, Problems\n{before}\n"
        f"output = p.Output(Path({str(output)!r}), '_site', Place('site.yaml', 4))\np.publish(files_of({dict(files)!r}).items(), output, Problems())"
    )
    return subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parent.parent, stderr=stderr)


KILL = "os.kill(os.getpid(), signal.SIGKILL)"
KILLED_BEFORE_THE_MARK = f"Path.write_bytes = lambda path, data: (path.touch(), {KILL})"
KILLED_WHILE_WRITING = f"real = p._write\ndef die(*a): real(*a); {KILL}\np._write = die"
KILLED_AFTER_THE_EXCHANGE = f"real = p.exchange\ndef die(*a): real(*a); {KILL}\np.exchange = die"
KILLED_WHILE_REMOVING = f"""
import shutil
def die(*a): (Path(a[0]) / 's1.html').unlink(); {KILL}
shutil.rmtree = die
"""
KILLED_BETWEEN_THE_RENAMES = f"""
p.exchange = lambda *_: False
real = Path.rename
def die(self, target):
    if self.name == '._site.new': {KILL}
    return real(self, target)
Path.rename = die
"""


@pytest.mark.parametrize(
    ("before", "left", "old_at"),
    [
        (KILLED_BEFORE_THE_MARK, ["._site.new"], "_site"),
        (KILLED_WHILE_WRITING, ["._site.new"], "_site"),
        (KILLED_BETWEEN_THE_RENAMES, ["._site.new", "._site.old"], "._site.old"),
        (KILLED_AFTER_THE_EXCHANGE, ["._site.new"], "._site.new"),
        (KILLED_WHILE_REMOVING, ["._site.new"], ""),
    ],
    ids=["before the mark", "writing", "between the renames", "after the exchange", "removing"],
)
def test_what_a_killed_build_leaves_the_next_one_mends(
    tmp_path: Path, before: str, left: list[str], old_at: str
) -> None:
    output = tmp_path / "_site"
    publish(OLD, output)
    assert run(NEW, output, before).wait() == -signal.SIGKILL
    assert leftovers(output) == left
    if old_at:
        assert on_disk(tmp_path / old_at) == OLD
    restore(output)
    assert on_disk(output) == (OLD if old_at in ("_site", "._site.old") else NEW)
    publish(NEW, output)
    assert on_disk(output) == NEW
    assert leftovers(output) == []


def test_two_builds_at_once_do_not_mix(tmp_path: Path) -> None:
    """Six builds of 300 files, each slowed down while it writes; what is left is one of them, whole."""
    output = tmp_path / "_site"
    sites = [summed({MARK: MARK_TEXT, **{f"2021/s{at}.html": b"%d" % site for at in range(300)}}) for site in range(6)]
    slow = "real = Path.write_bytes\ndef write(self, data): time.sleep(.0005); return real(self, data)\nPath.write_bytes = write"
    builds = [run(files, output, slow) for files in sites]
    assert [build.wait() for build in builds] == [0] * len(builds)
    assert on_disk(output) in sites
    assert leftovers(output) == []


def test_where_no_exchange_is_known_two_renames_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "exchange", lambda *_: False)
    for files in (OLD, NEW):
        publish(files, tmp_path / "_site")
        assert on_disk(tmp_path / "_site") == files
        assert leftovers(tmp_path / "_site") == []


def test_two_folders_are_exchanged_or_nothing_is_done(tmp_path: Path) -> None:
    (tmp_path / "one/a").mkdir(parents=True)
    (tmp_path / "two/b").mkdir(parents=True)
    expected = ["b", "a"] if exchange(tmp_path / "one", tmp_path / "two") else ["a", "b"]
    assert [[path.name for path in (tmp_path / name).iterdir()] for name in ("one", "two")] == [[x] for x in expected]
    if expected == ["b", "a"]:
        with pytest.raises(FileNotFoundError):
            exchange(tmp_path / "one", tmp_path / "none")


def test_the_site_is_there_at_every_moment(tmp_path: Path) -> None:
    """A reader opens the first page again and again while another program publishes; it is always the one or the other."""
    output = tmp_path / "_site"
    publish(OLD, output)
    if not exchange(output, output):
        pytest.skip("this system or disk exchanges no folders: between two renames the site is absent")
    code = (
        "from tests.test_publish import NEW, OLD, publish\nfrom pathlib import Path\n"
        f"for at in range(40): publish((NEW, OLD)[at % 2], Path({str(output)!r}))"
    )
    builds = subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parent.parent)
    seen = set()
    while builds.poll() is None:
        for _ in range(1000):
            seen.add((output / "index.html").read_bytes())
    assert builds.returncode == 0
    assert seen == {b"1", b"2"}


FOREIGN = ("CNAME", ".git/config", "2021/more.html", "2022/", "index.html/mine", "link", "2021/.hidden")


@pytest.mark.parametrize("path", FOREIGN)
@pytest.mark.parametrize("listed", [True, False], ids=["listed", "made before there was SHA256SUMS"])
def test_what_no_build_wrote_is_told_and_kept(tmp_path: Path, path: str, listed: bool) -> None:
    output = tmp_path / "_site"
    publish(OLD, output)
    if path == "index.html/mine":
        (output / "index.html").unlink()
    if path == "link":
        (output / path).symlink_to("/etc")
    elif path.endswith("/"):
        (output / path).mkdir()
    else:
        (output / path).parent.mkdir(exist_ok=True)
        (output / path).write_text("mine")
    if not listed:
        (output / SUMS).unlink()
    before = on_disk(output)
    named = ".git" if path.startswith(".git") else path.rstrip("/")
    for files in (NEW, OLD) if listed else (OLD,):
        with pytest.raises(Mistakes) as raised:
            publish(files, output)
        said = f'site.yaml:4: "_site" must hold only what a build wrote: {named} would be lost [output-own]'
        assert str(raised.value) == said
    assert on_disk(output) == before
    assert (output / path).is_symlink() or path != "link"
    assert leftovers(output) == []


def test_of_much_that_no_build_wrote_the_first_are_named(tmp_path: Path) -> None:
    publish(OLD, tmp_path / "_site")
    for name in "abcde":
        (tmp_path / "_site" / name).write_text("")
    with pytest.raises(Mistakes, match="wrote: a, b, c and 2 more would be lost"):
        publish(NEW, tmp_path / "_site")


def test_what_a_system_leaves_in_a_folder_that_was_looked_into_is_in_nobodys_way(tmp_path: Path) -> None:
    output = tmp_path / "_site"
    publish(OLD, output)
    for path in (".DS_Store", "2021/Thumbs.db", "2021/desktop.ini"):
        (output / path).write_text("")
    publish(NEW, output)
    assert on_disk(output) == NEW


def test_what_comes_into_the_old_site_during_a_build_is_kept_too(tmp_path: Path) -> None:
    output = tmp_path / "_site"
    publish(OLD, output)

    def files() -> Iterator[tuple[str, File]]:
        yield from files_of(NEW).items()
        (output / "CNAME").write_text("example.org")

    with pytest.raises(Mistakes, match="CNAME would be lost"):
        publishing.publish(files(), Output(output, "_site", PLACE), Problems())
    assert on_disk(output) == {**OLD, "CNAME": b"example.org"}
    assert leftovers(output) == []


@pytest.mark.parametrize("name", ["._site.new", "._site.old"])
@pytest.mark.parametrize("kind", ["link", "file", "folder", "folder with another's mark"])
def test_what_others_put_beside_the_site_is_told_and_kept(tmp_path: Path, name: str, kind: str) -> None:
    output, theirs = tmp_path / "_site", tmp_path / "theirs"
    publish(OLD, output)
    theirs.mkdir()
    (theirs / "index.html").write_text("mine")
    if kind == "folder with another's mark":
        (theirs / MARK).write_text("")
    if kind == "link":
        publish(OLD, tmp_path / "other/_site")
        theirs = tmp_path / "other/_site"
        (tmp_path / name).symlink_to(theirs)
    elif kind == "file":
        (tmp_path / name).write_text("mine")
    else:
        theirs.rename(tmp_path / name)
    before = on_disk(tmp_path)
    with pytest.raises(Mistakes) as raised:
        publish(NEW, output)
    said = f'site.yaml:4: "_site" must have {name} beside it to itself: what is there no build wrote, and it would be lost [output-own]'
    assert str(raised.value) == said
    assert on_disk(tmp_path) == before
    assert os.path.lexists(tmp_path / name)
    with pytest.raises(Mistakes) as raised:
        publishing.count_changes((), Output(output, "_site", PLACE), Problems())
    assert str(raised.value) == said, "and so is it by who only checks"


def modes(output: Path) -> set[tuple[bool, int]]:
    return {(path.is_dir(), path.stat().st_mode & 0o7777) for path in (output, *output.rglob("*"))}


@pytest.mark.parametrize("mask", [0o077, 0, 0o777])
def test_modes_depend_neither_on_the_umask_nor_on_earlier_builds(tmp_path: Path, mask: int) -> None:
    output = tmp_path / "_site"
    before = os.umask(mask)
    try:
        publish(OLD, output)
        assert os.umask(mask) == mask, "who builds gets it back"
    finally:
        os.umask(before)
    assert modes(output) == {(True, 0o755), (False, 0o644)}
    os.utime(output / "index.html", (1_000_000_000, 1_000_000_000))
    (output / "2021/s1.html").chmod(0o600)
    publish(OLD, output)
    assert modes(output) == {(True, 0o755), (False, 0o644)}
    (output / "2021").chmod(0o700)
    publish(OLD, output)
    output.chmod(0o750)
    publish(OLD, output)
    assert modes(output) == {(True, 0o755), (False, 0o644)}
    assert (output / "index.html").stat().st_mtime == 1_000_000_000, "a file whose mode is right stays what it is"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can build as somebody else, whom modes hold back")
@pytest.mark.parametrize("way", ["exchange", "renames"])
def test_a_read_only_site_is_replaced_like_any_other(tmp_path: Path, way: str) -> None:
    open_to_others(tmp_path)
    output = tmp_path / "www/_site"
    output.parent.mkdir()
    os.chown(output.parent, 65534, 65534)
    code = ["import ctypes, fcntl", "os.setegid(65534)", "os.seteuid(65534)"]
    code += ["p.exchange = lambda *_: False"] if way == "renames" else []
    assert run(OLD, output, "\n".join(code)).wait() == 0
    for path, mode in ((output / "2021/s1.html", 0o444), (output / "2021", 0o555), (output, 0o555)):
        path.chmod(mode)
    for files in (NEW, OLD):
        assert run(files, output, "\n".join(code)).wait() == 0
        assert on_disk(output) == files
        assert modes(output) == {(True, 0o755), (False, 0o644)}
        assert leftovers(output) == []


def test_who_waits_for_a_lock_is_told_for_whom(tmp_path: Path) -> None:
    hold = (
        "import fcntl, os, sys\nhandle = os.open(sys.argv[1], os.O_RDONLY)\nfcntl.flock(handle, fcntl.LOCK_EX)\n"
        "print(flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", hold, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdin
        assert holder.stdout
        holder.stdout.readline()
        build = run(NEW, tmp_path / "_site", stderr=subprocess.PIPE)
        assert build.stderr
        said = build.stderr.readline().decode()
        assert re.match(rf'waiting until "_site" is free: process {holder.pid} \(.*\) holds the lock on ', said)
        assert not (tmp_path / "_site").exists()
        other = run(OLD, tmp_path / "_site", stderr=subprocess.PIPE)
        assert other.stderr
        other.stderr.readline()
        other.send_signal(signal.SIGINT)
        assert b"KeyboardInterrupt" in other.communicate(timeout=30)[1], "build.py ends at that"
        holder.stdin.close()
        assert build.communicate(timeout=30)[1] == b""
    assert build.returncode == 0
    assert on_disk(tmp_path / "_site") == NEW


def test_a_disk_without_locks_can_be_published_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("fcntl.flock", refuse)
    publish(OLD, tmp_path / "_site")
    assert on_disk(tmp_path / "_site") == OLD


def test_one_file_is_written_anew_and_no_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("old")
    (tmp_path / "theirs").write_text("mine")
    (tmp_path / "list.txt.new").symlink_to("theirs")
    (tmp_path / f".list.txt.{os.getpid()}.new").symlink_to("theirs")
    with pytest.raises(Mistakes, match=r"^list\.txt: .* a file stands in its way \[output-writable\]$"):
        write_file(tmp_path, "list.txt", "new", Problems())
    (tmp_path / f".list.txt.{os.getpid()}.new").unlink()
    write_file(tmp_path, "list.txt", "new", Problems())
    assert [(tmp_path / name).read_text() for name in ("list.txt", "theirs")] == ["new", "mine"]
