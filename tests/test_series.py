"""A figure beside those of other years: which of them are, how they are shown, and of what a report is made."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

import build
from sitegen.apparatus.series import AROUND, Listed, join_series, list_figures, list_series
from sitegen.frontmatter.keys import FigureMatter
from sitegen.model.edition import Figure
from sitegen.model.project import ReportInput
from sitegen.model.report import Words
from sitegen.model.shelf import ListedFigure
from sitegen.pipeline.site import list_reports
from sitegen.problems import Mistakes, Passage, Place, Problems
from sitegen.read.project import read_reports
from tests.conftest import copy_sample, serving, until
from tests.steps import steps
from tests.test_build import edit
from tests.test_reading import tool
from tests.test_site import tree

HERE = Place("content/2021/index.md", 1)
CASES = "2021年排查调处的矛盾纠纷"


def matter(value: str, measures: str | None = "办结", unit: str | None = "件", item: str = "s1-2") -> FigureMatter:
    texts: Any = [text and Passage(text, HERE) for text in (value, measures, item, unit)]
    return FigureMatter(*texts)


def listed(report: str, year: int, value: str, measures: str = "办结") -> ListedFigure:
    return ListedFigure(report, year, "s1-2", value, int(value[:-1]), measures, "件")


# Which figures


def test_figures_are_listed_by_what_they_measure_and_their_unit() -> None:
    found = list_figures("r", 2021, [matter("12件"), matter("3万户", "新增", "户", "s0"), matter("三千余件", "受理")])
    assert found == {
        ("办结", "件"): ListedFigure("r", 2021, "s1-2", "12件", 12, "办结", "件"),
        ("新增", "户"): ListedFigure("r", 2021, "s0", "3万户", 30_000, "新增", "户"),
        ("受理", "件"): ListedFigure("r", 2021, "s1-2", "三千余件", 3000, "受理", "件"),
    }
    assert [figure.page for figure in found.values()] == ["r/s1-2.html", "r/index.html#s0", "r/s1-2.html"]
    assert {type(text) for figure in found.values() for text in (figure.value, figure.item, figure.unit)} == {str}


@pytest.mark.parametrize(
    "left_out",
    [[matter("12件"), matter("13件")], [matter("12件", None)], [matter("12件", unit=None)], [matter("几件")]],
)
def test_what_is_there_twice_or_has_no_words_or_no_number_stands_beside_nothing(left_out: list[FigureMatter]) -> None:
    assert list(list_figures("r", 2021, [*left_out, matter("1户", unit="户")])) == [("办结", "户")]


def years(count: int) -> dict[str, Listed]:
    """Reports of so many years, the newest first, each of which lists the same."""
    return {f"r{year}": list_figures(f"r{year}", year, [matter(f"{year}件")]) for year in range(2000 + count, 2000, -1)}


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("r2030", range(2029, 2019, -1)),
        ("r2026", [2030, 2029, 2028, 2027, *range(2025, 2019, -1)]),
        ("r2015", [2020, 2019, 2018, 2017, 2016, 2014, 2013, 2012, 2011, 2010]),
        ("r2001", range(2011, 2001, -1)),
    ],
)
def test_the_nearest_reports_are_looked_at_and_no_others(name: str, others: Iterator[int]) -> None:
    of_thirty = years(30)
    series = list_series(list(of_thirty), of_thirty)
    assert [figure.year for figure in series[name]] == list(others)
    assert {len(figures) for figures in series.values()} == {AROUND}


def test_only_what_a_report_itself_measures_comes_from_others() -> None:
    one = list_figures("a", 2021, [matter("1件"), matter("2件", "受理")])
    other = list_figures("b", 2020, [matter("3件"), matter("4件", "答复"), matter("5户", unit="户")])
    assert list_series(["a", "b"], {"a": one, "b": other}) == {"a": (other["办结", "件"],), "b": (one["办结", "件"],)}
    assert list_series(["a"], {}) == {"a": ()}


def test_looking_around_takes_no_more_than_twice_as_long_for_twice_as_many_reports() -> None:
    def look(count: int) -> int:
        found = years(count)
        return steps(lambda: list_series(list(found), found))

    assert look(200) < 2.2 * look(100)


def figure(number: int) -> Figure:
    return Figure("s1-f1", Words("s1", None, (), ()), f"{number}件", number, "件", "办结", False, number, "件数")


def test_a_line_is_drawn_through_the_numbers_of_all_years() -> None:
    others = [listed("c", 2024, "40件"), listed("b", 2022, "10件"), listed("a", 2020, "0件")]
    (series,) = join_series(2021, [figure(20)], others).values()
    assert series.figures == tuple(others)
    assert series.line == ("2,18", "17,10", "32,14", "62,2")
    assert series.own == (17.0, 10.0)


@pytest.mark.parametrize(
    "others",
    [
        [listed("a", 2020, "3件")],
        [listed("a", 2020, "20件"), listed("b", 2019, "20件")],
        [listed("a", 2020, "3件"), listed("b", 2020, "4件"), listed("c", 2019, "5件")],
        [listed("a", 2021, "3件"), listed("b", 2020, "4件")],
    ],
)
def test_no_line_is_drawn_through_too_few_equal_or_ambiguous_numbers(others: list[ListedFigure]) -> None:
    (series,) = join_series(2021, [figure(20)], others).values()
    assert (series.figures, series.line) == (tuple(others), ())


# Of what a report is made


@pytest.fixture(scope="module")
def decades(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the sample of 13 years, r0001 being the newest; the cases differ from year to year."""
    root = tmp_path_factory.mktemp("decades")
    copy_sample(root, 13)
    for number, folder in enumerate(sorted(root.glob("content/r*"))):
        replace(folder, {"year: 2021": f"year: {2024 - number}", "6523件": f"{6000 - 100 * number}件"})
    return root


def replace(folder: Path, words: dict[str, str]) -> None:
    """Put other words into a report, its source too."""
    for path in folder.iterdir():
        text = path.read_text("utf-8")
        for old, new in words.items():
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
    sha256 = hashlib.sha256((folder / "source.txt").read_bytes()).hexdigest()
    index = folder / "index.md"
    index.write_text(re.sub("sha256: .*", f"sha256: {sha256}", index.read_text("utf-8")), "utf-8")


def inputs(root: Path) -> dict[str, ReportInput]:
    problems = Problems()
    reports = list_reports(read_reports(root, problems), {}, problems)
    problems.stop()
    return {report.name: report for report in reports}


def test_a_report_is_made_anew_when_a_near_one_counts_something_else_and_not_when_a_far_one_does(decades: Path) -> None:
    before = inputs(decades)
    replace(decades / "content/r0013", {"4800件": "4801件"})
    after = inputs(decades)
    replace(decades / "content/r0013", {"4801件": "4800件"})
    changed = [name for name in before if before[name] != after[name]]
    assert changed == [f"r{number:04}" for number in range(8, 14)], "the eleven of r0007 end with r0012"
    assert [len(report.near.figures) for report in before.values()] == [10 * 28] * 13


def test_words_and_terms_of_another_report_are_nothing_to_it(decades: Path) -> None:
    before = inputs(decades)
    folder = decades / "content/r0002"
    kept = {path: path.read_bytes() for path in folder.iterdir()}
    replace(folder, {"行政复议": "行政诉讼", "所据文本如此": "所据文本即如此"})
    after = inputs(decades)
    for path, data in kept.items():
        path.write_bytes(data)
    assert [name for name in before if before[name] != after[name]] == ["r0002"]


def test_a_figure_that_does_not_stand_in_its_report_stands_beside_none(tmp_path: Path) -> None:
    """For then there is no site."""
    copy_sample(tmp_path, 2)
    path = tmp_path / "content/r0002/1-5-social-governance.md"
    path.write_text(path.read_text("utf-8").replace("value: 6523件", "value: 6524件"), "utf-8")
    with pytest.raises(Mistakes) as raised:
        build.make(tmp_path)
    assert {problem.rule for problem in raised.value.problems} == {"number-listed", "figure-there"}


def test_other_issuers_are_left_out(tmp_path: Path) -> None:
    copy_sample(tmp_path, 3)
    edit(tmp_path, "content/r0002/index.md\n- issuer: 武汉市汉阳区人民政府\n+ issuer: 武汉市江岸区人民政府")
    reports = inputs(tmp_path)
    assert {figure.report for figure in reports["r0001"].near.figures} == {"r0003"}
    assert reports["r0002"].near.figures == ()


# As readers meet them


@pytest.fixture(scope="module")
def files(decades: Path) -> dict[str, bytes]:
    return build.make(decades)


@pytest.fixture(scope="module")
def address(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page of figures of the year in the middle, with its style and scripts, on a server of this machine."""
    root = tmp_path_factory.mktemp("site")
    for path, data in files.items():
        if path.startswith("assets/") or path == "r0007/figures.html":
            (root / path).parent.mkdir(exist_ok=True)
            (root / path).write_bytes(data)
    with serving(root) as at:
        yield f"{at}/r0007/figures.html"


def test_each_figure_has_its_other_years_below_it_the_newest_first_each_linked_to_its_item(
    files: dict[str, bytes],
) -> None:
    root = tree(files, "r0007/figures.html")
    (own,) = (row for row in root.iter("tr") if row.get("class") == "followed" and CASES in "".join(row.itertext()))
    rows = [*root.iter("tr")]
    row = rows[rows.index(own) + 1]
    assert row.get("class") == "series"
    (lists,) = row.iter("ul")
    assert lists.get("aria-label") == f"{CASES}，其他年度"
    told = ["".join(each.itertext()).strip() for each in lists]
    nearest = [number for number in range(2, 13) if number != 7]
    assert told == [f"{2025 - number} {6100 - 100 * number}件" for number in nearest]
    assert [a.get("href") for a in lists.iter("a")] == [f"../r{number:04}/s1-5-2.html" for number in nearest]
    assert all(f"r{number:04}/s1-5-2.html" in files for number in nearest)
    assert len([*row.iter("polyline")]) == 1
    assert "最多取年度最近的10份" in files["r0007/figures.html"].decode()


def test_a_report_without_others_of_its_issuer_says_nothing_of_other_years(sample_project: Path) -> None:
    html = build.make(sample_project)["2021/figures.html"].decode()
    assert "其他年度" not in html
    assert 'class="series"' not in html
    assert 'class="followed"' not in html


def test_sorted_a_figure_keeps_its_other_years(page: Page, address: str) -> None:
    """The cases of another kind are counted in one row: they stand behind each other by number."""
    page.goto(address)
    pairs = """Array.from(document.querySelectorAll("tr.followed"), row => [
        row.cells[1].firstChild.data,
        row.nextElementSibling.querySelector("ul").getAttribute("aria-label").replace("，其他年度", ""),
    ])"""
    before = page.evaluate(pairs)
    assert len(before) == 28
    for head in ("数据", "数据", "统计项目", "条目"):
        page.get_by_role("button", name=head).click()
        now = page.evaluate(pairs)
        assert all(figure == other for figure, other in now)
        assert sorted(now) == sorted(before)
        assert (now == before) is (head == "条目")
    assert page.locator("tbody tr:first-child th").count() == page.locator("tbody").count()


def test_all_that_is_touched_is_large_enough(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = context.new_page()
    page.goto(address)
    heights = page.locator(".series a").evaluate_all("all => all.map(each => each.getBoundingClientRect().height)")
    assert len(heights) == 10 * 28
    assert min(heights) >= 44
    context.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_other_years_read_well_at_any_width_and_axe_finds_nothing(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    until(page, "document.querySelector('thead button')")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.evaluate(tool("axe-core/axe.min.js").read_text("utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
        found = page.evaluate("rules => axe.run({ runOnly: rules })", tags)
        assert [f"{each['id']}: {node['html']}" for each in found["violations"] for node in each["nodes"]] == []
