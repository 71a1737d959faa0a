"""A numbered report → the files that programs read; pure functions that return text."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from io import StringIO

from sitegen.frontmatter.keys import Site
from sitegen.model.edition import Edition, Figure, Term
from sitegen.model.report import Item, Paragraph, Report


def exports(edition: Edition) -> dict[str, str]:
    """The files of a report for programs, but report.xml, by path."""
    report = edition.report
    texts = {
        f"{report.id}/report.json": report_json(edition),
        f"{report.id}/report.txt": report_txt(report),
        f"assets/words-{report.id}.js": search_js(report),
    }
    return texts | ({f"{report.id}/figures.csv": figures_csv(edition.figures)} if edition.figures else {})


def report_json(edition: Edition) -> str:
    """The report's tree, every item in order with its address, label, number, words and neighbours; and its apparatus.

    Its form is that of static/report.schema.json.
    """
    report = edition.report
    told = {
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
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


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
        "occurrences": [{"item": each.words.id, "count": each.count} for each in term.occurrences],
    }


def figures_csv(figures: Iterable[Figure]) -> str:
    """The figures as a table after RFC 4180, with a byte order mark, without which Excel does not read it as UTF-8."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(["编号", "网址", "数据", "数值", "单位", "统计项目"])
    for figure in figures:
        words = figure.words
        page = words.page if words.item or not words.id else f"{words.page}#{words.id}"
        writer.writerow([words.name, page, figure.value, figure.number, figure.unit, figure.measures])
    return "\ufeff" + text.getvalue()


def report_txt(report: Report) -> str:
    """The report and nothing else: a heading or a paragraph a line, an empty line between them."""
    return "\n\n".join(report.passages()) + "\n"


def search_js(report: Report) -> str:
    """What search.js asks for when it is first used: every address with its number, heading and text, in order.

    It is a script because a page opened from the disk may load no other data.
    """
    entries = [["", "", report.matter.title, ""]]
    entries += [[paragraph.id, "", "", paragraph.text] for paragraph in report.preamble]
    for item in report.walk():
        entries.append([item.id, item.number, item.heading, "".join(paragraph.text for paragraph in item.paragraphs)])
    told = {"id": report.id, "title": report.matter.title, "entries": entries}
    return f"searchable({json.dumps(told, ensure_ascii=False, separators=(',', ':'))});\n"


def site_files(site: Site, paths: Sequence[str]) -> dict[str, str]:
    """The files for robots, given the paths of all files of the site."""
    texts = {"robots.txt": robots_txt(site)}
    if site.url:
        pages = [path for path in paths if path.endswith(".html") and path != "404.html"]
        texts["sitemap.xml"] = sitemap_xml(site.url, pages)
    return texts


def reports_js(names: Sequence[str]) -> str:
    """The names of the reports' folders in the order of the shelf, for search.js."""
    return f"shelf({json.dumps(names)});\n"


def robots_txt(site: Site) -> str:
    """Every robot is welcome; the sitemap is named where there is one."""
    lines = ["User-agent: *", "Allow: /"]
    if site.url:
        lines.append(f"Sitemap: {site.url}/sitemap.xml")
    return "\n".join(lines) + "\n"


def sitemap_xml(url: str, paths: Sequence[str]) -> str:
    """The pages at `paths` under the site's address, after sitemaps.org 0.9."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    lines += [f"<url><loc>{escape(url)}/{path}</loc></url>" for path in paths]
    return "\n".join([*lines, "</urlset>"]) + "\n"
