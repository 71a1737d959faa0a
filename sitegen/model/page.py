"""Finished pages, what is read from them, and the links in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sitegen.problems import Passage, Place

Spot = tuple[int, int]
"""A line of a page, from 1, and a column in it, from 0."""


@dataclass(frozen=True)
class Page:
    """A rendered page; `passages` are the report's words that its article must hold, none on other pages.

    `pieces` are what it shares with other pages, elements with all that is in them, which need to be checked but once.
    `template` is the name of the one that was filled in.
    """

    path: str
    html: str
    passages: tuple[Passage, ...] = ()
    pieces: tuple[str, ...] = ()
    template: str = ""


@dataclass(frozen=True)
class PageFacts:
    """What the checks need to know of a page: its ids and links, each with its first spot, and its articles' words.

    `links` are the addresses in its attributes as a browser reads them, those left out that lead to other hosts.
    `sides` are the texts that it shows beside each other, by their names, all elements of a name joined.
    """

    path: str
    ids: Mapping[str, Spot]
    links: Mapping[str, Spot]
    articles: tuple[str, ...]
    sides: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Link:
    """A link to `target`, a path in the site with or without a fragment, as the first of `pages` pages has it."""

    place: Place
    text: str
    target: str
    pages: int = 1
