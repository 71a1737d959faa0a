"""The addresses that were released, held against those that a report has: none may ever die.

addresses.txt in a report's folder lists them, one a line. An item or paragraph that takes the place of one that is gone
lists the old address in the front matter of its file, under `aliases`.
"""

from collections.abc import Iterable

from sitegen.model.folder import Folder
from sitegen.model.report import Report
from sitegen.problems import Problems


def check_addresses(folder: Folder, report: Report, problems: Problems) -> None:
    """Every released address lives or has an alias; every alias leads from a dead address to a place in its file."""
    homes = _homes(report)
    living = dict.fromkeys(addresses(report))
    leads_to: dict[str, str] = {}
    for document in folder.documents:
        for old, new in document.aliases.items():
            if old in living:
                problems.must(old.place, "alias-free", f"{old} must be an address that no item has any more")
            elif old in leads_to:
                problems.must(old.place, "alias-once", f"{old} must be an alias once, not of {leads_to[old]} too")
            if homes.get(new) != document.path:
                message = f"{new} must be the address of an item or paragraph in this file"
                problems.must(new.place, "alias-target", message)
            leads_to[old] = new
    for address in folder.released:
        if address not in living and address not in leads_to:
            message = (
                f"{address} must still lead to its words: list it under aliases, in the file of what took its place"
            )
            example = f"as in {address}: {_nearest(address, living)}"
            problems.must(address.place, "address-kept", f"{message}, {example}")


def addresses(report: Report) -> tuple[str, ...]:
    """Every address of a report, in its order: preamble, items, paragraphs."""
    found: list[str] = []
    for words in report.words:
        if words.id and words.passages:
            found.append(words.id)
            found += [address for address in words.addresses if address != words.id]
    return tuple(found)


def waiting(folder: Folder, report: Report) -> tuple[str, ...]:
    """The addresses that are not released yet, so that they may still change."""
    released = set(folder.released)
    return tuple(address for address in addresses(report) if address not in released)


def _homes(report: Report) -> dict[str, str]:
    """For each address the path of the file that it stands in."""
    homes: dict[str, str] = {}
    for words in report.words:
        if words.passages:
            homes |= dict.fromkeys((words.id, *words.addresses), words.passages[0].place.path)
    return homes


def _nearest(address: str, living: Iterable[str]) -> str:
    """A living address for a message's example: the item above the lost one, else the first."""
    above = address.rpartition("-")[0]
    while above and above not in living:
        above = above.rpartition("-")[0]
    return above or next(iter(living), "s1")
