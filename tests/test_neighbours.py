"""Three reports side by side: the golden project has 2022 and 2024 of one issuer, and 2023 of another."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page

import build
from tests.test_build import edit


@pytest.fixture
def three(project: Path) -> Path:
    assert build.main([], project) == 0
    return project / "_site"


def links(site: Path, path: str, within: str) -> list[tuple[str | None, str]]:
    root = ElementTree.fromstring((site / path).read_text("utf-8"))
    return [(a.get("href"), "".join(a.itertext())) for found in root.findall(f".//{within}") for a in found.iter("a")]


def test_the_shelf_lists_reports_by_issuer_the_newest_first_and_opens_its_contents_alone(three: Path) -> None:
    shelf = ElementTree.fromstring((three / "index.html").read_text("utf-8")).find(".//div[@id='contents']")
    assert shelf is not None
    headings = ["".join(each.itertext()) for each in shelf.iter() if each.tag in ("h2", "h3")]
    assert headings == ["甲区人民政府", "甲区2024年度报告", "甲区2022年度报告", "未注明发布机关", "乙区报告"]
    found = links(three, "index.html", "h3")
    assert [href for href, _ in found] == ["2024/index.html", "2022/index.html", "2023/index.html"]
    assert ["open" in details.attrib for details in shelf.iter("details")] == [True, False, False]
    names = [nav.get("aria-label") for nav in shelf.iter("nav")]
    assert names == ["目录", "目录：甲区2022年度报告", "目录：乙区报告"]
    ways = [[a.text for a in each.iter("a")] for each in shelf.iter("ul")]
    assert ways == [["全文", "术语"], ["全文", "数据", "术语"], ["全文"]]


def test_reports_of_one_issuer_stand_under_no_heading_of_their_own(project: Path) -> None:
    edit(project, "content/2023/index.md\n- issuer:\n+ issuer: 甲区人民政府")
    shelf = build.make(project)["index.html"].decode()
    assert re.findall("<h[23]>", shelf) == ["<h2>"] * 3
    assert re.findall('<h2><a href="([0-9]+)', shelf) == ["2024", "2023", "2022"]


def test_the_contents_on_the_shelf_open_without_script(browser: Browser, three: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((three / "index.html").as_uri())
    older = page.get_by_role("navigation", name="目录：乙区报告")
    assert older.count() == 0
    page.locator("summary").last.click()
    assert older.get_by_role("link").first.get_attribute("href") == "2023/index.html#s1"
    context.close()


def test_each_report_links_to_its_neighbours_by_year_of_the_same_issuer(three: Path) -> None:
    near = "nav[@aria-label='前后年度']"
    assert links(three, "2022/index.html", near) == [("../2024/index.html", "下一年度 甲区2024年度报告")]
    assert links(three, "2023/index.html", near) == []
    assert links(three, "2024/index.html", near) == [("../2022/index.html", "上一年度 甲区2022年度报告")]


def test_a_term_leads_to_its_occurrences_in_every_report_whatever_form_it_has_there(three: Path) -> None:
    found = links(three, "2022/terms.html", "dd[@class='elsewhere']")
    assert ("../terms.html#2022-t-disiji", "历年") in found
    root = ElementTree.fromstring((three / "terms.html").read_text("utf-8"))
    terms = {
        div.findtext("dt"): ["".join(dd.itertext()) for dd in div.findall("dd")] for div in root.findall(".//dl/div")
    }
    assert terms["甲区"] == ["甲区人民政府 2024（2）、2022（第四级，3）"], "第四级 is a form of both"
    assert terms["第四级"] == ["见甲区"], "and leads there"
    assert links(three, "terms.html", "span[@id='2022-t-disiji']") == [("2022/terms.html#t-disiji", "2022")]
    assert ("terms.html", "历年术语") in links(three, "index.html", "main")


def test_one_report_has_no_terms_of_several_years(files: dict[str, bytes]) -> None:
    assert "terms.html" not in files
    assert "历年" not in files["2021/terms.html"].decode()


def test_the_search_brings_other_reports_only_when_something_is_sought(page: Page, three: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto((three / "2022/s1.html").as_uri())
    with page.expect_event("requestfinished", lambda request: request.url.endswith("words-2022.js")):
        page.get_by_role("searchbox").focus()
    page.wait_for_timeout(200)
    data = re.compile("words|bundle")
    assert list(filter(data.match, asked)) == ["words-2022.js"]
    page.get_by_role("searchbox").fill("第四级")
    page.get_by_text("甲区2024年度报告").first.wait_for()
    assert list(filter(data.match, asked)) == ["words-2022.js", "bundle-1.js"]
    found = page.locator("[data-search-results] a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert found == ["../2022/s2-0-1-1.html", "../2022/s2-0-1-2.html", "../2024/s1.html"]
