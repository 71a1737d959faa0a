import hashlib
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

import build
from sitegen.check.addresses import is_same
from tests.conftest import ROOT
from tests.test_build import edit, run


def test_every_released_address_leads_somewhere() -> None:
    files = build.make(ROOT)
    for line in record_of(ROOT):
        name, _, address = line.split()[0].partition("/")
        assert f' id="{address}"' in files[f"{name}/index.html"].decode(), line


def test_release_records_what_is_new_and_keeps_what_was_there(project: Path) -> None:
    before = record_of(project)
    first = run(project, "release")
    assert "release: content/2022: 22 addresses, 0 of them new" in first.stdout.split("\n")
    assert [line for line in record_of(project) if line.startswith("2022/")] == before
    names = [line.split("/")[0] for line in record_of(project)]
    assert names == sorted(names, reverse=True), "the newest report stands first"
    edit(project, "content/2022/2-next-year.md\n- 直接在部分之下。\n+ 直接在\n+ \n+ 部分之下。")
    done = run(project, "release")
    assert "release: content/2022: 23 addresses, 1 of them new" in done.stdout.split("\n")
    after = record_of(project)
    at = after.index("2022/s2-0-1-p2 部分之下。")
    assert after[at - 1] == "2022/s2-0-1-p1 直接在"


def record_of(project: Path) -> list[str]:
    """The record's lines, but for its head."""
    text = (project / "content/addresses.txt").read_text("utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def test_that_there_is_no_record_is_told_at_every_build_until_a_release_begins_one(project: Path) -> None:
    before = record_of(project)
    (project / "content/addresses.txt").unlink()
    told = "build: content/addresses.txt does not exist: no address is released, so all may change"
    assert told in run(project).stdout.split("\n")
    assert told in run(project, "check").stdout.split("\n")
    assert run(project, "release").returncode == 0
    assert told not in run(project, "check").stdout
    assert set(before) < set(record_of(project))


@pytest.mark.parametrize("kept", [0, 3])
def test_a_record_that_lost_all_its_lines_is_told(project: Path, kept: int) -> None:
    record = project / "content/addresses.txt"
    record.write_text("".join(record.read_text("utf-8").splitlines(keepends=True)[:kept]), "utf-8")
    told = 'content/addresses.txt:1: must begin with "# 0 released addresses" if these are all'
    assert run(project, "check").stderr.startswith(told)


SPLIT = "content/2022/1-1-first.md\n- 第一条的文字[^words]；完。\n+ 第一条的文字[^words]；\n+ \n+ 完。\n"


def test_a_paragraph_that_was_split_keeps_all_addresses_by_an_alias(project: Path) -> None:
    edit(project, SPLIT + "content/2022/1-1-first.md\n- aliases:\n+ aliases:\n+   s1-1-1-p2: s1-1-1-p3")
    page = build.make(project)["2022/s1-1-1.html"].decode()
    paragraphs = re.findall(r'<p id="(s1-1-1-p\w+)">(.*?)(?=<|</p>)', page)
    assert paragraphs == [("s1-1-1-p1", "第一条的文字"), ("s1-1-1-p2b", "完。"), ("s1-1-1-p3", "第一条的第二段。")]
    assert '<span id="s1-1-1-p2" data-apparatus=""></span><p id="s1-1-1-p3">' in page
    assert run(project, "release").returncode == 0
    assert "2022/s1-1-1-p2 -> s1-1-1-p3 第一条的第二段。" in record_of(project)
    assert "2022/s1-1-1-p2b 完。" in record_of(project)


@pytest.mark.parametrize(
    "change",
    [
        "- 第一条的文字[^words]；\n+ 第一条的\n+ \n+ 文字[^words]；",
        "-   s1-1-1-p2: s1-1-1-p3\n+   s1-1-9: s1-1-3",
    ],
    ids=["whose target comes to hold other words", "that is taken out"],
)
def test_a_released_alias_that_leads_to_other_words_is_told(project: Path, change: str) -> None:
    edit(project, SPLIT + "content/2022/1-1-first.md\n- aliases:\n+ aliases:\n+   s1-1-1-p2: s1-1-1-p3")
    assert run(project, "release").returncode == 0
    edit(project, f"content/2022/1-1-first.md\n{change}")
    told = run(project, "check").stderr
    assert 's1-1-1-p2 must lead to "第一条的第二段。", not to "完。"' in told


def test_paragraphs_that_all_moved_on_by_one_keep_their_addresses_by_aliases_in_a_row(project: Path) -> None:
    assert run(project, "release").returncode == 0
    chain = "+   s1-1-1-p1: s1-1-1-p2\n+   s1-1-1-p2: s1-1-1-p3"
    edit(project, f"content/2022/1-1-first.md\n- aliases:\n+ aliases:\n{chain}")
    edit(project, "content/2022/1-1-first.md\n- ## 1.有句号。\n+ ## 1.有\n+ \n+ 句号。")
    edit(project, "content/2022/1-1-first.md\n- no_figures:\n+ no_figures:")
    page = build.make(project)["2022/s1-1-1.html"].decode()
    assert re.findall(r'<p id="(s1-1-1-p\w+)">(.{3})', page) == [
        ("s1-1-1-p1b", "句号。"),
        ("s1-1-1-p1", "第一条"),
        ("s1-1-1-p3", "第一条"),
    ]
    assert '<span id="s1-1-1-p2" data-apparatus=""></span><p id="s1-1-1-p3">' in page


@pytest.mark.parametrize(
    ("target", "link"),
    [
        ("s1-1-2-p1", "s1-1-2.html#s1-1-2-p1"),
        ("s1-p1", "s1.html#s1-p1"),
        ("s1", "s1.html"),
        ("s0", "index.html#s0"),
        ("s0-p2", "index.html#s0-p2"),
        ("s2-0-1-2", "s2-0-1-2.html"),
    ],
)
def test_an_item_keeps_its_page_and_its_anchor_wherever_its_words_went(project: Path, target: str, link: str) -> None:
    edit(project, f"content/2022/1-1-first.md\n-   s1-1-4: s1-1-3\n+   s1-1-4: {target}")
    edit(project, "content/addresses.txt\n- 2022/s1-1-4 -> s1-1-3 2.印错的号。\n+ 2022/s1-1-4 2.早已并入别处。")
    files = build.make(project)
    page = ElementTree.fromstring(files["2022/s1-1-4.html"].decode())
    assert link in [a.get("href") for a in page.findall(".//main//a")]
    assert files["2022/index.html"].decode().count(' id="s1-1-4"') == 1


def test_a_preamble_s_alias_may_stand_in_any_file(project: Path) -> None:
    edit(
        project,
        "content/2022/2-next-year.md\n- heading: 二、下年打算[^title]\n+ heading: 二、下年打算[^title]\n+ aliases: {s9: s0}",
    )
    files = build.make(project)
    assert '<span id="s9" data-apparatus=""></span><div id="s0">' in files["2022/index.html"].decode()
    assert 'href="index.html#s0">前言</a>' in files["2022/s9.html"].decode()


@pytest.mark.parametrize(
    ("recorded", "words", "label", "same"),
    [
        ("第一责任人职责全面落实到位", "第一责任人职责全面落实到位，成效明显。", "", True),
        ("第一责任人职责全面", "第一责任职责全面落实到位", "", True),
        ("3.加强领导", "3.加强督导。", "3.", True),
        ("3.加强领导", "3.改善督导。", "3.", False),
        ("3.加强行政执法监督", "3.加强行政执法队伍建设", "3.", False),
        ("十个字的一段话在此处", "十个宇的一段活在此处", "", True),
        ("十个字的一段话在此处", "十个宇的一段活再此处", "", False),
        ("二十个字的一段话在此处便是第一段的开头了", "二十个宇的一段活再此处便是第一段的开头了", "", True),
        ("二十个字的一段话在此处便是第一段的开头了", "二十个宇的一段活再此出便是第一段的开头了", "", False),
        ("无事项", "无事顷", "", False),
        ("无事项", "无事项。", "", True),
        ("报告如下：各项工作进展", "报告如下:", "", True),
        ("各项工作", "一、各项工作", "", False),
        ("㎏计的重量共多少", "kg计的重量共多少", "", True),
    ],
)
def test_words_are_the_same_when_few_edits_lead_from_the_recorded_ones_to_them(
    recorded: str, words: str, label: str, same: bool
) -> None:
    assert is_same(recorded, words, label) is same


def correct(project: Path, old: str, new: str) -> None:
    """Correct a character of the 2022 report: its capture, its hash, and the edition."""
    folder = project / "content/2022"
    source = folder / "source.txt"
    before = hashlib.sha256(source.read_bytes()).hexdigest()
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))
    index = folder / "index.md"
    after = hashlib.sha256(source.read_bytes()).hexdigest()
    index.write_text(index.read_text("utf-8").replace(before, after), "utf-8")


def test_a_mended_typo_in_a_released_heading_is_no_other_passage_but_other_words_are(project: Path) -> None:
    correct(project, "没有句号", "没有旬号")
    assert run(project, "check").stderr == ""
    correct(project, "没有旬号", "另有所指")
    told = run(project, "check").stderr
    line = record_of(project).index("2022/s1-1-2 2.没有句号") + 4
    assert told == (
        f'content/addresses.txt:{line}: s1-1-2 must lead to "2.没有句号", not to "2.另有所指": list it under aliases, with '
        "the address of these words, or, if they are the same, write them here [address-words]\n"
    )


def test_words_that_moved_are_told_where_they_are_though_what_took_their_place_is_alike(project: Path) -> None:
    assert run(project, "release").returncode == 0
    edit(project, "content/2022/1-1-first.md\n- 第一条的\n- 第二段。\n+ 第一条的第二段。")
    record = project / "content/addresses.txt"
    text = record.read_text("utf-8").replace("2022/s2-0-1-1 （1）第四级。", "2022/s2-0-1-1 （2）第四级又一。")
    record.write_text(text, "utf-8")
    assert "s1-1-1" not in run(project, "check").stderr
    assert 's2-0-1-1 must lead to "（2）第四级又一。", not to "（1）第四级。"' in run(project, "check").stderr


def test_a_report_that_was_released_is_missed_under_its_name(project: Path) -> None:
    (project / "content/2022").rename(project / "content/hanyang-2022")
    told = "content/addresses.txt:4: content/2022 must be there, under this name: 22 of its addresses were released [report-kept]\n"
    assert run(project).stderr == told


def test_release_refuses_while_an_editor_has_still_to_look_at_something(project: Path) -> None:
    before = record_of(project)
    edit(project, "content/2024/1-last-year.md\n- heading: \n+ # 待核：标题\n+ heading: ")
    edit(project, "content/2024/index.md\n- year: 2024\n+ year: 2042  # 待核")
    edit(project, "content/2024/index.md\n- published: 2025-03-01\n+ published: 2023-03-01  # 问过机关，待核")
    edit(project, "content/2022/index.md\n-   captured: 2023-03-02\n+   captured: 2022-03-02")
    assert run(project).returncode == 0, "a draft may be built"
    refused = run(project, "release")
    assert refused.returncode == 1
    assert refused.stderr.split("\n") == [
        'content/2024/1-last-year.md:2: must be looked at, and the mark "# 待核：标题" be taken out, before the release [release-checked]',
        'content/2024/index.md:4: must be looked at, and the mark "# 待核" be taken out, before the release [release-checked]',
        'content/2024/index.md:5: must be looked at, and the mark "# 问过机关，待核" be taken out, before the release [release-checked]',
        'content/2024/index.md:4: "year" must be one that the title tells, 2024, not 2042 [dates-agree]',
        'content/2024/index.md:4: "year" must be one that the folder\'s name tells, 2024, not 2042 [dates-agree]',
        'content/2024/index.md:5: "published" must not be before the year that the report is about, 2042 [dates-agree]',
        'content/2022/index.md:8: "source.captured" must not be before the day of publication, 2023-03-01 [dates-agree]',
        "",
    ]
    assert record_of(project) == before
    assert "check: 6 doubts speak against the release of content/2024" in run(project, "check").stdout


def test_a_year_in_han_digits_is_read_too(project: Path) -> None:
    correct(project, "甲区2022年度报告", "甲区二〇二二年度报告")
    edit(project, "content/2022/index.md\n-   - 2022年\n+   - 二〇二二年")
    assert run(project, "release").returncode == 0
    edit(project, "content/2022/index.md\n- year: 2022\n+ year: 2012")
    assert '"year" must be one that the title tells, 2022, not 2012 [dates-agree]' in run(project, "release").stderr


def test_check_tells_what_a_build_and_a_release_would_change(project: Path) -> None:
    assert "a build would add" in run(project, "check").stdout
    run(project)
    assert "a build would add 0 files, change 0 and take away 0" in run(project, "check").stdout
    edit(
        project,
        "content/2022/2-next-year.md\n-   - {item: s2-0-1-1, value: 3000余件, unit: 件, measures: 所办的件}\n+   - {item: s2-0-1-1, value: 3000余件, unit: 件, measures: 件数}",
    )
    said = run(project, "check").stdout
    assert re.search(r"a build would add 0 files, change [3-9] and take away 0", said)
    assert re.search(r"\d+ addresses of content/2023 are not released yet, so they may still change", said)
    assert "content/2022 are not" not in said


def test_an_alias_is_an_empty_anchor_and_a_page_that_says_where_the_item_is_now(project: Path) -> None:
    files = build.make(project)
    for path in ("2022/index.html", "2022/s1.html", "2022/s1-1.html", "2022/s1-1-3.html"):
        root = ElementTree.fromstring(files[path].decode())
        for id in ("s1-1-4", "s1-1-4-p1"):
            (anchor,) = (element for element in root.iter() if element.get("id") == id)
            assert "data-apparatus" in anchor.attrib
            assert not "".join(anchor.itertext())
    page = ElementTree.fromstring(files["2022/s1-1-4.html"].decode())
    assert "s1-1-3.html" in [a.get("href") for a in page.findall(".//main//a")]
    assert "2022/s1-1-4-p1.html" not in files
    assert "s1-1-4" not in files["2022/report.json"].decode()
