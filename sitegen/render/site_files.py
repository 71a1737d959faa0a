"""The files that stand beside the reports for programs: for robots, and for the search."""

from collections.abc import Sequence

from sitegen.frontmatter.keys import Site
from sitegen.render.canonical import canonical_address
from sitegen.render.search_data import reports_js
from sitegen.render.sitemaps import render_sitemaps


def render_site_files(settings: Site, paths: Sequence[str], reports: Sequence[str]) -> dict[str, str]:
    """The files by path, given the paths of all files of the site and the reports' names, the newest first."""
    texts = {"robots.txt": robots_txt(settings), "assets/reports.js": reports_js(reports)}
    if settings.url:
        pages = [path for path in paths if path.endswith(".html") and path != "404.html"]
        texts |= render_sitemaps(settings.url, (canonical_address(settings, page) for page in pages))
    return texts


def robots_txt(site: Site) -> str:
    """Every robot is welcome; the sitemap is named where there is one."""
    lines = ["User-agent: *", "Allow: /"]
    if site.url:
        lines.append(f"Sitemap: {site.url}/sitemap.xml")
    return "\n".join(lines) + "\n"
