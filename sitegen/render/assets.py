"""static/ → assets/: styles joined, styles and scripts without comments and white space, all else as it is.

At its top a style may import others that stand beside it, each by a line like `@import "tokens.css";`. What is imported
becomes a part of that style, and no file of its own. Before a script stand the data that it shares with pages.
"""

import re
from collections.abc import Mapping
from posixpath import dirname, join
from typing import NamedTuple

from rcssmin import cssmin
from rjsmin import jsmin

from sitegen.files import decode
from sitegen.problems import Passage, Place, Problems
from sitegen.render.citations import citation_forms_js

_DATA = {"cite.js": citation_forms_js}
"""For each script that shares data with pages, what makes the statement that gives it these."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_IMPORT = re.compile(r'^@import "([^"/\n]+)";$', re.MULTILINE)
_OTHER_IMPORT = re.compile(r"@import[^/;]*;")
"""Any import without a slash; those with one, as in https://, are left to the check of links."""


def render_assets(static: Mapping[str, bytes], problems: Problems) -> dict[str, bytes]:
    """The files of assets/ from those of static/, by path; styles and scripts must be UTF-8, what is imported there."""
    styles: dict[str, _Style] = {}
    files: dict[str, bytes] = {}
    for path, data in static.items():
        if not path.endswith((".css", ".js")):
            files[path] = data
            continue
        text = decode(data, f"static/{path}", problems)
        if text is not None and path.endswith(".js"):
            data_of_script = _DATA[path]() if path in _DATA else ""
            files[path] = (data_of_script + str(jsmin(str(text)))).encode()
        elif text is not None:
            styles[path] = _read_style(path, text, problems)
    files |= {path: str(cssmin(style)).encode() for path, style in _join(styles, problems).items()}
    return {f"assets/{path}": data for path, data in files.items()}


class _Style(NamedTuple):
    """A style sheet: the paths that it imports, with their places, and its rules."""

    imports: tuple[Passage, ...]
    rules: str


def _read_style(path: str, text: Passage, problems: Problems) -> _Style:
    """Part a style into its imports and its rules; an import must be a line of its own, above all rules."""
    bare = _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)  # every place stays what it was
    imports: list[Passage] = []
    end = 0
    for match in _IMPORT.finditer(bare):
        if bare[end : match.start()].strip():
            break
        end = match.end()
        imports.append(Passage(join(dirname(path), match[1]), _line(text, match.start())))
    for other in _OTHER_IMPORT.finditer(bare, end):
        message = 'must import by a line of its own above all rules, as in @import "tokens.css";'
        problems.must(_line(text, other.start()), "style-import", message)
    return _Style(tuple(imports), text[end:])


def _line(text: Passage, at: int) -> Place:
    return Place(text.place.path, text.count("\n", 0, at) + 1)


def _join(styles: Mapping[str, _Style], problems: Problems) -> dict[str, str]:
    """The styles that no other imports, by path, each with what it imports in front."""
    imported: set[str] = set()
    for style in styles.values():
        imported.update(style.imports)
    joined: dict[str, str] = {}
    for path, style in styles.items():
        parts: list[str] = []
        for name in style.imports:
            if name not in styles:
                message = f"must import a style that exists: static/{name} does not"
                problems.must(name.place, "style-import", message)
            elif path in imported:
                problems.must(name.place, "style-import", "must not import: this style is itself imported")
            else:
                parts.append(styles[name].rules)
        if path not in imported:
            joined[path] = "\n".join([*parts, style.rules])
    return joined
