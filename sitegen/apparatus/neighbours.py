"""The order of the reports on the shelf, who issued them, and those of the years beside each."""

from collections.abc import Iterable, Mapping, Sequence

from sitegen.frontmatter.keys import ReportMatter
from sitegen.model.shelf import Entry, Near, Neighbour


def newest_first(matters: Mapping[str, ReportMatter]) -> list[str]:
    """The names of the reports in the order of the shelf, by what their index.md says of them."""
    return sorted(matters, key=lambda name: (matters[name].year, name), reverse=True)


def group_by_issuer(entries: Iterable[Entry]) -> Mapping[str, Sequence[Entry]]:
    """Entries of the shelf by who issued the reports: issuers in the order of their first entries, these in theirs."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.issuer, []).append(entry)
    return groups


def list_neighbours(matters: Mapping[str, ReportMatter]) -> dict[str, Near]:
    """For each report, the newest first, that of the same issuer before it, by year, and the one behind it."""
    newest = newest_first(matters)
    by_issuer: dict[str | None, list[str]] = {}
    for name in newest:
        by_issuer.setdefault(matters[name].issuer, []).append(name)
    near: dict[str, Near] = {}
    for names in by_issuer.values():
        neighbours = [Neighbour(name, matters[name].title or name) for name in names]
        for name, later, earlier in zip(names, [None, *neighbours], [*neighbours[1:], None], strict=False):
            near[name] = Near(earlier, later)
    return {name: near[name] for name in newest}
