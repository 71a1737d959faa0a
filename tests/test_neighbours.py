"""Three reports side by side: the golden project has 2022 and 2024 of one issuer, and 2023 of another."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page

import build


@pytest.fixture
def three(project: Path) -> Path:
    assert build.main([], project) == 0
    return project / "_site"


def links(site: Path, path: str, within: str) -> list[tuple[str | None, str]]:
    root = ElementTree.fromstring((site / path).read_text("utf-8"))
    return [(a.get("href"), "".join(a.itertext())) for found in root.findall(f".//{within}") for a in found.iter("a")]


def test_the_shelf_lists_the_newest_first(three: Path) -> None:
    found = links(three, "index.html", "h2")
    assert [href for href, _ in found] == ["2024/index.html", "2023/index.html", "2022/index.html"]


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
    assert terms["甲区"] == ["甲区2024年度报告：2处", "甲区2022年度报告：第四级，3处"], "第四级 is a form of both"
    assert ("2022/terms.html#t-disiji", "甲区2022年度报告") in links(three, "terms.html", "dd[@id='2022-t-disiji']")
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
    assert [name for name in asked if name.startswith("words")] == ["words-2022.js"]
    page.get_by_role("searchbox").fill("第四级")
    page.get_by_text("甲区2024年度报告").first.wait_for()
    assert {name for name in asked if name.startswith("words")} == {"words-2022.js", "words-2023.js", "words-2024.js"}
    found = page.locator("[data-search-results] a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert found == ["../2024/s1.html", "../2022/s2-0-1-1.html", "../2022/s2-0-1-2.html"]
