"""What stands behind or within a report and is numbered for itself: annexes, glossaries, notes, other documents."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from sitegen.draft.candidates import is_list, words_behind
from sitegen.draft.lines import Line
from sitegen.draft.title import looks_like_title
from sitegen.labels import Label

_ANNEX = re.compile(
    r"附[件表录图](?:\d{1,2}|[一二三四五六七八九十]+)?[：:、.]?[^。，；]{0,40}|附[：:][^。，；]{0,40}"
    r"|(?:有关|相关|专业|部分|报告)?(?:名词|术语|词语|名词术语|用语)(?:解释|注释|说明|释义)[：:]?|(?:注释|备注|说明|尾注)[：:]?"
)
_NOTES = re.compile(r"[（(]?(?:注|备注|说明|注释)(?:释)?[：:]")

BEHIND = "annex, glossary or notes: nothing from here on was numbered as the report's"
WITHIN = "a glossary or notes within the report: they were drafted as paragraphs"
OTHER = "another document begins here: nothing from here on was numbered as the report's"


def find_aside(lines: Sequence[Line], labels: Mapping[int, Label]) -> dict[int, str]:
    """The lines of annexes, glossaries, notes and other documents, with what is told of the first of each.

    They end where the labels of the report's parts go on.
    """
    aside: dict[int, str] = {}
    first = min(labels, default=len(lines))
    top = min((label.level for label in labels.values()), default=1)
    tops = [at for at, label in labels.items() if label.level == top]
    chain = at = 0
    while at < len(lines):
        label = labels.get(at)
        plain = lines[at].plain
        if label and label.level == top and not is_list(words_behind(lines[at], label), label):
            chain = label.number if label.number == chain + 1 else chain
        elif at > first and not label and len(plain) <= 40 and (_ANNEX.fullmatch(plain) or _NOTES.match(plain)):
            end = _end_aside(lines, labels, at, top, chain, bool(_NOTES.match(plain)))
            aside.update(dict.fromkeys(range(at, end), ""))
            aside[at] = BEHIND if end == len(lines) else WITHIN
            at = end - 1
        elif chain > 1 and not label and looks_like_title(lines[at]) and _begins_anew(labels, tops, at):
            aside.update(dict.fromkeys(range(at, len(lines)), ""))
            aside[at] = OTHER
            break
        at += 1
    return aside


def _end_aside(
    lines: Sequence[Line], labels: Mapping[int, Label], start: int, top: int, chain: int, is_note: bool
) -> int:
    """Where what is no part of the report's order ends: at its next part; notes also where labels end that go on."""
    for at in range(start + 1, len(lines)):
        label = labels.get(at)
        if is_note and (label is None or label.level < 3 or label.number == 1):
            return at
        if label and label.level == top:
            if label.number == chain + 1 > 1:
                return at
            if label.number == 1:
                return len(lines)
    return len(lines)


def _begins_anew(labels: Mapping[int, Label], tops: Sequence[int], at: int) -> bool:
    """Whether the first part behind a line is numbered 1."""
    behind = bisect_left(tops, at)
    return behind < len(tops) and labels[tops[behind]].number == 1
