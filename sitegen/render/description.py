"""What a page tells search engines and previews of itself: a description, and data after schema.org (JSON-LD)."""

from collections.abc import Iterable, Mapping

from sitegen.frontmatter.keys import Site
from sitegen.model.report import Item, Report

_DESCRIBED = 80  # characters, about what a preview shows


def describe(passages: Iterable[str]) -> str:
    """The first words of a text."""
    text = "".join(passages)
    return text if len(text) <= _DESCRIBED else text[:_DESCRIBED] + "…"


def shelf_data(site: Site, reports: Iterable[Mapping[str, object]]) -> dict[str, object]:
    """The shelf as a collection of reports."""
    parts = list(reports)
    return {"@context": "https://schema.org", "@type": "CollectionPage", "name": site.title, "hasPart": parts}


def terms_data(site: Site) -> dict[str, object]:
    """The page of all reports' terms."""
    part_of = {"@type": "CollectionPage", "name": site.title, "url": "index.html"}
    return {"@context": "https://schema.org", "@type": "WebPage", "name": "历年术语", "isPartOf": part_of}


def report_data(site: Site, report: Report) -> dict[str, object]:
    """A report with all its items."""
    parts = [_part(item) for item in report.walk()]
    data = {"@context": "https://schema.org", **about(report, "index.html"), "inLanguage": site.language}
    return data | {"hasPart": parts}


def item_data(report: Report, item: Item) -> dict[str, object]:
    """An item with those directly below it, and the report that it is part of."""
    data = {"@context": "https://schema.org", **_part(item), "isPartOf": about(report, "index.html")}
    return data | ({"hasPart": [_part(child) for child in item.children]} if item.children else {})


def page_data(report: Report, name: str) -> dict[str, object]:
    """A page of the apparatus."""
    return {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": name,
        "isPartOf": about(report, "index.html"),
    }


def _part(item: Item) -> dict[str, object]:
    return {"@type": "CreativeWork", "name": f"{item.number} {item.title}".strip(), "url": item.page}


def about(report: Report, url: str) -> dict[str, object]:
    """A report that is read at `url`."""
    matter = report.matter
    told = {
        "@type": "Report",
        "name": matter.title,
        "url": url,
        "author": matter.issuer and {"@type": "GovernmentOrganization", "name": matter.issuer},
        "datePublished": matter.published and matter.published.isoformat(),
        "isBasedOn": matter.source.url,
    }
    return {key: value for key, value in told.items() if value}
