from pathlib import Path

import pytest

from sitegen.model.finished import Press
from sitegen.model.page import Page
from sitegen.problems import Mistakes
from sitegen.render.pages import render_shelf
from sitegen.render.templates import compile_templates
from tests.test_outputs import site

NEEDED = ("years", "404", "_entry", "_nav", "report", "item", "alias", "edition", "figures", "terms")
GOOD = {"shelf.html": b"<p>{{ site.title }}</p>", "report.xml": b""} | {f"{name}.html": b"" for name in NEEDED}


def shelf(sources: dict[str, bytes]) -> tuple[Page, ...]:
    """The pages of a shelf without reports."""
    return render_shelf(Press(site(None), sources, compile_templates(sources), False), ())


def problems(**changed: bytes) -> list[str]:
    """The problems of templates of which `shelf` and others are as given."""
    with pytest.raises(Mistakes) as raised:
        shelf(GOOD | {f"{name}.html": text for name, text in changed.items()})
    return list(map(str, raised.value.problems))


def test_text_is_escaped() -> None:
    pages = shelf(GOOD | {"shelf.html": b"{{ '<b a=\"\">' }}"})
    assert pages[0].html == "&lt;b a=&#34;&#34;&gt;"


def test_the_syntax_errors_of_all_templates_are_told_at_once() -> None:
    assert problems(shelf=b"\n{% if %}", item=b"{{ a", _part=b"{{ a | none }}", base=b"\n\xff") == [
        "templates/base.html:2: must be UTF-8 text",
        "templates/shelf.html:2: must be valid Jinja: Expected an expression, got 'end of statement block'",
        "templates/item.html:1: must be valid Jinja: unexpected end of template, expected 'end of print statement'.",
        "templates/_part.html:1: must be valid Jinja: No filter named 'none'.",
    ]


def test_a_template_that_is_missing() -> None:
    with pytest.raises(Mistakes) as raised:
        compile_templates({"shelf.html": b""})
    assert str(raised.value).split("\n") == [
        *(f"templates/{name}.html: must exist" for name in NEEDED),
        "templates/report.xml: must exist",
    ]
    said = ["templates/shelf.html:1: templates/none.html must exist"]
    assert problems(shelf=b"{% include 'none.html' %}") == said


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
    (problem,) = problems(shelf=template)
    assert problem.startswith(expected)


def test_the_line_told_is_that_of_the_part_included() -> None:
    said = problems(shelf=b"{% include '_part.html' %}", _part=b"\n\n{{ name }}")
    assert said == ["templates/_part.html:3: must be possible to fill in: 'name' is undefined"]


def test_a_cache_that_cannot_be_written_or_was_damaged_does_no_harm(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    first = shelf(GOOD)
    kept = [path for path in tmp_path.rglob("fazhi-*") if path.is_file()]
    assert len(kept) == len(GOOD)
    for path in kept:
        path.write_bytes(path.read_bytes()[:30])
    assert shelf(GOOD) == first
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    assert shelf(GOOD) == first
    monkeypatch.setattr("tempfile.NamedTemporaryFile", lambda **_: (_ for _ in ()).throw(OSError("full")))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "other"))
    (tmp_path / "other").mkdir()
    assert shelf(GOOD) == first
