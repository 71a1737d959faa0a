"""Finished pages, what is read from them, and the links in them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.problems import Passage


@dataclass(frozen=True)
class Page:
    """A rendered page; `passages` are the report's words that its article must hold, none on other pages.

    `pieces` are what it shares with other pages, elements with all that is in them, which need to be checked but once.
    """

    path: str
    html: str
    passages: tuple[Passage, ...] = ()
    pieces: tuple[str, ...] = ()


@dataclass(frozen=True)
class PageFacts:
    """What the checks need to know of a page: its ids and links, each with its first line, and its articles' words.

    `links` are the addresses in its attributes as a browser reads them, those left out that lead to other hosts.
    """

    path: str
    ids: Mapping[str, int]
    links: Mapping[str, int]
    articles: tuple[str, ...]


@dataclass(frozen=True)
class Link:
    """A link to `target`, a path in the site with or without a fragment, as the first of `pages` pages has it."""

    page: str
    line: int
    text: str
    target: str
    pages: int = 1
