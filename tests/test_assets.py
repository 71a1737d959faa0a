"""static/ → assets/: which files are published, and how styles are joined."""

import pytest

from sitegen.check.links import check_styles
from sitegen.problems import Problems
from sitegen.render.assets import render_assets
from tests.conftest import ROOT


def assets(static: dict[str, bytes]) -> dict[str, bytes]:
    """The files made of static files with which nothing is wrong."""
    problems = Problems()
    files = render_assets(static, problems)
    assert list(map(str, problems.found)) == []
    return files


def mistakes(static: dict[str, bytes]) -> list[str]:
    problems = Problems()
    render_assets(static, problems)
    return list(map(str, problems.found))


def test_styles_and_scripts_are_made_short_and_all_else_stays() -> None:
    static = {
        "a.css": b"/* a */\np { top: 0 }\n",
        "in/b.js": b"let b = 1; // b\n",
        "c.json": b"{ }\n",
        "d.svg": b"\xff",
    }
    assert assets(static) == {
        "assets/a.css": b"p{top:0}",
        "assets/in/b.js": b"let b=1;",
        "assets/c.json": b"{ }\n",
        "assets/d.svg": b"\xff",
    }


def test_what_a_style_imports_stands_in_front_of_its_rules_in_order_and_is_not_published() -> None:
    static = {
        "a.css": b"a { top: 1px }",
        "site.css": b'/* first\n@import "none.css";\n*/\n\n@import "z.css";\n/* a */ /* b */\n@import "a.css";\ni { top: 2px }\n',
        "z.css": b"\xef\xbb\xbf/* z */\r\nb { top: 0 }\r\n",
    }
    assert assets(static) == {"assets/site.css": b"b{top:0}a{top:1px}i{top:2px}"}


def test_a_style_may_be_imported_by_several_and_is_sought_beside_each() -> None:
    static = {
        "a.css": b'@import "part.css";',
        "b.css": b'@import "part.css";',
        "part.css": b"p { top: 0 }",
        "in/c.css": b'@import "part.css";',
        "in/part.css": b"p { top: 1px }",
    }
    assert assets(static) == {
        "assets/a.css": b"p{top:0}",
        "assets/b.css": b"p{top:0}",
        "assets/in/c.css": b"p{top:1px}",
    }


def test_imports_of_what_is_not_there_are_told_at_their_lines_for_all_styles_at_once() -> None:
    static = {
        "a.css": b'/* two\nlines */\n@import "b.css";\n@import "none.css";\n',
        "b.css": b"",
        "in/c.css": b'@import "b.css";',
        "script.css": b'@import "site.js";',
        "site.js": b"",
    }
    assert mistakes(static) == [
        "static/a.css:4: must import a style that exists: static/none.css does not [style-import]",
        "static/in/c.css:1: must import a style that exists: static/in/b.css does not [style-import]",
        "static/script.css:1: must import a style that exists: static/site.js does not [style-import]",
    ]


def test_an_imported_style_imports_nothing_so_none_can_import_itself() -> None:
    said = "must not import: this style is itself imported [style-import]"
    static = {"a.css": b'@import "b.css";', "b.css": b'\n@import "c.css";', "c.css": b"", "d.css": b'@import "d.css";'}
    assert mistakes(static) == [f"static/b.css:2: {said}", f"static/d.css:1: {said}"]


@pytest.mark.parametrize(
    "line",
    [
        "@import 'b.css';",
        '@import url("b.css");',
        '@import "b.css" print;',
        ' @import "b.css";',
        '@import "b.css"; p { top: 0 }',
        'p { top: 0 }\n@import "b.css";',
    ],
)
def test_an_import_in_another_form_or_below_rules_is_told(line: str) -> None:
    static = {"a.css": f'@import "b.css";\n/* @import */\n{line}\n'.encode(), "b.css": b""}
    number = 3 + line.count("\n")
    said = 'must import by a line of its own above all rules, as in @import "tokens.css"; [style-import]'
    assert mistakes(static) == [f"static/a.css:{number}: {said}"]


def test_the_import_of_another_host_is_left_to_the_check_of_links_which_refuses_it() -> None:
    for style in (b"", b'@import "b.css";\n'):
        files = assets({"a.css": style + b'@import "https://example.org/x.css";', "b.css": b"p { top: 0 }"})
        problems = Problems()
        check_styles(files, problems)
        said = 'the link "https://example.org/x.css" must be a file of the site, by its name [link-file]'
        assert list(map(str, problems.found)) == [f"assets/a.css: {said}"]


def test_bytes_that_are_not_text_are_told_for_all_files_at_once() -> None:
    assert mistakes({"a.css": b"\xff", "b.js": b"\n\xff"}) == [
        "static/a.css:1: must be UTF-8 text [utf-8]",
        "static/b.js:2: must be UTF-8 text [utf-8]",
    ]


def test_the_style_of_every_page_is_joined_from_files_that_end_with_that_for_paper(files: dict[str, bytes]) -> None:
    lines = (ROOT / "static/site.css").read_text("utf-8").split("\n")
    names = [line.split('"')[1] for line in lines if line.startswith("@import")]
    assert (names[0], names[-1]) == ("tokens.css", "print.css")
    assert not {f"assets/{name}" for name in names} & set(files)
    assert files["assets/site.css"].startswith(b":root{--paper:")


def test_no_line_of_a_style_or_a_script_is_over_100_columns() -> None:
    files = sorted([*(ROOT / "static").glob("*.css"), *(ROOT / "static").glob("*.js")])
    assert files
    long = [
        f"{file.name}:{number}"
        for file in files
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if len(line) > 100
    ]
    assert long == []
