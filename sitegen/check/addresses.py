"""The addresses that were released, held against those that a report has: none may ever die.

addresses.txt in a report's folder lists them, one a line. An item or paragraph that takes the place of one that is gone
lists the old address in the front matter of its file, under `aliases`.
"""

from collections.abc import Iterator

from sitegen.model.folder import Folder
from sitegen.model.report import Report
from sitegen.problems import Problem, stop_at


def addresses(report: Report) -> tuple[str, ...]:
    """Every address of a report, in its order: preamble, items, paragraphs."""
    return tuple(_addresses(report))


def check_addresses(folder: Folder, report: Report) -> None:
    """Raise Mistakes for every released address that is missing, and every alias that leads nowhere or astray."""
    problems: list[Problem] = []
    living = set(addresses(report))
    homes = dict(_homes(report))
    aliases = [(document, old, new) for document in folder.documents for old, new in document.aliases.items()]
    known: dict[str, str] = {}
    for document, old, new in aliases:
        if old in living:
            problems.append(Problem(old.place, f"{old} must be an address that no item has any more"))
        elif old in known:
            problems.append(Problem(old.place, f"{old} must be an alias once, not of {known[old]} too"))
        if homes.get(new) != document.body.place.path:
            problems.append(Problem(new.place, f"{new} must be the address of an item or paragraph in this file"))
        known[old] = new
    for address in folder.released:
        if address not in living and address not in known:
            said = "must still lead to its words: list it under aliases, in the file of what took its place"
            problems.append(Problem(address.place, f"{address} {said}, as in {address}: {_nearest(address, living)}"))
    stop_at(problems)


def waiting(folder: Folder, report: Report) -> tuple[str, ...]:
    """The addresses that are not released yet, so that they may still change."""
    released = set(folder.released)
    return tuple(address for address in addresses(report) if address not in released)


def _addresses(report: Report) -> Iterator[str]:
    for words in report.words():
        if words.id and words.passages:
            yield words.id
            yield from (address for address in words.addresses if address != words.id)


def _homes(report: Report) -> Iterator[tuple[str, str]]:
    """Each address with the path of the file that it stands in."""
    for words in report.words():
        for address in (words.id, *words.addresses) if words.passages else ():
            yield address, words.passages[0].place.path


def _nearest(address: str, living: set[str]) -> str:
    """A living address for a message's example: the item above the lost one, else the first."""
    above = address.rpartition("-")[0]
    while above and above not in living:
        above = above.rpartition("-")[0]
    return above or min(living, default="s1")
