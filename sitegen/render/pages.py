"""An edition → the pages of its report, and the shelf; which page needs which template, and what that must know."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup

from sitegen.apparatus.years import join
from sitegen.model.edition import Edition
from sitegen.model.finished import Press, Volume
from sitegen.model.page import Page
from sitegen.model.report import Item
from sitegen.model.shelf import Near
from sitegen.problems import Passage, Problem, gather, stop_at
from sitegen.render import description as discovery
from sitegen.render.qr_code import qr_svg
from sitegen.render.templates import fill

_APPARATUS = {"edition": "编辑说明", "figures": "数据一览", "terms": "术语索引"}
_Known = Mapping[str, object]
_Planned = tuple[str, str, _Known, tuple[Passage, ...]]


def render(press: Press, edition: Edition, near: Near) -> tuple[Page, ...]:
    """Every page of a report, `near` being those of the years beside it; raises Mistakes with those of all pages."""
    return _render(press, f"{edition.report.id}/", _plan(press, edition, near))


def render_shelf(press: Press, volumes: Sequence[Volume]) -> tuple[Page, ...]:
    """The pages beside the reports, the newest report being the first; raises Mistakes with those of all."""
    terms = join(volume.mentions for volume in volumes) if press.shared else ()
    data = discovery.shelf_data(press.site, [volume.about for volume in volumes])
    planned: list[_Planned] = [("index.html", "shelf.html", {"volumes": volumes, "terms": terms, "data": data}, ())]
    if terms:
        planned.append(("terms.html", "years.html", {"terms": terms, "data": discovery.terms_data(press.site)}, ()))
    return _render(press, "", [*planned, ("404.html", "404.html", {}, ())])


def report_xml(press: Press, edition: Edition) -> str:
    """The report in Akoma Ntoso 3.0; raises Mistakes."""
    return fill(press.templates, "report.xml", {**_about(edition), "site": press.site})


def _render(press: Press, folder: str, planned: Iterable[_Planned]) -> tuple[Page, ...]:
    problems: list[Problem] = []
    pages: list[Page] = []
    for name, template, variables, passages in planned:
        path = folder + name
        known = {**variables, "site": press.site, "path": path, "root": "../" * path.count("/")}
        known["qr"] = qr_svg(press.site, path)
        with gather(problems):
            pages.append(Page(path, fill(press.templates, template, known), passages))
    stop_at(problems)
    return tuple(pages)


def _about(edition: Edition) -> dict[str, object]:
    notes = [note for words in edition.report.words() for note in words.notes]
    return {"edition": edition, "report": edition.report, "notes": notes}


def _plan(press: Press, edition: Edition, near: Near) -> Iterator[_Planned]:
    """Each page's name, its template, what that must know, and the report's words that its article must hold."""
    report, about = edition.report, _about(edition)
    about |= {name: Markup(fill(press.templates, f"_{name}.html", about)) for name in ("about", "colophon")}
    contents = {full: fill(press.templates, "_nav.html", {"edition": edition, "full": full}) for full in (True, False)}
    known = {
        **about,
        "description": discovery.describe(list(report.passages())[1:]),
        "data": discovery.report_data(press.site, report),
        "contents": _mark(contents[True], "index.html"),
        "earlier": near[0],
        "later": near[1],
    }
    yield "index.html", "report.html", known, tuple(report.passages())
    wanted = {"edition": True, "figures": bool(edition.figures), "terms": bool(edition.terms)}
    for name, title in _APPARATUS.items():
        if wanted[name]:
            known = {**about, "name": name, "title": title, "data": discovery.page_data(report, title)}
            known |= {"contents": _mark(contents[False], f"{name}.html"), "shared": press.shared}
            yield f"{name}.html", f"{name}.html", known, ()
    yield from _plan_items(edition, about, contents[False])


def _plan_items(edition: Edition, about: _Known, contents: str) -> Iterator[_Planned]:
    report = edition.report
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
            "contents": _mark(contents, item.page),
        }
        yield item.page, "item.html", known, passages
        for old in item.aliases:
            gone = {**known, "name": old, "title": f"原网址 {old}", "contents": Markup(contents)}
            yield f"{old}.html", "alias.html", gone, ()


def _mark(contents: str, page: str) -> Markup:
    """The table of contents with its link to the page that it stands on marked as such."""
    link = f'<a href="{page}"'
    return Markup(contents.replace(f"{link}>", f'{link} aria-current="page">', 1))


def _above(item: Item, by_id: Mapping[str, Item]) -> Iterator[Item]:
    """The items that hold this one, the nearest first."""
    while item.parent:
        item = by_id[item.parent]
        yield item
