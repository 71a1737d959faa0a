"""content/addresses.txt ↔ the record of the addresses that were released, of all reports.

    # 3 released addresses …
    2021/s1-2-3 3.加强备案审查。
    2021/s1-2-3-p1 认真履行规范性文件备案监督职责，坚持
    2021/s1-2-4 -> s1-2-3-p2 另有一条，后来并入上一条。

A line is a report's folder and an address in it, where that is an alias an arrow and the address that it leads to,
and the first words that stand there. The number of lines stands at the top, so that one that is lost is missed.
"""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from sitegen.files import decode, read_bytes
from sitegen.model.record import RecordLines, ReleasedAddress
from sitegen.problems import Passage, Place, Problems

RECORD = "content/addresses.txt"
_COUNT = re.compile(r"# (\d{1,9}) released addresses\b")
_ADDRESS = r"s\d+[a-z]*(?:-\d+[a-z]*)*(?:-p\d+[a-z]*)?"
_LINE = re.compile(rf"([a-z0-9-]+)/({_ADDRESS})(?: -> ({_ADDRESS}))? (\S.*)")
_HEAD = """# {count} released addresses, newest report first, each with the first words that it leads to.
# Written by `python build.py release`. No line is ever taken out: a build fails in which one of these addresses is
# missing or leads to other words. Where words were mended so much that they look like others, write the new ones here.
"""


def has_record(root: Path) -> bool:
    """Whether there is a record, or something in its place."""
    return os.path.lexists(root / RECORD)


def read_record(root: Path, problems: Problems) -> dict[str, RecordLines]:
    """The lines of the record in a project's folder, by report; before the first release there are none."""
    data = read_bytes(root, RECORD, problems) if has_record(root) else None
    text = None if data is None else decode(data, RECORD, problems)
    return {} if text is None else part_record(text, problems)


def part_record(text: Passage, problems: Problems) -> dict[str, RecordLines]:
    """The lines of a record's text by the report that they name, unread; told is a wrong count."""
    lines: dict[str, list[str]] = {}
    numbers: dict[str, list[int]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.startswith("#") and line.strip():
            report = line.partition("/")[0]
            lines.setdefault(report, []).append(line)
            numbers.setdefault(report, []).append(number)
    total, count = sum(map(len, lines.values())), _COUNT.match(text)
    if count is None or int(count[1]) != total:
        message = f'must begin with "# {total} released addresses" if these are all: none is ever taken out'
        problems.must(Place(RECORD, 1), "record-complete", message)
    return {report: RecordLines("\n".join(own), tuple(numbers[report])) for report, own in lines.items()}


def read_released(lines: RecordLines, problems: Problems) -> tuple[ReleasedAddress, ...]:
    """The addresses in a report's lines of the record, each once; told is every line that cannot be read."""
    found: dict[str, ReleasedAddress] = {}
    for number, line in zip(lines.numbers, lines.text.split("\n"), strict=False):
        place = Place(RECORD, number)
        match = _LINE.fullmatch(line.rstrip())
        if not match:
            example = "2021/s1-2-3 3.加强备案审查。"
            problems.must(place, "record-form", f"must be a report, an address and the words there, as in {example}")
            continue
        report, address, leads_to, words = match.groups()
        if same := found.get(address):
            message = f"{report}/{address} must stand here once; line {same.place.line} has it already"
            problems.must(place, "record-once", message)
            continue
        found[address] = ReleasedAddress(report, address, leads_to or "", Passage(words, place))
    return tuple(found.values())


def write_record(lines: Sequence[str]) -> str:
    """The text of a record of these lines."""
    return _HEAD.format(count=len(lines)) + "".join(f"{line}\n" for line in lines)
