"""The pages as readers meet them: without script, in the dark, enlarged, on a phone, by keyboard, by checkers."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import ROOT, until
from tests.searching import marked

APPARATUS = ["2021/edition.html", "2021/collation.html", "2021/figures.html", "2021/terms.html"]
KINDS = ["index.html", "2021/index.html", "2021/s1-2.html", "2021/s1-2-3.html", "404.html", *APPARATUS]
COLOURS = ["color-contrast", "link-in-text-block"]  # the rules of axe that a dark page may break and a light one not
CLICK = "e => e.click()"  # as a finger does: Playwright first scrolls to where what sticks would stand
READ = "Array.from(document.querySelectorAll('.handle')).filter(e => e.parentNode.getBoundingClientRect().top < innerHeight / 4).pop()"
MODULES = ROOT / "tests/node_modules"


def tool(path: str, program: str = "") -> Path:
    """A file of an npm package; without it, or the program that runs it, a test is skipped, but in CI it fails."""
    if (MODULES / path).exists() and (not program or shutil.which(program)):
        return MODULES / path
    assert not os.environ.get("CI"), f"CI must have {path} and {program}: .ci/run installs them"
    pytest.skip(f"needs {program or 'npm'}: `npm ci --prefix tests` installs what this test runs")


@pytest.mark.parametrize(
    ("path", "width"),
    [(path, 1280) for path in KINDS]
    + [pytest.param(path, 390, marks=() if path.startswith("2021/s") else pytest.mark.proof) for path in KINDS],
)
def test_axe_finds_nothing(page: Page, served: str, path: str, width: int) -> None:
    axe = tool("axe-core/axe.min.js").read_text("utf-8")
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{served}/{path}")
    if path in APPARATUS:
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    elif path.startswith("2021"):  # with everything that script adds
        page.locator(".handle").last.click()
        page.locator(".menu").wait_for()
        if width < 1024:
            page.keyboard.press("Escape")  # there the menu lies over the bar
        page.get_by_role("searchbox").fill("法治")
        page.get_by_role("search").get_by_role("status").get_by_text("找到").first.wait_for()
    page.evaluate(axe)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    for scheme, rules in (("light", tags), ("dark", {"type": "rule", "values": COLOURS})):
        page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
        found = page.evaluate("rules => axe.run({ runOnly: rules })", rules)
        assert found["passes"]
        told = [f"{each['id']}: {node['html']}" for each in found["violations"] for node in each["nodes"]]
        assert told == [], scheme


def test_the_nu_html_checker_finds_no_error(site: Path) -> None:
    jar = tool("vnu-jar/build/dist/vnu.jar", "java")
    pages = sorted(map(str, site.rglob("*.html")))
    assert len(pages) == 35
    command = ["java", "-jar", str(jar), "--errors-only", "--format", "json", "--stdout", "--exit-zero-always", *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["messages"] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_body_text_has_a_contrast_of_seven(page: Page, served: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{served}/2021/s1-2-3.html")
    ink = page.locator("article p").last.evaluate("e => getComputedStyle(e).color")
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert contrast(ink, paper) >= 7


def contrast(one: str, other: str) -> float:
    """The contrast of two CSS colours rgb(r, g, b), after WCAG 2.2."""

    def luminance(colour: str) -> float:
        parts = [int(part) / 255 for part in colour.removeprefix("rgb(").rstrip(")").split(", ")]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_is_about_38_characters_of_18_px_and_never_wider_than_the_window(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/index.html")
    style = page.locator("article").evaluate("e => [getComputedStyle(e).fontSize, e.clientWidth]")
    assert style[0] == "18px"
    assert 20 <= style[1] / 18 <= 40
    for width in (320, 390, 768, 1023, 1024, 1100, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        for size in ("", "2", "3", "4"):
            page.evaluate("size => document.documentElement.dataset.size = size", size)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, size)


def test_without_script_everything_is_read_linked_and_found_in_the_contents(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{served}/2021/s1-2-3.html")
    for control in ("[role=search]", ".sizes", ".keys", ".forms"):
        assert not page.locator(control).is_visible(), "a control without script would do nothing"
    contents = page.get_by_role("navigation", name="目录")
    page.get_by_role("link", name="目录", exact=True).click()
    assert contents.evaluate("e => e.getBoundingClientRect().top < innerHeight")
    contents.get_by_role("link", name="二、存在的问题和下一步工作打算").click()
    assert page.url.endswith("/2021/s2.html")
    page.get_by_role("link", name="在全文中阅读").click()
    assert page.url.endswith("/2021/index.html#s2")
    context.close()


def test_on_a_touch_screen_every_target_is_44_px_and_stays_in_reach(browser: Browser, served: str) -> None:
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{served}/2021/index.html")
    page.locator("#s1-1-1 > .handle").tap()
    page.locator(".menu").wait_for()
    small = page.locator(
        ".handle, .menu button, .menu a, .banner button, .banner > a, [role=search] input"
    ).evaluate_all(
        """all => all.map(e => [e, e.getBoundingClientRect()])
        .filter(([e, b]) => b.width && (b.width < 44 || b.height < 44)).map(([e]) => e.outerHTML)"""
    )
    assert small == []
    page.keyboard.press("Escape")
    page.evaluate("scrollTo(0, 4000)")
    until(page, f"document.querySelector('.here').textContent === {READ}.getAttribute('aria-label')")
    for reached in (".to-contents", ".here", "[role=search] input", ".choose"):
        assert page.locator(reached).evaluate(
            "e => { const b = e.getBoundingClientRect(); return b.top > -1 && b.bottom <= 45 }"
        )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


@pytest.mark.parametrize(
    "path", ["2021/index.html", "2021/s1.html", "2021/s1-2.html", "2021/s1-2-3.html", "2021/s2-3.html"]
)
def test_on_a_phone_the_text_begins_within_240_px(browser: Browser, served: str, path: str) -> None:
    with browser.new_page(viewport={"width": 390, "height": 844}) as page:
        page.goto(f"{served}/{path}")
        first = page.locator("article :is(p, h2, h3, h4)").first  # what stands below the title
        assert first.evaluate("e => e.getBoundingClientRect().top") < 240


def test_the_drawer_is_all_that_there_is_until_it_closes_and_leaves_no_trace(browser: Browser, served: str) -> None:
    with browser.new_page(viewport={"width": 390, "height": 844}) as page:
        page.goto(f"{served}/index.html")
        page.goto(f"{served}/2021/index.html")
        page.evaluate("scrollTo(0, 4000)")
        until(page, f"document.querySelector('.here').textContent === {READ}.getAttribute('aria-label')")
        read = page.evaluate(f"{READ}.hash")
        for close in ("Escape", "关闭目录"):
            page.get_by_role("link", name="目录", exact=True).evaluate(CLICK)
            drawer = page.get_by_role("dialog", name="目录")
            drawer.wait_for()
            here = drawer.locator("[aria-current=location]")
            assert here.get_attribute("href") == read
            assert here.evaluate(
                "e => { const b = e.getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight }"
            )
            for _ in range(90):  # the focus goes round within
                page.keyboard.press("Tab")
                assert page.evaluate("!document.activeElement.closest('main, .banner')")
            if close == "Escape":
                page.keyboard.press("Escape")
            else:
                drawer.get_by_role("button", name=close).click()
            until(page, "document.activeElement.textContent === '目录'")
            assert drawer.count() == 0
            assert page.evaluate("pageYOffset") == 4000
            assert page.url.endswith("/2021/index.html")
        page.get_by_role("link", name="目录", exact=True).click()
        page.get_by_role("dialog").get_by_text("二、").click()
        page.wait_for_url("**/index.html#s2")
        page.go_back()
        assert page.url.endswith("/2021/index.html")
        page.go_back()
        assert page.url.endswith("/index.html")
        assert "2021" not in page.url


def test_a_change_of_size_keeps_the_first_paragraph_in_view(browser: Browser, served: str) -> None:
    with browser.new_page(viewport={"width": 390, "height": 844}) as page:
        page.goto(f"{served}/2021/index.html")
        page.evaluate("scrollTo(0, 4000)")
        first = """Array.from(document.querySelectorAll("article p, article h4")).find(
          e => e.getBoundingClientRect().bottom > 44)"""
        before = page.evaluate(f"{first}.textContent")
        top = page.evaluate(f"{first}.getBoundingClientRect().top")
        page.get_by_role("button", name="字", exact=True).evaluate(CLICK)
        for size in ("特大", "中"):
            page.get_by_role("button", name=size, exact=True).evaluate(CLICK)
            until(page, f"document.querySelector('[aria-pressed=true]').textContent === '{size}'")
            assert page.evaluate(f"{first}.textContent") == before
            assert abs(page.evaluate(f"{first}.getBoundingClientRect().top") - top) <= 2


def test_the_item_that_a_link_leads_to_is_set_off(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/index.html#s1-4-2")
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert page.locator("#s1-4-2 > h4").evaluate("e => getComputedStyle(e).backgroundColor") != paper
    assert page.locator("#s1-4-2 > h4").evaluate("e => e.getBoundingClientRect().top") > 10


def test_the_keyboard_reaches_every_control(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/s2-1.html")
    reached: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        page.wait_for_timeout(20)  # what a control's first use brings
        reached.append(page.evaluate("document.activeElement.textContent || document.activeElement.type"))
        assert page.evaluate(
            "document.activeElement === document.body || getComputedStyle(document.activeElement).outlineStyle != 'none'"
        )
    for control in ("跳到正文", "search", "小", "特大", "在全文中阅读", "复制", "键盘快捷键"):
        assert control in reached


@pytest.mark.parametrize("fragment", ["", "#%E4", "#none", "#s1-2-3-p9", "#一（九）9"])
def test_refused_storage_and_garbled_fragments_break_nothing(page: Page, served: str, fragment: str) -> None:
    for storage in ("localStorage", "sessionStorage"):
        page.add_init_script(
            f"Object.defineProperty(window, '{storage}', {{ get() {{ throw new Error('refused') }} }})"
        )
    page.goto(f"{served}/2021/s1-2-3.html{fragment}")
    page.get_by_role("button", name="特大").click()
    until(page, "document.documentElement.dataset.size == '4'")
    page.locator("#s1-2-3 > .handle").click()
    page.get_by_text("链接", exact=True).click()
    page.get_by_text("已复制").wait_for()
    page.get_by_role("searchbox").fill("有备必审")
    page.locator("[data-search-results] a").first.click()
    assert marked(page) == ["有备必审"]


def test_enter_while_an_input_method_is_composing_opens_nothing(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/index.html")
    page.get_by_role("searchbox").fill("有备必审")
    page.locator("[data-search-results] a").first.wait_for()
    page.get_by_role("searchbox").evaluate(
        "e => e.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }))"
    )
    page.wait_for_timeout(200)
    assert page.evaluate("location.pathname + location.hash").endswith("/2021/index.html")


SPREAD = """() => {
  const found = [];
  for (const passage of document.querySelectorAll("article p:not(.note)")) {
    const words = passage.firstChild;
    const box = at => {
      const range = document.createRange();
      range.setStart(words, at);
      range.setEnd(words, at + 1);
      return range.getBoundingClientRect();
    };
    for (let at = 1; at < Math.min(words.length, 200); at++) {
      const [before, own] = [box(at - 1), box(at)];
      const isHan = /^[\u4e00-\u9fff]{2}$/.test(words.data.slice(at - 1, at + 1));
      if (isHan && before.top === own.top) found.push(own.left - before.left - 18);
    }
  }
  return Math.max(...found);
}"""


def test_on_phones_no_line_is_spread_apart_and_on_wide_pages_lines_end_together(page: Page, served: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{served}/2021/index.html")
    assert page.evaluate(SPREAD) < 0.5
    page.set_viewport_size({"width": 1280, "height": 800})
    assert 0 < page.evaluate(SPREAD) < 6


def test_the_bar_of_the_current_entry_touches_no_letter(page: Page, served: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{served}/2021/s1.html")
    entry = page.locator(".contents li [aria-current]")
    begins = """link => {
      const range = document.createRange();
      range.selectNodeContents(link);
      return range.getBoundingClientRect().left - link.getBoundingClientRect().left;
    }"""
    assert entry.evaluate(begins) >= 6
    line = page.locator(".contents p a").first.bounding_box()
    name = page.locator(".home").bounding_box()
    assert line
    assert name
    assert abs(line["x"] - name["x"]) < 0.5


def test_the_ways_on_stand_right_below_a_short_item(page: Page, served: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{served}/2021/s1-2-3.html")
    words, ways = page.locator("article").bounding_box(), page.locator(".neighbours").bounding_box()
    assert words
    assert ways
    assert 0 < ways["y"] - words["y"] - words["height"] < 80


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_the_date_of_a_citation_never_breaks(page: Page, served: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{served}/2021/s1-4-3.html")
    for form in ["GB/T 7714—2025", "GB/T 7714—2015"]:
        page.get_by_label("引文格式").select_option(form)
        page.wait_for_function("form => document.querySelector('.forms select').value === form", arg=form)
        dates = page.locator(".citation .range")
        assert dates.evaluate_all("dates => dates.map(date => date.getClientRects().length)") in ([1], [1, 1])


def test_terms_in_quotation_marks_begin_where_others_do(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/terms.html")
    width = """terms => terms.filter(term => "“《".includes(term.textContent[0])).map(term => {
      const range = document.createRange();
      range.setStart(term.firstChild, 0);
      range.setEnd(term.firstChild, 1);
      return range.getBoundingClientRect().width;
    })"""
    widths = page.locator(".index dt a").evaluate_all(width)
    assert widths
    assert max(widths) < 9  # half of a character of 16 px


def test_on_phones_the_search_shows_the_first_two_characters_of_its_hint(page: Page, served: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{served}/2021/index.html")
    field = page.get_by_role("searchbox")
    shown = field.screenshot()
    field.evaluate("field => field.type = 'text'")  # which has no button that could cover them
    assert field.or_(page.get_by_label("搜索文字或编号")).screenshot() == shown
