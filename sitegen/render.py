"""Numbered reports → pages, through the templates; the only module that knows Jinja."""

import traceback
from collections.abc import Iterator, Mapping, Sequence

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError

from sitegen.files import UNFIT, decode
from sitegen.model import Item, Page, Report
from sitegen.place import Passage, Place
from sitegen.problems import Problem, gather, mistake, stop_at
from sitegen.schema import Site

_PAGES = ("shelf.html", "404.html", "report.html", "item.html")


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
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in (*texts, *(page for page in _PAGES if page not in sources)):
        try:
            templates.get_template(name)
        except TemplateNotFound:
            problems.append(Problem(Place(_path(name)), "must exist"))
        except TemplateSyntaxError as error:
            problems.append(Problem(Place(_path(name), error.lineno), f"must be valid Jinja: {error.message}"))
        except (SyntaxError, RecursionError, ValueError) as error:  # which Python finds in what Jinja made of it
            problems.append(Problem(Place(_path(name)), f"must be valid Jinja: {error}"))
    stop_at(problems)
    return templates


def render(site: Site, reports: Sequence[Report], templates: Environment) -> tuple[Page, ...]:
    """Every page of the site, the shelf first; raises Mistakes with those of all pages."""
    problems: list[Problem] = []
    pages: list[Page] = []
    for path, template, variables, passages in _plan(reports):
        root = "../" * path.count("/")
        with gather(problems):
            html = _fill(templates, template, {**variables, "site": site, "reports": reports, "root": root})
            pages.append(Page(path, html, passages))
    stop_at(problems)
    return tuple(pages)


def _plan(reports: Sequence[Report]) -> Iterator[tuple[str, str, dict[str, object], tuple[Passage, ...]]]:
    """Each page's path, its template, what that must know, and the report's words that its article must hold."""
    yield "index.html", "shelf.html", {}, ()
    yield "404.html", "404.html", {}, ()
    for report in reports:
        yield f"{report.id}/index.html", "report.html", {"report": report}, tuple(report.passages())
        items = tuple(report.walk())
        by_id = {item.id: item for item in items}
        for previous, item, following in zip((None, *items), items, (*items[1:], None), strict=False):
            above = tuple(_above(item, by_id))[::-1]
            known = {"report": report, "item": item, "above": above, "previous": previous, "next": following}
            yield f"{report.id}/{item.page}", "item.html", known, tuple(item.passages())


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
