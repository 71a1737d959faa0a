import re
import sys
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

import pytest

from sitegen.model.folder import Document
from sitegen.problems import Passage, Place, Problem, Problems
from sitegen.read.markdown import Block
from sitegen.read.markdown import parse as parse_document
from tests.specification import each


def parse(document: Document) -> tuple[Block, ...]:
    """The blocks of a document with which nothing is wrong."""
    problems = Problems()
    blocks = parse_document(document, problems)
    assert list(map(str, problems.found)) == []
    return blocks


def mistakes(text: str) -> list[Problem]:
    """What is told of a body that begins at line 3."""
    problems = Problems()
    parse_document(Document("s1", None, {}, Passage(text, Place("content/x/1-x.md", 3))), problems)
    return problems.found


@each("markdown.md")
def test_blocks(given: str, expected: str) -> None:
    """Expected: the line in the file, the heading's #, the text, {where: the note}; the body begins at line 3."""
    document = Document("s1", None, {}, Passage(given, Place("content/x/1-x.md", 3)))
    told = []
    for block in parse(document):
        notes = "".join(f" {{{note.at}: {note.text}}}" for note in block.footnotes)
        told.append(
            f"{block.text.place.line} {'#' * (block.marks or 0)} {block.text}{notes}".replace("  ", " ").strip()
        )
    assert "\n".join(told) == expected


def test_a_note_to_a_files_own_heading() -> None:
    heading = Passage("一、甲[^a]", Place("content/x/1-x.md", 2))
    (block,) = parse(Document("s1", heading, {}, Passage("[^a]: 「甲」所据文本如此。", Place("content/x/1-x.md", 4))))
    assert (block.text, [(note.at, str(note.text.place)) for note in block.footnotes]) == (
        "一、甲",
        [(3, "content/x/1-x.md:4")],
    )


def test_a_file_begins_with_its_own_heading() -> None:
    heading = Passage("一、甲", Place("content/x/1-x.md", 2))
    blocks = parse(Document("s1", heading, {}, Passage("乙", Place("content/x/1-x.md", 4))))
    assert [(block.marks, block.text, str(block.text.place)) for block in blocks] == [
        (0, "一、甲", "content/x/1-x.md:2"),
        (None, "乙", "content/x/1-x.md:4"),
    ]


@pytest.mark.parametrize(
    ("typed", "line", "message"),
    [
        ("＃＃ 3.甲", 8, 'must begin with "## 3.甲…": # and the space behind it must be those of ASCII, or a backslash stand before them'),
        ("##\u30003.甲", 8, 'must begin with "## 3.甲…": # and the space behind it must be those of ASCII, or a backslash stand before them'),
        ("＃（一）甲", 8, 'must begin with "# （一）甲…": # and the space behind it must be those of ASCII, or a backslash stand before them'),
        ("丙丁［^on］", 8, '"［^on］" must be typed [^on] in ASCII, or a backslash stand before it'),
        ("丙丁[＾on]", 8, '"[＾on]" must be typed [^on] in ASCII, or a backslash stand before it'),
        ("丙丁【^on】", 8, '"【^on】" must be typed [^on] in ASCII, or a backslash stand before it'),
        ("丙丁[……on]", 8, '"[……on]" must be typed [^on] in ASCII, or a backslash stand before it'),
        ("丙丁[^ on ]", 8, '"[^ on ]" must be typed [^on] in ASCII, or a backslash stand before it'),
    ],
)  # fmt: skip
def test_what_a_chinese_keyboard_mistypes_is_told_as_what_it_is_at_its_own_line(
    typed: str, line: int, message: str
) -> None:
    note = "[^on]: 「丁」" if "on" in typed else "戊"
    told = mistakes(f"甲\n\n乙\n\n丙\n{typed}\n\n{note}")
    assert [(problem.place.line, problem.message) for problem in told] == [(line, message)]


@pytest.mark.parametrize(
    "typed",
    ["[^on]：「甲」", "［^on］：「甲」", "［^on］:「甲」", "[^on]﹕「甲」", "[^on] : 「甲」", "【……on】：「甲」"],
)
def test_a_note_whose_colon_is_mistyped_is_told_as_a_note(typed: str) -> None:
    (told,) = mistakes(f"甲[^on]\n\n{typed}")
    assert (told.place.line, told.rule) == (5, "note-form")
    assert "must be typed [^on]" in told.message


def test_a_note_defined_twice_is_told_at_the_second_with_the_line_of_the_first() -> None:
    told = mistakes("甲[^a]\n\n[^a]: 「甲」一\n\n[^b]: 「甲」二\n\n[^a]: 「甲」三\n\n乙[^b]")
    said = "content/x/1-x.md:9: the note [^a] must be defined once; line 5 defines it already [note-once]"
    assert list(map(str, told)) == [said]


@pytest.mark.parametrize(
    "grown",
    ["甲{ }乙\n丙", "甲\n{ }乙", "甲{ }[^a]", "{[^a}", "{[^a]}", "{[}", "{]}", "{\\}", "{#}", "{# }", "{*}", "{甲\n}", "{甲\n\n}", "{［^a}",
     "{［^a］}", "{［}", "{＃}", "甲{ [^a]}", "{[^ }", "{[^a]：}", "{---\n}", "{> }", "{[^a]: 甲\n}"],
)  # fmt: skip
def test_reading_takes_steps_in_proportion_to_the_text(grown: str) -> None:
    before, piece, behind = re.split("[{}]", grown)
    steps = [lines_run(partial(mistakes, before + piece * size + behind)) for size in (300, 600)]
    assert steps[1] <= 2.3 * steps[0] + 100


def lines_run(function: Callable[[], object]) -> int:
    """How many lines of Python run while a function does, in loops as often as they do."""
    count = 0

    def see(_: FrameType, event: str, __: object) -> Any:
        nonlocal count
        count += event == "line"
        return see

    before = sys.gettrace()
    sys.settrace(see)
    try:
        function()
    finally:
        sys.settrace(before)
    return count
