"""What tests of the search share: a page whose search is ready, what it answers, and data that it is given instead."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from playwright.sync_api import Page, Route

from sitegen.render.search_data import reports_js

Entry = tuple[str, str, str, str]
"""An address with its number, its heading and its text, a line a paragraph."""

_ASK = """queries => {
  const input = document.querySelector("[role=search] input"), answers = [];
  for (const query of queries) {
    const start = performance.now();
    input.value = query;
    input.dispatchEvent(new Event("input"));
    const links = [...document.querySelectorAll("[data-search-results] a")].map(link => link.getAttribute("href"));
    answers.push([links, document.querySelector("[role=status]").textContent, performance.now() - start]);
  }
  return answers;
}"""


class Answer(NamedTuple):
    """What the search says to a query: the links of its results, its status, and the milliseconds that it took."""

    links: list[str]
    said: str
    took: float


def open_search(page: Page, address: str) -> Page:
    """A page with the search ready."""
    page.goto(address)
    page.get_by_role("searchbox").fill("法治")
    page.get_by_role("status").get_by_text("找到").wait_for()
    return page


def ask(page: Page, queries: Iterable[str]) -> list[Answer]:
    """What a search that is ready answers at once."""
    return [Answer(*answer) for answer in page.evaluate(_ASK, list(queries))]


def type_into(page: Page, typed: str) -> list[str]:
    """Type a query, and tell where its results lead."""
    page.get_by_role("searchbox").fill(typed)
    page.get_by_role("status").get_by_text("到").wait_for()  # 找到, 没有找到
    return links(page)


def links(page: Page) -> list[str]:
    """Where the results that are shown lead."""
    found = page.locator("[data-search-results] a").all()
    return [link.get_attribute("href") or "" for link in found]


def give(page: Page, reports: Mapping[str, Sequence[Entry]], withheld: Sequence[str] = ()) -> None:
    """Let the search find these reports, the newest first, and nothing else; of those `withheld` nothing comes."""

    def answer(route: Route) -> None:
        name = route.request.url.rpartition("words-")[2].removesuffix(".js")
        if name in withheld:
            return route.abort()
        data = {"id": name, "title": f"{name}年度报告", "entries": [["", "", "题", ""], *reports[name]]}
        return route.fulfill(body=f"searchable({json.dumps(data)})", content_type="text/javascript")

    page.unroute_all()
    page.route("**/assets/words-*.js", answer)
    told = reports_js(list(reports))
    page.route("**/assets/reports.js", lambda route: route.fulfill(body=told, content_type="text/javascript"))
