"""What a search over all reports asks for and takes, as a reader meets it: typed on a full text, until it is at its end.

It is measured by what the page shows, whatever files and scripts are behind that.
"""

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.bench.browsing import chromium, served

_PATIENCE = 120_000  # milliseconds after which a search is given up
_WATCH = """patience => {
  const box = document.querySelector("[role=search]"), status = box.querySelector("[role=status]");
  const taken = { first: null, end: null, longest: 0 };
  let began = null, done = null;
  const look = () => {
    const now = performance.now() - began;
    if (taken.first === null && box.querySelector("[data-search-results] a")) taken.first = now;
    if (taken.end !== null || !status.textContent || status.textContent.startsWith("正在")) return;
    taken.end = now;
    setTimeout(done, 200, taken); /* for a long task is told of when it is over */
  };
  new PerformanceObserver(told => {
    for (const task of told.getEntries()) taken.longest = Math.max(taken.longest, task.duration);
  }).observe({ type: "longtask" });
  box.querySelector("input").addEventListener("input", () => {
    began = performance.now();
    new MutationObserver(look).observe(box, { subtree: true, childList: true, characterData: true });
  }, { capture: true, once: true });
  window.taken = new Promise(resolve => { done = resolve });
  setTimeout(done, patience, taken);
}"""


@dataclass(frozen=True)
class Search:
    """What a search took: milliseconds to the first result and to the end, and those of the longest task on the page.

    Then the requests that it made, the bytes of the files that it was given, and of these with gzip. Milliseconds are
    None where that did not come within patience.
    """

    first: float | None
    end: float | None
    longest: float
    requests: int
    size: int
    with_gzip: int


def measure_search(site: Path, start: str, queries: Mapping[str, str]) -> Mapping[str, Search]:
    """What a search took for each query, by its name, on the page `start` of a site; nothing without a Chromium."""
    with served(site) as address, chromium() as browser:
        if browser is None:
            return {}
        found: dict[str, Search] = {}
        for name, query in queries.items():
            page = browser.new_page()
            page.goto(f"{address}/{start}", wait_until="networkidle")
            found[name] = _search(page, site, query)
            page.close()
        return found


def _search(page: Page, site: Path, query: str) -> Search:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path.lstrip("/")))
    page.evaluate(_WATCH, _PATIENCE)
    page.get_by_role("searchbox").fill(query)
    taken = page.evaluate("window.taken")
    files = list(_read(site, asked))
    zipped = sum(len(gzip.compress(data, 6)) for data in files)
    return Search(taken["first"], taken["end"], taken["longest"], len(asked), sum(map(len, files)), zipped)


def _read(site: Path, paths: list[str]) -> Iterator[bytes]:
    """The files at these paths, each once: a browser keeps what it has."""
    for path in dict.fromkeys(paths):
        if (site / path).is_file():
            yield (site / path).read_bytes()
