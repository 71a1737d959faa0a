"""The addresses of all pages → the sitemap, in pieces where one file may not hold it."""

from collections.abc import Iterable, Iterator
from html import escape

MOST, HEAVIEST = 50_000, 50 * 1024 * 1024
"""Addresses and bytes that a sitemap may hold, after sitemaps.org 0.9."""
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"


def render_sitemaps(url: str, addresses: Iterable[str], most: int = MOST, heaviest: int = HEAVIEST) -> dict[str, str]:
    """The sitemap of these addresses by its name; where one file may not hold them, an index of those that do."""
    pieces = [_sitemap("urlset", "url", piece) for piece in _part(addresses, most, heaviest)]
    if len(pieces) == 1:
        return {"sitemap.xml": pieces[0]}
    named = {f"sitemap-{number}.xml": piece for number, piece in enumerate(pieces, 1)}
    return {"sitemap.xml": _sitemap("sitemapindex", "sitemap", (f"{url}/{name}" for name in named)), **named}


def _part(addresses: Iterable[str], most: int, heaviest: int) -> Iterator[list[str]]:
    """The addresses in pieces, each of which makes a sitemap of so many addresses and bytes at most."""
    frame = len(_sitemap("urlset", "url", ()))
    piece: list[str] = []
    weight = frame
    for address in addresses:
        own = len(_entry("url", address).encode()) + 1
        if piece and (len(piece) == most or weight + own > heaviest):
            yield piece
            piece, weight = [], frame
        piece.append(address)
        weight += own
    yield piece


def _sitemap(root: str, element: str, addresses: Iterable[str]) -> str:
    """A file after sitemaps.org 0.9, with an element of this name for each address."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{_SCHEMA}">']
    lines += [_entry(element, address) for address in addresses]
    return "\n".join([*lines, f"</{root}>"]) + "\n"


def _entry(element: str, address: str) -> str:
    return f"<{element}><loc>{escape(address)}</loc></{element}>"
