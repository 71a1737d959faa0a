"""Names of files in content/ that look meant for the build and are not read; what each must be named instead.

| named                                             | must be named            |
|---------------------------------------------------|--------------------------|
| 1-2-name.MD  1-2-name.markdown  1-2-name.md.txt   | 1-2-name.md              |
| index.txt  Index.md                               | index.md                 |
| terms.yml  Terms.yaml  terms.json  术语.yaml       | terms.yaml               |
| source.TXT  source  sources.txt                   | source.txt               |

What has nothing of such a name, a PDF, a picture, README.md, lies there unread.
"""

import os
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sitegen.problems import Place, Problems

_MARKDOWN = re.compile(r"(.+?)[.。](?:md|markdown|mdown|mdx|mkdn?|mdwn|mdtxt|mdtext)(?:[.。]txt)?")
_PLAIN = re.compile(r"(index|\d{1,3}[a-z]*(?:-\d{1,3}[a-z]*)*-.+)[.。]txt")
_SECTION = re.compile(r"index|\d+[a-z]*(?:-\d+[a-z]*)*(?:-.*)?")
_BESIDE = "must be taken away or named otherwise: {} is read, and this is not"
_ABOUT = {"readme", "changelog", "license", "contributing"}
_OTHERS = {
    re.compile(r"sources?(?:[.。]txt)*"): "source.txt",
    re.compile(r"(?:terms?|术语表?)[.。](?:ya?ml|json|txt)(?:[.。]txt)?"): "terms.yaml",
    re.compile(r"site[.。]ya?ml(?:[.。]txt)?"): "site.yaml",
    re.compile(r"add?ress(?:es)?(?:[.。]txt)+"): "addresses.txt",
}


@cache  # the files of all reports have much the same names
def right_name(name: str) -> str:
    """The name that a file must have to be read as what its name says; "" where it says nothing that is read."""
    typed = unicodedata.normalize("NFKC", name).strip()
    folded = typed.casefold()
    if right := next((right for form, right in _OTHERS.items() if form.fullmatch(folded)), ""):
        return right
    if (match := _MARKDOWN.fullmatch(folded) or _PLAIN.fullmatch(folded)) and match[1] not in _ABOUT:
        return "index.md" if match[1] == "index" else f"{typed[: match.end(1)]}.md"
    return ""


def check_names(root: Path, path: str, problems: Problems) -> dict[str, None]:
    """Tell which files of a report's folder are not read for their names, and which stand in a folder within it.

    Gives the names by which they would have been read: of these files nothing more is told.
    """
    meant: dict[str, None] = {}
    all_names = _names(root / path)
    for name in all_names:
        right = right_name(name)
        if right == name != "addresses.txt":  # as nearly all: of a file that is read nothing more is asked here
            continue
        place, inner = Place(f"{path}/{name}"), root / path / name
        if inner.is_dir():
            if any(map(_is_a_reports, map(right_name, _names_below(inner)))):
                message = f"must not be a folder of its own: a report's files stand in {path} itself"
                problems.must(place, "file-name", message)
                meant[name] = None
        elif right == "addresses.txt":
            message = "must be taken away: the released addresses of all reports stand in content/addresses.txt"
            problems.must(place, "file-name", message)
        elif right == unicodedata.normalize("NFKC", name) or right in ("", "site.yaml"):
            continue
        elif right in all_names:
            problems.must(place, "file-name", _BESIDE.format(right))
        elif _is_a_reports(right):
            problems.must(place, "file-name", f"must be named {right} to be read")
            meant[right] = None
        else:
            message = "must be named index.md or begin with the address of its heading, as in 1-2-name.md"
            problems.must(place, "file-name", message)
    return meant


def check_names_beside(root: Path, problems: Problems) -> None:
    """Tell which files of a report stand in content/ itself, where none is read."""
    for name in _names(root / "content"):
        right = right_name(name)
        if not (root / "content" / name).is_file():
            continue
        if _is_a_reports(right):
            message = "must stand in the folder of a report, as in content/2021, to be read"
            problems.must(Place(f"content/{name}"), "file-name", message)
        elif right == "addresses.txt" != name:
            problems.must(Place(f"content/{name}"), "file-name", f"must be named {right} to be read")


def check_name(root: Path, right: str, problems: Problems) -> bool:
    """Tell which files in the project's folder were to be the one of the right name; whether it can be looked for."""
    all_names = _names(root)
    is_there = right in all_names
    others = [name for name in all_names if name != right == right_name(name)]
    for name in others:
        problems.must(
            Place(name), "file-name", _BESIDE.format(right) if is_there else f"must be named {right} to be read"
        )
    return is_there or not others


def _is_a_reports(right: str) -> bool:
    """Whether a file of this name is one of a report."""
    return right in ("source.txt", "terms.yaml") or (
        right.endswith(".md") and bool(_SECTION.fullmatch(right[:-3].casefold()))
    )


def _names_below(folder: Path) -> Iterator[str]:
    """The names of files in a folder, and in those within it, that is no symbolic link."""
    for _, _, names in () if folder.is_symlink() else os.walk(folder):
        yield from names


def _names(folder: Path) -> list[str]:
    """The names in a folder, sorted, without hidden ones; none where it cannot be read or is a symbolic link."""
    if folder.is_symlink():
        return []
    try:
        return sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError:
        return []
