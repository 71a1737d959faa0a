"""static/lead.js: fragments that are no place of their page, in a real Chromium."""

import pytest
from playwright.sync_api import Page


@pytest.mark.parametrize("number", ["一（四）2", "1.4.2", "第一部分第四节第2条"])
def test_a_number_as_the_fragment_leads_to_its_item(page: Page, served: str, number: str) -> None:
    page.goto(f"{served}/2021/index.html#{number}")
    page.wait_for_url("**/2021/index.html#s1-4-2")
    page.goto(f"{served}/2021/s2-1.html#{number}")
    page.wait_for_url("**/2021/s1-4-2.html")


@pytest.mark.parametrize("glued", ["。", "）", "。”", "，", "!", "）。\n"])
@pytest.mark.parametrize("fragment", ["s1-2-3", "s1-2-3-p1", "一（二）3", "一（二）"])
def test_what_a_chat_glues_to_a_fragment_is_forgiven(page: Page, served: str, fragment: str, glued: str) -> None:
    page.goto(f"{served}/2021/index.html#{fragment}{glued}")
    address = {"一（二）3": "s1-2-3", "一（二）": "s1-2"}.get(fragment, fragment)
    page.wait_for_url(f"**/2021/index.html#{address}")
    page.locator(f"#{address}:target").wait_for()
