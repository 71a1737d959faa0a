"""The contents on the pages of large reports, and how the site of a report grows with it."""

import re
from html import unescape

import pytest
from playwright.sync_api import Page

from sitegen.pipeline.report import make_report
from sitegen.problems import Problems
from sitegen.read.project import read_project
from sitegen.render.renderer import Renderer
from tests.conftest import ROOT
from tests.grown import Shape, grown_report
from tests.steps import steps

_MORE = 2.2  # how often as much twice a report may be: a little more than 2, for all parts are listed on every page


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    problems = Problems()
    project = read_project(ROOT, problems)
    return Renderer(problems.end(project.settings), project.templates, several=False)


def site(renderer: Renderer, shape: Shape) -> dict[str, str]:
    """The files of a report of a shape, by name."""
    outcome = make_report(grown_report("2021", shape), renderer)
    assert outcome.problems == ()
    assert outcome.finished
    return {path.removeprefix("2021/"): file.read().decode() for path, file in outcome.finished.files.items()}


def listed(html: str) -> list[str]:
    """What the contents of a page list: the pages linked to, and … where some are left out."""
    contents = html.partition('aria-label="目录"')[2].partition("<ol>")[2].partition("</nav>")[0]
    return [unescape(page or more) for page, more in re.findall(r'href="([^"]*)\.html"|<li>(…)</li>', contents)]


def test_the_contents_of_a_small_report_are_whole_on_every_page(renderer: Renderer) -> None:
    shape = Shape(2, 9, 10, 0)
    assert shape.count == 200
    files = site(renderer, shape)
    assert {len(listed(files[name])) for name in ("s1.html", "s2-9-10.html", "edition.html")} == {200}


def test_the_contents_of_a_large_report_show_the_way_down_and_what_stands_beside_it(renderer: Renderer) -> None:
    files = site(renderer, Shape(3, 9, 10, 0))
    sections, items = [f"s2-{number}" for number in range(1, 10)], [f"s2-4-{number}" for number in range(1, 11)]
    assert listed(files["s2-4-7.html"]) == ["s1", "s2", *sections[:4], *items, *sections[4:], "s3"]
    assert listed(files["s2-4.html"]) == listed(files["s2-4-7.html"])
    assert listed(files["s2.html"]) == ["s1", "s2", *sections, "s3"]
    assert listed(files["edition.html"]) == listed(files["figures.html"]) == ["s1", "s2", "s3"]
    for name in ("s2.html", "s2-4.html", "s2-4-7.html"):
        assert f'<a href="{name}" aria-current="page">' in files[name].partition('aria-label="目录"')[2]


def test_of_a_list_that_has_no_end_the_nearest_are_shown(renderer: Renderer) -> None:
    files = site(renderer, Shape(1, 0, 250, 0))
    assert listed(files["s1-0-1.html"]) == ["s1", *(f"s1-0-{number}" for number in range(1, 101)), "…"]
    assert listed(files["s1-0-99.html"]) == ["s1", "…", *(f"s1-0-{number}" for number in range(49, 149)), "…"]
    assert listed(files["s1-0-250.html"]) == ["s1", "…", *(f"s1-0-{number}" for number in range(151, 251))]
    assert len(listed(files["s1.html"])) == 251


@pytest.mark.parametrize(
    ("once", "twice"),
    [
        (Shape(1, 0, 240, 40), Shape(1, 0, 480, 40)),
        pytest.param(Shape(3, 9, 10, 40), Shape(6, 9, 10, 40), marks=pytest.mark.proof),
    ],
)
def test_a_report_twice_as_long_is_twice_the_work_and_twice_the_site(
    renderer: Renderer, once: Shape, twice: Shape
) -> None:
    sizes = [sum(map(len, site(renderer, shape).values())) for shape in (once, twice)]
    assert sizes[1] < _MORE * sizes[0]
    reports = [grown_report("2021", shape) for shape in (once, twice)]
    counts = [steps(lambda report=report: make_report(report, renderer)) for report in reports]  # type: ignore[misc]
    assert counts[1] < _MORE * counts[0]


@pytest.mark.parametrize("height", [300, 500, 900])
def test_the_entry_of_the_page_is_in_view_at_any_height(page: Page, served: str, height: int) -> None:
    page.set_viewport_size({"width": 1280, "height": height})
    for address in ("s1-1", "s1-5-3", "s2-6"):
        page.goto(f"{served}/2021/{address}.html")
        entry = page.locator(".contents li [aria-current=page]")
        top, bottom, end = entry.evaluate(
            "e => [e.getBoundingClientRect().top, e.getBoundingClientRect().bottom, innerHeight]"
        )
        assert 0 <= top < bottom <= end


def test_only_the_section_that_is_read_is_opened(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/s1-2-3.html")
    assert page.locator(".contents details[open]").count() == 1
    page.goto(f"{served}/2021/index.html")
    assert page.locator(".contents details[open]").count() == 0
    for address, opened in (("s1-2-3", "#s1-2-1"), ("s1-4-1", "#s1-4-1")):
        page.evaluate(
            "id => scrollTo(0, document.getElementById(id).getBoundingClientRect().top + scrollY - 100)", address
        )
        first = page.locator(f".contents details[open] a[href='{opened}']")
        first.wait_for()
        assert page.locator(".contents details[open]").count() == 1
