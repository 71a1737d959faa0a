"""Every link of the finished pages leads to a file, and to an id in it, that the site has, and so do those of styles.

Links must be relative and name their file, so that they work below any path and from file://. A report's pages are
checked by themselves, but for their links out of its folder, which are checked when all reports are finished.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from sitegen.model.page import Link, PageFacts
from sitegen.problems import Place, Problems, Rule

_IN_STYLE = re.compile(r"""url\(\s*["']?([^"')]*)|@import\s*["']([^"']*)""")


def list_links(pages: Iterable[PageFacts]) -> tuple[Link, ...]:
    """The links of pages that must lead to a place in the site, but to one that the page has; one for each target."""
    folders: dict[str, list[PageFacts]] = {}
    for page in pages:
        folders.setdefault(dirname(page.path), []).append(page)
    return merge_links(chain.from_iterable(map(_links_of_folder, folders.values())))


def _links_of_folder(pages: Sequence[PageFacts]) -> Iterator[Link]:
    """The links of the pages of a folder: what leads out of a page leads from all of them to the same place."""
    times = Counter(chain.from_iterable(page.links for page in pages))
    known: set[str] = set()
    paths: dict[str, str] = {}
    for page in pages:
        for text, spot in page.links.items():
            name, mark, fragment = text.partition("#")
            if mark and not name:
                if unquote(fragment) not in page.ids:
                    yield Link(Place(page.path, *spot), text, page.path + mark + unquote(fragment))
            elif text not in known:
                known.add(text)
                if name not in paths:
                    paths[name] = _path(page.path, name)
                target = paths[name] + mark + unquote(fragment) if paths[name] else ""
                yield Link(Place(page.path, *spot), text, target, times[text])


def part_links(links: Iterable[Link], folder: str) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """The links that stay within a folder or lead nowhere, and those that lead out of it into the site."""
    inside: list[Link] = []
    outside: list[Link] = []
    for link in links:
        if not link.target or link.target.startswith(folder):
            inside.append(link)
        else:
            outside.append(link)
    return tuple(inside), tuple(outside)


def merge_links(links: Iterable[Link]) -> tuple[Link, ...]:
    """The links of several folders as one for each target, the first of them."""
    merged: dict[str, Link] = {}
    for link in links:
        key = link.target or link.text
        if same := merged.get(key):
            link = Link(same.place, same.text, same.target, same.pages + link.pages)
        merged[key] = link
    return tuple(merged.values())


def check_links(
    links: Iterable[Link], files: Container[str], ids: Mapping[str, Container[str]], problems: Problems
) -> None:
    """Links lead to one of the files, and to one of the ids of the page that they may lead into."""
    for link in links:
        path, _, fragment = link.target.partition("#")
        if not path:
            _tell(link, "link-relative", "must be relative, or begin with https://", problems)
        elif path not in files:
            _tell(link, "link-file", "must lead to a file of the site, by its name", problems)
        elif fragment and fragment not in ids.get(path, ()):
            _tell(link, "link-id", f"must lead to an id in {path}", problems)


def check_styles(files: Mapping[str, bytes], problems: Problems) -> None:
    """The links of style sheets lead to files."""
    for path, data in files.items():
        if not path.endswith(".css"):
            continue
        for match in _IN_STYLE.finditer(data.decode()):
            address = match[1] or match[2]
            if not address.startswith("data:") and normpath(join(dirname(path), address)) not in files:
                message = f'the link "{address}" must be a file of the site, by its name'
                problems.must(Place(path), "link-file", message)


def _tell(link: Link, rule: Rule, message: str, problems: Problems) -> None:
    """A dead link that many pages share is told once."""
    problems.must(link.place, rule, f'the link "{link.text}" {message}', link.pages)


def _path(page: str, name: str) -> str:
    """The path in the site that a link's name leads to from a page, "" when it is not relative."""
    if ":" in name or name.startswith("/"):
        return ""
    return normpath(join(dirname(page), unquote(name))) if name else page
