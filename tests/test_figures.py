import hashlib
import re
from pathlib import Path

import pytest

import build
from sitegen.apparatus.figures import read_figure
from sitegen.apparatus.numbers import NUMBER
from sitegen.frontmatter.keys import FigureMatter
from sitegen.model.report import Words
from sitegen.problems import Mistakes, Passage, Place, Problems
from tests.conftest import SAMPLE, edition_of


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("总值790亿元、增速12.5%，共1,234件", ["790", "12.5", "1,234"]),
        ("占比８６％", ["８６"]),
        ("9,10月，1.2.3", ["9", "10", "1.2", "3"]),
        ("三百元，百分之八十六，二十四小时，一百五十万元", ["三百", "百", "二十四", "一百五十万"]),
        ("五个试点城区，连续八年，三张清单，二十余名", ["五", "八", "三", "二十"]),
        ("突破10万户", ["10"]),
        ("30多万元，2,000余万户，十余万人", ["30", "2,000", "十"]),
        ("第一责任人，第三十二条，统一，一体，“一把手”，最后一公里，“三强化”", []),
    ],
)
def test_what_counts_as_a_number(text: str, numbers: list[str]) -> None:
    assert [found[0] for found in NUMBER.finditer(text)] == numbers


def test_the_reports_figures_are_all_there_in_its_order() -> None:
    edition = edition_of(SAMPLE, "2021")
    values = [figure.value for figure in edition.figures]
    for value in ("790亿元", "12.5%", "478亿元", "86%", "10万户", "90余人", "31个", "541名", "13家", "1件", "2个"):
        assert values.count(value) == 1, value
    for value in ("3000余名", "85%以上", "6523件", "五个", "8个"):
        assert values.count(value) == 1, value
    assert values.count("100%") == 5
    order = [words.id for words in edition.report.words]
    assert [figure.words.id for figure in edition.figures] == sorted(
        (figure.words.id for figure in edition.figures), key=order.index
    )
    assert {figure.value: figure.number for figure in edition.figures}["3000余名"] == 3000
    assert {figure.value: figure.number for figure in edition.figures}["五个"] == 5
    assert [figure.value for figure in edition.figures if figure.share] == ["100%", "100%", "86%", "100%", "100%", "85%以上", "100%"]  # fmt: skip


def test_a_report_that_lists_no_figures_need_not_declare_its_numbers(project: Path) -> None:
    for path in (project / "content/2022").glob("*.md"):
        text = re.sub(r"^(no_)?figures:\n(  .*\n)+", "", path.read_text("utf-8"), flags=re.MULTILINE)
        path.write_text(text, "utf-8")
    edition = edition_of(project, "2022")
    assert any(NUMBER.search(words.text) for words in edition.report.words)
    files = build.make(project)
    assert edition.figures == ()
    assert "2022/figures.html" not in files
    assert "2022/figures.csv" not in files


@pytest.mark.parametrize(
    ("value", "unit", "number"),
    [
        ("1,234.5亿元", "亿元", 1234.5),
        ("12345678901234567891个", "个", 12345678901234567891),
        ("5万多户", "户", 50_000),
        ("5万多户", "万户", None),
        ("1.5万余名", "名", 15_000),
        ("十余万人", "人", 100_000),
        ("10万户", "万户", 10),
        ("两个", "个", 2),
        ("一百零五个", "个", None),
        ("三千二百一十个", "个", 3210),
        ("三万余名", "名", 30_000),
        ("一亿五千万元", "元", 150_000_000),
        ("超过100个", "个", 100),
        ("1.2.3个", "个", None),
        ("9" * 30 + "个", "个", int("9" * 30)),
        ("9" * 5000 + "个", "个", None),
        ("9" * 400 + ".5个", "个", None),
        ("万" * 2000 + "个", "个", None),
        ("亿" * 30 + "个", "个", 10**240),
        ("1,426", "", 1426),
        ("3.5万", "", 35_000),
        ("近12345", "", 12345),
        ("1,426项", "", None),
    ],
)
def test_the_number_in_a_value(value: str, unit: str, number: float | None) -> None:
    here = Place("x", 1)
    texts = {"value": value, "measures": "所计", "item": "s1"}
    words = {key: Passage(text, here) for key, text in texts.items()}
    matter = FigureMatter(**words, unit=Passage(unit, here) if unit else None)
    problems = Problems()
    figure = read_figure("s1-f1", Words("s1", None, (), ()), matter, problems)
    assert (figure.number if figure else None) == number
    assert [problem.rule for problem in problems.found] == (["figure-value"] if number is None else [])


def test_figures_of_any_length_are_told_or_built_and_never_a_traceback(project: Path) -> None:
    path = project / "content/2022/2-next-year.md"
    text = path.read_text("utf-8")
    source = project / "content/2022/source.txt"
    captured = source.read_text("utf-8")
    index = project / "content/2022/index.md"
    known = hashlib.sha256(captured.encode()).hexdigest()
    for value in ("9" * 5000, "9" * 400 + ".5", "万" * 2000, "1,234," * 900 + "567"):
        path.write_text(
            text.replace("value: 3000余件", f'value: "{value}件"').replace("3000余件", f"{value}件"), "utf-8"
        )
        source.write_text(captured.replace("3000余件", f"{value}件"), "utf-8")
        now = hashlib.sha256(source.read_bytes()).hexdigest()
        index.write_text(index.read_text("utf-8").replace(known, now), "utf-8")
        known = now
        with pytest.raises(Mistakes, match=r"2-next-year\.md:4: .* \[figure-value\]"):
            build.make(project)


def list_no_figures_but(project: Path, *figures: str) -> None:
    """Leave the golden report with these figures alone, and no words that are declared as none."""
    for path in (project / "content/2022").glob("*.md"):
        text = re.sub(r"^(no_)?figures:\n(  .*\n)+", "", path.read_text("utf-8"), flags=re.MULTILINE)
        path.write_text(text, "utf-8")
    path = project / "content/2022/2-next-year.md"
    listed = "".join(f"  - {figure}\n" for figure in figures)
    path.write_text(path.read_text("utf-8").replace("---\n\n", f"figures:\n{listed}---\n\n", 1), "utf-8")


DRAFT = "{item: s2-0-1-1, value: 3000余件, unit: 件, measures: }"


def test_a_figure_that_does_not_say_what_it_measures_is_a_draft_and_no_number_is_missed_yet(project: Path) -> None:
    list_no_figures_but(project, DRAFT)
    edition = edition_of(project, "2022")
    assert (edition.figures, edition.drafted) == ((), ("3000余件",))
    assert "2022/figures.html" not in build.make(project)


def test_the_first_figure_that_is_kept_makes_every_number_count(project: Path) -> None:
    list_no_figures_but(project, DRAFT, '{item: s2-0-1-1, value: 85%以上, unit: "%", measures: 占比}')
    with pytest.raises(Mistakes, match="number-listed") as raised:
        build.make(project)
    assert {problem.rule for problem in raised.value.problems} == {"number-listed"}
    assert ": 3000 in" not in str(raised.value), "a draft lists its number too"


def test_a_draft_is_told_before_a_release_once_though_it_is_marked(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    list_no_figures_but(project, DRAFT, '{item: s2-0-1-1, value: 85%以上, unit: "%", measures: }  # 待核：占85%以上')
    assert build.main(["release"], project) == 1
    told = capsys.readouterr().err.splitlines()
    assert [re.findall(r":(\d+): .*must (be looked at|say what)", line) for line in told] == [
        [("5", "be looked at")],
        [("4", "say what")],
    ]


def test_a_figure_is_found_behind_words_that_are_declared_as_none_and_hold_its_value(project: Path) -> None:
    path = project / "content/2022/2-next-year.md"
    source = project / "content/2022/source.txt"
    index = project / "content/2022/index.md"
    (project / "content/addresses.txt").unlink()
    known = hashlib.sha256(source.read_bytes()).hexdigest()
    path.write_text(path.read_text("utf-8").replace("办3000余件", "办“3000余件好”和3000余件"), "utf-8")
    source.write_text(source.read_text("utf-8").replace("3000余件", "“3000余件好”和3000余件"), "utf-8")
    index.write_text(index.read_text("utf-8").replace(known, hashlib.sha256(source.read_bytes()).hexdigest()), "utf-8")
    path.write_text(
        path.read_text("utf-8").replace("share: yes}\n", "share: yes}\nno_figures: [3000余件好]\n", 1), "utf-8"
    )
    assert [figure.value for figure in edition_of(project, "2022").figures][-2:] == ["3000余件", "85%以上"]
