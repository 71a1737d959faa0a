"""Templates and what they must know → text; the only module that knows Jinja."""

import hashlib
import traceback
from binascii import b2a_base64
from collections.abc import Mapping
from contextlib import suppress
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
)

from sitegen.files import decode
from sitegen.problems import Place, Problem, gather, mistake, stop_at

_WANTED = (
    *("shelf.html", "years.html", "404.html", "_entry.html", "_nav.html"),
    *("report.html", "item.html", "alias.html", "edition.html", "figures.html", "terms.html", "report.xml"),
)
_OPTIONS: dict[str, Any] = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}


def compile_templates(sources: Mapping[str, bytes]) -> Environment:
    """Compile the files of templates/; raises Mistakes with those of all of them."""
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    for name, data in sources.items():
        with gather(problems):
            texts[name] = decode(data, _path(name))
    templates = Environment(
        loader=FunctionLoader(lambda name: (texts[name], _path(name), None) if name in texts else None),
        undefined=StrictUndefined,
        bytecode_cache=_cache(),
        **_OPTIONS,
    )
    templates.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    templates.filters["sha256"] = _sha256
    for name in (*texts, *(page for page in _WANTED if page not in sources)):
        try:
            _compile(templates, name)
        except TemplateNotFound:
            problems.append(Problem(Place(_path(name)), "must exist"))
        except TemplateSyntaxError as error:
            problems.append(Problem(Place(_path(name), error.lineno), f"must be valid Jinja: {error.message}"))
        except (SyntaxError, RecursionError, ValueError) as error:  # which Python finds in what Jinja made of it
            problems.append(Problem(Place(_path(name)), f"must be valid Jinja: {error}"))
    stop_at(problems)
    return templates


def _sha256(text: str) -> str:
    """The hash by which a page allows its own inline style (Content Security Policy, level 3, section 2.3.1)."""
    return "sha256-" + b2a_base64(hashlib.sha256(text.encode()).digest(), newline=False).decode()


def _compile(templates: Environment, name: str) -> None:
    cache = templates.bytecode_cache
    try:
        templates.get_template(name)
    except TemplateNotFound:  # an OSError too
        raise
    except (OSError, EOFError, UnpicklingError):  # the cache cannot be written, or was damaged
        templates.bytecode_cache = None
        with suppress(OSError):
            if cache:
                cache.clear()
        templates.get_template(name)


def _cache() -> BytecodeCache | None:
    """Where compiled templates are kept between builds, in the user's temporary folder; compiling is half a build."""
    digest = hashlib.sha256(f"{jinja2.__version__} {_OPTIONS}".encode()).hexdigest()
    try:
        return FileSystemBytecodeCache(pattern=f"fazhi-{digest[:16]}-%s.cache")
    except (OSError, RuntimeError):
        return None


def fill(templates: Environment, name: str, variables: Mapping[str, object]) -> str:
    """The template's text; whatever goes wrong in its expressions is a problem of the line it stands in."""
    try:
        text = templates.get_template(name).render(variables)
    except Exception as error:
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            if frame.filename.startswith(_path("")):
                missing = isinstance(error, TemplateNotFound)
                said = f"{_path(str(error))} must exist" if missing else f"must be possible to fill in: {error}"
                raise mistake(Place(frame.filename, frame.lineno), said) from None
        raise  # not the template's doing
    try:
        text.encode()
    except UnicodeEncodeError as error:  # all others that no page can hold are found when it is checked
        raise mistake(Place(_path(name)), f"must not make the character U+{ord(text[error.start]):04X}") from None
    return text


def _path(name: str) -> str:
    return f"templates/{name}"
