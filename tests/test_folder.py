import hashlib
from pathlib import Path

import pytest

import build
from sitegen.read.folder import find_left_out
from tests.conftest import SAMPLE, copy_project, report_of
from tests.drafts import look_at

CAPTURE = "首页\n甲区报告\n\n甲区报告\n  发布时间：今日\n前言。\n一、工作\n办成。\n首页\n打印\n"


@pytest.mark.parametrize(
    ("lines", "left_out", "places"),
    [
        ("甲 乙 丙", "", []),
        ("甲 乙 丙", "丙", [2]),
        ("甲 乙 丙", "甲", [0]),
        ("甲 乙 丙 丁", "甲 丁", [0, 3]),
        ("甲 乙 丙 丁", "乙", [1]),
        ("甲 乙 甲", "甲", [2]),
        ("甲 乙 甲 丙", "甲 丙", [2, 3]),
        ("甲 甲 乙 丙 丁", "甲 丙", [0, 3]),
        ("甲 乙 丙", "丁", []),
        ("甲 乙 丙", "乙 甲", [1]),
    ],
)
def test_lines_are_left_out_at_the_end_at_the_start_and_in_between(
    lines: str, left_out: str, places: list[int]
) -> None:
    assert find_left_out(lines.split(), left_out.split()) == places


def test_a_report_is_proved_without_the_lines_before_within_and_behind_it(tmp_path: Path) -> None:
    project = copy_project(SAMPLE, tmp_path)
    folder = project / "content/2020"
    folder.mkdir()
    (folder / "source.txt").write_text(CAPTURE, "utf-8", newline="\n")
    left_out = "[首页, 甲区报告, 发布时间：今日, 首页, 打印]"
    (folder / "index.md").write_text(
        "---\ntitle: 甲区报告\nissuer:\nyear: 2020\npublished:\nsource:\n  url:\n"
        f"  sha256: {hashlib.sha256(CAPTURE.encode()).hexdigest()}\n  left_out: {left_out}\n---\n\n前言。\n",
        "utf-8",
    )
    (folder / "1-work.md").write_text("---\nheading: 一、工作\n---\n\n办成。\n", "utf-8")
    report = report_of(project, "2020")
    assert [line.place.line for line in report.source] == [4, 6, 7, 8]
    files = build.make(project)
    collation = files["2020/collation.html"].decode()
    assert collation.count('class="left_out"') == 5
    assert "首页" not in files["2020/report.txt"].decode()


def test_a_report_without_a_title_is_shown_under_its_folders_name_until_one_is_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = copy_project(SAMPLE, tmp_path / "project")
    (tmp_path / "text.txt").write_text("2020年，现将情况报告如下。\n一、工作\n办成。\n", "utf-8")
    assert build.main(["split", str(tmp_path / "text.txt"), str(project / "content/2020")], project) == 0
    report = report_of(project, "2020")
    assert list(report.passages()) == ["2020年，现将情况报告如下。", "一、工作", "办成。"]
    files = build.make(project)
    assert '<h1><span data-apparatus="">（标题待核）</span></h1>' in files["2020/index.html"].decode()
    assert '<a href="2020/index.html">2020</a>' in files["index.html"].decode()
    assert build.main(["release"], project) == 1
    look_at(project / "content/2020")
    capsys.readouterr()
    assert build.main(["release"], project) == 1, "nor is it released when its marks are gone"
    told = 'content/2020/index.md:2: "title" must be given before the release: the report is cited by it [release-checked]\n'
    assert capsys.readouterr().err == told
