import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.files import decode, names, read_bytes, read_folder, read_tree
from sitegen.problems import Problems
from tests.conftest import ROOT, open_to_others


@pytest.mark.parametrize("data", ["甲\n乙".encode(), "\ufeff甲\r\n乙".encode(), "甲\r乙".encode()])
def test_a_byte_order_mark_and_any_line_ends_are_fine(data: bytes) -> None:
    problems = Problems()
    assert decode(data, "x.md", problems) == "甲\n乙"
    assert problems.found == []


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("甲\n乙".encode("gb18030"), "x.md:1: must be UTF-8 text [utf-8]"),
        ("甲\n".encode() + b"\xff", "x.md:2: must be UTF-8 text [utf-8]"),
        (
            ("a\ne" + "\u0301 \u0316\n" * 20).encode(),
            "x.md:17: must not hold more than 30 combining marks in a row [character-allowed]",
        ),
        (b"a\nb\x08", "x.md:2: must not hold the character U+0008 [character-allowed]"),
    ],
)
def test_other_bytes_are_a_problem_of_their_line(data: bytes, expected: str) -> None:
    problems = Problems()
    assert decode(data, "x.md", problems) is None
    assert list(map(str, problems.found)) == [expected]


def test_combining_marks_as_languages_have_them_are_fine() -> None:
    text = "e\u0301\u0316 की か\u3099 𠮷" * 40 + "\n" * 99 + "e" + "\u0301" * 30
    problems = Problems()
    assert decode(text.encode(), "x.md", problems) == text
    assert problems.found == []


def test_what_cannot_be_read_is_a_problem_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    for path, expected in {
        "none": "none: must exist [file-exists]",
        "folder": "folder: must be a file [file-readable]",
        "loop": "loop: must be a file that can be read: Too many levels of symbolic links [file-readable]",
    }.items():
        problems = Problems()
        assert read_bytes(tmp_path, path, problems) is None
        assert list(map(str, problems.found)) == [expected]
    problems = Problems()
    assert names(tmp_path, "none", problems) is None
    said = "none: must be a folder that can be read: No such file or directory [folder-readable]"
    assert list(map(str, problems.found)) == [said]


def test_a_file_that_is_larger_than_any_report_is_told_and_not_read(tmp_path: Path) -> None:
    (tmp_path / "2022/inner").mkdir(parents=True)
    for name in ("1-name.md", "report.pdf", "inner/film.mp4"):
        with (tmp_path / "2022" / name).open("wb") as file:
            file.truncate(600_000_000)  # a hole, which takes no place on the disk
    said = "must be smaller than 50 MB to be read [file-readable]"
    problems = Problems()
    assert read_folder(tmp_path, "2022", lambda name: name.endswith(".md"), problems) == {"1-name.md": None}
    assert list(map(str, problems.found)) == [f"2022/1-name.md: {said}"], "one that is not meant is nobody's concern"
    problems = Problems()
    assert read_tree(tmp_path, "2022", problems) == {}
    assert list(map(str, problems.found)) == [
        f"2022/{name}: {said}" for name in ("1-name.md", "inner/film.mp4", "report.pdf")
    ]


def test_a_tree_is_read_without_hidden_files_and_never_through_symbolic_links(tmp_path: Path) -> None:
    (tmp_path / "static/inner").mkdir(parents=True)
    (tmp_path / "static/b.css").write_bytes(b"b")
    (tmp_path / "static/inner/a.js").write_bytes(b"a")
    (tmp_path / "static/.DS_Store").write_bytes(b"")
    problems = Problems()
    files = {"b.css": b"b", "inner/a.js": b"a"}
    assert read_tree(tmp_path, "static", problems) == files
    assert problems.found == []
    (tmp_path / "static/around").symlink_to(".")
    (tmp_path / "static/inner/out").symlink_to("/etc/hostname")
    assert read_tree(tmp_path, "static", problems) == files
    assert list(map(str, problems.found)) == [
        "static/around: must be a file or a folder, not a symbolic link [no-symbolic-link]",
        "static/inner/out: must be a file or a folder, not a symbolic link [no-symbolic-link]",
    ]


def test_of_a_folder_only_what_is_meant_is_read(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_bytes(b"a")
    (tmp_path / "content/b.pdf").symlink_to("/dev/zero")
    (tmp_path / "content/c.md").symlink_to("/dev/zero")
    problems = Problems()
    files = read_folder(tmp_path, "content", lambda name: name.endswith(".md"), problems)
    assert files == {"a.md": b"a", "c.md": None}
    said = ["content/c.md: must be a file, not a symbolic link [no-symbolic-link]"]
    assert list(map(str, problems.found)) == said


NOBODY = ("setpriv", "--reuid=65534", "--clear-groups", "--inh-caps=-all", "--bounding-set=-all")
"""Runs a command as a user from whom a folder can be closed, as it cannot from root."""


def as_nobody(code: str) -> list[str]:
    """What the code prints, run by such a user."""
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{code}"]
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("no setpriv: nothing can be closed from root")
        command = [*NOBODY, *command]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "Permission denied: '/root" in done.stderr or "No module named" in done.stderr:
        pytest.skip("this checkout or its Python is closed to other users")
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_a_folder_that_can_be_listed_but_not_entered_is_told_once(tmp_path: Path) -> None:
    open_to_others(tmp_path)
    (tmp_path / "static/inner").mkdir(parents=True)
    for number in range(3):
        (tmp_path / f"static/inner/{number}").write_bytes(b"")
    (tmp_path / "static/inner").chmod(0o644)
    told = as_nobody(f"""
from pathlib import Path
from sitegen.files import read_folder, read_tree
from sitegen.problems import Problems
problems = Problems()
root = Path({str(tmp_path)!r})
print(read_tree(root, "static", problems), read_folder(root, "static/inner", lambda name: True, problems))
print(*problems.found, sep="\\n")
""")
    said = "static/inner: must be a folder that can be read: Permission denied [folder-readable]"
    assert told == ["{} None", said, said]


@pytest.mark.parametrize("name", ["a" * 300, "a\0b", "\ud800", "loop/a", "a/" * 3000])
def test_a_name_that_no_file_can_have_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "loop").symlink_to("loop")
    problems = Problems()
    assert read_bytes(tmp_path, name, problems) is None
    assert re.search(r"must be a file that can be read: .* \[file-readable\]$", str(problems.found[0]))
    assert len(problems.found) == 1


JUNK = [
    "site.css~",
    "#site.css#",
    "site.css.bak",
    "site.css.orig",
    "site.css.rej",
    "site.css.tmp",
    "site.css.swp",
    "~$词.docx",
    "desktop.ini",
    "Desktop.ini",
    "Thumbs.db",
    "thumbs.DB",
    "ehthumbs.db",
    ".DS_Store",
    "site.css.save",
    "4913",
    "site.css___jb_tmp___",
    "._site.css",
    ".site.css.swp",
    ".#site.css",
]


def test_what_systems_and_editors_leave_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "static/__MACOSX").mkdir(parents=True)
    (tmp_path / "static/__MACOSX/site.css").write_bytes(b"")
    for name in JUNK:
        (tmp_path / "static" / name).write_bytes(b"")
    kept = {"site.css": b"", "bak": b"", "a.tmp.js": b"", "thumbs.svg": b"", "film.swf": b"", "a~b": b"", "c#": b""}
    for name in kept:
        (tmp_path / "static" / name).write_bytes(b"")
    problems = Problems()
    assert read_tree(tmp_path, "static", problems) == kept
    assert names(tmp_path, "static", problems) == sorted(kept)
    assert problems.found == []


def test_a_name_that_no_list_of_files_could_hold_is_told(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    for name in (b"a\\b", b"a\nb", b"a\tb", b"a\x1bb", b"\xff"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/static/" + name)).write_bytes(b"")
    problems = Problems()
    assert read_tree(tmp_path, "static", problems) == {}
    said = "must have a name without backslashes and control characters [file-name]"
    assert [str(problem).split(": ", 1)[1] for problem in problems.found] == [said] * 5
    assert all(str(problem).isprintable() for problem in problems.found)
