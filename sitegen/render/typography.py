"""The report's words → the same words with what fine type needs in their markup; no character is added to them."""

import re
from collections.abc import Mapping, MutableMapping
from itertools import pairwise

from markupsafe import Markup, escape

_RANGE = re.compile(r"(\d[\d.]*(?:-\d[\d.]*)+)")
"""A range as this edition writes it, 2021-2025, or a date, 2022-03-28; a browser would break it behind a hyphen."""
_STOPS = tuple("，、；：。！？）》”")


Parted = Mapping[str, tuple[str, ...]]
"""The parts of headings that stay together, by heading."""


def break_at_words(parted: MutableMapping[str, tuple[str, ...]], heading: str) -> Markup:
    """A heading that may break between words alone: <wbr/> stands there, and the style forbids every other break.

    Those that were `parted` before are not parted again; this one is added to them.
    """
    if heading not in parted:
        parted[heading] = tuple(_parts(heading))
    return Markup("<wbr/>").join(parted[heading])


def load_words() -> None:
    """Load at once what tells words, which takes 33 MB: processes begun after that share it."""
    _parts("")


def _parts(heading: str) -> list[str]:
    """A heading in the parts that stay together: a word, and what is too short to begin or end a line.

    That is a word of one character, as 的 and 和, and a number before what it counts.
    """
    from rjieba import cut  # it reads its dictionary at once, which a build that changes no heading need not wait for

    words = cut(heading)
    parts = words[:1]
    for word, following in pairwise(words):
        are_whole = len(word) > 1 and len(following) > 1 and not word[-1].isdecimal()
        if (are_whole or word.endswith(_STOPS)) and not following.startswith(_STOPS):
            parts.append(following)
        else:
            parts[-1] += following
    return parts


def keep_ranges(text: str) -> Markup:
    """A text whose ranges of numbers and dates never break."""
    pieces = _RANGE.split(text)
    for at in range(1, len(pieces), 2):
        pieces[at] = Markup('<span class="range">{}</span>').format(pieces[at])
    return Markup("").join(pieces) if len(pieces) > 1 else escape(text)
