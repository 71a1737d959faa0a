import unicodedata
from pathlib import Path

import pytest

from sitegen.problems import Problems
from sitegen.read.names import check_names, right_name


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("1-2-name.MD", "1-2-name.md"),
        ("1-2-Name.markdown", "1-2-Name.md"),
        ("1-2-name.md.txt", "1-2-name.md"),
        ("1-2-name.txt", "1-2-name.md"),
        ("１-２-甲．ｍｄ", "1-2-甲.md"),
        ("1-甲。md", "1-甲.md"),
        ("1-甲.md ", "1-甲.md"),
        ("INDEX.md", "index.md"),
        ("index.txt", "index.md"),
        ("terms.yml", "terms.yaml"),
        ("Terms.yaml", "terms.yaml"),
        ("terms.yaml.txt", "terms.yaml"),
        ("术语.yaml", "terms.yaml"),
        ("terms.json", "terms.yaml"),
        ("1-2-name.mdx", "1-2-name.md"),
        ("source.TXT", "source.txt"),
        ("source", "source.txt"),
        ("notes.mdown", "notes.md"),
        ("1-2-name.md", "1-2-name.md"),
    ],
)
def test_a_name_that_looks_meant_has_a_right_form(name: str, right: str) -> None:
    assert right_name(name) == right


@pytest.mark.parametrize(
    "name",
    ["report.pdf", "1-2-name.pdf", "1-2.docx", "README.md", "readme.txt", "1-2-name.md.bak", "1-2-name.md~", "20220328.txt",
     "2021.txt", "notes.txt", "source.html", "source.docx", "Thumbs.db", "terms.csv", "图.png"],
)  # fmt: skip
def test_a_name_that_has_nothing_to_do_with_the_build_is_left_alone(name: str) -> None:
    assert right_name(name) == ""


def test_of_what_lies_beside_a_report_only_what_looks_meant_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "content/2022"
    (folder / "pictures").mkdir(parents=True)
    (folder / "pictures/README.md").write_text("")
    (folder / "old").mkdir()
    (folder / "old/1-name.md").write_text("")
    (folder / "parts/first").mkdir(parents=True)
    (folder / "parts/first/1-1-name.md").write_text("")
    (folder / "linked").symlink_to("old")
    for name in (
        "index.md",
        "report.pdf",
        "README.md",
        ".1-name.md.swp",
        "1-name.MD",
        "addresses.txt",
        unicodedata.normalize("NFD", "2-é.md"),
    ):
        (folder / name).write_text("")
    problems = Problems()
    assert check_names(tmp_path, "content/2022", problems) == {"1-name.md": None, "old": None, "parts": None}
    assert list(map(str, problems.found)) == [
        "content/2022/1-name.MD: must be named 1-name.md to be read [file-name]",
        "content/2022/addresses.txt: must be taken away: the released addresses of all reports stand in content/addresses.txt [file-name]",
        "content/2022/old: must not be a folder of its own: a report's files stand in content/2022 itself [file-name]",
        "content/2022/parts: must not be a folder of its own: a report's files stand in content/2022 itself [file-name]",
    ]
