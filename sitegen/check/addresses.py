"""The released addresses held against those that a report has: none may ever die, or come to mean something else.

An address that is gone, or whose words stand elsewhere now, is listed in front matter under `aliases`, with the address
that these words, or what took their place, have by their place in the report: `s1-2-4: s1-2-3-p2`. Whoever writes that
decides it; so the words at an alias are held against the record from the release on that recorded it.

Two beginnings of a text are the same words, mended, when few edits (a character put in, taken out, or put for another)
lead from the recorded one to any that stands there now: one, and one more for every ten characters, after folding and
without an item's label; none where fewer than four characters can be compared. A text that became shorter than what was
recorded is compared as far as it goes. Whatever the measure says, the words have moved when another passage, which was
not recorded with them, begins exactly so, and the one at their address does not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sitegen.check.fidelity import fold
from sitegen.model.folder import Folder
from sitegen.model.record import ReleasedAddress
from sitegen.model.report import Report, paragraph_of
from sitegen.problems import Passage, Problems

_RECORDED = 20  # characters of a passage that the record shows
_SHORT = 4  # characters below which nothing can be called alike


def check_addresses(folder: Folder, report: Report, problems: Problems) -> None:
    """Every alias leads to an item or paragraph of the report; if all do, every released address leads to its words."""
    if not _check_aliases(folder, report, problems):
        return
    leads = _list_leads(folder, report)
    unlike = [released for released in folder.released if not _begins(leads.get(released.address), released.words)]
    moved = _list_moved(folder.released, leads) if unlike else {}
    for released in unlike:
        lead = leads.get(released.address)
        now = moved.get(fold(released.words), "")
        if lead is None:
            _tell_lost(released, now or _nearest(released.address, leads), problems)
            continue
        is_decided = lead.alias_of not in ("", released.leads_to)
        if now or not (is_decided or is_same(released.words, lead.words, lead.label)):
            _tell_other_words(released, lead, now, problems)


def check_lost(record: Iterable[Sequence[ReleasedAddress]], problems: Problems) -> None:
    """Every report must be there that has a released address: tell each of those that are not, at its first line."""
    for first, *others in filter(None, record):
        message = (
            f"content/{first.report} must be there, under this name: {1 + len(others)} of its addresses were released"
        )
        problems.must(first.place, "report-kept", message)


def record_addresses(folder: Folder, report: Report) -> tuple[ReleasedAddress, ...]:
    """What a release records of a report, in the report's order, an alias behind what it leads to."""
    recorded: list[ReleasedAddress] = []
    for address, lead in _list_leads(folder, report).items():
        recorded.append(ReleasedAddress(report.id, address, lead.alias_of, _first_words(lead.words)))
    return tuple(recorded)


def is_same(recorded: str, words: str, label: str = "") -> bool:
    """Whether words begin with the recorded ones, mended at most, as measured above; a label may stand before both."""
    before, now = (fold(text).removeprefix(fold(label)) for text in (recorded, words))
    compared = min(len(before), len(now))
    allowed = 1 + compared // 10 if compared >= _SHORT else 0
    return _edits(before[:compared], now[: compared + allowed]) <= allowed


def _edits(before: str, now: str) -> int:
    """The fewest edits from a text to any beginning of the other: Levenshtein's distance, its end left open."""
    row = list(range(len(now) + 1))
    for number, old in enumerate(before, 1):
        above, row = row, [number]
        for at, new in enumerate(now):
            row.append(min(above[at + 1] + 1, row[at] + 1, above[at] + (old != new)))
    return min(row)


class _Lead(NamedTuple):
    """What an address leads to: the words there, the label that they begin with, and what it is an alias of, or ""."""

    words: Passage
    label: str
    alias_of: str


def _list_leads(folder: Folder, report: Report) -> dict[str, _Lead]:
    """What every address of a report leads to: preamble, items, paragraphs, each followed by its aliases."""
    alias_of: dict[str, str] = {}
    for document in folder.documents:
        alias_of.update(document.aliases.items())
    leads: dict[str, _Lead] = {}
    for addresses, words, label in _list_passages(report):
        for address in addresses:
            leads[address] = _Lead(words, label, alias_of.get(address, ""))
    return leads


def _list_passages(report: Report) -> Iterator[tuple[Sequence[str], Passage, str]]:
    """Every passage of a report with its addresses and the label that it begins with."""
    if report.preamble:
        yield ("s0", *report.preamble_aliases), report.preamble[0].text, ""
    for paragraph in report.preamble:
        yield (paragraph.id, *paragraph.aliases), paragraph.text, ""
    for item in report.walk():
        yield (item.id, *item.aliases), item.heading, item.label
        for paragraph in item.paragraphs:
            yield (paragraph.id, *paragraph.aliases), paragraph.text, ""


def _begins(lead: _Lead | None, recorded: str) -> bool:
    """Whether the words at an address begin exactly as recorded."""
    return lead is not None and fold(lead.words[: 2 * len(recorded)]).startswith(fold(recorded))


def _list_moved(released: Sequence[ReleasedAddress], leads: Mapping[str, _Lead]) -> dict[str, str]:
    """By its folded first words, as long as any recorded ones, the address of each passage that was not recorded so."""
    recorded = {each.address: fold(each.words) for each in released}
    lengths = sorted({len(words) for words in recorded.values() if len(words) >= _SHORT})
    moved: dict[str, str] = {}
    for address, lead in leads.items():
        words = fold(lead.words[: 2 * max(lengths, default=0)])
        for length in lengths:
            if words[:length] != recorded.get(address):
                moved.setdefault(words[:length], lead.alias_of or address)
    return moved


def _check_aliases(folder: Folder, report: Report, problems: Problems) -> bool:
    """Whether every alias is given once, leads to a place of the report, and is the address of no item there."""
    known_before = len(problems.found)
    places = _list_places(report)
    leads_to: dict[str, str] = {}
    for document in folder.documents:
        for old, new in document.aliases.items():
            if old in places and not paragraph_of(old):
                message = f"{old} must be an address that no item has any more; an item may have another one under ids"
                problems.must(old.place, "alias-free", message)
            elif old in leads_to:
                problems.must(old.place, "alias-once", f"{old} must be an alias once, not of {leads_to[old]} too")
            if new not in places:
                message = f"{new} must be the address of an item or paragraph of this report"
                problems.must(new.place, "alias-target", message)
            leads_to[old] = new
    return len(problems.found) == known_before


def _list_places(report: Report) -> set[str]:
    """The addresses that a report's passages have by their place: those of items, and of paragraphs as counted."""
    places = {"s0"} if report.preamble else set()
    places.update(f"s0-p{number}" for number in range(1, len(report.preamble) + 1))
    for item in report.walk():
        places.add(item.id)
        places.update(f"{item.id}-p{number}" for number in range(1, len(item.paragraphs) + 1))
    return places


def _tell_lost(released: ReleasedAddress, example: str, problems: Problems) -> None:
    message = (
        f'{released.address} must still lead to "{released.words}": list it under aliases, with the address of these '
        f"words or of what took their place, as in {released.address}: {example}"
    )
    problems.must(released.place, "address-kept", message)


def _tell_other_words(released: ReleasedAddress, lead: _Lead, now: str, problems: Problems) -> None:
    message = f'{released.address} must lead to "{released.words}", not to "{_first_words(lead.words)}"'
    if now:
        message += f": list it under aliases, with the address of these words, as in {released.address}: {now}"
    else:
        message += ": list it under aliases, with the address of these words, or, if they are the same, write them here"
    problems.must(released.place, "address-words", message)


def _first_words(words: Passage) -> Passage:
    """As much of a passage as the record shows."""
    return Passage(words[:_RECORDED].rstrip(), words.place)


def _nearest(address: str, leads: Mapping[str, _Lead]) -> str:
    """An address for a message's example: that of the item above the lost one, else the first."""
    above = address.rpartition("-")[0]
    while above and above not in leads:
        above = above.rpartition("-")[0]
    return above or next(iter(leads), "s1")
