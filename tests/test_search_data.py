"""sitegen/render/search_data.py: what search.js is given; what it makes of it is tested in test_find_js.py."""

import json

from sitegen.labels import NUMBER_FORMS
from sitegen.render.search_data import characters_of, list_traditional, words_js
from tests.conftest import SAMPLE, edition_of


def test_forms_are_of_characters_that_the_text_has_and_none_is_its_own() -> None:
    forms = list_traditional(set("备案审查，后来了解"))
    assert forms["備"] == "备"
    assert forms["審"] == "审"
    assert forms["後"] == "后"
    assert forms["瞭"] == "了", "not the likeliest, but the one that the text has"
    assert list_traditional(set("着力"))["著"] == "着", "the form of Taiwan"
    assert "執" not in forms
    assert "了" not in forms
    assert "瞭" not in list_traditional(set("了解瞭望"))


def test_a_report_is_given_the_forms_of_its_words_and_of_typed_numbers_alone() -> None:
    report = edition_of(SAMPLE, "2021").report
    data = json.loads(
        words_js(report, list_traditional(characters_of(report))).removeprefix("searchable(").removesuffix(");\n")
    )
    forms, simplified = data["traditional"][::2], data["traditional"][1::2]
    text = "".join(report.passages())
    assert set(simplified) <= set(text + "".join(NUMBER_FORMS))
    assert not set(forms) & set(text)
    assert len(forms) == len(set(forms)) > 100
    assert {"節", "條"} <= set(forms)


def test_the_words_are_those_of_the_report_in_its_order() -> None:
    report = edition_of(SAMPLE, "2021").report
    data = json.loads(
        words_js(report, list_traditional(characters_of(report))).removeprefix("searchable(").removesuffix(");\n")
    )
    entries = data["entries"]
    assert "".join(entry[2] + entry[3].replace("\n", "") for entry in entries) == "".join(report.passages())
    items = {item.id: item for item in report.walk()}
    assert [entry[0] for entry in entries if entry[0] in items] == list(items)
    assert all(entry[4] == items[entry[0]].title for entry in entries if entry[0] in items)
