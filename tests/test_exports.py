import json
from urllib.parse import urljoin

from sitegen.frontmatter.keys import Site
from sitegen.problems import Passage, Place
from sitegen.render.site_files import robots_txt
from tests.conftest import SAMPLE, edition_of

NOWHERE = Place("site.yaml", 1)


def site(url: str | None) -> Site:
    title, language, output = (Passage(text, NOWHERE) for text in ("题", "zh-CN", "_site"))
    return Site(title, language, output, Passage(url, NOWHERE) if url else None)


def test_report_json_has_the_form_that_the_design_shows(files: dict[str, bytes]) -> None:
    told = json.loads(files["2021/report.json"])
    assert list(told) == [
        "$schema",
        "version",
        "id",
        "title",
        "issuer",
        "published",
        "source",
        "preamble",
        "items",
        "notes",
        "figures",
        "terms",
    ]
    assert urljoin("2021/report.json", told["$schema"]) in files
    assert (told["id"], told["issuer"], told["published"]) == ("2021", "武汉市汉阳区人民政府", "2022-03-28")
    assert told["source"]["sha256"].startswith("f9aee5bfc4e3d828")
    assert [paragraph["id"] for paragraph in told["preamble"]] == ["s0-p1"]
    item = next(item for item in told["items"] if item["id"] == "s1-2-3")
    assert item.pop("paragraphs")[0]["text"].startswith("按照“有件必备、有备必审、有错必纠”的要求，")
    assert item == {
        "id": "s1-2-3",
        "label": "3.",
        "number": "一（二）3",
        "title": "加强备案审查",
        "heading": "3.加强备案审查。",
        "parent": "s1-2",
        "children": [],
        "url": "s1-2-3.html",
    }
    by_id = {item["id"]: item for item in told["items"]}
    assert all(by_id[child]["parent"] == id for id, item in by_id.items() for child in item["children"])
    assert all(f"2021/{item['url']}" in files for item in told["items"])


def test_report_txt_is_the_report_and_nothing_else(files: dict[str, bytes]) -> None:
    text = files["2021/report.txt"].decode()
    assert text.startswith("汉阳区人民政府2021年度法治政府建设工作报告\n\n2021年，我区坚持")
    assert text.endswith("不断提高群众法治观念\n")
    report = edition_of(SAMPLE, "2021").report
    assert text.split("\n\n") == [*list(report.passages())[:-1], list(report.passages())[-1] + "\n"]


def test_robots_are_told_of_the_sitemap_where_there_is_one() -> None:
    assert robots_txt(site(None)) == "User-agent: *\nAllow: /\n"
    assert robots_txt(site("https://example.org")).endswith("\nSitemap: https://example.org/sitemap.xml\n")
