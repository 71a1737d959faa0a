"""The table of contents on the pages of a report: its entries, made once, and which of them a page shows.

On every page of a small report it is whole. On those of a large one it would be most of the site, and grow with the
square of the report: there a page shows the way down to its own item and what stands beside that way, closed.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from jinja2 import Environment
from markupsafe import Markup

from sitegen.model.report import Item, Report
from sitegen.problems import Problems
from sitegen.render.templates import fill

_SMALL = 200  # items of a report whose pages show all of them: no section, and no page, is lost sight of
_BESIDE = 100  # items of one list that a large report's page shows: all where labels end at 99, as 一、 and （一） do


class Contents(NamedTuple):
    """The entries of items by address: each with all below it, or closed where the report is large.

    Then `beside` has for each item those that stand in a list with it, itself among them.
    """

    entries: Mapping[str, Markup]
    beside: Mapping[str, Sequence[Item]]

    def pieces(self, items: Sequence[Item], name: str) -> Iterator[Markup]:
        """The entries that the page `name` of a small report with these items shares with other pages.

        They are those of the items that do not stand above the page, as _contents.html uses them. Closed entries are
        too short to be worth being checked once.
        """
        if self.beside:
            return
        for item in items:
            if f"{name}-".startswith(f"{item.id}-"):
                yield from self.pieces(item.children, name)
            elif item.id in self.entries:
                yield self.entries[item.id]

    def listed(self, way: Sequence[Item]) -> Mapping[str, Sequence[Item]]:
        """What is listed on the page at the end of a `way` down: by the item above it, that of the parts by ""."""
        if not self.beside:
            return {}
        below = {above.id: self.beside[item.id] for above, item in pairwise(way)}
        return {"": self.beside[way[0].id], **below}


def way_to(page: str) -> tuple[str, ...]:
    """The addresses of the items on the way down to a page, by its file name: s1, s1-2 and s1-2-3 for s1-2-3.html."""
    return tuple(accumulate(page.removesuffix(".html").split("-"), "{}-{}".format))


def make_contents(templates: Environment, report: Report, problems: Problems) -> Contents | None:
    """The entries are made here, once; None when one of them cannot be filled in."""
    items = tuple(report.walk())
    large = len(items) > _SMALL
    entries: dict[str, Markup] = {}
    for item in reversed(items):  # those below an item before itself
        if not item.children and not large:  # a single entry is not worth being shared by few pages
            continue
        variables = {"item": item, "made": entries, "closed": large}
        entry = fill(templates, "_contents_entry.html", variables, problems)
        if entry is None:
            return None
        entries[item.id] = entry
    return Contents(entries, _beside(report) if large else {})


def _beside(report: Report) -> Mapping[str, Sequence[Item]]:
    """For each item the nearest in its list."""
    beside: dict[str, Sequence[Item]] = {}
    for items in (report.items, *(item.children for item in report.walk())):
        for at, item in enumerate(items):
            first = max(0, min(at - _BESIDE // 2, len(items) - _BESIDE))
            beside[item.id] = items[first : first + _BESIDE]
    return beside
