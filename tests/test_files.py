from pathlib import Path

import pytest

from sitegen.files import decode, names, read_bytes, read_tree
from sitegen.problems import Mistakes


@pytest.mark.parametrize("data", ["甲\n乙".encode(), "\ufeff甲\r\n乙".encode(), "甲\r乙".encode()])
def test_a_byte_order_mark_and_any_line_ends_are_fine(data: bytes) -> None:
    assert decode(data, "x.md") == "甲\n乙"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("甲\n乙".encode("gb18030"), "x.md:1: must be UTF-8 text"),
        ("甲\n".encode() + b"\xff", "x.md:2: must be UTF-8 text"),
        (b"a\nb\x08", "x.md:2: must not hold the character U+0008"),
    ],
)
def test_other_bytes_are_a_problem_of_their_line(data: bytes, expected: str) -> None:
    with pytest.raises(Mistakes) as raised:
        decode(data, "x.md")
    assert str(raised.value) == expected


def test_what_cannot_be_read_is_a_problem_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    for path, expected in {
        "none": "none: must exist",
        "folder": "folder: must be a file",
        "loop": "loop: must be a file that can be read: Too many levels of symbolic links",
    }.items():
        with pytest.raises(Mistakes) as raised:
            read_bytes(tmp_path, path)
        assert str(raised.value) == expected
    with pytest.raises(Mistakes) as raised:
        names(tmp_path, "none")
    assert str(raised.value) == "none: must be a folder that can be read: No such file or directory"


def test_a_tree_is_read_without_hidden_files_and_never_through_symbolic_links(tmp_path: Path) -> None:
    (tmp_path / "static/inner").mkdir(parents=True)
    (tmp_path / "static/b.css").write_bytes(b"b")
    (tmp_path / "static/inner/a.js").write_bytes(b"a")
    (tmp_path / "static/.DS_Store").write_bytes(b"")
    assert read_tree(tmp_path, "static") == {"b.css": b"b", "inner/a.js": b"a"}
    (tmp_path / "static/around").symlink_to(".")
    (tmp_path / "static/inner/out").symlink_to("/etc/hostname")
    with pytest.raises(Mistakes) as raised:
        read_tree(tmp_path, "static")
    assert str(raised.value).split("\n") == [
        "static/around: must be a file or a folder, not a symbolic link",
        "static/inner/out: must be a file or a folder, not a symbolic link",
    ]
