"""Mistakes in finished pages are told where a template made them; how it looks is shown in fixtures/mistakes.md."""

from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import Markup

import build
from sitegen.pipeline.report import make_edition
from sitegen.problems import Mistakes, Place, Problem, Problems
from sitegen.read.project import read_project
from sitegen.render import pages as rendering
from sitegen.render.pages import render_report
from sitegen.render.renderer import Renderer
from sitegen.render.templates import MARK, compile_marked
from sitegen.render.tracing import tell_once, trace
from tests.conftest import report_input
from tests.test_build import edit


def renderer_of(project: Path) -> Renderer:
    read = read_project(project, Problems())
    assert read.settings
    return Renderer(read.settings, read.templates, several=True)


@pytest.mark.parametrize("name", ["2022", "2023", "2024"])
def test_marked_pages_are_the_same_but_for_the_marks(project: Path, name: str) -> None:
    report = report_input(project, name, Problems())
    edition = make_edition(report, Problems())
    assert edition
    renderer = renderer_of(project)
    marked = replace(renderer, compiled=compile_marked(renderer.sources))
    pages = render_report(renderer, edition, report.near, Problems())
    for page, same in zip(pages, render_report(marked, edition, report.near, Problems()), strict=True):
        assert MARK.sub("", same.html) == page.html
        assert "\0" in same.html


def test_what_the_program_wrote_is_not_blamed_on_a_template(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "draw_qr_code", lambda *_: Markup("<svg>"))
    with pytest.raises(Mistakes) as raised:
        build.make(project)
    assert {problem.place.path.partition("/")[0] for problem in raised.value.problems} == {"2022", "2023", "2024"}


def test_two_slips_in_one_line_are_two(project: Path) -> None:
    edit(
        project,
        'templates/404.html\n- <h1>没有这一页</h1>\n+ <h1><a href="a.html"></a><a href="b.html"></a></h1>',
    )
    failed = [str(problem) for problem in _found(project)]
    assert [line.partition(" (")[0] for line in failed] == [
        f'templates/404.html:46: the link "{name}.html" must lead to a file of the site, by its name' for name in "ab"
    ]


def _found(project: Path) -> tuple[Problem, ...]:
    with pytest.raises(Mistakes) as raised:
        build.make(project)
    return raised.value.problems


def test_a_template_that_does_more_than_write_leaves_a_mistake_at_its_page(project: Path) -> None:
    """What it makes of its own text cannot be followed."""
    edit(
        project, "templates/404.html\n- <h1>没有这一页</h1>\n+ {% filter upper %}<h1>没有<p/>这一页</h1>{% endfilter %}"
    )
    assert all(problem.place.path == "404.html" for problem in _found(project))


def test_what_pages_show_alike_is_counted_in_each_folder() -> None:
    at = Place("templates/base.html", 3, 17)
    found = [Problem(at, "link-file", "a", 5, Place(f"{year}/index.html", 9)) for year in (2021, 2022)]
    found += [Problem(at, "id-once", "b", 1, Place(f"2021/{name}.html", 9)) for name in "ab"]
    alone = Problem(Place("content/2021/index.md", 1), "key-known", "c")
    assert [problem.pages for problem in tell_once([*found, alone])] == [10, 2, 1]
    assert tell_once([alone]) == [alone]


def test_nothing_is_traced_in_other_files(project: Path) -> None:
    problem = Problem(Place("content/2022/index.md", 1), "key-known", "c")
    assert trace([problem], renderer_of(project), lambda _: ()) == [problem]
