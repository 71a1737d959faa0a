"""The files of a build, held against those of a folder or of a host; told is what differs there."""

from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from sitegen.problems import Place, Problems

_PATIENCE = 30  # seconds that a host may take for an answer
_NEITHER = "must be a folder, or an address that begins with https://"


def verify(files: Iterable[tuple[str, bytes]], where: str, problems: Problems) -> None:
    """The folder or the http address `where` holds these files, each given with its path.

    A folder must hold no others. What else a host may have, nobody can ask it, and hidden files it need not serve.
    """
    if where.startswith(("http://", "https://")):
        _verify_host(files, where.rstrip("/"), problems)
    elif "://" in where:
        problems.must(Place(where.rstrip("/")), "copy-named", _NEITHER)
    else:
        _verify_folder(files, where, problems)


def _verify_folder(files: Iterable[tuple[str, bytes]], where: str, problems: Problems) -> None:
    folder = Path(where)
    try:
        is_folder = folder.is_dir()
        others = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    except (OSError, ValueError):
        is_folder = False
    if not is_folder:
        problems.must(Place(where), "copy-named", _NEITHER)
        return
    for path, data in files:
        others.discard(path)
        try:
            there = (folder / path).read_bytes()
        except OSError as error:
            message = f"must be a file that can be read: {error.strerror}"
            problems.must(Place(f"{where}/{path}"), "copy-equal", message)
            continue
        _compare(f"{where}/{path}", data, there, problems)
    for path in sorted(others):
        problems.must(Place(f"{where}/{path}"), "copy-equal", "must not be there: a build does not write it")


def _verify_host(files: Iterable[tuple[str, bytes]], where: str, problems: Problems) -> None:
    for path, data in files:
        if path.startswith("."):
            continue
        address = f"{where}/{path}"
        try:
            with urlopen(address, timeout=_PATIENCE) as answer:
                there = answer.read()
        except HTTPError as error:
            with error:
                message = f"must be served: {error.code} {error.reason}"
                problems.must(Place(address), "copy-equal", message)
            continue
        except (URLError, OSError, ValueError) as error:  # no answer to one file is none to all
            problems.must(Place(address), "copy-answers", f"must answer: {getattr(error, 'reason', error)}")
            return
        _compare(address, data, there, problems)


def _compare(where: str, built: bytes, there: bytes, problems: Problems) -> None:
    if there == built:
        return
    pairs = zip_longest(built.split(b"\n"), there.split(b"\n"))
    line = next(number for number, (ours, theirs) in enumerate(pairs, 1) if ours != theirs)
    problems.must(Place(where, line), "copy-equal", "must be as the repository builds it")
