from pathlib import Path
from typing import Any

import pytest

from sitegen.model import edition
from sitegen.model.page import Page
from sitegen.problems import Problems
from sitegen.render.exports import TEMPLATES
from sitegen.render.renderer import Renderer
from sitegen.render.shelf import render_shelf
from sitegen.render.templates import compile_templates, fill
from tests.test_exports import site

NEEDED = (
    "catalogue",
    "issuer",
    "issuers",
    "letters",
    "years",
    "404",
    "_entry",
    "_outline",
    "_contents_entry",
    "_about",
    "_colophon",
    "report",
    "item",
    "alias",
    "edition",
    "collation",
    "figures",
    "terms",
)
GOOD = {"shelf.html": b"<p>{{ site.title }}</p>", **dict.fromkeys(TEMPLATES, b"")} | {
    f"{name}.html": b"" for name in NEEDED
}


def shelf(sources: dict[str, bytes], problems: Problems) -> tuple[Page, ...]:
    """The pages of a shelf without reports."""
    templates = compile_templates(sources, TEMPLATES, problems)
    if templates is None:
        return ()
    return render_shelf(Renderer(site(None), sources, several=False, compiled=templates), (), problems)


def good_shelf(sources: dict[str, bytes]) -> tuple[Page, ...]:
    problems = Problems()
    pages = shelf(sources, problems)
    assert list(map(str, problems.found)) == []
    return pages


def mistakes(**changed: bytes) -> list[str]:
    """What is wrong with templates of which `shelf` and others are as given."""
    problems = Problems()
    shelf(GOOD | {f"{name}.html": text for name, text in changed.items()}, problems)
    return list(map(str, problems.found))


def test_text_is_escaped() -> None:
    pages = good_shelf(GOOD | {"shelf.html": b"{{ '<b a=\"\">' }}"})
    assert pages[0].html == "&lt;b a=&#34;&#34;&gt;"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ('=HYPERLINK("http://example.org")', '"\'=HYPERLINK(""http://example.org"")"'),
        ("+1+1", "'+1+1"),
        ("-件", "'-件"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        (" =1", "' =1"),
        ("＝1+1", "'＝1+1"),
        ("-3.5", "-3.5"),
        ("+3.5%", "+3.5%"),
        ("-1-1", "'-1-1"),
        ("3000余件", "3000余件"),
        ("甲=乙", "甲=乙"),
        ("", ""),
    ],
)
def test_no_cell_of_a_table_is_a_formula_and_a_number_stays_one(cell: str, written: str) -> None:
    """Of all cells but numbers that begin as a formula does (OWASP, CSV Injection)."""
    templates = compile_templates(GOOD | {"figures.csv": b"{{ ['a', cell]|csv_row }}"}, TEMPLATES, Problems())
    assert templates
    assert fill(templates, "figures.csv", {"cell": cell}, Problems()) == f"a,{written}\r\n"


def test_the_syntax_errors_of_all_templates_are_told_at_once() -> None:
    assert mistakes(shelf=b"\n{% if %}", item=b"{{ a", _part=b"{{ a | none }}", base=b"\n\xff") == [
        "templates/base.html:2: must be UTF-8 text [utf-8]",
        "templates/shelf.html:2: must be valid Jinja: Expected an expression, got 'end of statement block' [template-valid]",
        "templates/item.html:1: must be valid Jinja: unexpected end of template, expected 'end of print statement'. [template-valid]",
        "templates/_part.html:1: must be valid Jinja: No filter named 'none'. [template-valid]",
    ]


def test_a_template_that_is_missing() -> None:
    problems = Problems()
    assert compile_templates({"shelf.html": b""}, TEMPLATES, problems) is None
    assert list(map(str, problems.found)) == [
        *(f"templates/{name}.html: must exist [template-exists]" for name in NEEDED),
        *(f"templates/{name}: must exist [template-exists]" for name in TEMPLATES),
    ]
    said = ["templates/shelf.html:1: templates/none.html must exist [template-exists]"]
    assert mistakes(shelf=b"{% include 'none.html' %}") == said


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        (b"\n{{ name }}", "templates/shelf.html:2: must be possible to fill in: 'name' is undefined"),
        (b"{{ site.name }}", "templates/shelf.html:1: must be possible to fill in: 'sitegen.frontmatter.keys.Site object' has no attribute 'name'"),
        (b"\n\n{{ 1 // 0 }}", "templates/shelf.html:3: must be possible to fill in: integer division or modulo by zero"),
        (b"{% include 'shelf.html' %}", "templates/shelf.html:1: must be possible to fill in: maximum recursion depth exceeded"),
    ],
)  # fmt: skip
def test_what_cannot_be_filled_in_is_told_with_its_line(template: bytes, expected: str) -> None:
    (problem,) = mistakes(shelf=template)
    assert problem.startswith(expected)


def test_the_line_told_is_that_of_the_part_included() -> None:
    said = mistakes(shelf=b"{% include '_part.html' %}", _part=b"\n\n{{ name }}")
    assert said == ["templates/_part.html:3: must be possible to fill in: 'name' is undefined [template-filled]"]


@pytest.mark.parametrize(("code", "error"), [("self.lettre", AttributeError), ("nothing", NameError)])
def test_a_mistake_of_the_program_is_never_blamed_on_a_template(code: str, error: type[Exception]) -> None:
    """A property of the program's, whose own code has a mistake in it."""
    scope: dict[str, Any] = {}
    exec(compile(f"letter = lambda self: {code}", edition.__file__, "exec"), scope)
    broken = type("Broken", (), {"letter": property(scope["letter"])})()
    problems = Problems()
    templates = compile_templates(GOOD | {"shelf.html": b"{{ broken.letter }}"}, TEMPLATES, problems)
    assert templates
    with pytest.raises(error):
        fill(templates, "shelf.html", {"broken": broken}, problems)
    assert problems.found == []


@pytest.mark.parametrize("expression", ["name|sha256", "[name]|csv_row", "[site.name]|csv_row"])
def test_a_name_that_nobody_gives_is_the_templates_mistake_though_the_program_stumbles_over_it(expression: str) -> None:
    (problem,) = mistakes(shelf=b"\n{{ " + expression.encode() + b" }}")
    assert problem.startswith("templates/shelf.html:2: must be possible to fill in: ")


def test_what_an_expression_asks_of_python_is_the_templates_mistake() -> None:
    said = "templates/shelf.html:2: must be possible to fill in: Object of type Site is not JSON serializable"
    assert mistakes(shelf=b"\n{{ site|tojson }}") == [f"{said} [template-filled]"]


def test_a_cache_that_cannot_be_written_or_was_damaged_does_no_harm(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    first = good_shelf(GOOD)
    kept = [path for path in tmp_path.rglob("fazhi-*") if path.is_file()]
    assert len(kept) == len(GOOD)
    for path in kept:
        path.write_bytes(path.read_bytes()[:30])
    assert good_shelf(GOOD) == first
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    assert good_shelf(GOOD) == first
    monkeypatch.setattr("tempfile.NamedTemporaryFile", lambda **_: (_ for _ in ()).throw(OSError("full")))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "other"))
    (tmp_path / "other").mkdir()
    assert good_shelf(GOOD) == first
