import hashlib
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import build
from sitegen.check.fidelity import fold
from sitegen.draft.addresses import suffix
from sitegen.draft.folder import prove_draft
from sitegen.draft.split import end_title, split
from sitegen.problems import Problems
from tests.conftest import SAMPLE, edition_of, report_of
from tests.specification import cases
from tests.steps import steps

DIFFER_IN_2021 = ["s1-1-1", "s1-1-2", "s1-5-2", "s2-3", "s2-4", "s2-5"]

OTHER = """\
乙市人民政府
关于2019年度法治政府建设情况的报告

　　各位代表：现将2019年度情况报告如下。

一、主要举措和成效
（一）依法全面履行政府职能
1、推进“放管服”改革。取消事项１２项，详见 https://example.cn/a,b 。
（１）精简材料。
（２）压缩时限。压缩至1.5个工作日。
2、优化营商环境
全年共办理1,234件。
（二）完善制度体系。坚持立改废释并举，
成效明显。
3.制定规章。制定规章3件。
4.清理文件。
1.5亿元资金到位。
二、下一步打算
（一）补短板
（一）强弱项
#号与\\*星号、[^1]、<b>都是文字。
乙市人民政府
2020年3月1日

打印本页
关闭窗口
"""


def draft(tmp_path: Path, data: bytes, name: str = "2019") -> Path:
    (tmp_path / "text.txt").write_bytes(data)
    assert build.main(["split", str(tmp_path / "text.txt"), str(tmp_path / "content" / name)]) == 0
    return tmp_path


def items(root: Path, name: str) -> list[tuple[str, str, list[str]]]:
    report = report_of(root, name)
    return [(item.id, item.heading, [str(each.text) for each in item.paragraphs]) for item in report.walk()]


def test_the_draft_of_2021_differs_from_the_edition_where_no_full_stop_ends_a_title_and_in_a_space(
    tmp_path: Path,
) -> None:
    source = (SAMPLE / "content/2021/source.txt").read_bytes()
    root = draft(tmp_path, source, "2021")
    assert (root / "content/2021/source.txt").read_bytes() == source
    drafted, edited = items(root, "2021"), items(SAMPLE, "2021")
    differ = [(one[0], one[1], other[1]) for one, other in zip(drafted, edited, strict=True) if one[1] != other[1]]
    assert [id for id, _, _ in differ] == DIFFER_IN_2021
    assert all(one.startswith(other) and one.endswith("。") for _, one, other in differ)
    texts = ["".join(report_of(each, "2021").passages()) for each in (root, SAMPLE)]
    assert texts[0].replace("突破 10万户", "突破10万户") == texts[1]
    matter = report_of(root, "2021").matter
    assert matter.source.left_out == edition_of(SAMPLE, "2021").report.matter.source.left_out


def test_another_report_with_other_habits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = draft(tmp_path, OTHER.encode())
    report = report_of(root, "2019")
    assert report.matter.title == "乙市人民政府关于2019年度法治政府建设情况的报告"
    assert report.matter.year == 2019
    assert report.matter.numbering == "continuous"
    assert report.matter.source.left_out == ("打印本页", "关闭窗口")
    assert [paragraph.text for paragraph in report.preamble] == ["各位代表：现将2019年度情况报告如下。"]
    assert items(root, "2019") == [
        ("s1", "一、主要举措和成效", []),
        ("s1-1", "（一）依法全面履行政府职能", []),
        ("s1-1-1", "1、推进“放管服”改革。", ["取消事项１２项，详见 https://example.cn/a,b 。"]),
        ("s1-1-1-1", "（１）精简材料。", []),
        ("s1-1-1-2", "（２）压缩时限。", ["压缩至1.5个工作日。"]),
        ("s1-1-2", "2、优化营商环境", ["全年共办理1,234件。"]),
        ("s1-2", "（二）完善制度体系。", ["坚持立改废释并举，", "成效明显。"]),
        ("s1-2-3", "3.制定规章。", ["制定规章3件。"]),
        ("s1-2-4", "4.清理文件。", ["1.5亿元资金到位。"]),
        ("s2", "二、下一步打算", []),
        ("s2-1", "（一）补短板", []),
        ("s2-1b", "（一）强弱项", ["#号与\\*星号、[^1]、<b>都是文字。", "乙市人民政府", "2020年3月1日"]),
    ]
    said = capsys.readouterr().out
    looked_at = [line for line in said.splitlines() if line.startswith("look at: ")]
    assert f"12 items, 2 lines left out, {len(looked_at)} to look at" in said
    assert [line.partition(": ")[2].partition(":")[0] for line in looked_at] == [
        "left_out",
        "（一）强弱项",
        "1.5亿元资金到位。",
        "a signature or a date ends the report; it was drafted as paragraphs (content/2019/2-1b-section.md",
        "figures",
    ]
    assert "look at: （一）强弱项: the numbering begins anew (content/2019/2-1b-section.md:2)" in said
    assert "待核" in (root / "content/2019/2-1b-section.md").read_text("utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_every_encoding_and_line_end_gives_the_same_draft(tmp_path: Path, encoding: str) -> None:
    root = draft(tmp_path, OTHER.replace("\n", "\r\n").encode(encoding))
    source = (root / "content/2019/source.txt").read_bytes()
    assert source == OTHER.encode()
    matter = report_of(root, "2019").matter
    assert matter.source.sha256 == hashlib.sha256(source).hexdigest()


def test_nothing_is_ever_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "content/2019").mkdir(parents=True)
    (tmp_path / "content/2019/index.md").write_text("甲")
    (tmp_path / "text.txt").write_text(OTHER, "utf-8")
    folder = str(tmp_path / "content/2019")
    assert build.main(["split", str(tmp_path / "text.txt"), folder]) == 1
    assert (
        capsys.readouterr().err
        == f"{folder}: must be a new folder or an empty one: nothing is ever overwritten [draft-folder]\n"
    )
    assert [path.read_text() for path in (tmp_path / "content/2019").iterdir()] == ["甲"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a" * 300, "File name too long"),
        ("a\0b", "its name cannot be one"),
        ("loop", "its path is a loop"),
        ("file/a", ""),
    ],
)
def test_a_folder_that_cannot_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, expected: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "file").write_text("")
    (tmp_path / "text.txt").write_text(OTHER, "utf-8")
    assert build.main(["split", "text.txt", name], tmp_path) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert "must be a folder that can be written" in line
    assert expected in line


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "must hold the text of a report, with numbered items [draft-text]"),
        (b" \n\xe3\x80\x80\n", "must hold the text of a report, with numbered items [draft-text]"),
        (b"\xff\xff\xff", "must be text in UTF-8, UTF-16 or GB18030"),
        ("甲\x01".encode(), ":1: must not hold the character U+0001"),
    ],
)
def test_what_is_no_text(tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes, expected: str) -> None:
    (tmp_path / "text.txt").write_bytes(data)
    assert build.main(["split", str(tmp_path / "text.txt"), str(tmp_path / "content/2019")]) == 1
    assert expected in capsys.readouterr().err
    assert not (tmp_path / "content").exists()


def test_any_text_gives_a_draft_that_builds_and_loses_no_character(tmp_path: Path) -> None:
    pieces = ["一、", "二、", "(一)", "（二）", "1.", "2.", "3、", "(1)", "（2）", "1.5", "甲", "乙丙丁", "。", ",", ":", "(", ")",
              "#", "# ", "\\", "*", "[^a]", "[^a]: ", "---", "“", "”", " ", "\u3000", "\n", "\n", "\n\n", "报告", "2021", "打印", "'", '"']  # fmt: skip
    chance, drafted = random.Random(7), 0
    for at in range(800):
        text = "".join(chance.choices(pieces, k=chance.randrange(1, 60)))
        found = split(text, "2021")
        if not found.files:
            assert not any(label in text for label in ("\n一、甲", "\n1.甲", "\n(1)甲"))
            continue
        drafted += 1
        folder = tmp_path / str(at) / "content/2021"
        folder.mkdir(parents=True)
        for name, content in found.files.items():
            (folder / name).write_text(content, "utf-8", newline="\n")
        report = report_of(tmp_path / str(at), "2021")
        own = {line.place.line for line in report.source}
        out = [line.strip() for line in report.capture if line.strip() and line.place.line not in own]
        assert tuple(out) == report.matter.source.left_out
        assert fold("".join(report.capture)) == fold(text)
    assert drafted > 100


def test_any_number_of_equal_numbers_have_addresses_of_their_own_in_order(tmp_path: Path) -> None:
    suffixes = [suffix(times) for times in range(1, 2000)]
    assert suffixes[:3] == ["", "b", "c"]
    assert suffixes[25:28] == ["z", "zb", "zc"]
    assert suffixes == sorted(set(suffixes))
    assert max(len(suffix(times)) for times in range(1, 10_000)) <= 6
    lines = ["甲区2021年度报告", *(f"一、第{number}项工作" for number in range(60))]
    root = draft(tmp_path, "\n".join(lines).encode())
    headings = [heading for _, heading, _ in items(root, "2019")]
    assert headings == lines[1:]


@pytest.mark.parametrize(
    ("text", "title", "words"),
    [
        ("甲乙。丙丁。", "甲乙。", "丙丁。"),
        (f"{'甲' * 90}，乙。丙。", f"{'甲' * 90}，乙。", "丙。"),
        ("甲乙", "甲乙", ""),
        ("甲（乙。丙）丁。戊。", "甲（乙。丙）丁。", "戊。"),
        ("落实“甲。乙！”要求。丙。", "落实“甲。乙！”要求。", "丙。"),
        ("说“甲乙。”丙丁。戊。", "说“甲乙。”丙丁。", "戊。"),
        ("甲乙　丙丁，戊己。", "甲乙", "丙丁，戊己。"),
        ("甲乙 丙丁，戊己。", "甲乙", "丙丁，戊己。"),
        ("突破 10万户，甲。乙。", "突破 10万户，甲。", "乙。"),
        ("甲乙 丙丁", "甲乙 丙丁", ""),
        ("甲，乙　丙。", "甲，乙　丙。", ""),
    ],
)
def test_a_title_ends_at_the_end_of_a_sentence_of_a_line_or_at_a_wide_space(text: str, title: str, words: str) -> None:
    assert end_title(text) == (title, words)


@pytest.mark.parametrize(
    "line",
    [
        "1" * 1_000_000,
        "一" * 1_000_000,
        "1件" * 100_000,
        "第1" * 300_000,
        "a" * 1_000_000,
        "(" * 200_000 + ")" * 200_000,
        "a," * 500_000,
        "a@" * 500_000,
        "甲" + " " * 1_000_000 + "a",
    ],
)
def test_a_line_of_any_length_is_drafted(line: str) -> None:
    """Regular expressions and slices are no steps that could be counted: a quadratic one would not end within hours."""
    draft = split(f"甲区2021年度报告\n一、工作\n{line}\n", "2021")
    assert fold(draft.files["1-part.md"]).endswith(fold(line))


def test_twice_as_many_headings_are_twice_the_work() -> None:
    texts = [
        "甲区2021年度报告\n一、工作\n" + "".join(f"（1）推进工作{number}，不断完善\n" for number in range(count))
        for count in (300, 600)
    ]
    counts = [steps(lambda text=text: split(text, "2021")) for text in texts]  # type: ignore[misc]
    assert counts[1] < 2.1 * counts[0]


CAPTURES = [
    (title, re.sub(r"<U\+([0-9A-F]{4})>", lambda code: chr(int(code[1], 16)), given), expected)
    for title, given, expected in cases("captures.md")
]


@pytest.mark.parametrize(
    ("given", "expected"), [case[1:] for case in CAPTURES], ids=[title for title, _, _ in CAPTURES]
)
def test_a_capture_becomes_the_draft_that_it_must_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], given: str, expected: str
) -> None:
    root = draft(tmp_path, given.encode(), "2021")
    report = report_of(root, "2021")
    looked_at = [line for line in capsys.readouterr().out.splitlines() if line.startswith("look at: ")]
    left_out = "".join("".join(report.matter.source.left_out).split())
    rules = dict(line.split(": ", 1) for line in expected.splitlines() if ": " in line and line[0] not in "s(")
    front = (root / "content/2021/index.md").read_text("utf-8").split("---")[1]
    untitled = rules.get("title") == "none"
    assert report.matter.title == ("" if untitled else rules.get("title", report.matter.title))
    assert ("title:  # 待核" in front) == untitled
    assert len(report.preamble) == int(rules.get("preamble", len(report.preamble)))
    assert report.matter.year == int(rules.get("year", report.matter.year))
    assert (report.matter.numbering or "") == rules.get("numbering", report.matter.numbering or "")
    for words in filter(None, rules.get("gone", "").split(" | ")):
        assert words in left_out
        assert words not in "".join(report.passages())
    assert all(words in "".join(looked_at) for words in rules.get("told", "").split(" | "))
    found = [f"{item.id} {item.heading}" for item in report.walk()]
    if listed := [line for line in expected.splitlines() if re.match(r"s\d", line)]:
        assert found == listed
    elif "addresses" in rules:
        assert [item.id for item in report.walk()] == rules["addresses"].split()
    else:
        assert len(found) == 29
    assert len({item.id for item in report.walk()}) == len(found)


LABELS = ["", "", "一、", "二、", "三、", "（一）", "（二）", "1.", "2、", "3．", "（1）", "(2)", "第一部分", "第二部分 ",
          "①", "1）", "第一，", "1.5", "一、二级", "（一）至（三）项", "附件1", "注：1.", "名词解释", "标题：",
          "⼀、", "（ 二 ）", "一 、", "2 ．"]  # fmt: skip
PIECES = ["甲事。办成。", "乙事", "丙事，", "甲区2021年报告", "报告", "首页", "扫一扫", "打印", "来源：甲报", "2022-03-28 09:00", "相关链接：",
          "2021年，推进。", "甲区人民政府", "2022年3月1日", "1.\t甲\t3", "关于2021年情况的", "【字体：", "大", "】", "> 首页", "甲 乙　丙，丁。",
          "办理1,426项、1,426项。", "“三个真”和三个", "2021件和2021年", "5日内，3月5日", "3批，第3批", "一个#1一", "近3件3件以上",
          "", "目录", "第1页 共3页", "— 2 —", "甲区2020年度工作报告", "上一页"]  # fmt: skip


@pytest.mark.parametrize(("length", "is_title"), [(1, False), (2, True), (30, True), (31, False)])
def test_a_wide_space_ends_a_title_of_two_to_thirty_characters(length: int, is_title: bool) -> None:
    title = "甲" * length
    assert (end_title(f"{title}\u3000乙丙。") == (title, "乙丙。")) is is_title


TEXTS = st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from(PIECES)).map("".join), max_size=30).map("\n".join)


@settings(max_examples=300)
@given(text=TEXTS)
def test_a_text_of_labels_headings_chrome_and_annexes_in_any_order_becomes_a_draft_that_builds(text: str) -> None:
    drafted = split(f"{text}\n一、甲", "2021")
    report = prove_draft("2021", drafted.files, Problems())
    assert fold("".join(report.capture)) == fold(f"{text}\n一、甲")
    assert len({item.id for item in report.walk()}) == len(list(report.walk()))
