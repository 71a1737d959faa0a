"""sitegen/render/search_data.py: what search.js is given; what it makes of it is tested in test_find_js.py."""

import json
from typing import Any

from sitegen.labels import NUMBER_FORMS
from sitegen.model.report import Report
from sitegen.pipeline.report import read_report
from sitegen.problems import Problems
from sitegen.read.folder import read_report_folder
from sitegen.render.search_data import BUNDLE, characters_of, make_searchable, words_js
from sitegen.render.traditional import list_traditional
from tests.conftest import SAMPLE, edition_of
from tests.grown import Shape, grown_report


def data_of(report: Report) -> Any:
    """What the script of a report hands over."""
    script = words_js(report, list_traditional(characters_of(report)))
    return json.loads(script.removeprefix("searchable(").removesuffix(");\n"))


def test_a_report_is_given_the_forms_of_its_words_and_of_typed_numbers_alone() -> None:
    report = edition_of(SAMPLE, "2021").report
    data = data_of(report)
    forms, simplified = data["traditional"][::2], data["traditional"][1::2]
    text = "".join(report.passages())
    assert set(simplified) <= set(text + "".join(NUMBER_FORMS))
    assert not set(forms) & set(text)
    assert len(forms) == len(set(forms)) > 100
    assert {"節", "條"} <= set(forms)


def test_the_words_are_those_of_the_report_in_its_order() -> None:
    report = edition_of(SAMPLE, "2021").report
    entries = data_of(report)["entries"]
    assert "".join(entry[2] + entry[3].replace("\n", "") for entry in entries) == "".join(report.passages())
    items = {item.id: item for item in report.walk()}
    assert [entry[0] for entry in entries if entry[0] in items] == list(items)
    assert all(entry[4] == items[entry[0]].title for entry in entries if entry[0] in items)


def test_bundles_are_given_the_same_in_one_piece() -> None:
    report = edition_of(SAMPLE, "2021").report
    data = data_of(report)
    (piece,) = make_searchable(report, "").pieces
    assert {**json.loads(piece), "traditional": data["traditional"]} == data


def test_a_report_of_great_length_is_given_in_pieces_that_bundles_can_hold() -> None:
    problems = Problems()
    folder = problems.end(read_report_folder(grown_report("2021", Shape(2, 9, 40, 500)), problems))
    report = read_report(folder, problems)
    pieces = make_searchable(report, "").pieces
    assert [len(piece) <= BUNDLE for piece in pieces] == [True] * 4
    entries = [entry for piece in pieces for entry in json.loads(piece)["entries"]]
    assert entries == data_of(report)["entries"]
    assert {json.loads(piece)["id"] for piece in pieces} == {"2021"}
