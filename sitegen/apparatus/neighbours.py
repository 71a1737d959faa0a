"""The order of the reports on the shelf, who issued them, and those of the years beside each."""

from collections.abc import Iterable, Mapping, Sequence

from sitegen.apparatus.series import Listed, list_series
from sitegen.frontmatter.keys import ReportMatter
from sitegen.model.shelf import Entry, Issuer, Near, Neighbour


def newest_first(matters: Mapping[str, ReportMatter]) -> list[str]:
    """The names of the reports in the order of the shelf, by what their index.md says of them."""
    return sorted(matters, key=lambda name: (matters[name].year, name), reverse=True)


def group_by_issuer(entries: Iterable[Entry]) -> list[Issuer]:
    """Entries of the shelf by who issued the reports: issuers in the order of their first entries, these in theirs."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.issuer, []).append(entry)
    return [Issuer(name, tuple(own)) for name, own in groups.items()]


def group_names(matters: Mapping[str, ReportMatter]) -> list[list[str]]:
    """The names of the reports by who issued them, the newest first."""
    groups: dict[str, list[str]] = {}
    for name in newest_first(matters):
        groups.setdefault(matters[name].issuer or "", []).append(name)
    return [*groups.values()]


def list_neighbours(
    names: Sequence[str], matters: Mapping[str, ReportMatter], figures: Mapping[str, Listed]
) -> dict[str, Near]:
    """For each report of an issuer, the newest first, those before it and behind it, by year, and figures around it."""
    series = list_series(names, figures)
    neighbours = [Neighbour(name, matters[name].title or name) for name in names]
    around = zip(names, [None, *neighbours], [*neighbours[1:], None], strict=False)
    return {name: Near(earlier, later, series[name]) for name, later, earlier in around}
