"""Numbered reports → pages, through the templates; the only module that knows Jinja."""

import hashlib
import traceback
from collections.abc import Iterator, Mapping, Sequence
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

from sitegen import discovery
from sitegen.edition import Edition
from sitegen.files import UNFIT, decode
from sitegen.markup import Page
from sitegen.model import Item
from sitegen.picture import draw
from sitegen.place import Passage, Place
from sitegen.problems import Problem, gather, mistake, stop_at
from sitegen.qr import qr_svg
from sitegen.schema import Site
from sitegen.years import Forms, elsewhere, index_forms, neighbours

_APPARATUS = {"edition": "编辑说明", "figures": "数据一览", "terms": "术语索引"}
_PAGES = ("shelf", "404", "report", "item", "alias", *_APPARATUS)
_OPTIONS: dict[str, Any] = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
_Planned = tuple[str, str, dict[str, object], tuple[Passage, ...]]


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
    wanted = [*(f"{page}.html" for page in _PAGES), "report.xml"]
    for name in (*texts, *(page for page in wanted if page not in sources)):
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


def render(site: Site, editions: Sequence[Edition], templates: Environment) -> tuple[Page, ...]:
    """Every page of the site, the shelf first; raises Mistakes with those of all pages."""
    problems: list[Problem] = []
    pages: list[Page] = []
    for path, template, variables, passages in _plan(site, editions):
        known = {**variables, "site": site, "editions": editions, "path": path, "root": "../" * path.count("/")}
        known["qr"] = qr_svg(f"{site.url}/{path}") if site.url else ""
        with gather(problems):
            pages.append(Page(path, _fill(templates, template, known), passages))
    stop_at(problems)
    return tuple(pages)


def report_xml(site: Site, edition: Edition, templates: Environment) -> str:
    """The report in Akoma Ntoso 3.0; raises Mistakes."""
    return _fill(templates, "report.xml", {**_about(edition), "site": site})


def _about(edition: Edition) -> dict[str, object]:
    notes = [note for words in edition.report.words() for note in words.notes]
    return {"edition": edition, "report": edition.report, "notes": notes}


def _plan(site: Site, editions: Sequence[Edition]) -> Iterator[_Planned]:
    """Each page's path, its template, what that must know, and the report's words that its article must hold."""
    forms = index_forms(editions)
    pictures = {edition.report.id: draw(edition.report) for edition in editions}
    yield "index.html", "shelf.html", {"pictures": pictures, "data": discovery.shelf_data(site, editions)}, ()
    yield "404.html", "404.html", {}, ()
    for edition in editions:
        yield from _plan_report(site, edition, editions, forms)
        yield from _plan_items(edition)


def _plan_report(site: Site, edition: Edition, editions: Sequence[Edition], forms: Forms) -> Iterator[_Planned]:
    """The full text and the pages of the apparatus."""
    report = edition.report
    about = {**_about(edition), "elsewhere": elsewhere(edition, forms)}
    description = discovery.describe(list(report.passages())[1:])
    earlier, later = neighbours(report, [each.report for each in editions])
    known = {**about, "description": description, "data": discovery.report_data(site, report)}
    known |= {"earlier": earlier, "later": later}
    yield f"{report.id}/index.html", "report.html", known, tuple(report.passages())
    wanted = {"edition": True, "figures": bool(edition.figures), "terms": bool(edition.terms)}
    for name, title in _APPARATUS.items():
        if wanted[name]:
            known = {**about, "name": name, "title": title, "data": discovery.page_data(report, title)}
            yield f"{report.id}/{name}.html", f"{name}.html", known, ()


def _plan_items(edition: Edition) -> Iterator[_Planned]:
    report, about = edition.report, _about(edition)
    items = tuple(report.walk())
    by_id = {item.id: item for item in items}
    for previous, item, following in zip((None, *items), items, (*items[1:], None), strict=False):
        passages = tuple(item.passages())
        known = {
            **about,
            "item": item,
            "above": tuple(_above(item, by_id))[::-1],
            "previous": previous,
            "next": following,
            "words": [each.words for each in item.walk()],
            "figures": [figure for figure in edition.figures if figure.words.id == item.id],
            "description": discovery.describe(passages[1:] or passages),
            "data": discovery.item_data(report, item),
        }
        yield f"{report.id}/{item.page}", "item.html", known, passages
        for old in item.aliases:
            yield f"{report.id}/{old}.html", "alias.html", {**known, "name": old, "title": f"原网址 {old}"}, ()


def _above(item: Item, by_id: Mapping[str, Item]) -> Iterator[Item]:
    """The items that hold this one, the nearest first."""
    while item.parent:
        item = by_id[item.parent]
        yield item


def _fill(templates: Environment, name: str, variables: dict[str, object]) -> str:
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
    if found := UNFIT.search(text):
        raise mistake(Place(_path(name)), f"must not make the character U+{ord(found[0]):04X}")
    return text


def _path(name: str) -> str:
    return f"templates/{name}"
