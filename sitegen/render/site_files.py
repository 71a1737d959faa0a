"""The files that stand beside the reports for programs: for robots, and for the search."""

from collections.abc import Mapping, Sequence

from sitegen.frontmatter.keys import Site
from sitegen.model.finished import Searchable
from sitegen.render.bundles import search_files
from sitegen.render.canonical import canonical_address
from sitegen.render.sitemaps import render_sitemaps


def render_site_files(settings: Site, paths: Sequence[str], searchable: Mapping[str, Searchable]) -> dict[str, str]:
    """The files by path, given the paths of all files, and what is searched of each report, in the shelf's order."""
    texts = {"robots.txt": robots_txt(settings), **search_files(searchable)}
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
