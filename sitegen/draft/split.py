"""The plain text of a report → a draft of its folder: source.txt, index.md, and a file for each part and section.

The draft may be wrong about where a title ends, and says where, but never about a character: every line of the text is
in it, or listed as left out. Its files build at once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sitegen.draft.files import Entry, index_lines, markdown_file, section_files
from sitegen.draft.punctuation import is_doubtful, restore
from sitegen.labels import ITEM_LEVEL, address, read_label

_CHROME = re.compile(
    r"扫一扫|返回顶部|打印|关闭|分享|上一篇|下一篇|信箱|问卷|网站地图|版权|备案号|ICP|主办单位|承办单位|联系我们|浏览次数"
)
_SENTENCE = re.compile(r"[。！？；：，,;:!?]")
_TITLE = 30  # characters that a run-in title has at most
_NO_STOP = "no full stop ends the title"


@dataclass(frozen=True)
class Draft:
    """The files by name, and what was found, for the editor."""

    files: dict[str, str]
    found: tuple[str, ...]


def split(text: str, name: str) -> Draft:
    """Draft the folder `name` from a text whose lines are paragraphs; a text without numbered items gives no files."""
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    kept, left_out = _chrome(lines)
    title, rest = _title(kept)
    preamble, entries, continuous = _read([restore(line) for line in rest])
    doubtful = [f"brackets without a partner: {line[:_TITLE]}…" for line in kept if is_doubtful(line)]
    index = index_lines(title, name, text, [line.strip() for line in text.split("\n") if line.strip()][len(kept) :])
    if continuous:
        index.append("numbering: continuous")
    files = {"source.txt": text, "index.md": markdown_file(index, preamble)} | section_files(entries)
    found = [f"title: {title}", f"preamble: {len(preamble)} paragraphs"]
    for entry in entries:
        why = f"   ← {entry.why}" if entry.why else ""
        found.append(f"{'  ' * entry.level}{entry.heading}  [{entry.id}, {len(entry.paragraphs)} paragraphs]{why}")
    unsure = [*doubtful, *(f"{entry.heading}: {entry.why}" for entry in entries if entry.why)]
    found.append(f"{len(entries)} items, {len(left_out)} lines left out, {len(unsure)} to look at")
    return Draft(files if entries else {}, tuple(found + [f"look at: {each}" for each in unsure]))


def _chrome(lines: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The report's lines, and those of the page around it: short ones at the end, from a known one on."""
    first = len(lines)
    while first and len(lines[first - 1]) <= 15 and "。" not in lines[first - 1] and not read_label(lines[first - 1]):
        first -= 1
    known = next((at for at in range(max(1, first), len(lines)) if _CHROME.search(lines[at])), len(lines))
    return lines[:known], lines[known:]


def _title(lines: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The title: the lines down to one that names a report, if that comes before the text, else the first line."""
    for end, line in enumerate(lines[:4], 1):
        if read_label(line) or _SENTENCE.search(line):
            break
        if re.search(r"报告|情况|总结|年报", line):
            return "".join(lines[:end]), lines[end:]
    return "".join(lines[:1]), lines[1:]


def _read(lines: Sequence[str], continuous: bool = False) -> tuple[list[str], list[Entry], bool]:
    """The preamble, the items in order, and whether 1. runs on through the report."""
    preamble: list[str] = []
    entries: list[Entry] = []
    open: list[Entry] = []
    last: dict[tuple[str | None, int], int] = {}
    placed: dict[tuple[str | None, int], tuple[int, str]] = {}  # the address given last: files stand in that order
    running, ran_on = 0, False
    for line in lines:
        label = read_label(line)
        if label is None or (label.text[-1] == "." and line[len(label.text) :][:1].isdigit()) or label.text == line:
            (open[-1].paragraphs if open else preamble).append(line)
            continue
        above = [entry for entry in open if entry.level < label.level]
        parent = above[-1].id if above else None
        before = last.get((parent, label.level), 0)
        runs_on = label.level == ITEM_LEVEL and before == 0 and label.number == running + 1 > 1
        ran_on = ran_on or runs_on
        counted = running if continuous and label.level == ITEM_LEVEL else before
        fits = label.number == counted + 1 or runs_on
        number, letter = placed.get((parent, label.level), (0, "a"))
        behind = label.number > number
        number, letter = (label.number, "a") if behind else (number, chr(ord(letter) + 1))
        placed[parent, label.level] = number, letter
        id = address(parent, label.level, number) + letter.strip("a")
        title, words, why = _run_in(line[len(label.text) :].strip())
        if not fits:
            why = f"the label does not follow the one before it{'; ' if why else ''}{why}"
        entry = Entry(id, label.level, label.text, title, not (fits and behind), why, [words] if words else [])
        entries.append(entry)
        open = [*above, entry]
        last[parent, label.level] = label.number
        running = label.number if label.level == ITEM_LEVEL else running
    if ran_on and not continuous:  # then no 1. may begin anew without an address by hand
        return _read(lines, continuous=True)
    _match_siblings(entries)
    return preamble, entries, continuous


def _run_in(text: str) -> tuple[str, str, str]:
    """The title that a line begins with, the words behind it, and why an editor should look at it."""
    stop = text.find("。") + 1
    if not stop and not _SENTENCE.search(text[_TITLE:]) and len(text) <= 2 * _TITLE:
        return text, "", ""
    if stop == len(text) and len(text) <= _TITLE:
        return text, "", ""
    if 0 < stop <= _TITLE and stop < len(text):
        return text[:stop], text[stop:].strip(), ""
    cut = next((found.start() for found in _SENTENCE.finditer(text) if found.start()), len(text))
    cut = min(cut, _TITLE)
    return text[:cut], text[cut:], _NO_STOP


def _match_siblings(entries: Sequence[Entry]) -> None:
    """Where no full stop ends a title, guess it as long as one beside it that begins alike."""
    for entry in entries:
        if entry.why.endswith(_NO_STOP):
            parent = entry.id.rpartition("-")[0]
            beside = [other for other in entries if not other.why and other.id.rpartition("-")[0] == parent]
            alike = [len(other.title.rstrip("。")) for other in beside if other.title[:1] == entry.title[:1]]
            if alike:
                words = entry.title + "".join(entry.paragraphs)
                entry.title, entry.paragraphs = words[: alike[0]], [words[alike[0] :]]
