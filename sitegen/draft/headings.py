"""Lines that begin with a label → those that are headings, judged by their sequence; and what to look at.

A label is a heading's when it goes on from the one before it at its level: within what it stands in, or on through the
report. So 2.2021年起 behind 1. is one, and 2. in a list of notes, 1、2号楼, 一、二级医院 and （一）至（三）项 are none.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sitegen.draft.aside import find_aside
from sitegen.draft.candidates import is_list, read_heading_label, words_behind
from sitegen.draft.chrome import ENDS_IN_DATE
from sitegen.draft.lines import Line
from sitegen.labels import Label

_DECIMAL = re.compile(
    r"\d+(?:\.\d+)*\s?(?:亿|万|倍|[%％‰]|个百分点|千|百|元|吨|公里|平方|立方|米|公顷|亩|度|℃|版|km|[.．]\d)"
)
_AMOUNT = re.compile(r"\d{1,2}(?!\d)")
_ODD = re.compile(
    r"[\u2460-\u249b\u3220-\u3229\u3280-\u3289]|[（(]?\d{1,2}[）)](?![、，])|第[一二三四五六七八九十]+[，、章节]|[一二三四五六七八九十]+[.．]\s?\D|[（(][a-zA-Z][）)]|[a-zA-Z][.．、）)]\s?[\u3400-\u9fff]|\d+[.．]\d+(?:[.．]\d+)*\s?[\u3400-\u9fff]"
)
_SENTENCE = re.compile(r"[。；！？;]")

NOT_NEXT = "the label does not follow the one before it"
ANEW = "the numbering begins anew"
NO_HEADING = "begins with a label that does not go on from the one before it, so it was drafted as a paragraph"
AMOUNT = "begins with what may be a label or a number, and was drafted as a paragraph"
ODD = "may begin with a label of a form that is not read; it was drafted as a paragraph"
ABOVE = "stands above 一、, for which there is no level; it was drafted as a paragraph"
_AT_END = "it stands behind the last line and was drafted as a paragraph"


@dataclass(frozen=True)
class Heading:
    """A line that is a heading: which one, its label, and why an editor should look at it, "" where nothing tells."""

    at: int
    label: Label
    why: str = ""


@dataclass
class Judged:
    """The headings by line, what to look at in other lines, by line, and the lines of annexes and notes."""

    headings: dict[int, Heading] = field(default_factory=dict)
    doubts: dict[int, str] = field(default_factory=dict)
    aside: frozenset[int] = frozenset()


def judge(lines: Sequence[Line]) -> Judged:
    """Judge the lines of a report behind its title."""
    labels = {at: label for at, line in enumerate(lines) if (label := read_heading_label(line))}
    aside = find_aside(lines, labels)
    above = _parts_above(labels)
    judge = _Judge(lines, {at: label for at, label in labels.items() if at not in aside and at not in above})
    judged = judge.run()
    if not judged.headings:
        for at, label in labels.items():
            judged.headings[at] = Heading(at, label, NOT_NEXT if judged.doubts.pop(at, "") else "")
    judged.aside = frozenset(aside)
    judged.doubts.update(dict.fromkeys(above, ABOVE))
    judged.doubts.update({at: f"a {line.note}; {_AT_END}" for at, line in enumerate(lines) if line.note})
    judged.doubts.update({at: why for at, why in aside.items() if why and judged.headings})
    for at, line in enumerate(lines):
        if at not in judged.headings and at not in judged.doubts and at not in aside and _ODD.match(line.text):
            judged.doubts[at] = ODD
    return judged


def _parts_above(labels: Mapping[int, Label]) -> list[int]:
    """The lines 第一部分 of a report whose parts 一、 stand below them: addresses have no level above these."""
    parts = [at for at, label in labels.items() if label.text.startswith("第")]
    others = [at for at, label in labels.items() if label.level == 1 and label.text.endswith("、")]
    return parts if len(others) > 1 else []


class _Judge:
    """Goes through the labels in order, and remembers how far each level has been counted."""

    def __init__(self, lines: Sequence[Line], labels: Mapping[int, Label]) -> None:
        self.lines = lines
        self.labels = labels
        self.order = list(labels.items())
        self.decimals = {text[0] for line in lines if (text := re.match(r"\d{1,2}[.．]\d{1,2}(?!\d)", line.text))}
        self.open: list[tuple[int, int]] = []  # level and number of the headings that a line stands in
        self.last: dict[tuple[tuple[int, ...], int], int] = {}  # by what it stands in and level
        self.running: dict[int, int] = {}
        self.opened = 0

    def run(self) -> Judged:
        judged = Judged()
        for number, (at, label) in enumerate(self.order):
            why = self.judge(number, at, label)
            if why in ("", NOT_NEXT, ANEW):
                judged.headings[at] = Heading(at, label, why)
                self.remember(label)
            else:
                judged.doubts[at] = why
        return judged

    def parent(self, level: int) -> tuple[int, ...]:
        """What tells apart the headings that one of a level stands in."""
        return tuple(id for above, id in self.open if above < level)

    def remember(self, label: Label) -> None:
        parent = self.parent(label.level)
        self.last[parent, label.level] = self.running[label.level] = label.number
        self.opened += 1
        self.open = [each for each in self.open if each[0] < label.level] + [(label.level, self.opened)]

    def judge(self, number: int, at: int, label: Label) -> str:
        """Why a line is no heading, or is one to look at; "" for one that is as it should be."""
        words = words_behind(self.lines[at], label)
        if is_list(words, label):
            return NO_HEADING
        last = self.last.get((self.parent(label.level), label.level), 0)
        runs_on = last == 0 and label.level > 1 and label.number == self.running.get(label.level, 0) + 1
        is_next = label.number == last + 1 or runs_on
        if label.text[-1] in ".．" and self.lines[at].text[len(label.text) :][:1].isdigit():
            if _DECIMAL.match(words) or not is_next or self.counts_decimals(at):
                return AMOUNT
        elif label.text[-1] == "、" and _AMOUNT.match(words) and not is_next:
            return NO_HEADING
        if is_next:
            return ""
        if label.number == 1:
            return ANEW if self.is_shaped(words) or label.level > 2 else NO_HEADING
        return self.judge_misprint(number, label, words, last)

    def judge_misprint(self, number: int, label: Label, words: str, last: int) -> str:
        """A label that is not the next one: a misprint where the next one never comes, else no heading."""
        if not self.is_shaped(words):
            return NO_HEADING
        if last and label.number == last and not words[0].isdigit():
            return NOT_NEXT
        coming = self.coming(number, label.level)
        if last and 0 <= label.number - last <= 2 and last + 1 not in coming:
            return NOT_NEXT
        if not last and label.level < 3 and label.number + 1 in coming and label.level not in self.running:
            return NOT_NEXT
        return NO_HEADING

    def coming(self, number: int, level: int) -> Sequence[int]:
        """The next labels of a level, as far as they stand in the same."""
        found: list[int] = []
        for _, label in self.order[number + 1 : number + 60]:
            if label.level < level:
                break
            if label.level == level:
                found.append(label.number)
        return found

    def counts_decimals(self, at: int) -> bool:
        """Whether a line begins with a number of two parts, as its neighbours do: 1.1, 1.2."""
        match = re.match(r"(\d{1,2})[.．](\d{1,2})(?!\d)", self.lines[at].text)
        if not match:
            return False
        first, second = int(match[1]), int(match[2])
        return any(f"{first}{point}{second + step}" in self.decimals for point in ".．" for step in (1, -1))

    @staticmethod
    def is_shaped(words: str) -> bool:
        """Whether words are as short as a heading's, up to the end of their first sentence."""
        return len(_SENTENCE.split(words)[0]) <= 40


def tell_unlabelled(lines: Sequence[Line], judged: Judged) -> Iterator[tuple[int, str]]:
    """Lines that stand alone like headings, and those that seem broken at a width."""
    broken: list[int] = []
    first = min(judged.headings, default=0)
    for at in range(first, len(lines) - 1):
        plain = lines[at].plain
        following = at + 1 in judged.headings
        ends = re.search(r"[。！？；：:;.!?”）)…，,、]$", plain)
        if at in judged.headings or at in judged.doubts or at in judged.aside or lines[at].is_row:
            continue
        if (
            not ends
            and 2 <= len(plain) <= 25
            and not re.search(r"[，。；：]", plain)
            and not ENDS_IN_DATE.search(plain)
            and not ENDS_IN_DATE.search(plain + lines[at + 1].plain)
        ):
            yield at, "may be a heading without a label; it was drafted as a paragraph"
        elif (not ends or plain[-1] in "，,、") and len(plain) > 15 and not following:
            broken.append(at)
    if len(broken) > 2:
        yield broken[0], f"{len(broken)} lines seem broken at a width: join each with the one that it goes on in"
