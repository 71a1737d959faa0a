import re
from dataclasses import replace

import pytest

from sitegen.check import changes
from sitegen.check.changes import count_changes
from sitegen.check.fidelity import fold
from sitegen.model.edition import Change
from sitegen.problems import Passage, Place, Problems
from tests.conftest import SAMPLE, edition_of


def test_the_counts_of_the_2021_report_equal_an_independent_count() -> None:
    source = (SAMPLE / "content/2021/source.txt").read_text("utf-8").partition("扫一扫")[0]
    report = edition_of(SAMPLE, "2021").report
    edition = "\n".join(report.passages())
    found = count_changes(report, Problems())
    expected = {
        (before, after): source.count(before) - edition.count(before)
        for before, after in [(",", "，"), (":", "："), (";", "；"), ("(", "（"), (")", "）")]
    }
    assert {(change.before, change.after): change.count for change in found.changes} == expected
    assert {(before, after): edition.count(after) - source.count(after) for before, after in expected} == expected
    assert found.removed == len(re.findall(r"[^\S\n]", source)) - len(re.findall(r"[^\S\n]", edition))
    lines = [line for line in source.split("\n") if line.strip()]
    assert found.divided == len(list(report.passages())) - len(lines)
    assert (found.joined, found.left_out) == (0, 10)
    assert found.characters == len("".join(source.split()))


@pytest.mark.parametrize(
    ("source", "edition", "changes", "spaces", "divided", "joined"),
    [
        (["甲,乙 丙"], ["甲，乙丙"], [(",", "，", 1)], 1, 0, 0),
        (["甲...乙"], ["甲…乙"], [("...", "…", 1)], 0, 0, 0),
        (["e\u0301甲"], ["é甲"], [("e\u0301", "é", 1)], 0, 0, 0),
        (["㎏甲"], ["kg甲"], [("㎏", "kg", 1)], 0, 0, 0),
        (["½甲"], ["1⁄2甲"], [("½", "1⁄2", 1)], 0, 0, 0),
        (["가甲"], ["\u1100\u1161甲"], [("가", "\u1100\u1161", 1)], 0, 0, 0),
        (["a\u0301\u0316甲"], ["a\u0316\u0301甲"], [("a\u0301\u0316", "a\u0316\u0301", 1)], 0, 0, 0),
        (["102"], ["10²"], [("2", "²", 1)], 0, 0, 0),
        (["1.甲。乙", "丙"], ["1.甲。", "乙丙"], [], 0, 1, 1),
    ],
)
def test_each_class_of_change(
    source: list[str],
    edition: list[str],
    changes: list[tuple[str, str, int]],
    spaces: int,
    divided: int,
    joined: int,
) -> None:
    here = Place("x", 1)
    report = edition_of(SAMPLE, "2021").report
    given = replace(report, source=tuple(Passage(line, here) for line in source))
    object.__setattr__(given, "passages", lambda: iter([Passage(text, here) for text in edition]))
    found = count_changes(given, Problems())
    assert found.changes == tuple(Change(*change) for change in changes)
    assert (found.removed, found.divided, found.joined) == (spaces, divided, joined)


@pytest.mark.parametrize(
    ("source", "edition", "told"),
    [
        (["甲 乙  丙丁"], ["甲乙 丙", "丁"], []),
        (["甲", "乙"], ["甲 乙"], []),
        (["甲 乙  丙丁"], ["甲乙 丙 丁"], ["甲乙 丙 丁"]),
        (["甲 乙"], ["甲  乙"], ["甲  乙"]),
        (["甲", "乙"], ["甲  乙"], ["甲  乙"]),
        (["㎏甲"], ["k g甲"], ["k g甲"]),
        (["共12项"], ["共" + " " * 40 + "12项"], ["共" + " " * 40 + "12项"]),
        (["突破10万户"], ["突破　10万户"], ["突破　10万户"]),
    ],
)
def test_white_space_that_the_source_has_not_is_told(source: list[str], edition: list[str], told: list[str]) -> None:
    report = edition_of(SAMPLE, "2021").report
    given = replace(report, source=tuple(Passage(line, Place("source.txt", 1)) for line in source))
    object.__setattr__(given, "passages", lambda: iter([Passage(text, Place("1.md", 7)) for text in edition]))
    problems = Problems()
    count_changes(given, problems)
    messages = [
        f'1.md:7: must have no white space in "{around}" that the source has not [space-added]' for around in told
    ]
    assert list(map(str, problems.found)) == messages


def test_pieces_that_fold_alike_late_are_folded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    folded: list[int] = []
    monkeypatch.setattr(changes, "fold", lambda text: folded.append(len(text)) or fold(text))  # type: ignore[func-returns-value]
    here = Place("x", 1)
    report = edition_of(SAMPLE, "2021").report
    sizes = []
    for count in (200, 400):
        given = replace(report, source=(Passage("a" + "\u0301" * count + "\u0316" * count, here),))
        ours = Passage("a" + "\u0316" * count + "\u0301" * count, here)
        object.__setattr__(given, "passages", lambda ours=ours: iter([ours]))
        folded.clear()
        assert len(count_changes(given, Problems()).changes) == 1
        sizes.append(sum(folded))
    assert sizes[1] <= 2.1 * sizes[0]
