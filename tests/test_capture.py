"""What an editor has of a report, in whatever kind of file, becomes the same lines."""

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import build
from sitegen.draft.capture import Capture, read_capture
from sitegen.problems import Problems
from tests.conftest import report_of
from tests.test_word_file import mark, note, paragraph, run, word_file

PAGE = """\
<!DOCTYPE html>
<html><head><meta charset="{charset}"><title>甲川区2021年报告_甲川区人民政府</title>
<meta name="ArticleTitle" content="甲川区2021年度法治政府建设情况报告">
<meta name="PubDate" content="2022-03-28 09:00"><meta name="ContentSource" content="甲川区司法局">
<style>p {{ color: red }}</style><script>var a = "一、甲";</script></head>
<body><div class="nav"><a href="/">首页</a> &gt; <a>政务公开</a></div>
<h1>甲川区2021年度法治政府建设情况报告</h1><div><span>发布时间：2022-03-28</span> <span>来源：甲川区司法局</span></div>
<div style="display: none">看不见</div>
<p>2021年，推进<b>法治</b>政府建设。<br>现将情况
   报告如下。</p>
<p>一、主要工作</p><p>（一）健全制度。制定&nbsp;办法3件。</p>
<table><tr><th>序号</th><th><p>单位</p></th></tr><tr><td>1.</td><td>甲局<br>乙局</td></tr></table>
<p>二、下一步打算</p><p>继续努力。</p><ul><li>打印本页</li><li>关闭窗口</li></ul></body></html>
"""
LINES = [
    "首页 > 政务公开",
    "甲川区2021年度法治政府建设情况报告",
    "发布时间：2022-03-28 来源：甲川区司法局",
    "2021年，推进法治政府建设。",
    "现将情况 报告如下。",
    "一、主要工作",
    "（一）健全制度。制定\xa0办法3件。",
    "序号\t单位",
    "1.\t甲局 乙局",
    "二、下一步打算",
    "继续努力。",
    "打印本页",
    "关闭窗口",
]


def capture(data: bytes) -> Capture:
    problems = Problems()
    return problems.end(read_capture(data, "x", problems))


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("gbk", "gb18030"), ("big5", "utf-8-sig"), ("x", "utf-16")],
)
def test_a_web_page_is_read_as_it_is_seen_in_whatever_encoding(declared: str, encoding: str) -> None:
    found = capture(PAGE.format(charset=declared).encode(encoding))
    assert found.held.text.splitlines() == LINES
    assert (found.kind, found.held.page.title) == ("html", "甲川区2021年度法治政府建设情况报告")
    assert (found.held.page.issuer, found.held.page.published) == ("甲川区司法局", "2022-03-28 09:00")


def test_a_table_that_lays_out_a_page_is_none() -> None:
    inner = "<table><tr><td><p>甲区2021年报告</p><p>一、甲</p></td></tr></table>"
    nested = f"<html><body><table><tr><td>首页</td><td>{inner}</td></tr></table>"
    assert "首页" in capture(nested.encode()).held.text.splitlines()
    long = f"<html><body><table><tr><td><p>甲区2021年报告</p><p>一、甲</p><p>{'乙' * 300}。</p></td></tr></table>"
    assert capture(long.encode()).held.text.splitlines() == ["甲区2021年报告", "一、甲", f"{'乙' * 300}。"]


def test_what_a_browser_saves_is_drafted(browser: Browser, tmp_path: Path) -> None:
    page_file = tmp_path / "page.html"
    page_file.write_text(PAGE.format(charset="utf-8"), "utf-8")
    page = browser.new_page()
    page.goto(page_file.as_uri())
    saved = page.context.new_cdp_session(page).send("Page.captureSnapshot", {"format": "mhtml"})["data"]
    page.close()
    archive = tmp_path / "page.mhtml"
    archive.write_text(saved, "utf-8", newline="")
    assert build.main(["split", str(archive), str(tmp_path / "content/2021")]) == 0
    report = report_of(tmp_path, "2021")
    assert [item.heading for item in report.walk()] == ["一、主要工作", "（一）健全制度。", "二、下一步打算"]
    assert report.matter.title == "甲川区2021年度法治政府建设情况报告"
    assert (report.matter.issuer, str(report.matter.published)) == ("甲川区司法局", "2022-03-28")
    assert (report.matter.source.kind, report.matter.source.file_sha256) == (
        "mhtml",
        hashlib.sha256(archive.read_bytes()).hexdigest(),
    )
    assert report.matter.source.left_out == (LINES[0], LINES[2], *LINES[-2:])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"%PDF-1.7\n", "is a PDF: open it, copy all its text into a text file"),
        (b"{\\rtf1\\ansi", "is an RTF document: open it in Word or LibreOffice, and save it as .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "is a document of an old Word (.doc)"),
        (b"PK\x03\x04broken", "must be a Word document (.docx) that can be read"),
    ],
)
def test_of_what_cannot_be_read_it_says_what_it_is_and_what_to_do(data: bytes, expected: str) -> None:
    problems = Problems()
    assert read_capture(data, "x", problems) is None
    assert expected in str(problems.found[0])


def test_lines_end_at_every_mark_that_ends_a_line_or_a_page() -> None:
    assert capture("甲\x0b乙\x0c丙\u2028丁\u2029戊\x85己\r\n庚\r辛".encode()).held.text.split("\n") == list(
        "甲乙丙丁戊己庚辛"
    )


def test_a_text_that_looks_like_markdown_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "text.md"
    text.write_text("# 甲区2021年报告\n## 一、甲\n一、甲\n**乙。**\n", "utf-8")
    assert build.main(["split", str(text), str(tmp_path / "content/2021")]) == 0
    assert "the text looks like Markdown" in capsys.readouterr().out


def test_notes_of_a_word_document_are_paragraphs_behind_the_last_line_and_no_items_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    custom = mark(2, more='w:customMarkFollows="1"')
    body = (
        paragraph("甲区2021年度报告")
        + paragraph(run("一、办成") + mark(1) + run("三件。"))
        + paragraph(run("二、办成") + custom + run("四件。"))
        + paragraph("甲区人民政府")
        + paragraph("2022年3月1日")
        + paragraph("打印本页")
    )
    document = tmp_path / "报告.docx"
    document.write_bytes(
        word_file(body, footnotes=note(1, paragraph("含乙街。")) + note(2, paragraph("三、打印本页。")))
    )
    assert build.main(["split", str(document), str(tmp_path / "content/2021")]) == 0
    report = report_of(tmp_path, "2021")
    assert [item.heading for item in report.walk()] == ["一、办成三件。", "二、办成四件。"]
    assert [str(each.text) for each in [*report.walk()][-1].paragraphs] == [
        "甲区人民政府", "2022年3月1日", "1 含乙街。", "三、打印本页。",
    ]  # fmt: skip
    assert report.matter.source.left_out == ("打印本页",)
    said = capsys.readouterr().out
    assert "look at: 1 含乙街。: a footnote, marked behind “一、办成”; it stands behind the last line" in said
    assert "look at: 三、打印本页。: a footnote, marked behind “二、办成”; it stands behind the last line" in said
    assert "a signature or a date ends the report" in said
