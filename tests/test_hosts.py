"""Hosts that serve a page at another address than its file's: a folder without its slash, a page without .html."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page

import build
from sitegen.frontmatter.keys import Site
from sitegen.problems import Passage, Place
from sitegen.render.canonical import canonical_address
from tests.conftest import open_to_others, until
from tests.hosts import folders_without_slash, pages_as_folders, pages_without_names, pages_without_names_and_slash
from tests.searching import marked

Host = Callable[[Path, Path], AbstractContextManager[str]]
OTHERS = (folders_without_slash, pages_without_names, pages_as_folders)
HOSTS = [pages_without_names_and_slash, *(pytest.param(host, marks=pytest.mark.proof) for host in OTHERS)]
COPIED = "async () => (await navigator.clipboard.readText())"


@pytest.fixture(scope="module", params=HOSTS, ids=lambda host: host.__name__)
def server(request: pytest.FixtureRequest, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A host of each kind, with the site at its root and below a path."""
    work = tmp_path_factory.mktemp("host")
    shutil.copytree(site, work / "www")
    shutil.copytree(site, work / "www/some/where")
    with request.param(work / "www", work) as address:
        yield address


@pytest.fixture(params=["", "/some/where"], ids=["at the root", "below a path"])
def home(request: pytest.FixtureRequest, server: str) -> str:
    return server + str(request.param)


def test_at_a_folders_bare_name_everything_that_a_reader_does_works(page: Page, home: str) -> None:
    refused: list[str] = []
    page.on("response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None)
    page.goto(f"{home}/2021?from=here")
    assert page.locator("article p").first.evaluate("e => getComputedStyle(e).fontSize") == "18px", "it has its style"
    assert page.locator("[data-address]").text_content().startswith(f"{home}/2021")  # type: ignore[union-attr]
    page.evaluate("window.same = true")
    page.locator(".contents [href='#s2-3']").click()
    assert page.evaluate("location.hash") == "#s2-3"
    until(page, "document.querySelector('#s2-3:target').getBoundingClientRect().top < innerHeight")
    page.keyboard.press("j")
    until(page, "location.hash === '#s2-4'")
    page.locator("#s1-2-3 > .handle").click()
    page.locator(".menu").get_by_text("链接").click()
    copied = page.evaluate(COPIED)
    assert copied == f"{home}/2021/s1-2-3.html"
    assert page.request.get(copied).ok
    page.get_by_role("searchbox").fill("现将有关情况")
    page.locator("[data-search-results] a").click()
    assert marked(page) == ["现将有关情况"]
    page.get_by_role("searchbox").fill("有备必审")
    page.locator("[data-search-results] a").click()
    page.locator("#s1-2-3 mark").wait_for()
    assert page.evaluate("window.same"), "all this happened on one page, never loaded again"
    page.goto(f"{home}/2021/s1-2-2.html")
    page.get_by_role("searchbox").fill("有备必审")
    page.locator("[data-search-results] a").click()
    page.locator("body.single article mark").wait_for()
    assert page.locator("h1").inner_text() == "3.加强备案审查。"
    page.locator("[rel=next]").click()
    page.locator("h1", has_text="（三）").wait_for()
    page.get_by_role("link", name="在全文中阅读").click()
    page.locator("#s1-3:target").wait_for()
    page.get_by_role("link", name="全部报告").click()
    page.get_by_role("link", name="3.加强备案审查").click()
    page.locator("#s1-2-3:target").wait_for()
    page.locator("#s1-2-3 > .handle").click()
    page.locator(".menu").get_by_text("单页").click()
    page.locator("h1", has_text="3.加强备案审查。").wait_for()
    assert refused == []


def test_a_fragment_lands_from_every_name_that_the_full_text_has_on_the_host(page: Page, home: str) -> None:
    names = ("2021", "2021/", "2021/index", "2021/index.html")
    served = [name for name in names if page.request.get(f"{home}/{name}").ok]
    assert {"2021", "2021/", "2021/index.html"} <= set(served)
    for name in served:
        page.goto(f"{home}/{name}?from=here#s1-2-3")
        until(page, "document.querySelector('#s1-2-3:target').getBoundingClientRect().top < innerHeight")
        assert page.evaluate("location.hash") == "#s1-2-3"
    page.goto(f"{home}/2021#1.4.2")
    page.locator("#s1-4-2:target").wait_for()
    page.reload()
    page.locator("#s1-4-2:target").wait_for()


def test_what_is_served_there_is_verified(sample_project: Path, home: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["verify", home], sample_project) == 0, capsys.readouterr().err
    with urlopen(f"{home}/index.html", timeout=10) as answer:
        assert build.main(["verify", answer.url], sample_project) == 0, "as the browser shows it"


def test_the_shelf_and_the_apparatus_work_at_every_name_too(page: Page, home: str) -> None:
    page.goto(home)
    page.get_by_role("searchbox").fill("一（二）3")
    page.locator("[data-search-results] a").first.click()
    page.locator("h1", has_text="3.加强备案审查。").wait_for()
    page.goto(f"{home}/2021/terms.html")
    page.locator("dd a", has_text="一（二）2").first.click()
    page.locator("article mark").first.wait_for()


def test_without_script_every_link_at_the_root_of_a_host_leads_on(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in ("", "/2021"):
        page.goto(server + path)
        links = page.locator("a[href]").evaluate_all("all => all.map(link => link.href.split('#')[0])")
        for link in {link for link in links if link.startswith(server)}:
            with urlopen(link, timeout=10) as answer:
                assert answer.status == 200, link
    assert page.locator("article p").first.evaluate("e => getComputedStyle(e).fontSize") == "18px", "it has its style"
    context.close()


SERVED = [  # what a host drops, and where it answers for the full text, an item's page and the shelf
    ([], ["2021/index.html", "2021/s1-2-3.html", "index.html"]),
    ([".html"], ["2021/", "2021/s1-2-3", ""]),
    (["slash"], ["2021", "2021/s1-2-3.html", ""]),
    ([".html", "slash"], ["2021", "2021/s1-2-3", ""]),
]


@pytest.mark.parametrize(("drops", "served"), SERVED)
@pytest.mark.parametrize("url", ["https://example.org", "https://example.org/fazhi"])
def test_a_canonical_address_is_the_one_that_the_host_answers_at(drops: list[str], served: list[str], url: str) -> None:
    paths = ("2021/index.html", "2021/s1-2-3.html", "index.html")
    found = [canonical_address(settings(url, drops), path) for path in paths]
    expected = [f"{url}/{path}" for path in served]
    if "slash" in drops and url.endswith("fazhi"):
        expected[-1] = url
    assert found == expected


def settings(url: str | None, drops: list[str]) -> Site:
    title, language, output, *more = (Passage(text, Place("site.yaml", 1)) for text in ("题", "zh-CN", "_site", *drops))
    return Site(title, language, output, Passage(url, Place("site.yaml", 1)) if url else None, tuple(more))


def test_without_an_address_of_the_site_no_page_has_a_canonical_one() -> None:
    assert canonical_address(settings(None, [".html"]), "2021/s1.html") == ""


@pytest.mark.parametrize(
    ("host", "drops"),
    [
        (folders_without_slash, "[]"),
        (folders_without_slash, "[slash]"),
        (pages_without_names, "[.html]"),
        (pages_without_names_and_slash, "[.html, slash]"),
    ],
)
@pytest.mark.parametrize("where", ["", "/some/where"])
def test_a_host_answers_at_every_address_that_its_pages_are_said_to_have(
    project: Path, tmp_path: Path, host: Host, drops: str, where: str
) -> None:
    folder = tmp_path / "www"
    folder.mkdir()
    open_to_others(tmp_path)
    with host(folder, tmp_path) as address:
        home = address + where
        told = (project / "site.yaml").read_text("utf-8")
        told = re.sub("(?m)^url: .*", f"url: {home}\nhost_drops: {drops}", told)
        (project / "site.yaml").write_text(told, "utf-8")
        output = tmp_path / "built"
        assert build.main(["--output", str(output)], project) == 0
        shutil.copytree(output, folder / where[1:], dirs_exist_ok=True)
        sitemap = (output / "sitemap.xml").read_text("utf-8")
        locations = re.findall("<loc>(.*?)</loc>", sitemap)
        assert len(locations) > 20
        for location in locations:
            with urlopen(location, timeout=10) as answer:
                assert answer.url == location, "without a redirect"
                html = answer.read().decode()
            assert f'<link rel="canonical" href="{location}"/>' in html
            assert f'<meta property="og:url" content="{location}"/>' in html
