"""The whole site below a path of six hosts: a browser follows every link and fragment of every page."""

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urldefrag, urlsplit
from urllib.request import url2pathname

import pytest
from playwright.sync_api import Page, Response

from tests.hosts import busybox, caddy, disk, lighttpd, nginx, python

Host = Callable[[Path, Path], AbstractContextManager[str]]
LINKS = "() => Array.from(document.querySelectorAll('a[href], link[href], script[src]'), e => e.href || e.src)"
LANDED = """() => {
  const target = document.querySelector(":target");
  if (!target) return false;
  const box = target.getBoundingClientRect();
  return box.top < innerHeight && box.bottom >= 0;
}"""


@pytest.mark.parametrize("host", [python, nginx, caddy, lighttpd, busybox, disk])
def test_a_browser_follows_every_link_and_fragment(host: Host, site: Path, page: Page, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "www/some/where")
    tmp_path.chmod(0o755)
    with host(tmp_path / "www", tmp_path) as address:
        home = f"{address}/some/where/"
        refused: list[str] = []

        def look(response: Response) -> None:
            if response.status >= 400:
                refused.append(response.url)

        page.on("response", look)
        pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
        links: set[str] = set()
        for path in pages:
            page.goto(home + path)
            assert page.locator("h1").first.is_visible()
            links |= {link for link in page.evaluate(LINKS) if link.startswith(home)}
        for link in sorted(links):
            target, fragment = urldefrag(link)
            if not target.endswith(".html"):
                assert holds(page, target), link
            elif fragment:
                page.goto(link)
                assert page.evaluate(LANDED), link
            else:
                assert target.removeprefix(home) in pages
        page.goto(f"{home}2021/s1-2-3.html")
        page.get_by_role("searchbox").fill("行政复议")
        found = page.locator("[data-search-results] a").first
        href = found.evaluate("e => e.href")
        found.click()
        page.wait_for_url(href)
        assert refused == []
        assert len(pages) > 30
        assert len({link for link in links if "#" in link}) > 60


def holds(page: Page, url: str) -> bool:
    """Whether a file that is no page is there; a browser would save some of them."""
    if url.startswith("file:"):
        return Path(url2pathname(urlsplit(url).path)).is_file()
    return page.request.get(url).ok
