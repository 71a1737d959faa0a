"""static/look.js: a search over a shelf of 100 reports, from a server and from the disk, in a real Chromium."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

import build
from tests.conftest import copy_sample, serving
from tests.searching import give, links, type_into

OWN = "r0050"
ORDER = [OWN, *(f"r{n:04}" for n in range(100, 0, -1) if n != 50)]
"""The copies in the order in which a search from one of them looks through them."""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site with 100 copies of the sample's report, r0001 to r0100, which is the first on the shelf."""
    folder = tmp_path_factory.mktemp("many")
    copy_sample(folder / "project", 100)
    assert build.main(["--output", str(folder / "_site")], folder / "project") == 0
    return folder / "_site"


@pytest.fixture(scope="module")
def shelf(many: Path) -> Iterator[str]:
    with serving(many.parent) as address:
        yield f"{address}/{many.name}"


@pytest.fixture(scope="module")
def bundles(many: Path) -> list[int]:
    """How many reports each bundle holds, the oldest first."""
    (told,) = re.findall(r"shelf\((.*)\);", (many / "assets/reports.js").read_text("utf-8"))
    return [len(each) for each in json.loads(told)["bundles"]]


@pytest.fixture
def asked(page: Page) -> list[str]:
    """The files of words that the page asks for, in order."""
    return watch(page)


def watch(page: Page) -> list[str]:
    asked: list[str] = []
    page.on("request", lambda request: asked.extend(re.findall(r"/((?:words|bundle)-\w+)\.js", request.url)))
    return asked


def hold(page: Page, file: str) -> list[Route]:
    """Let files wait, until they are let go."""
    held: list[Route] = []
    page.route(f"**/assets/{file}.js", lambda route: held.append(route))
    return held


def results(names: list[str]) -> list[str]:
    """Where the one result that each of these reports has leads."""
    return [f"../{name}/s1-2-3.html" for name in names]


def said(page: Page, words: str) -> None:
    """Wait until the search says so to those who see."""
    page.locator(".said").get_by_text(words, exact=True).wait_for()


def test_all_reports_are_searched_from_few_files_each_asked_for_once(
    page: Page, shelf: str, bundles: list[int], asked: list[str]
) -> None:
    page.goto(f"{shelf}/{OWN}/s1.html")
    assert type_into(page, "有备必审") == results(ORDER)
    assert asked == [f"words-{OWN}", *(f"bundle-{n}" for n in range(len(bundles), 0, -1))], "the newest first"
    assert len(bundles) < 10
    assert sum(bundles) == 100
    assert type_into(page, "有備必審") == results(ORDER), "in the forms of each report, as a bundle holds them"
    assert type_into(page, "“有备必審") == results(ORDER)
    assert type_into(page, "有备 必审") == results(ORDER)
    assert len(asked) == len(bundles) + 1


def test_from_the_disk_it_is_the_same(page: Page, many: Path, bundles: list[int], asked: list[str]) -> None:
    page.goto((many / OWN / "s1.html").as_uri())
    assert type_into(page, "有备必审") == results(ORDER)
    assert sorted(asked) == sorted({f"words-{OWN}", *(f"bundle-{n + 1}" for n in range(len(bundles)))})


def test_beside_the_reports_the_newest_comes_first(page: Page, shelf: str, asked: list[str]) -> None:
    page.goto(f"{shelf}/index.html")
    assert type_into(page, "有备必审") == [f"r{n:04}/s1-2-3.html" for n in range(100, 0, -1)]
    assert not [file for file in asked if file.startswith("words")]


def test_results_come_as_the_words_do_and_those_that_are_there_stay(page: Page, shelf: str, bundles: list[int]) -> None:
    held = hold(page, "bundle-*")
    page.goto(f"{shelf}/{OWN}/s1.html")
    page.get_by_role("searchbox").fill("有备必审")
    said(page, "找到1条，已查 1/100 份…")
    assert links(page) == results(ORDER[:1]), "the page's own report needs nothing of the others"
    first = page.locator("[data-search-results] a").first
    node, place = first.element_handle(), first.bounding_box()
    own = next(n for n in range(len(bundles)) if sum(bundles[: n + 1]) >= 50)
    seen = 1
    for n in range(len(bundles) - 1, 0, -1):
        held.pop(0).continue_()
        seen += bundles[n] - (n == own)
        said(page, f"找到{seen}条，已查 {seen}/100 份…")
        assert links(page) == results(ORDER[:seen])
        assert first.evaluate("(link, before) => link === before", node)
        assert first.bounding_box() == place
    held.pop().continue_()
    said(page, "找到100条")
    assert links(page) == results(ORDER)


def test_words_that_come_out_of_order_are_shown_in_it(page: Page, shelf: str, bundles: list[int]) -> None:
    held = hold(page, f"bundle-{len(bundles)}")
    page.goto(f"{shelf}/{OWN}/s1.html")
    with page.expect_event("requestfinished", lambda request: request.url.endswith("bundle-1.js")):
        page.get_by_role("searchbox").fill("有备必审")
    said(page, "找到1条，已查 1/100 份…")
    held[0].continue_()
    said(page, "找到100条")
    assert links(page) == results(ORDER)


def test_a_new_letter_ends_the_search_under_way(page: Page, shelf: str, asked: list[str]) -> None:
    held = hold(page, "bundle-*")
    page.goto(f"{shelf}/{OWN}/s1.html")
    page.get_by_role("searchbox").fill("法治")
    said(page, "找到14条，已查 1/100 份…")
    page.get_by_role("searchbox").fill("有备必审")
    said(page, "找到1条，已查 1/100 份…")
    for route in held:
        route.continue_()
    said(page, "找到100条")
    assert links(page) == results(ORDER)
    assert len(asked) == len(set(asked)) == len(held) + 1


def test_a_search_that_is_ended_asks_for_nothing_more(page: Page, served: str, asked: list[str]) -> None:
    years = range(2021, 2009, -1)
    give(page, {f"{year}": [("s1", "一", "一、总体", "推进法治建设。")] for year in years}, pieces=1)
    held = hold(page, "bundle-11")  # of 2020
    page.goto(f"{served}/2021/s1.html")
    page.get_by_role("searchbox").fill("法治")
    said(page, "找到1条，已查 1/12 份…")
    page.get_by_role("searchbox").fill("")
    files = ["words-2021", *(f"bundle-{n}" for n in range(11, 0, -1))]
    assert asked == files[:7], "a few ahead"
    held[0].fallback()
    page.wait_for_timeout(300)
    assert asked == files[:7]
    assert len(type_into(page, "法治")) == 12
    assert asked == files


@pytest.mark.parametrize("lost", ["refused", "garbled"])
def test_a_file_that_is_lost_costs_its_own_reports_alone(
    browser: Browser, shelf: str, bundles: list[int], lost: str
) -> None:
    with browser.new_page() as page:
        asked = watch(page)
        page.route(
            "**/assets/bundle-2.js",
            lambda route: route.abort() if lost == "refused" else route.fulfill(body="<html>"),
        )
        page.goto(f"{shelf}/{OWN}/s1.html")
        page.get_by_role("searchbox").fill("有备必审")
        missing = bundles[1] - (bundles[0] < 50 <= sum(bundles[:2]))  # the page's own report is there
        said(page, f"找到{100 - missing}条，{missing}份没有载入")
        there = [name for name in ORDER if not bundles[0] < int(name[1:]) <= sum(bundles[:2]) or name == OWN]
        assert links(page) == results(there)
        page.unroute_all()
        page.get_by_role("button", name="重试").click()
        said(page, "找到100条")
        assert links(page) == results(ORDER)
        assert not page.get_by_role("button", name="重试").is_visible()
        assert sorted(asked) == sorted(["bundle-2", f"words-{OWN}", *(f"bundle-{n + 1}" for n in range(len(bundles)))])


def test_a_hundred_results_are_shown_and_more_on_asking_while_others_come(page: Page, shelf: str) -> None:
    held = hold(page, "bundle-1")
    page.goto(f"{shelf}/{OWN}/s1.html")
    page.get_by_role("searchbox").fill("法治")
    page.get_by_role("button", name="再显示100条").click()
    assert len(links(page)) == 200
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    said(page, "找到1400条")
    assert len(links(page)) == 200


def test_a_report_in_several_bundles_is_looked_through_as_one(page: Page, served: str, asked: list[str]) -> None:
    entries = [
        ("s1", "一", "一、甲", "推进法治。"),
        ("s1-1", "一（一）", "（一）乙", "建设。"),
        ("s2", "二", "二、丙", "完成。"),
    ]
    give(page, {"2021": [], "2020": entries}, pieces=3)
    held = hold(page, "bundle-2")
    page.goto(f"{served}/2021/s1.html")
    page.get_by_role("searchbox").fill("法治。（一）")
    said(page, "已查 1/2 份…")
    held[0].fallback()
    said(page, "找到1条")
    assert links(page) == ["../2020/s1.html"]
    assert type_into(page, "建设。二") == ["../2020/index.html"]
    assert type_into(page, "完成") == ["../2020/s2.html"]
    assert sorted(asked) == ["bundle-1", "bundle-2", "words-2021"]


SLOW_CLOCK = """() => {
  const now = performance.now;
  let time = now.call(performance);
  performance.now = () => time += 20;
  window.turns = 0;
  const count = () => { window.turns++; setTimeout(count) };
  count();
}"""
"""Every look at the clock finds a turn over; counted is how often others get theirs."""


def test_a_search_leaves_the_page_its_turn_after_every_report(page: Page, shelf: str) -> None:
    page.goto(f"{shelf}/index.html")
    page.evaluate(SLOW_CLOCK)
    type_into(page, "有备必审")
    before = page.evaluate("window.turns")
    assert before > 100
    type_into(page, "没有的字")
    assert page.evaluate("window.turns") - before > 100, "when they are there, too"


def test_in_a_report_of_great_length_too(page: Page, served: str) -> None:
    text = "推进法治建设，落实行政执法责任。" * 20_000
    give(page, {"2021": [("s1", "一", "一、总体", text)]})
    page.goto(f"{served}/2021/s1.html")
    page.evaluate(SLOW_CLOCK)
    type_into(page, "落实行政")
    before = page.evaluate("window.turns")
    assert before > 20, "while its words are made ready, and looked through"
    type_into(page, "法治")
    assert page.evaluate("window.turns") - before > 4, "others miss some turns, but not all"
