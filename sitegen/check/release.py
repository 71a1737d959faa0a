"""What speaks against a report's release: marks of what an editor has still to look at, years and dates that disagree.

A draft may be built and looked at with all of it; released, its addresses and what stands at them are promised.
"""

import re
from collections.abc import Mapping

from sitegen.model.edition import Edition
from sitegen.model.folder import Files
from sitegen.model.project import ReportInput
from sitegen.problems import Place, Problems

_TO_LOOK_AT = re.compile(r"(?:[#＃]|(?<!\S)# .*?)\s*待\s*核.*")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_HAN_YEAR = re.compile("([〇○零一二三四五六七八九]{4})(?=年)")
_HAN_DIGITS = dict(zip("〇零○一二三四五六七八九", "000123456789", strict=True))


def check_release(report: ReportInput, edition: Edition, problems: Problems) -> None:
    """Tell what speaks against the release of a report, which was read as an edition."""
    name, matter = report.name, report.index.matter
    marked: set[Place] = set()
    texts = _read_texts(report.files)
    for file_name, text in texts.items():
        for number, line in enumerate(text.split("\n"), 1):
            if mark := _TO_LOOK_AT.search(line):
                message = f'must be looked at, and the mark "{mark[0].strip()}" be taken out, before the release'
                place = Place(f"content/{name}/{file_name}", number)
                marked.add(place)
                problems.must(place, "release-checked", message)
    for value in edition.drafted:
        if value.place not in marked:
            message = f'"measures" must say what "{value}" measures, or the figure be taken out, before the release'
            problems.must(value.place, "release-checked", message)
    if not matter.title and matter.title.place not in marked:
        message = '"title" must be given before the release: the report is cited by it'
        problems.must(matter.title.place, "release-checked", message)
    index = texts["index.md"]
    path = f"content/{name}/index.md"
    for years, whose in ((_years(matter.title), "the title"), (_years(name), "the folder's name")):
        if years and matter.year not in years:
            message = f'"year" must be one that {whose} tells, {" or ".join(map(str, years))}, not {matter.year}'
            problems.must(_place(path, index, "year"), "dates-agree", message)
    published, captured = matter.published, matter.source.captured
    if published and published.year < matter.year:
        message = f'"published" must not be before the year that the report is about, {matter.year}'
        problems.must(_place(path, index, "published"), "dates-agree", message)
    if published and captured and captured < published:
        message = f'"source.captured" must not be before the day of publication, {published}'
        problems.must(_place(path, index, "captured"), "dates-agree", message)


def _read_texts(files: Files) -> Mapping[str, str]:
    """The texts of what an editor writes; what was captured may say anything."""
    return {name: (data or b"").decode("utf-8-sig") for name, data in files.items() if name.endswith((".md", ".yaml"))}


def _years(text: str) -> list[int]:
    """The years that are named in a text: 2021, or 二〇二一年."""
    years = [int(year) for year in _YEAR.findall(text)]
    for han in _HAN_YEAR.findall(text):
        years.append(int("".join(_HAN_DIGITS[digit] for digit in han)))
    return years


def _place(path: str, index: str, key: str) -> Place:
    """The line that gives a key of the front matter."""
    found = re.search(rf"^\s*{key}\s*:", index, re.MULTILINE)
    if not found:  # it is given in braces
        return Place(path)
    return Place(path, index.count("\n", 0, found.end()) + 1)
