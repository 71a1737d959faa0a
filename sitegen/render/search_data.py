"""Reports → what search.js asks for when it is first used.

These are scripts because a page opened from the disk may load no other data.
"""

import json
from collections.abc import Sequence

from sitegen.labels import HAN_NUMBERS, NUMBER_FORMS
from sitegen.model.report import Report


def words_js(report: Report) -> str:
    """The words of a report: every address with its number, heading and text, in order."""
    entries = [["", "", report.matter.title, ""]]
    entries += [[paragraph.id, "", "", paragraph.text] for paragraph in report.preamble]
    for item in report.walk():
        entries.append([item.id, item.number, item.heading, "".join(paragraph.text for paragraph in item.paragraphs)])
    data = {"id": report.id, "title": report.matter.title, "entries": entries}
    return f"searchable({json.dumps(data, ensure_ascii=False, separators=(',', ':'))});\n"


def reports_js(names: Sequence[str]) -> str:
    """What is needed before any report: their folders in the order of the shelf, and how numbers are read."""
    data = {"reports": names, "forms": NUMBER_FORMS, "han": " ".join(HAN_NUMBERS)}
    return f"shelf({json.dumps(data, ensure_ascii=False, separators=(',', ':'))});\n"
