"""The files of a build, held against those of a folder or of a host; told is what differs there."""

import os
import stat
import time
from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path, PurePosixPath

from sitegen.model.finished import File, file_of
from sitegen.problems import Place, Problems
from sitegen.publish.entries import foreign, list_entries
from sitegen.publish.host import Host, NoAnswer, NotServed, read_address

_TOLD = 20  # differences, before only their number is told
_TRIED = 10  # files of which a host must serve one, or it is not asked for the others
_PATIENCE = 3600.0  # seconds that a host may take for all files
_NEITHER = "must be a folder, or an address that begins with https://"


def verify(files: Iterable[tuple[str, File]], where: str, problems: Problems) -> None:
    """The folder or the http address `where` holds these files, each given with its path.

    A folder must hold no others, and no links. What else a host may have, nobody can ask it, and hidden files it need
    not serve.
    """
    differences = Problems()
    if "://" not in where:
        _verify_folder(files, where, differences)
    elif host := read_address(where):
        _verify_host(files, host, differences)
    else:
        differences.must(Place(where.rstrip("/")), "copy-named", _NEITHER)
    found = sorted(differences.found, key=lambda problem: problem.rule == "copy-equal")  # what explains others, first
    problems.add(found[:_TOLD])
    if len(found) > _TOLD:
        message = f"and {len(found) - _TOLD} more must be as the repository builds them"
        problems.must(Place(where), "copy-equal", message)


def _verify_folder(files: Iterable[tuple[str, File]], where: str, problems: Problems) -> None:
    folder = Path(where)
    try:
        entries = list_entries(folder)
    except OSError as error:
        is_none = isinstance(error, FileNotFoundError | NotADirectoryError)
        reason = "" if is_none else f": {error.strerror}"
        problems.must(Place(str(error.filename or where)), "copy-named", _NEITHER + reason)
        return
    except ValueError:  # no file can have such a name
        problems.must(Place(where), "copy-named", _NEITHER)
        return
    other_kinds = {path for path, status in entries.items() if not _is_file(status) and not _is_folder(status)}
    for path in sorted(other_kinds):
        problems.must(Place(f"{where}/{path}"), "copy-equal", "must be a file or a folder, not a link or a device")
    paths: list[str] = []
    for path, file in files:
        paths.append(path)
        status = entries.get(path)
        if path in other_kinds or other_kinds.intersection(map(str, PurePosixPath(path).parents)):
            continue
        if status and not _is_file(status):
            problems.must(Place(f"{where}/{path}"), "copy-equal", "must be a file")
            continue
        try:
            with (folder / path).open("rb") as opened:
                there = opened.read(file.size + 1)
        except OSError as error:
            message = f"must be a file that can be read: {error.strerror}"
            problems.must(Place(f"{where}/{path}"), "copy-equal", message)
            continue
        _compare(f"{where}/{path}", file, there, problems)
    for path in foreign(entries.keys() - other_kinds, paths):
        problems.must(Place(f"{where}/{path}"), "copy-equal", "must not be there: a build does not write it")


def _is_file(status: os.stat_result) -> bool:
    return stat.S_ISREG(status.st_mode)


def _is_folder(status: os.stat_result) -> bool:
    return stat.S_ISDIR(status.st_mode)


def _verify_host(files: Iterable[tuple[str, File]], host: Host, problems: Problems) -> None:
    ends = time.monotonic() + _PATIENCE
    asked = served = 0
    for path, file in files:
        if path.startswith("."):
            continue
        place = Place(f"{host.shown}/{path}")
        asked += 1
        try:
            there = host.fetch(path, file.size)
        except NotServed as error:
            if asked == _TRIED and not served:
                message = f"must hold the site: of its first {_TRIED} files it serves none: {error}"
                problems.found.clear()
                problems.must(Place(host.shown), "copy-answers", message)
                return
            problems.must(place, "copy-equal", f"must be served: {error}")
        except NoAnswer as error:  # no answer to one file is none to all
            problems.must(place, "copy-answers", f"must answer: {error}")
            return
        else:
            served += 1
            _compare(str(place), file, there, problems)
        if time.monotonic() > ends:
            problems.must(place, "copy-answers", f"must be reached within {_PATIENCE:.0f} seconds from the first file")
            return


def _compare(where: str, built: File, there: bytes, problems: Problems) -> None:
    if file_of(there) == built:
        return
    pairs = zip_longest(built.read().split(b"\n"), there.split(b"\n"))
    line = next(number for number, (ours, theirs) in enumerate(pairs, 1) if ours != theirs)
    problems.must(Place(where, line), "copy-equal", "must be as the repository builds it")
