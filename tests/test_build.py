import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

import build
from sitegen.problems import Mistakes, Rule
from sitegen.publish.published import MARK_TEXT
from sitegen.render import exports
from tests.conftest import ROOT
from tests.specification import each
from tests.test_publish import on_disk


def edit(project: Path, edits: str) -> None:
    """Change files as told: a path, then lines to take out (-) and to put in their place (+), at the end if none.

    A file may be renamed or removed instead.
    """
    old, new, path = "", "", project
    for line in [*edits.split("\n"), "site.yaml"]:
        if line[:1] in "+-" and line:
            old, new = (old + line[2:] + "\n", new) if line[0] == "-" else (old, new + line[2:] + "\n")
            continue
        if old or new:
            text = path.read_text("utf-8") if path.exists() else ""
            first = old.rstrip(" \n") if old.endswith(" \n") else old  # "- key: " stands for the line's beginning
            assert first in text, f"{path.name} has no {first!r}"
            path.parent.mkdir(exist_ok=True)
            put = new.rstrip(" \n") if new.endswith(" \n") else new
            path.write_text(text.replace(first, put, 1) if old else text + new, "utf-8")
        if " (renamed " in line:
            old_name, _, new_name = line.removesuffix(")").partition(" (renamed ")
            renamed = (project / old_name).parent / new_name
            renamed.parent.mkdir(exist_ok=True)
            (project / old_name).rename(renamed)
            continue
        path, old, new = project / line.removesuffix(" (removed)"), "", ""
        if line.endswith(" (removed)"):
            path.unlink()


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line, as an editor runs it in the project's folder."""
    code = "import sys, pathlib, build; sys.exit(build.main(sys.argv[1:], pathlib.Path.cwd()))"
    command = [sys.executable, "-c", code, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "COLUMNS": "120"}
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


@each("mistakes.md")
def test_mistakes(project: Path, capsys: pytest.CaptureFixture[str], given: str, expected: str) -> None:
    """Each mistake is told as path:line: what must be so, the build ends with 1, and the old site stays."""
    output = project.parent / "_site"
    assert build.main(["--output", str(output)], project) == 0
    before = on_disk(output)
    edit(project, given)
    capsys.readouterr()
    assert build.main(["--output", str(output)], project) == 1
    assert capsys.readouterr() == ("", expected + "\n")
    assert build.main(["check"], project) == 1
    assert on_disk(output) == before


def test_a_build_says_what_it_wrote_and_a_check_writes_nothing(project: Path) -> None:
    checked = run(project, "check")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert not (project / "_site").exists()
    built = run(project)
    assert (built.returncode, built.stderr) == (0, "")
    assert re.sub(r", \d\.\d\d seconds\n", "", built.stdout) == checked.stdout.split("\n")[0].replace(
        "check:", "build:"
    )
    site = on_disk(project / "_site")
    size = f"bytes: {sum(map(len, site.values()))} in {len(site)} files"
    assert f"reports: 3, items: 19, pages: 35, {size}, every character proved" in built.stdout
    assert sorted(path.name for path in project.iterdir()) == [
        ".kept",
        "_site",
        "content",
        "site.yaml",
        "static",
        "templates",
    ]


def test_the_output_is_where_site_yaml_or_the_command_line_says(project: Path) -> None:
    edit(project, "site.yaml\n- output: _site\n+ output: ../public")
    assert run(project).returncode == 0
    assert run(project, "build", "--output", "elsewhere/site").returncode == 0
    assert on_disk(project.parent / "public") == on_disk(project / "elsewhere/site")
    assert not (project / "_site").exists()


EMPTY = (["--output", ""], ["check", "--output", ""], ["verify", ""], ["split", "", "content/2025"], ["split", "a", ""])


@pytest.mark.parametrize("arguments", [["--none"], ["biuld"], ["check", "content"], ["--output"], *EMPTY])
def test_wrong_usage_ends_with_2_and_the_usage(project: Path, arguments: list[str]) -> None:
    wrong = run(project, *arguments)
    assert wrong.returncode == 2
    assert wrong.stderr.startswith("usage: build.py ")
    assert not (project / "_site").exists()


def test_an_output_that_cannot_be_written_ends_with_1(project: Path) -> None:
    (project / "file").write_text("")
    failed = run(project, "--output", "file/site")
    said = '--output: "file/site" must be a folder that can be written: a file stands in its way [output-writable]\n'
    assert (failed.returncode, failed.stderr) == (1, said)


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize("name", ["a" * 300, "a\\0b", "\\ud800", "loop", "loop/a", "a/" * 3000])
def test_an_output_that_no_folder_can_be_is_told_in_a_line(project: Path, command: str, name: str) -> None:
    (project / "loop").symlink_to("loop")
    edit(project, f'site.yaml\n- output: _site\n+ output: "{name}"')
    failed = run(project, command)
    if command == "build" or name not in ("loop", "loop/a"):  # of these a check knows that nothing is there
        assert failed.returncode == 1
        assert re.fullmatch(r"site\.yaml:\d+: .*\n", failed.stderr)


@pytest.mark.parametrize("output", [".", "..", "/", "content/x", "static/a/b", "content", ".kept"])
@pytest.mark.parametrize("where", ["--output", "site.yaml"])
def test_an_output_that_would_eat_the_project_is_refused(project: Path, output: str, where: str) -> None:
    (project / ".nojekyll").write_bytes(MARK_TEXT)  # as if a built site had been copied over the project
    if where == "site.yaml":
        edit(project, f"site.yaml\n- output: _site\n+ output: {output}")
    before = on_disk(project)
    refused = run(project, *(["--output", output] if where == "--output" else []))
    place = "--output" if where == "--output" else "site.yaml:4"
    said = "must be a folder of its own, not one with the project's files or among content, templates, static, sitegen, tests, .kept"
    assert (refused.returncode, refused.stderr) == (1, f'{place}: "{output}" {said} [output-own]\n')
    shutil.rmtree(project / ".kept")
    assert on_disk(project) == before


@pytest.mark.parametrize(
    ("name", "old", "new"), [("report.txt", "乙区", "丙区"), ("report.json", "甲区2022", "甲区2023")]
)
def test_an_export_that_differs_from_the_report_fails_the_build(
    project: Path, monkeypatch: pytest.MonkeyPatch, name: str, old: str, new: str
) -> None:
    real = next(export.make for export in exports.EXPORTS if export.name == name)
    assert real
    changed = exports.Export(name, "text/plain", lambda edition: real(edition).replace(old, new))
    monkeypatch.setattr(exports, "EXPORTS", [changed])
    with pytest.raises(Mistakes, match=rf"^20\d\d/{name}: must read as content/20\d\d/index\.md:2 does: "):
        build.make(project)


@pytest.mark.parametrize(
    ("template", "line", "expected"),
    [
        ("report.xml", "- <heading>{{ text(item.pieces) }}</heading>\n+ <heading>{{ text(item.pieces) }}题</heading>",
         r"2022/report\.xml: must read as content/2022/1-last-year\.md:2 does: here \"[^\"]*一、上年工作▸题"),
        ("report.xml", "- {{ paragraphs(item.paragraphs) -}}\n+ {{ paragraphs(item.paragraphs[1:]) -}}",
         r"^2022/report\.xml: must read as content/2022/1-last-year\.md:2 does: here \"[^\"]*上年工作▸（一）第一节"),
        ("report.xml", "- <heading>{{ text(item.pieces) }}</heading>\n+ <heading>{{ text(item.pieces) | replace('上', ' 上') }}</heading>",
         r'2022/report\.xml: must hold "一、上年工作…" in one run, without white space that the report has not \[space-added\]'),
        ("figures.csv", "- {% set words = figure.words -%}\n+ {% set words = edition.report.words[1] -%}",
         r'^2022/figures\.csv:2: "3000余件" must stand in the words at index\.html#s0 \[words-equal\]\n2022/figures\.csv:3: "85%以上" must '),
        ("figures.csv", "- {% set words = figure.words -%}\n+ {% set words = figure.words -%}{% set figure = {'value': '4000余件', 'number': 1, 'unit': '', 'measures': ''} -%}",
         r'^2022/figures\.csv:2: "4000余件" must stand in the words at s2-0-1-1\.html \[words-equal\]'),
    ],
)  # fmt: skip
def test_an_export_whose_template_changes_the_reports_words_fails_the_build(
    project: Path, template: str, line: str, expected: str
) -> None:
    edit(project, f"templates/{template}\n{line}")
    with pytest.raises(Mistakes, match=expected):
        build.make(project)


def test_files_that_cannot_be_read(project: Path) -> None:
    (project / "content/2022/1-1-first.md").write_bytes("---\nheading: （一）第一节\n---\n".encode("gb18030"))
    (project / "content/2022/1-last-year.md").unlink()
    (project / "content/2022/1-last-year.md").mkdir()
    (project / "content/2022/2-next-year.md").unlink()
    (project / "content/2022/2-next-year.md").symlink_to("2-next-year.md")
    (project / "static/loop").symlink_to(".")
    os.mkfifo(project / "static/pipe")
    (project / "content/2023/9-zero.md").symlink_to("/dev/zero")
    (project / "content/2026").symlink_to("2026")
    failed = run(project)
    assert failed.returncode == 1
    assert failed.stderr.split("\n") == [
        "static/loop: must be a file or a folder, not a symbolic link [no-symbolic-link]",
        "static/pipe: must be a file [file-readable]",
        "content/2022/1-last-year.md: must be a file [file-readable]",
        "content/2022/2-next-year.md: must be a file, not a symbolic link [no-symbolic-link]",
        "content/2023/9-zero.md: must be a file, not a symbolic link [no-symbolic-link]",
        "content/2026: must be a folder, not a symbolic link [no-symbolic-link]",
        "content/2022/1-1-first.md:2: must be UTF-8 text [utf-8]",
        "",
    ]


def test_a_file_that_is_not_meant_for_the_build_is_never_opened(project: Path) -> None:
    expected = build.make(project)
    os.mkfifo(project / "content/2022/scan.pdf")
    (project / "content/2022/video.mp4").symlink_to("/dev/zero")
    with (project / "content/2022/source.txt.pdf").open("wb") as huge:
        huge.truncate(1 << 40)
    assert build.make(project) == expected


@pytest.mark.parametrize("name", ["source.txt", "1-last-year.md", "index.md", "terms.yaml"])
def test_a_file_that_cannot_be_read_is_all_that_is_told_of_its_report(project: Path, name: str) -> None:
    (project / "content/2022" / name).unlink()
    (project / "content/2022" / name).symlink_to("elsewhere")
    said = f"content/2022/{name}: must be a file, not a symbolic link [no-symbolic-link]\n"
    assert run(project).stderr == said


def test_every_rule_is_shown_by_a_test() -> None:
    shown = "".join(path.read_text("utf-8") for path in (ROOT / "tests").glob("*.py"))
    shown += "".join(path.read_text("utf-8") for path in (ROOT / "tests/fixtures").iterdir())
    assert [rule for rule in get_args(Rule) if f"[{rule}]" not in shown and f"\\[{rule}\\]" not in shown] == []


def test_a_port_that_cannot_be_had(project: Path) -> None:
    failed = run(project, "serve", "--port", "99999")
    assert failed.returncode == 1
    assert re.fullmatch(r"--port: 99999 must be the number of a free port: .* \[port-free\]\n", failed.stderr)


def test_settings_that_are_not_read_beside_those_that_are_are_told(project: Path) -> None:
    (project / "Site.yml").write_text("title: 甲")
    told = "Site.yml: must be taken away or named otherwise: site.yaml is read, and this is not [file-name]\n"
    assert run(project).stderr == told


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_capture_that_only_has_other_line_ends_is_told_as_that_without_another_hash(
    project: Path, mark: bytes
) -> None:
    source = project / "content/2023/source.txt"
    source.write_bytes(mark + source.read_bytes().replace(b"\n", b"\r\n"))
    told = "content/2023/source.txt: must have the line ends of the capture, as declared: take the file as it was, as from git"
    assert run(project).stderr == f"{told} [source-hash]\n"


def test_no_content_at_all(project: Path) -> None:
    for report in ("2022", "2023", "2024"):
        for path in (project / "content" / report).iterdir():
            path.unlink()
        (project / "content" / report).rmdir()
    (project / "content/addresses.txt").write_text("# 0 released addresses")
    assert run(project).stderr == "content: must hold a folder for each report, as in content/2021 [report-exists]\n"
    (project / "content/addresses.txt").unlink()
    (project / "content").rmdir()
    assert run(project).stderr.split("\n") == [
        "content: must be a folder that can be read: No such file or directory [folder-readable]",
        "",
    ]


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(project: Path) -> None:
    before = build.make(project)
    for path in (project / "content").rglob("*.md"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert build.make(project) == before


def test_a_build_puts_back_the_site_that_a_killed_one_left_aside_even_if_it_fails_itself(project: Path) -> None:
    assert build.main([], project) == 0
    before = on_disk(project / "_site")
    (project / "_site").rename(project / "._site.old")
    edit(project, "content/2023/1-a.md\n- heading: 一、甲")
    assert build.main([], project) == 1
    assert on_disk(project / "_site") == before


def test_a_newer_report_stands_before_an_older_one(project: Path) -> None:
    shelf = build.make(project)["index.html"].decode()
    assert 0 < shelf.index("2024/index.html") < shelf.index("2022/index.html")


def test_an_item_without_a_number_is_called_by_its_title(project: Path) -> None:
    source = project / "content/2023/source.txt"
    before = hashlib.sha256(source.read_bytes()).hexdigest()
    source.write_text(source.read_text("utf-8").replace("(一)从头编号", "附则"), "utf-8")
    after = hashlib.sha256(source.read_bytes()).hexdigest()
    edit(project, f"content/2023/index.md\n-   sha256: {before}\n+   sha256: {after}")
    edit(project, "content/2023/2-1-e.md\n- heading: （一）从头编号\n+ heading: 附则\n+ ids: {附则: s2-1}")
    page = build.make(project)["2023/s2-1.html"].decode()
    assert 'aria-label="附则">附则</a></li>' in page
    assert 'href="#s2-1" aria-label="附则"' in page


def test_the_same_bytes_whatever_the_hash_seed_and_time_zone(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai")):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        monkeypatch.setenv("TZ", zone)
        assert run(project, "--output", f"site{seed}").returncode == 0
    assert on_disk(project / "site1") == on_disk(project / "site2")


def test_check_tells_programs_what_must_be_mended(project: Path) -> None:
    assert json.loads(run(project, "check", "--format", "json").stdout) == []
    assert run(project, "check", "--format", "github").stdout == "\n"
    edit(project, "content/2022/1-1-first.md\n- ## 2.没有句号[^stop]\n+ ## 4.100%[^stop]\nsite.yaml (removed)")
    told = run(project, "check", "--format", "json")
    assert (told.returncode, told.stderr) == (1, "")
    problems = json.loads(told.stdout)
    assert [(each["path"], each["line"]) for each in problems] == [
        ("site.yaml", None),
        ("content/2022/1-1-first.md", 21),
    ]
    assert (problems[0]["message"], problems[0]["rule"]) == ("must exist", "file-exists")
    lines = run(project, "check", "--format", "github").stdout.split("\n")
    assert lines[0] == "::error file=site.yaml,line=1,title=file-exists::must exist"
    assert lines[1].startswith(
        '::error file=content/2022/1-1-first.md,line=21,title=label-sequence::the label of "4.100%25" must be 2.'
    )
    assert run(project, "check", "--format", "xml").returncode == 2
