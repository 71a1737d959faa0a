"""A report's folder → its volume: every file of the report, finished and proved, and what the shelf needs of it.

A volume depends on nothing but its arguments, so that volumes can be bound one beside the other, and kept while a
preview rebuilds others.
"""

from collections.abc import Mapping, Sequence

from sitegen.apparatus.years import mentions
from sitegen.check.finished import check_exports, check_pages
from sitegen.check.links import check_links, check_styles, merge_links, part_links, read_links
from sitegen.model.finished import Job, Press, Volume
from sitegen.problems import stop_at
from sitegen.publish.output import MARK, MARK_TEXT
from sitegen.read.content import read_edition
from sitegen.render.description import about
from sitegen.render.exports import exports, reports_js, site_files
from sitegen.render.pages import render, render_shelf, report_xml
from sitegen.render.picture import draw
from sitegen.render.templates import fill


def bind(press: Press, job: Job) -> Volume:
    """Make a report's volume; raises Mistakes."""
    edition = read_edition(job.name, job.files, job.index)
    report = edition.report
    pages = render(press, edition, job.near)
    texts = {page.path: page.html for page in pages} | exports(edition)
    texts[f"{report.id}/report.xml"] = report_xml(press, edition)
    ids = check_pages(pages)
    check_exports(edition, texts)
    inside, outside = part_links(read_links(pages), f"{report.id}/")
    stop_at(check_links(inside, texts, ids))
    item_pages = {f"{report.id}/{item.page}" for item in report.walk()}
    return Volume(
        id=report.id,
        files={path: text.encode() for path, text in texts.items()},
        items=len(item_pages),
        entry=fill(press.templates, "_entry.html", {"edition": edition, "report": report, "rows": draw(report)}),
        about=about(report, f"{report.id}/index.html"),
        mentions=mentions(edition),
        links=outside,
        ids={path: found for path, found in ids.items() if path not in item_pages},
        released=edition.released,
        waiting=edition.waiting,
    )


def bind_shelf(press: Press, static: Mapping[str, bytes], volumes: Sequence[Volume]) -> Volume:
    """Make what stands beside the reports, the newest report's volume being the first; raises Mistakes.

    The links of all volumes that lead out of their folders are followed here.
    """
    pages = render_shelf(press, volumes)
    paths = [path for volume in volumes for path in volume.files]
    texts = {page.path: page.html for page in pages} | site_files(press.site, [*(page.path for page in pages), *paths])
    texts["assets/reports.js"] = reports_js([volume.id for volume in volumes])
    files = {path: text.encode() for path, text in texts.items()} | dict(static) | {MARK: MARK_TEXT}
    ids = check_pages(pages)
    for volume in volumes:
        ids |= volume.ids
    links = merge_links([*read_links(pages), *(link for volume in volumes for link in volume.links)])
    stop_at([*check_links(links, {*files, *paths}, ids), *check_styles(files)])
    return Volume("", files)
