"""The whole site below a path of ten hosts: a browser follows every link and fragment of every page."""

import re
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path, PurePosixPath
from urllib.parse import urldefrag, urlsplit
from urllib.request import url2pathname

import pytest
from playwright.sync_api import Page, Response

from tests.conftest import open_to_others
from tests.hosts import (
    busybox,
    caddy,
    disk,
    folders_without_slash,
    lighttpd,
    nginx,
    pages_as_folders,
    pages_without_names,
    pages_without_names_and_slash,
    python,
)

BY_NAME = [python, nginx, caddy, lighttpd, busybox, disk]
BY_OTHER_NAMES = [folders_without_slash, pages_without_names, pages_without_names_and_slash, pages_as_folders]
Host = Callable[[Path, Path], AbstractContextManager[str]]
LINKS = "() => Array.from(document.querySelectorAll('a[href], link[href], script[src]'), e => e.href || e.src)"
LANDED = """() => {
  const target = document.querySelector(":target");
  if (!target) return false;
  const box = target.getBoundingClientRect();
  return box.top < innerHeight && box.bottom >= 0;
}"""


@pytest.mark.parametrize("host", [*BY_NAME, *BY_OTHER_NAMES])
def test_a_browser_follows_every_link_and_fragment(host: Host, site: Path, page: Page, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "www/some/where")
    open_to_others(tmp_path)
    with host(tmp_path / "www", tmp_path) as address:
        home = f"{address}/some/where/"
        refused: list[str] = []

        def look(response: Response) -> None:
            if response.status >= 400:
                refused.append(response.url)

        page.on("response", look)
        pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
        links: set[str] = set()
        bare = [] if host is disk else [path.removesuffix("/index.html") for path in pages]  # folders as typed
        for path in [*pages, *bare]:
            page.goto(home + path)
            assert page.locator("h1").first.is_visible()
            links |= {link for link in page.evaluate(LINKS) if link.startswith(home)}
        for link in sorted(links):
            target, fragment = urldefrag(link)
            if PurePosixPath(urlsplit(target).path).suffix not in ("", ".html"):
                assert holds(page, target), link
            elif fragment:
                page.goto(link)
                assert page.evaluate(LANDED), link
            elif target.endswith(".html"):
                assert target.removeprefix(home) in pages
            else:
                assert host in BY_OTHER_NAMES, link
        page.goto(f"{home}2021/s1-2-3.html")
        page.get_by_role("searchbox").fill("行政复议")
        found = page.locator("[data-search-results] a").first
        href = found.evaluate("e => e.href")
        found.click()
        page.wait_for_url(href if host in BY_NAME else re.compile(re.escape(href).replace(r"\.html", "")))
        assert refused == []
        assert len(pages) > 30
        assert len({link for link in links if "#" in link}) > 60


def holds(page: Page, url: str) -> bool:
    """Whether a file that is no page is there; a browser would save some of them."""
    if url.startswith("file:"):
        return Path(url2pathname(urlsplit(url).path)).is_file()
    return page.request.get(url).ok
