"""What tests of the search share: a page whose search is ready, what it answers, and data that it is given instead."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from playwright.sync_api import Page, Route

from sitegen.model.finished import Searchable
from sitegen.render.bundles import search_files
from sitegen.render.search_data import BUNDLE, call, to_json

Entry = tuple[str, str, str, str]
"""An address with its number, its heading and its text, a line a paragraph."""

_ASK = """async queries => {
  const input = document.querySelector("[role=search] input"), status = document.querySelector("[role=status]");
  const answers = [];
  for (const query of queries) {
    const start = performance.now();
    input.value = query;
    input.dispatchEvent(new Event("input"));
    for (let waited = 0; status.textContent.startsWith("正在"); waited++) {
      await (waited < 1000 ? null : new Promise(go => setTimeout(go)));
    }
    const links = [...document.querySelectorAll("[data-search-results] a")].map(link => link.getAttribute("href"));
    answers.push([links, status.textContent, performance.now() - start]);
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
    """What a search answers to each query."""
    return [Answer(*answer) for answer in page.evaluate(_ASK, list(queries))]


def type_into(page: Page, typed: str) -> list[str]:
    """Type a query, and tell where its results lead."""
    page.get_by_role("searchbox").fill(typed)
    page.get_by_role("status").get_by_text("到").wait_for()  # 找到, 没有找到
    return links(page)


def links(page: Page) -> list[str]:
    """Where the results that are shown lead."""
    found: list[str] = page.locator("[data-search-results] a").evaluate_all(
        "all => all.map(link => link.getAttribute('href'))"
    )
    return found


def marked(page: Page, within: str = "article") -> list[str]:
    """The words that are marked on the page, once there are any."""
    page.locator(f"{within} mark").first.wait_for()
    return page.locator(f"{within} mark").all_inner_texts()


def give(page: Page, reports: Mapping[str, Sequence[Entry]], withheld: Sequence[str] = (), pieces: int = 0) -> None:
    """Let the search find these reports, the newest first, and nothing else; of the files `withheld` nothing comes.

    Several of them are bundled as the build does it, or each in at most so many pieces, each of which fills a bundle.
    """
    space = " " * (BUNDLE // 2) if pieces else ""  # which means nothing, but takes room
    given: dict[str, str] = {}
    searchable: dict[str, Searchable] = {}
    for name, entries in reports.items():
        whole = [("", "", "题", ""), *entries]
        given[f"assets/words-{name}.js"] = call("searchable", _words(name, whole))
        size = len(whole) // max(pieces, 1) + 1
        parts = [whole[at : at + size] for at in range(0, len(whole), size)]
        searchable[name] = Searchable(tuple(_words(name, part) + space for part in parts), "")
    given |= search_files(searchable)

    def answer(route: Route) -> None:
        file = route.request.url.rpartition("/")[2]
        if file in withheld:
            return route.abort()
        return route.fulfill(body=given[f"assets/{file}"], content_type="text/javascript")

    page.unroute_all()
    page.route(re.compile(r"/assets/(words-|bundle-|reports\.)[^/]*js$"), answer)


def _words(name: str, entries: Sequence[Entry]) -> str:
    return to_json({"id": name, "title": f"{name}年度报告", "entries": entries})
