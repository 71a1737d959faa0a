"""The files that stand beside the reports for programs: for robots, and for the search."""

from collections.abc import Iterable, Sequence
from html import escape

from sitegen.frontmatter.keys import Site
from sitegen.render.canonical import canonical_address
from sitegen.render.search_data import reports_js


def render_site_files(settings: Site, paths: Sequence[str], reports: Sequence[str]) -> dict[str, str]:
    """The files by path, given the paths of all files of the site and the reports' names, the newest first."""
    texts = {"robots.txt": robots_txt(settings), "assets/reports.js": reports_js(reports)}
    if settings.url:
        pages = [path for path in paths if path.endswith(".html") and path != "404.html"]
        texts["sitemap.xml"] = sitemap_xml(canonical_address(settings, page) for page in pages)
    return texts


def robots_txt(site: Site) -> str:
    """Every robot is welcome; the sitemap is named where there is one."""
    lines = ["User-agent: *", "Allow: /"]
    if site.url:
        lines.append(f"Sitemap: {site.url}/sitemap.xml")
    return "\n".join(lines) + "\n"


def sitemap_xml(addresses: Iterable[str]) -> str:
    """The pages at these addresses, after sitemaps.org 0.9."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    lines += [f"<url><loc>{escape(address)}</loc></url>" for address in addresses]
    return "\n".join([*lines, "</urlset>"]) + "\n"
