"""Is every character of the report there, and nothing else? The comparison of the edition with its source.

Both sides are folded alike: Unicode NFKC, under which ， and , are the same, and no white space. White space goes
before it too, so that a line broken inside a combined character compares equal.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, zip_longest
from typing import NamedTuple

from sitegen.model.report import Report
from sitegen.problems import Passage, Place, Problems

_AROUND = 12  # characters shown on each side of a difference


def fold(text: str) -> str:
    """The form in which texts are compared."""
    return drop_space(unicodedata.normalize("NFKC", drop_space(text)))


def drop_space(text: str) -> str:
    """The text without its white space."""
    return "".join(text.split())


def clusters(text: str) -> Iterator[str]:
    """A text without white space in pieces that fold each for itself: a character and what combines with it."""
    first = 0
    for at in range(1, len(text)):
        if not _combines(text[at]):
            yield text[first:at]
            first = at
    if text:
        yield text[first:]


def _combines(character: str) -> bool:
    """Whether a character may be one with the one before it: a mark, or the vowel or final of a Korean syllable."""
    if character < "\u0300" or "\u3400" <= character <= "\u9fff":
        return False
    first = unicodedata.normalize("NFKD", character)[0]
    return unicodedata.category(first)[0] == "M" or "\u1160" <= first <= "\u11ff"


def check_report(report: Report, problems: Problems) -> None:
    """The report's own words equal its source's."""
    compare(tuple(report.passages()), report.source, problems)


def compare(edition: Sequence[Passage], source: Sequence[Passage], problems: Problems) -> bool:
    """Whether both are equal; told is the first difference, each side with its place and the text around a ▸ there."""
    ours, theirs = (drop_space("".join(passages)) for passages in (edition, source))
    if ours == theirs or (folded := fold(ours)) == (expected := fold(theirs)):
        return True
    at = next(at for at, pair in enumerate(zip_longest(folded, expected)) if pair[0] != pair[1])
    here, there = _Side.at_folded(edition, ours, at), _Side.at_folded(source, theirs, at)
    message = f"must read as {there.place(here.begins)} does: here {here.shown}, there {there.shown}"
    problems.must(here.place(there.begins), "words-equal", message)
    return False


def check_passages(text: str, passages: Sequence[Passage], place: Place, problems: Problems) -> None:
    """A finished text with these words has each passage whole, without any white space of its own within."""
    at = 0
    for passage in passages:
        found = text.find(passage, at)
        if found < 0:
            message = f'must hold "{passage[:_AROUND]}…" in one run, without white space that the report has not'
            problems.must(place, "space-added", message)
            return
        at = found + len(passage)


class _Side(NamedTuple):
    """One of two texts that differ: its passages, their joined text without white space, and where it differs there."""

    passages: Sequence[Passage]
    text: str
    at: int

    @classmethod
    def at_folded(cls, passages: Sequence[Passage], text: str, folded_at: int) -> "_Side":
        """The side that differs at the character which folds to number `folded_at`, or behind its end."""
        at = folded = 0
        for cluster in clusters(text):
            folded += len(fold(cluster))
            if folded > folded_at:
                break
            at += len(cluster)
        return cls(passages, text, at)

    @property
    def starts(self) -> list[int]:
        """Where each passage starts in the text, and where that ends."""
        return list(accumulate((len(drop_space(passage)) for passage in self.passages), initial=0))

    @property
    def begins(self) -> bool:
        """Whether a passage, or nothing more, begins where the side differs."""
        return self.at in self.starts

    @property
    def shown(self) -> str:
        """The text around the difference, with a ▸ there and with characters that nobody can see named, as [U+200B]."""
        around = f"{self.text[max(0, self.at - _AROUND) : self.at]}▸{self.text[self.at : self.at + _AROUND]}"
        return '"' + "".join(map(_named, around)) + '"'

    def place(self, other_begins: bool) -> Place:
        """The place of the passage that differs.

        At the start of one while the other side stands in the middle of its own, the end of the one before: that is
        where the character was lost.
        """
        starts = self.starts[:-1]
        number = bisect_right(starts, self.at) - 1
        if number > 0 and self.at in starts and not other_begins:
            number -= 1
        return self.passages[number].place


def _named(character: str) -> str:
    return f"[U+{ord(character):04X}]" if unicodedata.category(character) == "Cf" else character
