import json
import unicodedata

import pytest

from sitegen.check.fidelity import check_json, check_page, check_report, check_text, check_xml, fold
from sitegen.model.edition import Edition
from sitegen.model.page import Page
from sitegen.model.report import Report
from sitegen.problems import Mistakes, Passage, Place
from sitegen.render.exports import report_json, report_txt
from tests.conftest import ROOT, edition_of

HERE = Place("2021/s1.html")


@pytest.fixture(scope="module")
def edition() -> Edition:
    return edition_of(ROOT, "2021")


@pytest.fixture(scope="module")
def report(edition: Edition) -> Report:
    return edition.report


def test_folding_is_nfkc_without_white_space() -> None:
    assert fold("（一） ，：；１．\u2002\u3000２\n0") == "(一),:;1.20"
    source = (ROOT / "content/2021/source.txt").read_text("utf-8")
    assert fold(source) == "".join(unicodedata.normalize("NFKC", source).split())


def test_a_line_broken_inside_a_combined_character_folds_alike() -> None:
    assert fold("e\n\u0301") == fold("e\u0301") == "é"


def test_the_report_equals_its_source_from_the_title_to_the_last_word(report: Report) -> None:
    source = (ROOT / "content/2021/source.txt").read_text("utf-8")
    whole = fold("".join(report.passages()))
    assert whole.startswith("汉阳区人民政府2021年度法治政府建设工作报告2021年")
    assert whole.endswith("不断提高群众法治观念")
    assert whole == fold(source.partition("扫一扫")[0])
    assert report.matter.source.left_out == tuple(source[source.index("扫一扫") :].split())


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (["甲乙", "丙丁"], ["甲乙丙丁"], None),
        (["甲，", "（乙） 2.5%"], ["甲,(乙)2.5%"], None),
        (["甲乙", "丁"], ["甲乙", "丙", "丁"], 'e:2: must read as s:2 does: here "甲乙▸丁", there "甲乙▸丙丁"'),
        (["甲乙", "丙"], ["甲乙"], 'e:2: must read as s:1 does: here "甲乙▸丙", there "甲乙▸"'),
        (["甲", "丙"], ["甲乙", "丙"], 'e:1: must read as s:1 does: here "甲▸丙", there "甲▸乙丙"'),
        (["甲乙", "丙"], ["甲", "丙"], 'e:1: must read as s:1 does: here "甲▸乙丙", there "甲▸丙"'),
        (["甲", "乙"], ["甲", "乙丙"], 'e:2: must read as s:2 does: here "甲乙▸", there "甲乙▸丙"'),
        (["甲", "乙丙"], ["甲", "乙"], 'e:2: must read as s:2 does: here "甲乙▸丙", there "甲乙▸"'),
        (["零一二三四五六七八九十百千万"], ["零一二三四五六七八九十百千亿"],
         'e:1: must read as s:1 does: here "一二三四五六七八九十百千▸万", there "一二三四五六七八九十百千▸亿"'),
        (["㎏甲"], ["kg乙"], 'e:1: must read as s:1 does: here "㎏▸甲", there "kg▸乙"'),
    ],
)  # fmt: skip
def test_the_first_difference_is_shown_with_both_sides_and_their_places(
    report: Report, ours: list[str], theirs: list[str], expected: str | None
) -> None:
    edition = [Passage(text, Place("e", line)) for line, text in enumerate(ours, 1)]
    source = tuple(Passage(text, Place("s", line)) for line, text in enumerate(theirs, 1))
    page = Page("p", "<a><article>" + "".join(edition) + "</article></a>", source)
    given = Report("x", report.matter, source, (), ())
    object.__setattr__(given, "passages", lambda: iter(edition))
    if expected is None:
        check_report(given)
        check_page(page)
    else:
        with pytest.raises(Mistakes) as raised:
            check_report(given)
        assert str(raised.value) == expected
        with pytest.raises(Mistakes):
            check_page(page)


def test_apparatus_is_no_part_of_the_article() -> None:
    html = '<main>零<article>甲<b data-apparatus="">钮<i>乙</i></b>丙<p>丁</p></article>戊</main>'
    page = Page("2021/s1.html", html, (Passage("甲丙丁", HERE),))
    check_page(page)


@pytest.mark.parametrize("html", ["<main>甲</main>", "<main><article>甲</article><article></article></main>"])
def test_a_page_with_words_must_have_one_article(html: str) -> None:
    page = Page("2021/s1.html", html, (Passage("甲", HERE),))
    with pytest.raises(Mistakes, match=r"^2021/s1\.html: must hold the report's words in one <article>, not in \d$"):
        check_page(page)


def test_the_exports_are_held_against_the_report(edition: Edition, report: Report, files: dict[str, bytes]) -> None:
    check_text(report, "2021/report.txt", report_txt(report))
    check_json(report, "2021/report.json", report_json(edition))
    with pytest.raises(
        Mistakes, match=r"^2021/report\.txt: must read as content/2021/2-6-legal-education\.md:\d+ does"
    ):
        check_text(report, "2021/report.txt", report_txt(report).replace("八五", "八六"))
    xml = files["2021/report.xml"].decode()
    check_xml(report, "2021/report.xml", xml)
    with pytest.raises(
        Mistakes, match=r"^2021/report\.xml: must read as content/2021/2-6-legal-education\.md:\d+ does"
    ):
        check_xml(report, "2021/report.xml", xml.replace("“八五”普法规划。", "“八六”普法规划。"))
    told = json.loads(report_json(edition))
    told["items"][4]["paragraphs"] = []
    with pytest.raises(Mistakes, match=r"^2021/report\.json: must read as content/2021/1-1-first-\S+\.md:\d+ does"):
        check_json(report, "2021/report.json", json.dumps(told))
