"""The sample's site in a real Chromium, from a server and from the disk."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from sitegen.check.fidelity import fold
from tests.conftest import SAMPLE, edition_of
from tests.test_site import ADDRESSES

WORDS = """() => {
  const article = document.querySelector("article").cloneNode(true);
  article.querySelectorAll("[data-apparatus]").forEach(element => element.remove());
  return article.textContent;
}"""
IN_VIEW = """element => {
  const box = element.getBoundingClientRect();
  return box.top >= 0 && box.bottom <= innerHeight && box.height > 0;
}"""


@pytest.fixture(scope="session")
def headings() -> dict[str, str]:
    return {item.id: item.heading for item in edition_of(SAMPLE, "2021").report.walk()}


@pytest.mark.proof
def test_every_anchor_of_the_full_text_brings_its_heading_into_view(
    page: Page, served: str, headings: dict[str, str]
) -> None:
    for address in ADDRESSES:
        page.goto("about:blank")
        page.goto(f"{served}/2021/index.html#{address}")
        heading = page.locator(f"#{address} > :is(h2, h3, h4)")
        assert heading.text_content() == headings[address]
        assert heading.evaluate(IN_VIEW), address
        assert page.url.endswith(f"#{address}")


@pytest.mark.proof
def test_every_item_page_shows_its_heading_and_its_words(page: Page, served: str, headings: dict[str, str]) -> None:
    report = edition_of(SAMPLE, "2021").report
    for item in report.walk():
        page.goto(f"{served}/2021/{item.page}")
        heading = page.get_by_role("heading", level=1)
        assert heading.text_content() == headings[item.id]
        assert heading.evaluate(IN_VIEW), item.id
        assert page.title().startswith(f"{item.number} {item.title} · ")
        assert fold(page.evaluate(WORDS)) == fold("".join(item.passages()))


def test_the_words_of_the_full_text_equal_the_source(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/index.html")
    source = (SAMPLE / "content/2021/source.txt").read_text("utf-8").partition("扫一扫")[0]
    assert fold(page.evaluate(WORDS)) == fold(source)


def test_every_paragraph_has_an_anchor_that_works(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/index.html")
    ids = page.locator("article p[id]:not([role=note])").evaluate_all("all => all.map(element => element.id)")
    assert len(ids) == 24
    for id in ids:
        page.goto(f"{served}/2021/index.html#{id}")
        assert page.locator(f"#{id}").evaluate(
            "e => { const b = e.getBoundingClientRect(); return b.top < innerHeight && b.bottom > 0 }"
        )


def test_a_reader_goes_from_the_shelf_to_an_item_and_back_from_the_disk(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="3.加强备案审查").click()
    assert page.url == (site / "2021/index.html").as_uri() + "#s1-2-3"
    page.locator("#s1-2-3 > .handle").click()
    page.locator("#s1-2-3 > .menu").get_by_text("单页").click()
    assert page.url == (site / "2021/s1-2-3.html").as_uri()
    page.get_by_role("link", name="在全文中阅读").click()
    assert page.url == (site / "2021/index.html").as_uri() + "#s1-2-3"
    page.go_back()
    page.get_by_role("link", name=re.compile("下一条")).click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("（三）")
    page.get_by_role("navigation", name="位置").get_by_role("link", name="全部报告").click()
    assert page.url == (site / "index.html").as_uri()


def test_the_skip_link_leads_past_the_header(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/s1-2-3.html")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "跳到正文"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("aria-label") == "一（二）3"


def test_two_tabs_lead_to_the_contents_and_one_through_an_item_without_notes(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/index.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "目录"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator(":focus").evaluate("e => Boolean(e.closest('.contents'))")
    page.locator("#s1-2-2 > .handle").focus()
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("href") == "#s1-2-3"


@pytest.mark.parametrize("path", ["index.html", "2021/index.html", "2021/s1-4-1.html", "404.html"])
def test_nothing_scrolls_sideways_on_the_smallest_screens(page: Page, served: str, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{served}/{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
