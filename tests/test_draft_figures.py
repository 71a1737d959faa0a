"""The numbers of a draft, listed as figures and as none: `split` writes them, and a build takes them as they are."""

from pathlib import Path

import build
from sitegen.draft.figures import list_numbers
from tests.conftest import SAMPLE, edition_of
from tests.drafts import look_at
from tests.specification import each

REPORT = """\
甲川区2021年度法治政府建设情况报告
2021年，甲川区推进法治政府建设，办结95%以上。现将情况报告如下。
一、主要工作
（一）健全制度3项。制定办法1,426项，“三个真”和三个中心，栏目#12345。
（二）强化监督。检查12次、12次，得分98.5，推行“5+N”。
二、打算：2022年办10件。
"""


@each("drafted-figures.md")
def test_how_the_numbers_of_a_text_are_drafted(given: str, expected: str) -> None:
    numbers = list_numbers([("s1", given.splitlines())])
    figures = [f"{figure.value} {figure.unit}" for figure in numbers.figures]
    none = [f"- {words}" for words in numbers.no_figures]
    lines = expected.splitlines()
    assert figures == [line for line in lines if line[0] != "-"]
    assert none == [line for line in lines if line[0] == "-"]


def test_a_draft_lists_every_number_in_its_file_and_the_edition_takes_it_once_it_says_what_it_measures(
    tmp_path: Path,
) -> None:
    (tmp_path / "text.txt").write_text(REPORT, "utf-8")
    folder = tmp_path / "content/2021"
    assert build.main(["split", str(tmp_path / "text.txt"), str(folder)]) == 0
    files = {path.name: path.read_text("utf-8").split("---\n")[1] for path in folder.glob("*.md")}
    assert 'figures:\n  - {item: s0, value: 95%以上, unit: "%", measures: }  # 待核：办结95%以上\n' in files["index.md"]
    assert "no_figures:  # 待核\n  - 2021年度\n  - 2021年\n" in files["index.md"]
    assert files["1-1-section.md"] == (
        "heading: （一）健全制度3项。\n"
        "figures:\n"
        "  - {item: s1-1, value: 3项, unit: 项, measures: }  # 待核：健全制度3项\n"
        "  - {item: s1-1, value: 1,426项, unit: 项, measures: }  # 待核：制定办法1,426项\n"
        "  - {item: s1-1, value: 三个, unit: 个, measures: }  # 待核：“三个真”和三个中心\n"
        "no_figures:  # 待核\n"
        "  - 三个真\n"
        '  - "12345"\n'
    )
    assert [line for line in files["1-2-section.md"].splitlines() if line[:3] == "  -"] == [
        "  - {item: s1-2, value: 12次, unit: 次, measures: }  # 待核：检查12次、12次",
        "  - {item: s1-2, value: 12次, unit: 次, measures: }  # 待核：检查12次、12次",
        '  - "98.5"',
        '  - "5+N"',
    ]
    drafted = edition_of(tmp_path, "2021")
    assert (drafted.figures, len(drafted.drafted)) == ((), 7)
    look_at(folder)
    kept = edition_of(tmp_path, "2021")
    assert [(figure.value, figure.measures) for figure in kept.figures][:3] == [
        ("95%以上", "办结95%以上"),
        ("3项", "健全制度3项"),
        ("1,426项", "制定办法1,426项"),
    ]
    assert kept.drafted == ()


def test_of_the_sample_all_its_figures_are_drafted_and_one_more() -> None:
    edition = edition_of(SAMPLE, "2021")
    words = [(words.id, words.passages) for words in edition.report.words]
    drafted = [(figure.item, figure.value, figure.unit) for figure in list_numbers(words).figures]
    listed = [(figure.words.id, figure.value, figure.unit) for figure in edition.figures]
    assert [figure for figure in listed if figure not in drafted] == []
    assert [figure for figure in drafted if figure not in listed] == [("s1-4-3", "三项", "项")]
