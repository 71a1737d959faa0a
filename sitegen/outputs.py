"""A numbered report → the files that programs read; pure functions that return text."""

import json
from collections.abc import Iterable, Sequence
from html import escape

from sitegen.model import Item, Paragraph, Report
from sitegen.schema import Site


def report_json(report: Report) -> str:
    """The report's tree: every item in order, with its address, label, number, words and neighbours."""
    told = {
        "id": report.id,
        "title": report.matter.title,
        "issuer": report.matter.issuer,
        "published": report.matter.published and report.matter.published.isoformat(),
        "source": {"url": report.matter.source.url, "sha256": report.matter.source.sha256},
        "preamble": _paragraphs(report.preamble),
        "items": [_item(item) for item in report.walk()],
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
