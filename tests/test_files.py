from pathlib import Path

import pytest

from sitegen.files import decode, names, read_bytes, read_folder, read_tree
from sitegen.problems import Problems


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
