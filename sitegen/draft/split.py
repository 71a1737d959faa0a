"""The plain text of a report → a draft of its folder: source.txt, index.md, and a file for each part and section.

The draft may be wrong about where a title ends, and says where, but never about a character: every line of the text is
in it, or listed as left out. Its files build at once.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sitegen.draft.files import Entry, index_lines, markdown_file, section_files
from sitegen.draft.punctuation import is_doubtful, restore
from sitegen.labels import ITEM_LEVEL, Label, address, read_label

_CHROME = re.compile(
    r"扫一扫|返回顶部|打印|关闭|分享|上一篇|下一篇|信箱|问卷|网站地图|版权|备案号|ICP|主办单位|承办单位|联系我们|浏览次数"
)
_SENTENCE = re.compile(r"[。！？；：，,;:!?]")
_TITLE = 30  # characters that a run-in title has at most
_NO_STOP = "no full stop ends the title"
_OUT_OF_SEQUENCE = "the label does not follow the one before it"


@dataclass(frozen=True)
class Draft:
    """The files by name, and what was found, line by line, for the editor."""

    files: dict[str, str]
    found: tuple[str, ...]


def split(text: str, name: str) -> Draft:
    """Draft the folder `name` from a text whose lines are paragraphs; a text without numbered items gives no files."""
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    report_lines, left_out = _chrome(lines)
    title, rest = _title(report_lines)
    outline = _read([restore(line) for line in rest])
    as_captured = [line.strip() for line in text.split("\n") if line.strip()]
    index = index_lines(title, name, text, as_captured[len(report_lines) :])
    if outline.continuous:
        index.append("numbering: continuous")
    files = {"source.txt": text, "index.md": markdown_file(index, outline.preamble)} | section_files(outline.entries)
    doubtful = [f"brackets without a partner: {line[:_TITLE]}…" for line in report_lines if is_doubtful(line)]
    unsure = [*doubtful, *(f"{entry.heading}: {entry.why}" for entry in outline.entries if entry.why)]
    report = [f"title: {title}", *outline.report()]
    report.append(f"{len(outline.entries)} items, {len(left_out)} lines left out, {len(unsure)} to look at")
    report += [f"look at: {reason}" for reason in unsure]
    return Draft(files if outline.entries else {}, tuple(report))


def _chrome(lines: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The report's lines, and those of the page around it: short ones at the end, from a known one on."""
    first = len(lines)
    while first and _is_short(lines[first - 1]):
        first -= 1
    for at in range(max(1, first), len(lines)):
        if _CHROME.search(lines[at]):
            return lines[:at], lines[at:]
    return lines, []


def _is_short(line: str) -> bool:
    return len(line) <= 15 and "。" not in line and not read_label(line)


def _title(lines: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The title: the lines down to one that names a report, if that comes before the text, else the first line."""
    for end, line in enumerate(lines[:4], 1):
        if read_label(line) or _SENTENCE.search(line):
            break
        if re.search(r"报告|情况|总结|年报", line):
            return "".join(lines[:end]), lines[end:]
    return "".join(lines[:1]), lines[1:]


@dataclass
class _Outline:
    """What was read of a text: the preamble, the items in order, and whether 1. runs on through the report."""

    continuous: bool
    preamble: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    ran_on: bool = False  # a 1. was met that goes on from the part before it

    def report(self) -> Iterator[str]:
        """What an editor is told was found."""
        yield f"preamble: {len(self.preamble)} paragraphs"
        for entry in self.entries:
            why = f"   ← {entry.why}" if entry.why else ""
            yield f"{'  ' * entry.level}{entry.heading}  [{entry.id}, {len(entry.paragraphs)} paragraphs]{why}"


def _read(lines: Sequence[str]) -> _Outline:
    """Read the lines behind the title; where 1. once runs on, none may begin anew without an address by hand."""
    outline = _Reader(continuous=False).read(lines)
    if outline.ran_on:
        outline = _Reader(continuous=True).read(lines)
    _match_siblings(outline.entries)
    return outline


class _Reader:
    """Reads a text line by line, and gives every item an address of its own."""

    def __init__(self, continuous: bool) -> None:
        self.outline = _Outline(continuous)
        self.open: list[Entry] = []  # the items that a line just read stands in
        self.last: dict[tuple[str | None, int], int] = {}  # the number read last, by parent and level
        self.running = 0  # the number of the 1. read last
        self.placed: dict[tuple[str | None, int], tuple[int, int]] = {}  # number and times of the address given last

    def read(self, lines: Sequence[str]) -> _Outline:
        for line in lines:
            label = read_label(line)
            if label and _is_heading(line, label):
                self.read_heading(line, label)
            elif self.open:
                self.open[-1].paragraphs.append(line)
            else:
                self.outline.preamble.append(line)
        return self.outline

    def read_heading(self, line: str, label: Label) -> None:
        above = [entry for entry in self.open if entry.level < label.level]
        parent = above[-1].id if above else None
        follows = self.follows(label, parent)
        id, is_by_label = self.give_address(label, parent)
        title, words, why = _run_in(line[len(label.text) :].strip())
        if not follows:
            why = f"{_OUT_OF_SEQUENCE}; {why}" if why else _OUT_OF_SEQUENCE
        explicit = not (follows and is_by_label)
        entry = Entry(id, label.level, label.text, title, explicit, why, [words] if words else [])
        self.outline.entries.append(entry)
        self.open = [*above, entry]
        self.last[parent, label.level] = label.number
        if label.level == ITEM_LEVEL:
            self.running = label.number

    def follows(self, label: Label, parent: str | None) -> bool:
        """Whether a label is one more than the one before it, within its parent or, for 1., on through the report."""
        before = self.last.get((parent, label.level), 0)
        if label.level != ITEM_LEVEL:
            return label.number == before + 1
        runs_on = before == 0 and label.number == self.running + 1 > 1
        self.outline.ran_on = self.outline.ran_on or runs_on
        return runs_on or label.number == (self.running if self.outline.continuous else before) + 1

    def give_address(self, label: Label, parent: str | None) -> tuple[str, bool]:
        """An address behind the one given last, for files stand in that order; and whether it is the label's own."""
        number, times = self.placed.get((parent, label.level), (0, 1))
        is_by_label = label.number > number
        number, times = (label.number, 1) if is_by_label else (number, times + 1)
        self.placed[parent, label.level] = number, times
        return address(parent, label.level, number) + suffix(times), is_by_label


def suffix(times: int) -> str:
    """What tells the addresses of equal numbers apart, in order: nothing at the first, then b … z, zb … zz, zzbb ….

    The nth is given by how many `times` the number was met. Behind zz a letter says how many follow, so that it stays
    short.
    """
    if times == 1:
        return ""
    rounds, letter = divmod(times - 2, 25)
    if rounds < 2:
        return "z" * rounds + _letter(letter)
    number, letters = times - 52, ""
    while number or not letters:
        number, letter = divmod(number, 25)
        letters = _letter(letter) + letters
    return "zz" + _letter(len(letters) - 1) + letters


def _letter(number: int) -> str:
    """The letters in order, from b for 0 to z for 24."""
    return chr(ord("b") + number)


def _is_heading(line: str, label: Label) -> bool:
    """Whether a line that begins with a label is a heading: not 1.5亿元, and not a label alone."""
    behind = line[len(label.text) :]
    return bool(behind) and not (label.text.endswith(".") and behind[0].isdigit())


def _run_in(text: str) -> tuple[str, str, str]:
    """The title that a line begins with, the words behind it, and why an editor should look at it."""
    stop = text.find("。") + 1
    if not stop and not _SENTENCE.search(text[_TITLE:]) and len(text) <= 2 * _TITLE:
        return text, "", ""
    if stop == len(text) and len(text) <= _TITLE:
        return text, "", ""
    if 0 < stop <= _TITLE and stop < len(text):
        return text[:stop], text[stop:].strip(), ""
    first = _SENTENCE.search(text, 1)
    cut = min(first.start() if first else len(text), _TITLE)
    return text[:cut], text[cut:], _NO_STOP


def _match_siblings(entries: Sequence[Entry]) -> None:
    """Where no full stop ends a title, guess it as long as one beside it that begins alike."""
    lengths: dict[tuple[str, str], int] = {}
    for entry in entries:
        if not entry.why:
            lengths.setdefault(_beginning(entry), len(entry.title.rstrip("。")))
    for entry in entries:
        length = lengths.get(_beginning(entry))
        if entry.why.endswith(_NO_STOP) and length is not None:
            words = entry.title + "".join(entry.paragraphs)
            entry.title, entry.paragraphs = words[:length], [words[length:]]


def _beginning(entry: Entry) -> tuple[str, str]:
    """What an entry shares with those beside it that begin alike."""
    return entry.id.rpartition("-")[0], entry.title[:1]
