"""Lines that are no words of a report wherever they stand in its capture: its table of contents, numbers of pages."""

import re
from collections.abc import Sequence

from sitegen.draft.chrome import is_page_number
from sitegen.draft.lines import Line
from sitegen.labels import read_label

_NEAR = 400  # lines, before which a table of contents begins
_ENTRY = 80  # characters that an entry has at most
_ENOUGH = 3  # entries of a table that no line names


def find_contents(lines: Sequence[Line]) -> set[int]:
    """The lines of a table of contents, whose entries come again in their order as headings."""
    named = next((at for at, line in enumerate(lines[:_NEAR]) if re.fullmatch("目[录次]", line.plain)), None)
    labelled = next((at for at, line in enumerate(lines[:_NEAR]) if _entry(line)), len(lines))
    begin = labelled if named is None else named + 1
    entries: list[str] = []
    for line in lines[begin:]:
        entry = _entry(line)
        if not entry or entry in entries[:1]:
            break
        entries.append(entry)
    end = begin + len(entries)
    again = 0
    for line in lines[end:]:
        again += again < len(entries) and line.plain.startswith(entries[again])
    is_table = again == len(entries) >= _ENOUGH if named is None else again > 0
    return set(range(begin if named is None else named, end)) if is_table else set()


def _entry(line: Line) -> str:
    """An entry of a table of contents without the number of its page; "" for a line that is none."""
    if len(line.plain) > _ENTRY or "。" in line.plain or not read_label(line.text):
        return ""
    return re.sub(r"[.．…·‥]*\d*$", "", line.plain)


def find_page_numbers(lines: Sequence[Line]) -> set[int]:
    """The lines that hold the number of a page, and nothing else."""
    return {at for at, line in enumerate(lines) if is_page_number(line.plain)}
