"""static/cite.js: copying an item's address, a citation of it, and a quotation."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page

from sitegen.render.citations import CITATION_FORMS, cite
from tests.conftest import until
from tests.test_citations import CASES, KNOWN

CLIPBOARD = """async () => {
  const [item] = await navigator.clipboard.read();
  const read = async type => (await item.getType(type)).text();
  return [await read("text/plain"), await read("text/html")];
}"""
CHANGE = """slots => {
  const put = (selector, text) => document.querySelectorAll(selector).forEach(element => {
    if (text) element.textContent = text; else if (selector.startsWith(".about")) element.remove();
  });
  put(".about .issuer", slots.issuer);
  put(".about time", slots.day);
  document.querySelectorAll(".about time").forEach(time => { time.dateTime = slots.published });
  put(".trail li:nth-child(2)", slots.title);
  put(".home", slots.site);
  document.querySelector("#s1-2-3 > .links").firstElementChild.textContent = slots.number;
}"""
REPORT = "汉阳区人民政府2021年度法治政府建设工作报告"


@pytest.fixture
def reader(page: Page, served: str) -> Page:
    page.goto(f"{served}/2021/index.html")
    page.locator("#s1-2-3").hover()
    page.locator("#s1-2-3 > .links").get_by_text("复制引文").wait_for()
    return page


def clipboard(page: Page) -> tuple[str, str]:
    plain, html = page.evaluate(CLIPBOARD)
    return plain, html


def test_every_item_offers_its_link_and_citation_on_hover_and_on_focus(reader: Page) -> None:
    assert reader.get_by_role("button", name="复制链接").count() == 28
    assert reader.get_by_role("button", name="复制引文").count() == 28
    links = reader.locator("#s1-2-3 > .links")
    until(reader, "getComputedStyle(document.querySelector('#s1-2-3 > .links')).opacity == 1")
    reader.mouse.move(0, 0)
    until(reader, "getComputedStyle(document.querySelector('#s1-2-3 > .links')).opacity == 0")
    links.get_by_text("复制链接").focus()
    until(reader, "getComputedStyle(document.querySelector('#s1-2-3 > .links')).opacity == 1")


def test_the_link_is_the_whole_address_of_the_items_page(reader: Page, served: str) -> None:
    reader.locator("#s1-2-3 > .links").get_by_text("复制链接").click()
    assert clipboard(reader)[0] == f"{served}/2021/s1-2-3.html"


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("GB/T 7714—2025", f"武汉市汉阳区人民政府. {REPORT}：一（二）3[R/OL]. 2022-03-28. URL."),
        ("GB/T 7714—2015", f"武汉市汉阳区人民政府. {REPORT}：一（二）3[R/OL]. (2022-03-28)[TODAY]. URL."),
        (
            "法学引注手册",
            f"武汉市汉阳区人民政府：《{REPORT}》一（二）3，载法治政府建设年度报告参考版，2022年3月28日，URL",
        ),
    ],
)
def test_citations_in_each_style_as_text_and_as_html(reader: Page, served: str, style: str, expected: str) -> None:
    reader.locator("#s1-2-3 > .links").get_by_text("复制引文").click()
    reader.get_by_label("引文格式").select_option(style)
    plain, html = clipboard(reader)
    url = f"{served}/2021/s1-2-3.html"
    assert plain == expected.replace("URL", url).replace("TODAY", date.today().isoformat())
    assert f'<a href="{url}">{url}</a>' in html
    assert re.sub(r"<[^>]*>", "", html) == plain
    reader.reload()
    reader.locator("#s1-1-1").hover()
    reader.locator("#s1-1-1 > .links").get_by_text("复制引文").click()
    assert reader.get_by_label("引文格式").input_value() == style


@pytest.mark.parametrize("changed", [changed for changed, *_ in CASES])
def test_every_form_is_filled_as_python_fills_it(page: Page, served: str, changed: dict[str, str]) -> None:
    slots = KNOWN | changed | {"today": date.today().isoformat(), "url": f"{served}/2021/s1-2-3.html"}
    page.goto(f"{served}/2021/index.html")
    page.evaluate(CHANGE, slots)
    page.locator("#s1-2-3").hover()
    page.locator("#s1-2-3 > .links").get_by_text("复制引文").click()
    for form in CITATION_FORMS:
        page.get_by_label("引文格式").select_option(form.name)
        assert clipboard(page)[0] == page.locator(".copied").text_content() == cite(form, slots)


def test_the_same_on_an_items_own_page(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/s2-1.html")
    page.locator("article").hover()
    page.locator(".place").get_by_text("复制引文").click()
    assert clipboard(page)[0].startswith(f"武汉市汉阳区人民政府. {REPORT}：二（一）[R/OL]. 2022-03-28. ")


def test_where_the_clipboard_is_refused_the_text_is_shown_and_selected(reader: Page, served: str) -> None:
    reader.evaluate("document.execCommand = () => false")
    reader.locator("#s1-2-3 > .links").get_by_text("复制链接").click()
    assert reader.get_by_text("浏览器不允许复制，请自行选取").is_visible()
    assert reader.evaluate("getSelection().toString()") == f"{served}/2021/s1-2-3.html"


def test_a_selection_is_copied_as_a_quotation_with_its_citation(reader: Page, served: str) -> None:
    reader.evaluate(
        "getSelection().setBaseAndExtent(document.querySelector('#s1-2-3-p1').firstChild, 2, document.querySelector('#s1-2-3-p1').firstChild, 17)"
    )
    reader.get_by_role("button", name="复制引用").click()
    plain, html = clipboard(reader)
    assert (
        plain
        == f"““有件必备、有备必审、有错必纠”\n武汉市汉阳区人民政府. {REPORT}：一（二）3[R/OL]. 2022-03-28. {served}/2021/s1-2-3.html.".replace(
            "纠”\n", "纠”\n"
        )
    )
    assert "<br>" in html


def test_apparatus_is_absent_from_what_is_copied(reader: Page) -> None:
    reader.evaluate("getSelection().selectAllChildren(document.querySelector('#s1-2'))")
    copied = reader.evaluate("getSelection().toString()")
    assert "3.加强备案审查。按照" in re.sub(r"\s", "", copied)
    assert "复制" not in copied
    assert "单页" not in copied


@pytest.mark.parametrize(
    ("selector", "number", "address"),
    [("#s1-2-3-p1", "一（二）3", "s1-2-3"), ("#s1-1-1-p1", "一（一）1", "s1-1-1"), ("#s2-1-p1", "二（一）", "s2-1"),
     ("#s2-6-p1", "二（六）", "s2-6"), ("#s0-p1", "", "index")],
)  # fmt: skip
def test_a_whole_paragraph_selected_by_three_clicks_is_cited_by_its_own_item(
    reader: Page, served: str, selector: str, number: str, address: str
) -> None:
    reader.locator(selector).scroll_into_view_if_needed()
    reader.locator(selector).click(click_count=3, position={"x": 200, "y": 10})
    reader.get_by_role("button", name="复制引用").click()
    plain, _ = clipboard(reader)
    part = f"：{number}" if number else ""
    assert plain.endswith(f"{REPORT}{part}[R/OL]. 2022-03-28. {served}/2021/{address}.html.")


def test_a_selection_across_sections_is_cited_by_what_holds_it_all(reader: Page, served: str) -> None:
    for first, last, number, address in (
        ("#s1-1-1-p1", "#s1-1-2-p1", "：一（一）", "s1-1"),
        ("#s1-1-1-p1", "#s1-2-1-p1", "：一", "s1"),
        ("#s1-2-3-p1", "#s2-1-p1", "", "index"),
    ):
        reader.evaluate(
            "([a, b]) => getSelection().setBaseAndExtent(document.querySelector(a).firstChild, 3, document.querySelector(b).firstChild, 5)",
            [first, last],
        )
        reader.get_by_role("button", name="复制引用").click()
        assert clipboard(reader)[0].endswith(f"{REPORT}{number}[R/OL]. 2022-03-28. {served}/2021/{address}.html.")


def test_closing_what_was_copied_gives_the_focus_back(reader: Page) -> None:
    for close in ("关闭", "Escape"):
        reader.locator("#s1-2-3 > .links").get_by_text("复制引文").focus()
        reader.keyboard.press("Enter")
        panel = reader.locator(".citation")
        panel.wait_for()
        if close == "关闭":
            panel.get_by_role("button", name="关闭").click()
        else:
            panel.get_by_role("button", name="关闭").focus()
            reader.keyboard.press("Escape")
        assert panel.count() == 0
        assert reader.locator(":focus").inner_text() == "复制引文"
