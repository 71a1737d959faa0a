"""The files of a build, held against those of a folder or of a host → what differs there."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from sitegen.problems import Place, Problem, mistake

_PATIENCE = 30  # seconds that a host may take for an answer


def compare(files: Iterable[tuple[str, bytes]], where: str) -> Iterator[Problem]:
    """What keeps the folder or the http address `where` from holding these files; raises Mistakes if it is neither.

    A folder must hold no others. What else a host may have, nobody can ask it, and hidden files it need not serve.
    """
    if "://" in where:
        yield from _on_host(files, where.rstrip("/"))
    else:
        yield from _in_folder(files, where)


def _in_folder(files: Iterable[tuple[str, bytes]], where: str) -> Iterator[Problem]:
    folder = Path(where)
    if not folder.is_dir():
        raise mistake(Place(where), "must be a folder, or an address that begins with https://")
    others = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    for path, data in files:
        try:
            yield from _differs(f"{where}/{path}", data, (folder / path).read_bytes())
        except OSError as error:
            yield Problem(Place(f"{where}/{path}"), f"must be a file that can be read: {error.strerror}")
        others.discard(path)
    for path in sorted(others):
        yield Problem(Place(f"{where}/{path}"), "must not be there: a build does not write it")


def _on_host(files: Iterable[tuple[str, bytes]], where: str) -> Iterator[Problem]:
    if not where.startswith(("http://", "https://")):
        raise mistake(Place(where), "must be a folder, or an address that begins with https://")
    for path, data in files:
        if path.startswith("."):
            continue
        address = f"{where}/{path}"
        try:
            with urlopen(address, timeout=_PATIENCE) as answer:
                yield from _differs(address, data, answer.read())
        except HTTPError as error:
            with error:
                yield Problem(Place(address), f"must be served: {error.code} {error.reason}")
        except (URLError, OSError, ValueError) as error:  # no answer to one file is none to all
            raise mistake(Place(address), f"must answer: {getattr(error, 'reason', error)}") from None


def _differs(where: str, built: bytes, found: bytes) -> Iterator[Problem]:
    if found != built:
        lines = zip_longest(built.split(b"\n"), found.split(b"\n"))
        line = next(number for number, (one, other) in enumerate(lines, 1) if one != other)
        yield Problem(Place(where, line), "must be as the repository builds it")
