"""An edition → the files of its report that programs read: the list of them, and what makes each."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment

from sitegen.frontmatter.keys import Site
from sitegen.model.edition import Edition, Figure, Term
from sitegen.model.report import Item, Paragraph, Report
from sitegen.problems import Problems
from sitegen.render.templates import fill


@dataclass(frozen=True)
class Export:
    """A file of a report for programs: its name in the report's folder, and its media type, by which pages announce it.

    Where nothing is said of how to make it, the template of its name does. `only_with` tells of an edition whether it
    has what the file is about.
    """

    name: str
    media_type: str
    make: Callable[[Edition], str] | None = None
    only_with: Callable[[Edition], bool] | None = None


def exports_of(edition: Edition) -> tuple[Export, ...]:
    """Those that an edition has."""
    return tuple(export for export in EXPORTS if export.only_with is None or export.only_with(edition))


def render_exports(settings: Site, templates: Environment, edition: Edition, problems: Problems) -> dict[str, str]:
    """The files of a report for programs, by path."""
    report = edition.report
    variables = {"site": settings, "edition": edition, "report": report, "matter": report.matter}
    texts: dict[str, str] = {}
    for export in exports_of(edition):
        text = export.make(edition) if export.make else fill(templates, export.name, variables, problems)
        if text is not None:
            texts[f"{report.id}/{export.name}"] = text
    return texts


def report_json(edition: Edition) -> str:
    """The report's tree, every item in order with its address, label, number, words and relatives; and its apparatus.

    Its form is that of static/report.schema.json, to which it leads, and which says what its version means.
    """
    report = edition.report
    tree = {
        "$schema": "../assets/report.schema.json",
        "version": "1.0",
        "id": report.id,
        "title": report.matter.title,
        "issuer": report.matter.issuer,
        "published": report.matter.published and report.matter.published.isoformat(),
        "source": {"url": report.matter.source.url, "sha256": report.matter.source.sha256},
        "preamble": _paragraphs(report.preamble),
        "items": [_item(item) for item in report.walk()],
        "notes": list(_notes(report)),
        "figures": [_figure(figure) for figure in edition.figures],
        "terms": [_term(term) for term in edition.terms],
    }
    return _lines(tree)


def _lines(tree: Mapping[str, object]) -> str:
    """JSON with a line for each key, and for each entry of a list, so that a change shows where it is."""
    lines: list[str] = []
    for key, value in tree.items():
        if isinstance(value, list) and value:
            entries = ",\n".join(f"  {json.dumps(entry, ensure_ascii=False)}" for entry in value)
            lines.append(f'"{key}": [\n{entries}\n ]')
        else:
            lines.append(f'"{key}": {json.dumps(value, ensure_ascii=False)}')
    return "{\n " + ",\n ".join(lines) + "\n}\n"


def _item(item: Item) -> dict[str, object]:
    return {
        "id": item.id,
        "label": item.label,
        "number": item.number,
        "title": item.title,
        "heading": item.heading,
        "parent": item.parent,
        "children": [child.id for child in item.children],
        "url": item.page,
        "paragraphs": _paragraphs(item.paragraphs),
    }


def _paragraphs(paragraphs: Iterable[Paragraph]) -> list[dict[str, str]]:
    return [{"id": paragraph.id, "text": paragraph.text} for paragraph in paragraphs]


def _notes(report: Report) -> Iterator[dict[str, object]]:
    """Every note, with the address of the text that it is marked in, and how many characters stand before the mark."""
    texts = [(paragraph.id, paragraph.notes) for paragraph in report.preamble]
    for item in report.walk():
        texts += [(item.id, item.notes), *((paragraph.id, paragraph.notes) for paragraph in item.paragraphs)]
    for id, notes in texts:
        for note in notes:
            yield {"id": note.id, "number": note.number, "in": id, "at": note.at, "text": note.text}


def _figure(figure: Figure) -> dict[str, object]:
    return {
        "id": figure.id,
        "item": figure.words.id,
        "value": figure.value,
        "number": figure.number,
        "unit": figure.unit,
        "measures": figure.measures,
        "share": figure.share,
    }


def _term(term: Term) -> dict[str, object]:
    return {
        "term": term.text,
        "pinyin": term.pinyin,
        "group": term.group,
        "variants": list(term.variants),
        "occurrences": [{"item": place.words.id, "count": place.count} for place in term.occurrences],
    }


def report_txt(edition: Edition) -> str:
    """The report and nothing else: a heading or a paragraph a line, an empty line between them."""
    return "\n\n".join(edition.report.passages()) + "\n"


EXPORTS: Sequence[Export] = (
    Export("report.txt", "text/plain", report_txt),
    Export("report.json", "application/json", report_json),
    Export("report.xml", "application/akn+xml"),
    Export("figures.csv", "text/csv", only_with=lambda edition: bool(edition.figures)),
)
"""Every file of a report for programs, in the order in which pages announce them."""
TEMPLATES = tuple(export.name for export in EXPORTS if export.make is None)
"""The templates among them."""
