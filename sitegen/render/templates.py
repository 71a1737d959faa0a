"""Templates and what they must know → text; the only module that calls Jinja."""

import csv
import hashlib
import re
import traceback
from binascii import b2a_base64
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from io import StringIO
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import jinja2
from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemBytecodeCache,
    FunctionLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    select_autoescape,
)
from jinja2.ext import Extension
from jinja2.lexer import TOKEN_DATA, TOKEN_VARIABLE_BEGIN, Token, TokenStream
from markupsafe import Markup

from sitegen.files import decode
from sitegen.problems import Place, Problems
from sitegen.render.typography import break_at_words, keep_ranges

_NEEDED = (
    *("shelf.html", "catalogue.html", "issuer.html", "issuers.html", "letters.html", "years.html", "404.html"),
    *("_entry.html", "_outline.html"),
    *("_contents_entry.html", "_about.html", "_colophon.html"),
    *("report.html", "item.html", "alias.html", "edition.html", "collation.html", "figures.html", "terms.html"),
)
_OPTIONS: dict[str, Any] = {"trim_blocks": True, "lstrip_blocks": True}
_COMPILED = f"{jinja2.__version__} {_OPTIONS} autoescape but for csv"
"""What a compiled template depends on besides its text."""
_FOLDER = "templates/"
_LONGEST = 1_000_000  # characters that a line of a template has at most
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?%?", re.ASCII)
_PROGRAM = str(Path(__file__).resolve().parents[1])


class _Missing(StrictUndefined):
    """What a template asks for and nobody gives.

    Where an object's class has what the template asked for, the program failed to give it: then its own error comes
    through, which Jinja would take for a name that is not there.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        name = self._undefined_name
        if isinstance(name, str) and hasattr(type(self._undefined_obj), name):
            getattr(self._undefined_obj, name)


def compile_templates(sources: Mapping[str, bytes], exports: Sequence[str], problems: Problems) -> Environment | None:
    """Compile the files of templates/, those of `exports` among them; None when one of them is not as it must be."""
    known_before = len(problems.found)
    texts: dict[str, str] = {}
    for name, data in sources.items():
        text = decode(data, _FOLDER + name, problems)
        if text is not None:
            texts[name] = text
    templates = _environment(texts, _cache())
    for name in texts:
        _compile(templates, name, problems)
    for name in (*_NEEDED, *exports):
        if name not in sources:
            problems.must(Place(_FOLDER + name), "template-exists", "must exist")
    return templates if len(problems.found) == known_before else None


def compile_marked(sources: Mapping[str, bytes]) -> Environment:
    """The same of templates that are as they must be, but that what they write holds marks, as MARK reads them."""
    templates = _environment(
        {name: decode(data, name, Problems()) or "" for name, data in sources.items()}, None, _Marks
    )
    templates.filters["sha256"] = lambda text: _sha256(MARK.sub("", text))
    return templates


def _environment(texts: Mapping[str, str], cache: BytecodeCache | None, *extensions: type[Extension]) -> Environment:
    templates = Environment(
        loader=FunctionLoader(lambda name: (texts[name], _FOLDER + name, None) if name in texts else None),
        undefined=_Missing,
        bytecode_cache=cache,
        extensions=extensions,
        autoescape=select_autoescape(disabled_extensions=("csv",), default=True),
        **_OPTIONS,
    )
    templates.filters["sha256"] = _sha256
    templates.filters["csv_row"] = _csv_row
    templates.filters["break_at_words"] = partial(break_at_words, {})
    templates.filters["keep_ranges"] = keep_ranges
    return templates


MARK = re.compile("\0([^\0]*)\0")
"""A mark in what a template writes: until the next, all is of one line of one template."""


class _Marks(Extension):
    """Puts a mark before each line of a template's text and before each expression: path, line, number, and which."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """What is read from a template, with marks in it."""
        number = 0
        for token in stream:
            lines = re.split("(?<=\n)", token.value) if token.type == TOKEN_DATA else [""]
            kind = "expression" if token.type == TOKEN_VARIABLE_BEGIN else "text"
            if token.type in (TOKEN_DATA, TOKEN_VARIABLE_BEGIN):
                for line, text in enumerate(lines, token.lineno):
                    yield Token(line, TOKEN_DATA, f"\0{_FOLDER}{stream.name}:{line}:{number}:{kind}\0{text}")
                    number += 1
            if token.type != TOKEN_DATA:
                yield token


def place_of_mark(mark: str, behind: int) -> Place | None:
    """The place so many characters behind a mark; None where an expression wrote them, so that no template did."""
    path, line, number, kind = mark.rsplit(":", 3)
    return Place(path, int(line), int(number) * _LONGEST + behind) if kind == "text" else None


def _sha256(text: str) -> str:
    """The hash by which a page allows its own inline style (Content Security Policy, level 3, section 2.3.1)."""
    return "sha256-" + b2a_base64(hashlib.sha256(text.encode()).digest(), newline=False).decode()


def _csv_row(cells: Sequence[object]) -> str:
    """A row of a table after RFC 4180, in which no cell is a formula to a spreadsheet."""
    row = StringIO()
    csv.writer(row).writerow([_plain_cell(str(cell)) for cell in cells])
    return row.getvalue()


def _plain_cell(text: str) -> str:
    """The text, behind a ' where a spreadsheet would run it (OWASP, CSV Injection); a number stays what it is."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _compile(templates: Environment, name: str, problems: Problems) -> None:
    try:
        _get(templates, name)
    except TemplateSyntaxError as error:
        message = f"must be valid Jinja: {error.message}"
        problems.must(Place(_FOLDER + name, error.lineno), "template-valid", message)
    except (SyntaxError, RecursionError, ValueError) as error:  # which Python finds in what Jinja made of it
        problems.must(Place(_FOLDER + name), "template-valid", f"must be valid Jinja: {error}")


def _get(templates: Environment, name: str) -> jinja2.Template:
    """A template, without the cache from where that cannot be written or was damaged."""
    cache = templates.bytecode_cache
    try:
        return templates.get_template(name)
    except TemplateNotFound:  # an OSError too
        raise
    except (OSError, EOFError, UnpicklingError):
        templates.bytecode_cache = None
        with suppress(OSError):
            if cache:
                cache.clear()
        return templates.get_template(name)


def _cache() -> BytecodeCache | None:
    """Where compiled templates are kept between builds, in the user's temporary folder; compiling is half a build."""
    digest = hashlib.sha256(_COMPILED.encode()).hexdigest()
    try:
        return FileSystemBytecodeCache(pattern=f"fazhi-{digest[:16]}-%s.cache")
    except (OSError, RuntimeError):
        return None


def fill(templates: Environment, name: str, variables: Mapping[str, object], problems: Problems) -> Markup | None:
    """The template's text; None when it cannot be filled in, which is told at the line that stops it.

    What goes wrong in the program itself, when a template asks it for something, is not the template's mistake and
    comes through.
    """
    try:
        text = templates.get_template(name).render(variables)
    except Exception as error:
        line = _line_in_template(error)
        if line is None:
            raise
        if isinstance(error, TemplateNotFound):
            problems.must(line, "template-exists", f"{_FOLDER}{error} must exist")
        else:
            problems.must(line, "template-filled", f"must be possible to fill in: {error}")
        return None
    try:
        text.encode()
    except UnicodeEncodeError as error:  # all others that no page can hold are found when it is checked
        message = f"must not make the character U+{ord(text[error.start]):04X}"
        problems.must(Place(_FOLDER + name), "character-allowed", message)
        return None
    return Markup(text)


def _line_in_template(error: Exception) -> Place | None:
    """The line of a template that an error arose in; None where it arose in the program, asked by a template or not.

    A name that nobody gives is the template's mistake, though a filter of the program's may be what stumbles over it.
    """
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.startswith(_FOLDER):
            return Place(frame.filename, frame.lineno)
        if frame.filename.startswith(_PROGRAM) and not isinstance(error, UndefinedError):
            return None
    return None
