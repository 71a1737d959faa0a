"""sitegen/render/bundles.py: the words of all reports in few files, of which a new report changes the newest alone."""

import gzip
import json
import random
from collections.abc import Mapping
from typing import Any

from sitegen.model.finished import Searchable
from sitegen.render.bundles import search_files
from sitegen.render.search_data import BUNDLE, to_json
from sitegen.render.traditional import list_traditional

LIMIT = 256_000  # bytes with gzip
HAN = [chr(code) for code in range(0x4E00, 0x9FA6)]


def report(name: str, length: int) -> Searchable:
    """A report whose words cannot be compressed further: characters drawn at random, in pieces that bundles can hold."""
    draw = random.Random(name).choices
    pieces = []
    for start in range(0, length, BUNDLE - 100):
        text = "".join(draw(HAN, k=min(BUNDLE - 100, length - start)))
        pieces.append(to_json({"id": name, "title": "题", "entries": [["s1", "一", "一、", text, "一"]]}))
    return Searchable(tuple(pieces), list_traditional(set("".join(pieces))))


def shelf(*lengths: int) -> dict[str, Searchable]:
    """Reports of these lengths by name, the newest, which is the last, first."""
    return {name: report(name, length) for name, length in reversed([(f"r{n}", k) for n, k in enumerate(lengths)])}


def read(script: str) -> Any:
    """What a script hands over."""
    return json.loads(script.partition("(")[2].removesuffix(");\n"))


def held(files: Mapping[str, str]) -> list[list[str]]:
    """The names of the reports in each bundle, in order; as the list of reports tells them, too."""
    told: list[list[str]] = read(files["assets/reports.js"])["bundles"]
    for number, names in enumerate(told, 1):
        assert [each["id"] for each in read(files[f"assets/bundle-{number}.js"])["reports"]] == names
    assert len(told) == len(files) - 1
    return told


MANY = shelf(50_000, 40_000, 60_000, 1_000, 1_000, 370_000, 60_000, 20_000, 80_000)


def test_every_report_is_whole_and_in_one_bundle_in_order_from_the_oldest_on() -> None:
    files = search_files(MANY)
    assert held(files) == [
        ["r0", "r1"],
        ["r2", "r3", "r4"],
        *[["r5"]] * 3,
        ["r5", "r6"],
        ["r7", "r8"],
    ], "but for one that no bundle can hold"
    pieces = [piece for n in range(1, len(files)) for piece in read(files[f"assets/bundle-{n}.js"])["reports"]]
    assert pieces == [json.loads(piece) for name in reversed(MANY) for piece in MANY[name].pieces]
    assert read(files["assets/reports.js"])["reports"] == list(MANY)


def test_no_file_is_larger_than_the_limit_whatever_its_words_are() -> None:
    files = search_files(MANY | shelf(*[BUNDLE - 200] * 3))
    sizes = [len(gzip.compress(text.encode(), 6)) for text in files.values()]
    assert LIMIT * 0.85 < max(sizes) <= LIMIT


def test_a_new_report_changes_the_newest_bundle_alone() -> None:
    old, files = search_files(MANY), search_files({"new": report("new", 5_000), **MANY})
    assert [path for path in files if old.get(path) != files[path]] == ["assets/reports.js", "assets/bundle-7.js"]
    files = search_files({"new": report("new", 20_000), **MANY})
    assert [path for path in files if old.get(path) != files[path]] == ["assets/reports.js", "assets/bundle-8.js"]
    assert old.keys() < files.keys()


def test_a_report_alone_has_no_bundle() -> None:
    files = search_files(shelf(1_000))
    assert list(files) == ["assets/reports.js"]
    assert "bundles" not in read(files["assets/reports.js"])
