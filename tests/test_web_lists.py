"""The numbers of a page's ordered lists are those that a browser shows, and no list of links gets any."""

import pytest
from playwright.sync_api import Browser

from sitegen.draft.file_text import FileText
from sitegen.draft.web_page import read_web_page

LISTS = """\
<ol><li>甲<li value=5>乙<li>丙<li hidden>无<li style="display: none">无<li>丁</ol>
<ol start=3 type=a><li>甲<li>乙<li type=I>丙<li style="list-style: none">丁<li>戊</ol>
<ol reversed><li>甲<li>乙<li style="visibility: hidden">丙<li>丁</ol>
<ol reversed start=10><li>甲<li value=3>乙<li>丙</ol>
<ol start=-1><li>甲<li>乙<li>丙</ol>
<ol type=x start=" 7x"><li value="abc">甲<li value="">乙</ol>
<ol style="list-style-type: cjk-ideographic" start=9><li>甲<li>乙<li>丙<li value=20>丁<li value=101>戊</ol>
<ol style="list-style: simp-chinese-informal inside" start=100><li>甲<li>乙<li value=110>丙</ol>
<ol style="list-style: inside simp-chinese-formal" start=12><li>甲</ol>
<ol style="list-style: cjk-decimal" start=10><li>甲<li>乙</ol>
<ol style="list-style-type: cjk-heavenly-stem"><li>甲<li>乙</ol>
<ol style="list-style: inside"><li>甲</ol>
<ol style="LIST-STYLE-TYPE: lower-alpha" start=26><li>甲<li>乙<li value=703>丙</ol>
<ol style="list-style-type: upper-roman" start=0><li>甲<li>乙<li value=14>丙</ol>
<ol style="list-style-type: nonsense"><li>甲</ol>
<ol style="list-style-type: '第'"><li>甲</ol>
<ol style="list-style-type: none; list-style-type: upper-alpha !important"><li>甲</ol>
<ol style="list-style: none"><li>甲<li>乙</ol>
<ol type=A style="list-style-type: decimal-leading-zero"><li>甲</ol>
<ul><li>甲</ul>
<ul style="list-style-type: decimal"><li>甲<li>乙</ul>
<ul type=1><li>甲<li type=1>乙</ul>
<div style="list-style: none"><ol><li>甲<ol><li>子<li>丑</ol><li>乙<ul><li>寅</ul><div><li>丙</div></ol></div>
<ol><li><p>甲</p><p>子</p></li><li><div><br></div>乙<li></li><li><ol><li>卯</ol></ol>
<ol><li style="display: block">甲<li style="display: inline">乙<li>丙</ol>
<ol><li><!-- 注 -->甲<li><b></b><b> 乙</b></ol>
"""


def read(html: str) -> FileText:
    found = read_web_page(f"<!DOCTYPE html><meta charset=utf-8><body>{html}</body>".encode())
    assert found
    return found


def test_the_numbers_of_lists_are_those_that_chromium_shows(browser: Browser) -> None:
    """What it shows stands in no text of the page, but in what it tells the blind."""
    page = browser.new_page()
    page.set_content(f"<!DOCTYPE html><body>{LISTS}</body>")
    told = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    page.close()
    nodes = {node["nodeId"]: node for node in told}
    shown: list[str] = []

    def walk(id: str) -> None:
        node = nodes[id]
        role, name = node["role"]["value"], node.get("name", {}).get("value", "")
        shown.extend([name.strip()] if role in ("ListMarker", "StaticText") else [])
        for child in [] if role in ("ListMarker", "StaticText") else node["childIds"]:
            walk(child)

    walk(told[0]["nodeId"])
    assert len(shown) > 80
    without_bullets = "".join(shown).translate(str.maketrans("", "", "•◦"))
    with_words = without_bullets.replace("3.4.1.卯", "4.1.卯")  # the number of an item that says nothing is not written
    assert "".join(read(LISTS).text.split()) == with_words


def test_the_numbers_are_told_since_a_style_may_hide_them() -> None:
    assert read("<ol><li>甲<li>乙</ol><ol><li></ol>").told == (
        "2 numbers of lists, which a browser makes by itself, were written out: hold them against the page",
    )
    assert read("<ul><li>甲</ul>").told == ()


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<nav><ol><li>甲<li>乙</ol></nav>", ["甲", "乙"]),
        ("<div role=navigation><ol><li>甲</ol></div>", ["甲"]),
        ("<ol class=breadcrumb><li><a href=/>首页</a><li><a href=/a>公开</a><li>正文</ol>", ["首页", "公开", "正文"]),
        (
            "<ol><li><a href=1>甲报告</a> 2022-03-01<li><a href=2>乙报告</a> [03-02]</ol>",
            ["甲报告 2022-03-01", "乙报告 [03-02]"],
        ),
        ("<ol><li>打印本页<li>关闭窗口</ol>", ["打印本页", "关闭窗口"]),
        ("<ol><li>见<a href=1>甲办法</a>第三条。<li>乙</ol>", ["1.见甲办法第三条。", "2.乙"]),
        ("<ol><li>1.甲<li><p>2.乙</p></ol>", ["1.甲", "2.乙"]),
        ("<ol><li>（一）甲<li>（二）乙<li>丙</ol>", ["（一）甲", "（二）乙", "丙"]),
        ("<ol><li>①甲<li>②乙</ol>", ["①甲", "②乙"]),
        ("<table><tr><td>甲<td><ol><li>乙<li>丙</ol></table>", ["甲\t1.乙 2.丙"]),
    ],
)
def test_a_list_that_is_navigation_or_has_labels_of_its_own_gets_no_numbers(html: str, expected: list[str]) -> None:
    assert read(html).text.splitlines() == expected
