"""Every link of the finished pages leads to a file, and to an id in it, that the site has; no page needs another host.

Links must be relative and name their file, so that they work below any path and from file://. A report's pages are
checked by themselves, but for their links out of its folder, which are checked when all reports are finished.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from html import unescape
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from sitegen.model.page import Link, Page
from sitegen.problems import Place, Problem

# Pages are well-formed when they come here, and text in them holds no quotation marks: these find attributes only.
_LINK = re.compile(r"""\s(?:href|src|srcset|poster|data)\s*=\s*["']([^"']*)""")
_ID = re.compile(r"""\sid\s*=\s*["']([^"']*)""")
_ABROAD = re.compile(r"""=\s*["'](https?:[^"']*)""", re.IGNORECASE)
_FETCHING = re.compile(
    r"""<(?:script|img|iframe|source|audio|video|embed|object|input|track"""
    r"""|link\b(?![^>]*\srel\s*=\s*["'](?:canonical|alternate)["']))\b""",
    re.IGNORECASE,
)
_IN_STYLE = re.compile(r"""url\(\s*["']?([^"')]*)|@import\s*["']([^"']*)""")
_LEFT_ALONE = ("http://", "https://", "mailto:", "data:")


def read_ids(html: str) -> list[str]:
    """Every id of a page, in order."""
    return _ID.findall(html)


def read_links(pages: Iterable[Page]) -> tuple[Link, ...]:
    """The links of pages that must lead to a place in the site; one for each target."""
    first: dict[tuple[str, str], str] = {}
    times: Counter[tuple[str, str]] = Counter()
    for page in pages:
        folder = dirname(page.path)
        texts = dict.fromkeys(_LINK.findall(page.html))
        found = [(page.path if text.startswith("#") else folder, text) for text in texts]
        times.update(found)
        for each in found:
            first.setdefault(each, page.path)
    return merge_links(
        Link(page, unescape(text), _target(page, unescape(text)), times[folder, text])
        for (folder, text), page in first.items()
        if not text.startswith(_LEFT_ALONE)
    )


def part_links(links: Iterable[Link], folder: str) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """The links that stay within a folder or lead nowhere, and those that lead out of it into the site."""
    inside: list[Link] = []
    outside: list[Link] = []
    for link in links:
        (inside if not link.target or link.target.startswith(folder) else outside).append(link)
    return tuple(inside), tuple(outside)


def merge_links(all_links: Iterable[Link]) -> tuple[Link, ...]:
    """The links of several folders as one for each target."""
    found: dict[str, Link] = {}
    for link in all_links:
        known = found.get(link.target)
        found[link.target] = Link(known.page, known.text, link.target, known.pages + link.pages) if known else link
    return tuple(found.values())


def check_links(links: Iterable[Link], files: Container[str], ids: Mapping[str, Container[str]]) -> Iterator[Problem]:
    """What is wrong with links, given the paths of all files and the ids of all pages that they may lead into."""
    for link in links:
        path, _, fragment = link.target.partition("#")
        if not path:
            yield link.must("must be relative, or begin with https://")
        elif path not in files:
            yield link.must("must lead to a file of the site, by its name")
        elif fragment and fragment not in ids.get(path, ()):
            yield link.must(f"must lead to an id in {path}")


def check_page(page: Page, ids: Sequence[str]) -> Iterator[Problem]:
    """What is wrong with a page by itself: ids that stand there twice, files that it would fetch from another host."""
    for id in sorted({id for id in ids if ids.count(id) > 1} if len(set(ids)) < len(ids) else ()):
        yield Problem(Place(page.path), f'the id "{id}" must stand there once')
    for found in _ABROAD.finditer(page.html):
        if _FETCHING.match(page.html, page.html.rindex("<", 0, found.start())):
            yield Link(page.path, unescape(found[1]), "").must("must be a file of the site: no page asks another host")


def check_styles(files: Mapping[str, bytes]) -> Iterator[Problem]:
    """What is wrong with the links of style sheets."""
    for path, data in files.items():
        for found in _IN_STYLE.finditer(data.decode()) if path.endswith(".css") else ():
            text = found[1] or found[2]
            if not text.startswith("data:") and normpath(join(dirname(path), text)) not in files:
                yield Link(path, text, "").must("must be a file of the site, by its name")


def _target(path: str, link: str) -> str:
    """The place in the site that a link leads to, "" when it is not relative."""
    name, mark, fragment = link.partition("#")
    if ":" in name or name.startswith("/"):
        return ""
    return (normpath(join(dirname(path), unquote(name))) if name else path) + mark + unquote(fragment)
