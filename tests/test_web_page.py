"""A saved page is read as it is seen, however it is written, encoded and saved."""

import base64
import quopri

import pytest

from sitegen.draft.file_text import FileText
from sitegen.draft.split import draft_report
from sitegen.draft.web_page import read_web_archive, read_web_page
from sitegen.draft.web_source import is_web_archive
from tests.test_capture import capture

REPORT = "<p>甲区2021年报告</p><p>一、工作</p><p>镕喆街办成。</p>"
LINES = ["甲区2021年报告", "一、工作", "镕喆街办成。"]


def page(body: str, charset: str = "utf-8") -> str:
    return f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>甲</title></head><body>{body}</body></html>'


def read(html: str) -> list[str]:
    found = read_web_page(page(html).encode())
    assert found
    return [line.strip() for line in found.text.splitlines()]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p><span>一</span><font>、</font><b>工作</b></p><p><i>（</i>一<i>）</i>甲。</p>", ["一、工作", "（一）甲。"]),
        ("首页<br>　　一、工作<br/><br>&nbsp;&nbsp;（一）甲。", ["首页", "一、工作", "（一）甲。"]),
        ("<div style='display: inline'>一、</div><div style='display:inline-block'>工作</div>", ["一、工作"]),
        (
            "<span style='display:block'>一、工作</span><span style='display: flex'>办成。</span>",
            ["一、工作", "办成。"],
        ),
        ("<pre>一、工作\n  （一）甲。\n</pre>乙", ["一、工作", "（一）甲。", "乙"]),
        ("<div style='white-space: pre-wrap'>一、<b>工作</b>\r\n办成。</div>", ["一、工作", "办成。"]),
        ("<p>一、工\n作</p>", ["一、工 作"]),
        ("<p>甲<span style='display:none'>隐</span>乙<span hidden>隐</span></p>", ["甲乙"]),
        (
            "<table><tr><td><p>一、工作</p><p>办成。</p></td></tr><tr><td>二、打算</td></tr></table>",
            ["一、工作", "办成。", "二、打算"],
        ),
        ("<table><tr><td>一、<br>工作<td>3</table>", ["一、 工作\t3"]),
        ("<p>&#19968;&#12289;工作<!-- 注 -->办成</p>", ["一、工作办成"]),
    ],
)
def test_lines_end_where_a_reader_sees_them_end(html: str, expected: list[str]) -> None:
    assert read(html) == expected


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("gbk", "utf-8-sig"),
        ("gb2312", "utf-8"),
        ("utf-8", "gbk"),
        ("gb2312", "gbk"),
        ("big5", "gb18030"),
        ("x", "utf-16-le"),
    ],
)
def test_a_page_that_says_another_encoding_than_it_has_is_read(declared: str, encoding: str) -> None:
    found = capture(page(REPORT, declared).encode(encoding))
    assert found.held.text.splitlines() == LINES
    assert found.held.told == ()


def test_of_a_few_bytes_that_are_no_characters_it_is_told_and_a_page_of_many_is_refused() -> None:
    data = page(REPORT * 9, "gb2312").encode("gbk")
    found = capture(data.replace("街办成".encode("gbk"), b"\xbd\xff\xb0\xec\xb3\xc9", 1))
    assert found.held.text.count("�") == 2
    assert found.held.told == ("� stands for what could not be read (2)",)
    assert read_web_page(b"<html>" + bytes(range(128, 256)) * 9) is None


def part(html: str, id: str, at: str, encoding: str = "utf-8", transfer: str = "quoted-printable") -> str:
    data = html.encode(encoding)
    encoded = base64.encodebytes(data) if transfer == "base64" else quopri.encodestring(data)
    head = f"Content-Type: text/html; charset={encoding}\nContent-ID: <{id}>\nContent-Location: {at}"
    return f"{head}\nContent-Transfer-Encoding: {transfer}\n\n{encoded.decode()}"


def archive(*parts: str) -> bytes:
    head = 'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="B"\n\n'
    return (head + "".join(f"--B\n{each}\n" for each in parts) + "--B--\n").replace("\n", "\r\n").encode()


def read_archive(data: bytes) -> FileText:
    assert is_web_archive(data)
    found = read_web_archive(data)
    assert found
    return found


def test_the_pages_in_the_frames_of_an_archive_stand_where_they_are_seen() -> None:
    frames = (
        "<iframe src=cid:f@x></iframe><iframe src=ad.html></iframe><iframe style='display:none' src=cid:h@x></iframe>"
    )
    main = part(page(f"<p>首页</p>{frames}<p>打印</p>"), "m@x", "http://a.example/1/main.html")
    inner = part(
        page(f"{REPORT}<iframe src=cid:f@x></iframe>", "gb2312"), "f@x", "http://a.example/f.html", "gbk", "base64"
    )
    hidden = part(page("<p>隐</p>"), "h@x", "http://a.example/h.html")
    found = read_archive(archive(main, hidden, inner, part(page("<p>图</p>"), "a@x", "http://a.example/1/ad.html")))
    assert found.text.splitlines() == ["首页", *LINES, "图", "打印"]
    assert found.page.url == "http://a.example/1/main.html"


def test_a_page_of_frames_alone_is_what_they_show() -> None:
    main = (
        "<html><head><title>甲</title></head><frameset cols=1,2><frame src=n.html><frame src=r.html></frameset></html>"
    )
    parts = [
        part(page("<p>首页</p>"), "n", "http://a.example/n.html"),
        part(page(REPORT), "r", "http://a.example/r.html"),
    ]
    assert read_archive(archive(part(main, "m", "http://a.example/"), *parts)).text.splitlines() == ["首页", *LINES]


def test_a_frame_whose_address_is_none_shows_nothing() -> None:
    head = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n'
    part = "--x\nContent-Type: text/html; charset=utf-8\nContent-Location: http://[a/\n\n"
    found = read_web_archive(f"{head}{part}<iframe src='//[b'></iframe>{REPORT}\n--x--".encode())
    assert found
    assert found.text.splitlines() == LINES


@pytest.mark.parametrize("body", ["<div>" * 3000 + "甲", "<span>甲<br>" * 3000])
def test_a_page_too_deep_to_be_read_whole_is_refused_and_no_word_of_it_lost(body: str) -> None:
    assert read_web_page(page(body).encode()) is None
    assert read_web_page(page(f"<p <b></i>{'<font>' * 1000}&x;<![CDATA[{REPORT}").encode())


def test_an_archive_of_one_part_is_read_as_old_browsers_wrote_it() -> None:
    data = f"From: <Saved>\r\nMIME-Version: 1.0\r\n{part(page(REPORT, 'gb2312'), 'm', 'http://a.example/', 'gbk')}".encode()
    found = capture(data)
    assert (found.kind, found.held.text.splitlines()) == ("mhtml", LINES)


def test_an_archive_without_a_page_is_none() -> None:
    assert read_web_archive(archive("Content-Type: image/png\n\nx")) is None


@pytest.mark.parametrize(
    ("meta", "shown", "expected", "is_sure"),
    [
        ("2022-03-01", "", "2022-03-01", True),
        ("2022-03-01 10:00", "发布时间：2022-03-01", "2022-03-01", True),
        ("1970-01-01", "发布时间：2022年3月1日", "2022-03-01", False),
        ("2022-03-09", "发布日期：2022-03-01", "2022-03-01", False),
        ("2019-03-01", "", "", False),
        ("2022-02-30", "", "", False),
    ],
)
def test_the_day_of_publication_is_the_one_that_is_seen_and_not_before_the_year_of_the_report(
    meta: str, shown: str, expected: str, is_sure: bool
) -> None:
    head = f'<meta name="PubDate" content="{meta}"><meta name="ArticleTitle" content="乙区2018年工作报告">'
    html = page(f"<h1>甲川区2021年度法治政府建设情况报告</h1><p>{shown}</p><p>一、工作</p><p>办成。</p>").replace(
        "<title>", f"{head}<title>"
    )
    index = draft_report(capture(html.encode()), "2021").files["index.md"]
    assert "title: 甲川区2021年度法治政府建设情况报告\n" in index
    value = f' "{expected}"' if expected else ""
    assert f"\npublished:{value}{'' if is_sure else '  # 待核'}\n" in index


@pytest.mark.parametrize(("name", "mark"), [("2021", ""), ("2022", "  # 待核"), ("fazhi", "")])
def test_a_year_that_is_not_that_of_the_folder_is_marked(name: str, mark: str) -> None:
    text = "甲川区2021年度法治政府建设情况报告\n一、工作\n办成。\n"
    assert f"\nyear: 2021{mark}\n" in draft_report(capture(text.encode()), name).files["index.md"]
