import json
import re
import unicodedata
from contextlib import suppress

import pytest

from sitegen.check import check_finished_report, fidelity
from sitegen.check.exports import READERS, check_exports
from sitegen.check.fidelity import check_report, clusters, compare, fold
from sitegen.model.edition import Edition
from sitegen.model.page import Page
from sitegen.model.report import Report
from sitegen.problems import Mistakes, Passage, Place, Problems
from sitegen.render.exports import EXPORTS, report_json, report_txt
from tests.conftest import SAMPLE, edition_of

HERE = Place("2021/s1.html")


@pytest.fixture(scope="module")
def edition() -> Edition:
    return edition_of(SAMPLE, "2021")


@pytest.fixture(scope="module")
def report(edition: Edition) -> Report:
    return edition.report


def test_folding_is_nfkc_without_white_space() -> None:
    assert fold("（一） ，：；１．\u2002\u3000２\n0") == "(一),:;1.20"
    source = (SAMPLE / "content/2021/source.txt").read_text("utf-8")
    assert fold(source) == "".join(unicodedata.normalize("NFKC", source).split())


def test_a_line_broken_inside_a_combined_character_folds_alike() -> None:
    assert fold("e\n\u0301") == fold("e\u0301") == "é"


def test_the_report_equals_its_source_from_the_title_to_the_last_word(report: Report) -> None:
    source = (SAMPLE / "content/2021/source.txt").read_text("utf-8")
    whole = fold("".join(report.passages()))
    assert whole.startswith("汉阳区人民政府2021年度法治政府建设工作报告2021年")
    assert whole.endswith("不断提高群众法治观念")
    assert whole == fold(source.partition("扫一扫")[0])
    assert report.matter.source.left_out == tuple(source[source.index("扫一扫") :].split())


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (["甲乙", "丙丁"], ["甲乙丙丁"], None),
        (["甲", "乙", "2.5%"], ["甲乙", "2.5%"], None),
        (["甲乙", "丁"], ["甲乙", "丙", "丁"], 'e:2: must read as s:2 does: here "甲乙▸丁", there "甲乙▸丙丁"'),
        (["甲乙", "丙"], ["甲乙"], 'e:2: must read as s:1 does: here "甲乙▸丙", there "甲乙▸"'),
        (["甲", "丙"], ["甲乙", "丙"], 'e:1: must read as s:1 does: here "甲▸丙", there "甲▸乙丙"'),
        (["甲乙", "丙"], ["甲", "丙"], 'e:1: must read as s:1 does: here "甲▸乙丙", there "甲▸丙"'),
        (["甲", "乙"], ["甲", "乙丙"], 'e:2: must read as s:2 does: here "甲乙▸", there "甲乙▸丙"'),
        (["甲", "乙丙"], ["甲", "乙"], 'e:2: must read as s:2 does: here "甲乙▸丙", there "甲乙▸"'),
        (["零一二三四五六七八九十百千万"], ["零一二三四五六七八九十百千亿"],
         'e:1: must read as s:1 does: here "一二三四五六七八九十百千▸万", there "一二三四五六七八九十百千▸亿"'),
        (["甲e\u0301乙"], ["甲éa丙"], 'e:1: must read as s:1 does: here "甲e\u0301▸乙", there "甲é▸a丙"'),
        (["㎏甲"], ["kg乙"], 'e:1: must read as s:1 does: here "㎏▸甲", there "kg▸乙"'),
    ],
)  # fmt: skip
def test_the_first_difference_is_shown_with_both_sides_and_their_places(
    report: Report, ours: list[str], theirs: list[str], expected: str | None
) -> None:
    edition = [Passage(text, Place("e", line)) for line, text in enumerate(ours, 1)]
    source = tuple(Passage(text, Place("s", line)) for line, text in enumerate(theirs, 1))
    given = Report("x", report.matter, source, (), ())
    object.__setattr__(given, "passages", lambda: iter(edition))
    problems = Problems()
    check_report(given, problems)
    assert list(map(str, problems.found)) == ([f"{expected} [words-equal]"] if expected else [])
    page = Page("x/p.html", f"<a><article>{''.join(edition)}</article></a>", source)
    assert [told.endswith("[words-equal]") for told in page_mistakes(given, page)][:1] == [True][: bool(expected)]


def test_a_page_has_no_white_space_within_a_passage_that_the_report_has_not(report: Report) -> None:
    passages = (Passage("1.甲 乙", Place("e", 1)), Passage("丙丁", Place("e", 2)))
    given = Report("x", report.matter, passages, (), ())
    object.__setattr__(given, "passages", lambda: iter(passages))
    told = 'x/p.html: must hold "丙丁…" in one run, without white space that the report has not [space-added]'
    for words, expected in (
        ("<b>1.</b>甲 乙\n丙<i>丁</i>", []),
        ("1.甲 乙丙 丁", [told]),
        ("1.甲 乙丙<i> </i>丁", [told]),
    ):
        page = Page("x/p.html", f"<a><article>{words}</article></a>", passages)
        assert page_mistakes(given, page) == expected


def page_mistakes(report: Report, page: Page) -> list[str]:
    """What is wrong with a page of a report that has no other file."""
    problems = Problems()
    with suppress(Mistakes):
        check_finished_report(report, [page], {}, problems)
    return list(map(str, problems.found))


def test_apparatus_is_no_part_of_the_article(report: Report) -> None:
    html = '<main>零<article>甲<b data-apparatus="">钮<i>乙</i></b>丙<p>丁</p></article>戊</main>'
    assert page_mistakes(report, Page("2021/s1.html", html, (Passage("甲丙丁", HERE),))) == []


@pytest.mark.parametrize(
    ("html", "count"), [("<main>甲</main>", 0), ("<main><article>甲</article><article></article></main>", 2)]
)
def test_a_page_with_words_must_have_one_article(report: Report, html: str, count: int) -> None:
    said = f"2021/s1.html: must hold the report's words in one <article>, not in {count} [article-one]"
    assert page_mistakes(report, Page("2021/s1.html", html, (Passage("甲", HERE),))) == [said]


def export_mistakes(report: Report, name: str, text: str) -> list[str]:
    problems = Problems()
    check_exports(report, {f"2021/{name}": text}, problems)
    return list(map(str, problems.found))


def test_the_exports_are_held_against_the_report(edition: Edition, report: Report, files: dict[str, bytes]) -> None:
    texts = {name: files[f"2021/{name}"].decode() for name in READERS}
    for name, text in texts.items():
        assert export_mistakes(report, name, text) == []
    changed = {
        "report.txt": texts["report.txt"].replace("八五", "八六"),
        "report.xml": texts["report.xml"].replace("“八五”普法规划。", "“八六”普法规划。"),
        "report.json": texts["report.json"].replace("“八五”普法规划。", "“八六”普法规划。"),
    }
    for name, text in changed.items():
        (told,) = export_mistakes(report, name, text)
        said = r"2021/report\.\w+: must read as content/2021/2-6-legal-education\.md:\d+ does: .* \[words-equal\]"
        assert re.fullmatch(said, told)
    tree = json.loads(report_json(edition))
    tree["items"][4]["paragraphs"] = []
    (told,) = export_mistakes(report, "report.json", json.dumps(tree))
    assert re.match(r"2021/report\.json: must read as content/2021/1-1-first-\S+\.md:\d+ does", told)
    (told,) = export_mistakes(report, "report.xml", texts["report.xml"].replace("</doc>", ""))
    assert re.match(r"2021/report\.xml:\d+: must be well-formed \(mismatched tag\)", told)
    (told,) = export_mistakes(report, "report.xml", texts["report.xml"].replace("</akomaNtoso>", ""))
    assert re.match(r"2021/report\.xml:\d+: must be well-formed \(no element found\)", told)


def test_every_export_that_carries_the_reports_words_is_read_back(edition: Edition) -> None:
    """They are called after the report; a file of its figures, say, after these."""
    assert {export.name for export in EXPORTS if export.name.startswith("report.")} == set(READERS)
    assert fold(report_txt(edition)) == fold("".join(edition.report.passages()))


@pytest.mark.parametrize(
    "text", ["", "甲乙，(1)2.", "e\u0301a\u0316\u0301", "\u1100\u1161가ﾞｶﾞ", "㎏½…²", "ก\u0e33เ", "\u0bc6\u0bbeaㅏ¨"]
)
def test_pieces_of_a_text_fold_each_for_itself(text: str) -> None:
    assert "".join(clusters(text)) == text
    assert "".join(map(fold, clusters(text))) == fold(text)


def test_to_find_a_difference_both_texts_are_folded_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    folded: list[int] = []
    monkeypatch.setattr(fidelity, "fold", lambda text: folded.append(len(text)) or fold(text))  # type: ignore[func-returns-value]
    text, problems = "依法行政" * 500, Problems()
    compare([Passage(text + "甲，", HERE)], [Passage(text + "乙,", HERE)], problems)
    assert len(problems.found) == 1
    assert sum(folded) <= 4 * (len(text) + 2)
