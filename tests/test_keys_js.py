"""static/keys.js, follow.js and bar.js: keys, the contents that follow, and the text size."""

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import until


def key(page: Page, name: str, url: str) -> None:
    page.keyboard.press(name)
    page.wait_for_url(url)


def test_j_and_k_go_through_the_items_and_m_keeps_the_place(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/index.html")
    for address in ("s1", "s1-1", "s1-1-1", "s1-1-2"):
        key(page, "j", f"**/index.html#{address}")
    key(page, "k", "**/index.html#s1-1-1")
    key(page, "m", "**/2021/s1-1-1.html")
    key(page, "j", "**/2021/s1-1-2.html")
    key(page, "k", "**/2021/s1-1-1.html")
    key(page, "m", "**/index.html#s1-1-1")
    page.goto(f"{served}/2021/index.html#s2-5")
    key(page, "j", "**/index.html#s2-6")
    page.keyboard.press("j")
    key(page, "m", "**/2021/s2-6.html")


def test_a_script_that_could_not_be_had_is_asked_for_again_at_the_next_use(browser: Browser, served: str) -> None:
    with browser.new_page() as page:
        page.route(
            "**/assets/*.js", lambda route: route.abort() if "site.js" not in route.request.url else route.continue_()
        )
        page.goto(f"{served}/2021/s1-2-3.html")
        page.get_by_role("button", name="特大").click()
        page.wait_for_timeout(200)
        page.unroute("**/assets/*.js")
        page.get_by_role("button", name="特大").click()
        until(page, "document.documentElement.dataset.size == '4'")


def test_after_many_items_back_leaves_the_page(page: Page, served: str) -> None:
    page.goto(f"{served}/index.html")
    page.goto(f"{served}/2021/index.html")
    for _ in range(12):
        page.keyboard.press("j")
    page.wait_for_url("**/index.html#s1-3-2")
    page.go_back()
    page.wait_for_url(f"{served}/index.html")


@pytest.mark.parametrize("kept", ["'", "9", "<b>", ""])
def test_a_remembered_size_that_is_none_is_nothing(page: Page, served: str, kept: str) -> None:
    page.goto(f"{served}/2021/s1-2-3.html")
    page.evaluate("kept => localStorage.setItem('edition.size', kept)", kept)
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.reload()
    assert page.get_by_role("button", name="小").get_attribute("aria-pressed") == "true"
    assert page.evaluate("document.documentElement.dataset.size") is None
    assert failed == []


def test_what_is_remembered_bears_the_editions_name(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/s1-2-3.html")
    page.get_by_role("button", name="特大").click()
    until(page, "document.documentElement.dataset.size == '4'")
    assert page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage))") == ["edition.size"]


def test_keys_do_nothing_while_typing(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/s1-1-1.html")
    page.keyboard.press("/")
    until(page, "document.activeElement.type === 'search'")
    page.keyboard.type("jkm?/")
    assert page.get_by_role("searchbox").input_value() == "jkm?/"
    assert page.url.endswith("s1-1-1.html")


def test_the_list_of_keys_turns_them_off_and_stays_reachable(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/s1-1-1.html")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="键盘快捷键")
    dialog.wait_for()
    assert [row.inner_text().split("\n")[0] for row in dialog.locator("dl > div").all()] == ["/", "j", "k", "m", "?"]
    dialog.get_by_label("启用单键快捷键").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    for name in ("j", "m", "?", "/"):
        page.keyboard.press(name)
    page.wait_for_timeout(300)
    assert page.url.endswith("s1-1-1.html")
    page.get_by_role("button", name="键盘快捷键").click()
    dialog.get_by_label("启用单键快捷键").check()
    dialog.get_by_role("button", name="关闭").click()
    key(page, "j", "**/s1-1-2.html")


def test_the_contents_follow_the_reading(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/index.html")
    page.mouse.move(700, 400)
    for address in ("s1-1-2", "s1-3", "s1-5-2"):
        page.evaluate(
            "id => scrollTo(0, document.getElementById(id).getBoundingClientRect().top + scrollY - innerHeight / 4 + 1)",
            address,
        )
        page.locator(f".contents [href='#{address}'][aria-current=location]").wait_for()
        marked = page.locator(".contents [aria-current=location]")
        assert marked.count() == 1
        assert marked.evaluate(
            "e => { const b = e.getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight }"
        )
    page.keyboard.press("End")
    page.locator(".contents [href='#s2-6'][aria-current=location]").wait_for()


@pytest.mark.parametrize(("size", "pixels"), [("小", 18), ("中", 21), ("大", 25), ("特大", 30)])
def test_the_text_size_is_remembered(page: Page, served: str, size: str, pixels: int) -> None:
    page.goto(f"{served}/2021/index.html")
    page.get_by_role("button", name=size, exact=True).click()
    until(page, f"getComputedStyle(document.querySelector('article p')).fontSize == '{pixels}px'")
    page.goto(f"{served}/2021/s1-2-3.html")
    assert page.locator("article p").last.evaluate("e => getComputedStyle(e).fontSize") == f"{pixels}px"
    assert page.locator(".sizes [aria-pressed=true]").all_inner_texts() == [size]
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
