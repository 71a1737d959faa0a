"""static/cite.js: the menu of a number, a citation in each form, words copied as words, and a quotation."""

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page

from sitegen.render.citations import CITATION_FORMS, cite
from tests.conftest import SAMPLE, edition_of, until
from tests.test_build import run
from tests.test_citations import CASES, KNOWN

CLIPBOARD = """async () => {
  const [item] = await navigator.clipboard.read();
  const read = async type => (await item.getType(type)).text();
  return [await read("text/plain"), await read("text/html")];
}"""
CHANGE = """slots => {
  const put = (selector, attribute, value) => {
    const element = document.querySelector(selector);
    if (value) element.setAttribute(attribute, value); else element.remove();
  };
  put("meta[name=citation_author]", "content", slots.issuer);
  put("meta[name=PubDate]", "content", slots.published);
  put("meta[name=ArticleTitle]", "content", slots.title);
  put("meta[property='og:site_name']", "content", slots.site);
  document.querySelector("#s1-2-3 > .handle").setAttribute("aria-label", slots.number);
}"""
REPORT = "汉阳区人民政府2021年度法治政府建设工作报告"
SELECT = """([first, start, last, end]) => getSelection().setBaseAndExtent(
  document.querySelector(first).firstChild, start, document.querySelector(last).firstChild, end)"""


@pytest.fixture
def reader(page: Page, served: str) -> Page:
    page.goto(f"{served}/2021/index.html")
    return page


def clipboard(page: Page) -> tuple[str, str]:
    try:
        plain, html = page.evaluate(CLIPBOARD)
    except PlaywrightError:  # it changed meanwhile: browsers of other tests may share it
        plain, html = page.evaluate(CLIPBOARD)
    return plain, html


def menu_of(page: Page, address: str) -> Locator:
    page.locator(f"#{address} > .handle").click()
    menu = page.locator(f"#{address} > .menu")
    menu.wait_for()
    return menu


def test_a_number_is_one_tab_stop_that_opens_one_menu(reader: Page) -> None:
    for address, number in (("s1-2-3", "一（二）3"), ("s1-4", "一（四）")):
        menu = menu_of(reader, address)
        assert reader.get_by_role("group", name=number).count() == 1
        assert menu.locator("button, a").all_inner_texts() == ["链接", "引文", "单页", "打印"]
    assert reader.locator(".menu").count() == 1


def test_the_menu_stands_in_the_column_of_numbers_and_moves_no_word(reader: Page) -> None:
    places = "Array.from(document.querySelectorAll('article p[id]'), e => e.getBoundingClientRect().top + scrollY)"
    before = reader.evaluate(places)
    menu = menu_of(reader, "s1-2-1")
    assert reader.evaluate(places) == before
    words = reader.locator("#s1-2-1-p1").evaluate(
        "e => Array.from(e.getClientRects(), b => [b.left, b.top, b.right, b.bottom])"
    )
    box = menu.bounding_box()
    assert box
    for left, top, right, bottom in words:
        beside = box["x"] + box["width"] <= left or box["x"] >= right
        assert beside or box["y"] >= bottom or box["y"] + box["height"] <= top


def test_the_menu_covers_no_number(reader: Page) -> None:
    for address in ("s1", "s1-1", "s1-2", "s1-4", "s1-2-1", "s2-3"):
        menu_of(reader, address)
        covered = reader.evaluate(
            """() => {
              const menu = document.querySelector(".menu").getBoundingClientRect();
              return Array.from(document.querySelectorAll(".label")).filter((label) => {
                const box = label.getBoundingClientRect();
                const beside = box.right <= menu.left || box.left >= menu.right;
                return !beside && box.bottom > menu.top + 1 && box.top < menu.bottom - 1;
              }).map((label) => label.parentNode.textContent);
            }"""
        )
        assert covered == [], address
        reader.keyboard.press("Escape")


def test_a_script_that_came_for_one_use_hears_the_next_once(reader: Page) -> None:
    with reader.expect_response("**/words-2021.js"):
        reader.evaluate(SELECT, ["#s1-1-1-p1", 1, "#s1-1-1-p1", 5])
    reader.evaluate("getSelection().removeAllRanges()")
    menu_of(reader, "s1-2-3")
    reader.wait_for_timeout(300)
    assert reader.locator(".menu").count() == 1


@pytest.mark.parametrize("leave", ["Escape", "click", "Tab"])
def test_the_menu_closes_and_the_focus_stays_where_the_reader_is(reader: Page, leave: str) -> None:
    handle = reader.locator("#s1-2-3 > .handle")
    handle.focus()
    reader.keyboard.press("Enter")
    reader.locator(".menu").wait_for()
    assert handle.get_attribute("aria-expanded") == "true"
    assert reader.locator(":focus").inner_text() == "链接"
    if leave == "Escape":
        reader.keyboard.press("Escape")
        assert handle.evaluate("e => e === document.activeElement")
    elif leave == "click":
        reader.locator("h1").click()
    else:
        for _ in range(4):
            reader.keyboard.press("Tab")
    assert reader.locator(".menu").count() == 0
    assert handle.get_attribute("aria-expanded") == "false"


def test_the_link_is_the_whole_address_of_the_items_page_and_says_so_in_place(reader: Page, served: str) -> None:
    menu = menu_of(reader, "s1-2-3")
    menu.get_by_text("链接").click()
    assert clipboard(reader)[0] == f"{served}/2021/s1-2-3.html"
    assert menu.get_by_role("status").inner_text() == "已复制 ✓"
    assert reader.url.endswith("#s1-2-3")


def test_the_menu_leads_to_the_items_page_and_back(reader: Page, served: str) -> None:
    menu_of(reader, "s1-2").get_by_text("单页").click()
    reader.wait_for_url(f"{served}/2021/s1-2.html")
    menu_of(reader, "s1-2-3").get_by_text("单页").click()
    reader.wait_for_url(f"{served}/2021/s1-2-3.html")
    menu_of(reader, "s1-2-3").get_by_text("全文").click()
    reader.wait_for_url(f"{served}/2021/index.html#s1-2-3")


def test_an_item_is_printed_alone(reader: Page) -> None:
    reader.evaluate("window.print = () => {}")
    menu_of(reader, "s1-2-3").get_by_text("打印").click()
    reader.emulate_media(media="print")
    assert reader.locator("#s1-2-3-p1").is_visible()
    assert not reader.locator("#s1-2-2, #s1-2 > h3, article > h1, #s1-1, #s2").first.is_visible()
    reader.evaluate("dispatchEvent(new Event('afterprint'))")
    assert reader.locator("#s1-2-2").is_visible()
    reader.emulate_media(media="screen")
    menu_of(reader, "s1-1-3").get_by_text("打印").click()
    reader.emulate_media(media="print")
    reader.evaluate("dispatchEvent(new Event('beforeprint'))")
    shown = reader.locator(".note, .endnote").evaluate_all(
        "all => all.filter(each => each.getClientRects().length).map(each => each.id)"
    )
    assert shown == ["s1-1-3-n1", "s1-1-3-n2"], "its own notes and no others"
    assert reader.locator(".imprint").inner_text().endswith("/2021/s1-1-3.html")


def cited(style: str, url: str) -> str:
    forms = {
        "GB/T 7714—2025": f"武汉市汉阳区人民政府. {REPORT}：一（二）3[R/OL]. 2022-03-28. {url}.",
        "GB/T 7714—2015": f"武汉市汉阳区人民政府. {REPORT}：一（二）3[R/OL]. (2022-03-28)[{date.today()}]. {url}.",
        "法学引注手册": f"武汉市汉阳区人民政府：《{REPORT}》一（二）3，载法治政府建设年度报告参考版，2022年3月28日，{url}",
    }
    return forms[style]


@pytest.mark.parametrize("style", ["GB/T 7714—2025", "GB/T 7714—2015", "法学引注手册"])
def test_an_items_page_has_its_citation_ready_in_the_readers_form(page: Page, served: str, style: str) -> None:
    url = f"{served}/2021/s1-2-3.html"
    page.goto(url)
    assert page.locator(".citation").inner_text() == cited("GB/T 7714—2025", url)
    page.get_by_label("引文格式").select_option(style)
    until(page, f"document.querySelector('.citation').textContent === {cited(style, url)!r}")
    page.get_by_role("button", name="复制", exact=True).click()
    page.locator(".forms").get_by_text("已复制").wait_for()
    plain, html = clipboard(page)
    assert plain == cited(style, url)
    assert f'<a href="{url}">{url}</a>' in html
    assert re.sub(r"<[^>]*>", "", html) == plain
    page.reload()
    until(page, f"document.querySelector('.citation').textContent === {cited(style, url)!r}")
    page.goto(f"{served}/2021/index.html")
    menu_of(page, "s1-2-3").get_by_text("引文").click()
    assert clipboard(page)[0] == cited(style, url)


@pytest.mark.parametrize("changed", [changed for changed, *_ in CASES])
def test_every_form_is_filled_as_python_fills_it(page: Page, served: str, changed: dict[str, str]) -> None:
    slots = KNOWN | changed | {"today": date.today().isoformat(), "url": f"{served}/2021/s1-2-3.html"}
    for form in CITATION_FORMS:
        page.goto(f"{served}/2021/index.html")
        page.evaluate("name => localStorage.setItem('edition.form', name)", form.name)
        page.evaluate(CHANGE, slots)
        menu_of(page, "s1-2-3").get_by_text("引文").click()
        assert clipboard(page)[0] == cite(form, slots)


def test_a_site_that_knows_its_address_is_cited_by_it_from_the_disk_too(page: Page, project: Path) -> None:
    assert run(project, "--output", "site").returncode == 0  # of a site.yaml with a url
    page.goto((project / "site/2022/s1-1-1.html").as_uri())
    address = page.locator("[rel=canonical]").evaluate("link => link.href")
    assert address == "https://example.org/reports/2022/s1-1-1.html"
    assert page.locator(".citation a").inner_text() == address


def test_what_is_copied_from_it_too(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/s1-2-3.html")
    page.evaluate(
        """() => {
          const link = document.createElement("link");
          link.rel = "canonical";
          link.href = "https://example.org/fazhi/2021/s1-2-3.html";
          document.head.append(link);
        }"""
    )
    menu_of(page, "s1-2-3").get_by_text("链接").click()
    assert clipboard(page)[0] == "https://example.org/fazhi/2021/s1-2-3.html"


def test_where_the_clipboard_is_refused_the_text_is_shown_and_selected(reader: Page, served: str) -> None:
    reader.evaluate("document.execCommand = () => false")
    menu_of(reader, "s1-2-3").get_by_text("链接").click()
    assert reader.get_by_text("浏览器不允许复制").is_visible()
    field = reader.get_by_label("请自行复制")
    assert field.input_value() == f"{served}/2021/s1-2-3.html"
    assert field.evaluate("e => e.selectionEnd - e.selectionStart") == len(field.input_value())


def test_a_selection_is_copied_as_a_quotation_with_its_citation(reader: Page, served: str) -> None:
    reader.evaluate(SELECT, ["#s1-2-3-p1", 3, "#s1-2-3-p1", 17])
    reader.get_by_role("button", name="复制引用").click()
    plain, html = clipboard(reader)
    url = f"{served}/2021/s1-2-3.html"
    assert plain == f"“有件必备、有备必审、有错必纠”\n{cited('GB/T 7714—2025', url)}"
    assert "<br>" in html


@pytest.mark.parametrize(
    ("selector", "number", "address"),
    [("#s1-2-3-p1", "一（二）3", "s1-2-3"), ("#s1-1-1-p1", "一（一）1", "s1-1-1"), ("#s2-1-p1", "二（一）", "s2-1"),
     ("#s2-6-p1", "二（六）", "s2-6"), ("#s0-p1", "", "index")],
)  # fmt: skip
def test_a_whole_paragraph_selected_is_cited_by_its_own_item(
    reader: Page, served: str, selector: str, number: str, address: str
) -> None:
    reader.evaluate("selector => getSelection().selectAllChildren(document.querySelector(selector))", selector)
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
        reader.evaluate(SELECT, [first, 3, last, 5])
        reader.get_by_role("button", name="复制引用").click()
        assert clipboard(reader)[0].endswith(f"{REPORT}{number}[R/OL]. 2022-03-28. {served}/2021/{address}.html.")
        until(reader, "!document.querySelector('.quote[data-said]')")


def test_a_translated_page_is_cited_and_quoted_in_the_reports_own_words(reader: Page, served: str) -> None:
    reader.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const nodes = [];
          while (walker.nextNode()) nodes.push(walker.currentNode);
          for (const node of nodes) node.data = node.data.trim() && "translated";
        }"""
    )
    with reader.expect_response("**/words-2021.js"):
        reader.evaluate(SELECT, ["#s1-2-3-p1", 2, "#s1-2-3-p1", 5])
    reader.locator(".quote button").click()
    plain, _ = clipboard(reader)
    words, cited_by = plain.split("\n")
    report = edition_of(SAMPLE, "2021").report
    assert words == f"“{report.by_address['s1-2-3'].paragraphs[0].text}”"
    assert cited_by == cited("GB/T 7714—2025", f"{served}/2021/s1-2-3.html")
