"""Every link of the finished pages leads to a file, and to an id in it, that the site has; no page needs another host.

Links must be relative and name their file, so that they work below any path and from file://.
"""

import re
from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from sitegen.markup import Element
from sitegen.place import Place
from sitegen.problems import Problem, stop_at

_LINKS = ("href", "src", "srcset", "poster", "data")
_LEFT_ALONE = ("http://", "https://", "mailto:", "data:")
_NOT_FETCHED = ("canonical", "alternate")
_IN_STYLE = re.compile(r"""url\(\s*["']?([^"')]*)|@import\s*["']([^"']*)""")
_FETCHING = ("script", "img", "iframe", "source", "audio", "video", "embed", "object", "input", "track")


def check_links(pages: Mapping[str, Element], files: Mapping[str, bytes]) -> None:
    """Check the links and ids of `pages` against all `files` of the site; raises Mistakes.

    A dead link that many pages share is reported once, with their number.
    """
    ids = {path: list(_ids(root)) for path, root in pages.items()}
    known = {path: set(found) for path, found in ids.items()}
    problems: dict[str, list[str]] = {}
    for path, root in pages.items():
        if len(known[path]) < len(ids[path]):
            for id in sorted({id for id in ids[path] if ids[path].count(id) > 1}):
                problems.setdefault(f'the id "{id}" must stand there once', []).append(path)
        for element in root.iter():
            for name in _LINKS:
                link = element.get(name)
                if link is not None and (wrong := _wrong(path, element, link, known, files)):
                    problems.setdefault(f'the link "{link}" {wrong}', []).append(path)
    for path in files:
        for found in _IN_STYLE.finditer(files[path].decode()) if path.endswith(".css") else ():
            link = found[1] or found[2]
            if not link.startswith("data:") and normpath(join(dirname(path), link)) not in files:
                problems.setdefault(f'the link "{link}" must be a file of the site, by its name', []).append(path)
    stop_at(
        Problem(Place(paths[0]), message + (f" (so on {len(paths)} pages)" if len(paths) > 1 else ""))
        for message, paths in problems.items()
    )


def _ids(root: Element) -> Iterator[str]:
    for element in root.iter():
        if id := element.get("id"):
            yield id


def _wrong(
    path: str, element: Element, link: str, known: Mapping[str, set[str]], files: Mapping[str, bytes]
) -> str | None:
    """What must be so about a link that stands in the page at `path`, None when it is."""
    if link.startswith(_LEFT_ALONE):
        fetched = element.tag in _FETCHING or (
            element.tag == "link" and element.get("rel", "").lower() not in _NOT_FETCHED
        )
        return "must be a file of the site: no page asks another host" if fetched and link[0] == "h" else None
    target, _, fragment = link.partition("#")
    if ":" in target or target.startswith("/"):
        return "must be relative, or begin with https://"
    target = normpath(join(dirname(path), unquote(target))) if target else path
    if target not in files:
        return "must lead to a file of the site, by its name"
    if fragment and unquote(fragment) not in known.get(target, ()):
        return f"must lead to an id in {target}"
    return None
