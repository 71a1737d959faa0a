"""What an editor has of a report, in whatever kind of file, becomes the same lines."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import build
from sitegen.draft.capture import Capture, read_capture
from sitegen.draft.counting import count_in
from sitegen.problems import Problems
from tests.conftest import report_of

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
    assert found.text.splitlines() == LINES
    assert (found.kind, found.page.title) == ("html", "甲川区2021年度法治政府建设情况报告")
    assert (found.page.issuer, found.page.published) == ("甲川区司法局", "2022-03-28 09:00")


def test_a_table_that_lays_out_a_page_is_none() -> None:
    inner = "<table><tr><td><p>甲区2021年报告</p><p>一、甲</p></td></tr></table>"
    nested = f"<html><body><table><tr><td>首页</td><td>{inner}</td></tr></table>"
    assert "首页" in capture(nested.encode()).text.splitlines()
    long = f"<html><body><table><tr><td><p>甲区2021年报告</p><p>一、甲</p><p>{'乙' * 300}。</p></td></tr></table>"
    assert capture(long.encode()).text.splitlines() == ["甲区2021年报告", "一、甲", f"{'乙' * 300}。"]


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


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word_file(body: str, numbering: str = "", styles: str = "") -> bytes:
    """A Word document of what stands in its body."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/numbering.xml", f"<w:numbering {W}>{numbering}</w:numbering>")
        archive.writestr("word/styles.xml", f"<w:styles {W}>{styles}</w:styles>")
    return data.getvalue()


def paragraph(text: str, number: tuple[int, int] | None = None, style: str = "") -> str:
    own = f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>' if number else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{own}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def level(at: int, form: str, text: str, start: int = 1) -> str:
    values = f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{at}">{values}</w:lvl>'


def test_the_numbers_that_word_makes_are_written_out() -> None:
    levels = (
        level(0, "chineseCounting", "%1、") + level(1, "chineseCountingThousand", "（%2）") + level(2, "decimal", "%3.")
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    styles = (
        '<w:style w:styleId="A"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    body = (
        paragraph("甲区2021年报告")
        + paragraph("工作", style="B")
        + paragraph("甲", (1, 1))
        + paragraph("乙", (1, 2))
        + paragraph("2021年起", (1, 2))
        + paragraph("丙", (1, 1))
        + paragraph("丁", (1, 2))
        + paragraph("戊", (2, 2))
        + paragraph("打算", style="A")
        + paragraph("己", (1, 1))
        + paragraph("无号", (0, 0), "A")
    )
    assert capture(word_file(body, numbering, styles)).text.splitlines() == [
        "甲区2021年报告", "一、工作", "（一）甲", "1.乙", "2.2021年起", "（二）丙", "1.丁", "5.戊", "二、打算", "（一）己", "无号",
    ]  # fmt: skip


def test_breaks_rows_and_what_is_not_seen_in_word() -> None:
    body = (
        "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>丁</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>戊</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>1.</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>己</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>庚</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>辛</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    found = capture(word_file(body))
    assert found.text.splitlines() == ["甲", "乙 丙", "丁戊", "1.\t己 庚", "辛"]
    assert found.kind == "docx"


@pytest.mark.parametrize(
    ("form", "number", "expected"),
    [("chineseCounting", 21, "二十一"), ("chineseCounting", 105, "一百〇五"), ("japaneseCounting", 10, "十"),
     ("chineseLegalSimplified", 12, "壹拾贰"), ("decimalEnclosedCircleChinese", 3, "③"), ("upperLetter", 28, "BB"),
     ("lowerRoman", 14, "xiv"), ("decimalFullWidth", 12, "１２"), ("none", 1, ""), ("unheard", 7, "7"), ("decimalZero", 7, "07")],
)  # fmt: skip
def test_a_number_in_the_forms_of_word(form: str, number: int, expected: str) -> None:
    assert count_in(form, number) == expected


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
    assert capture("甲\x0b乙\x0c丙\u2028丁\u2029戊\x85己\r\n庚\r辛".encode()).text.split("\n") == list(
        "甲乙丙丁戊己庚辛"
    )


def test_a_text_that_looks_like_markdown_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "text.md"
    text.write_text("# 甲区2021年报告\n## 一、甲\n一、甲\n**乙。**\n", "utf-8")
    assert build.main(["split", str(text), str(tmp_path / "content/2021")]) == 0
    assert "the text looks like Markdown" in capsys.readouterr().out
