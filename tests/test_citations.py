"""The forms of a citation, and what becomes of one where something is not known."""

import re

import pytest

from sitegen.render.citations import CITATION_FORMS, cite

KNOWN = {
    "issuer": "甲区人民政府",
    "title": "甲区报告",
    "number": "一（二）3",
    "published": "2022-03-28",
    "day": "2022年3月28日",
    "today": "2026-07-01",
    "site": "参考版",
    "url": "https://example.org/2021/s1-2-3.html",
}
CASES = [
    (
        {},
        "甲区人民政府. 甲区报告：一（二）3[R/OL]. 2022-03-28. URL.",
        "甲区人民政府. 甲区报告：一（二）3[R/OL]. (2022-03-28)[2026-07-01]. URL.",
        "甲区人民政府：《甲区报告》一（二）3，载参考版，2022年3月28日，URL",
    ),
    (
        {"issuer": ""},
        "甲区报告：一（二）3[R/OL]. 2022-03-28. URL.",
        "甲区报告：一（二）3[R/OL]. (2022-03-28)[2026-07-01]. URL.",
        "《甲区报告》一（二）3，载参考版，2022年3月28日，URL",
    ),
    (
        {"published": "", "day": ""},
        "甲区人民政府. 甲区报告：一（二）3[R/OL]. URL.",
        "甲区人民政府. 甲区报告：一（二）3[R/OL]. [2026-07-01]. URL.",
        "甲区人民政府：《甲区报告》一（二）3，载参考版，URL",
    ),
    (
        {"issuer": "", "published": "", "day": ""},
        "甲区报告：一（二）3[R/OL]. URL.",
        "甲区报告：一（二）3[R/OL]. [2026-07-01]. URL.",
        "《甲区报告》一（二）3，载参考版，URL",
    ),
    (
        {"number": ""},
        "甲区人民政府. 甲区报告[R/OL]. 2022-03-28. URL.",
        "甲区人民政府. 甲区报告[R/OL]. (2022-03-28)[2026-07-01]. URL.",
        "甲区人民政府：《甲区报告》，载参考版，2022年3月28日，URL",
    ),
    (  # what looks like a form
        {"title": "<{url}> & “$1”", "issuer": "{title}<>"},
        "{title}<>. <{url}> & “$1”：一（二）3[R/OL]. 2022-03-28. URL.",
        "{title}<>. <{url}> & “$1”：一（二）3[R/OL]. (2022-03-28)[2026-07-01]. URL.",
        "{title}<>：《<{url}> & “$1”》一（二）3，载参考版，2022年3月28日，URL",
    ),
]
"""What is different from KNOWN, and the citation in each form."""


@pytest.mark.parametrize(("changed", "newest", "older", "lawyers"), CASES)
def test_a_citation_in_each_form(changed: dict[str, str], newest: str, older: str, lawyers: str) -> None:
    told = [cite(form, KNOWN | changed) for form in CITATION_FORMS]
    assert told == [each.replace("URL", KNOWN["url"]) for each in (newest, older, lawyers)]


def test_the_forms_are_such_as_python_and_javascript_fill_alike() -> None:
    for form in CITATION_FORMS:
        parts = re.findall("<(.*?)>", form.text)
        assert all(re.search(r"{\w+}", part) for part in parts)
        outside = re.sub("<.*?>", "", form.text)
        assert form.text.count("{url}") == outside.count("{url}") == 1, (
            "the address is a link of its own in what is copied"
        )
        assert set(re.findall("{(.*?)}", form.text)) <= set(KNOWN)
        assert not set(re.sub(r"{\w+}", "", outside)) & set("{}<>")


def test_the_edition_page_names_every_form_and_shows_the_usual_one(files: dict[str, bytes]) -> None:
    html = files["2021/edition.html"].decode()
    assert all(form.name in html for form in CITATION_FORMS)
    assert (
        '<p class="example">武汉市汉阳区人民政府. 汉阳区人民政府2021年度法治政府建设工作报告：二（六）[R/OL]. '
        '2022-03-28. <a href="s2-6.html">s2-6.html</a>.</p>' in html
    )
