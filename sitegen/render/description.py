"""A page's words → the description by which search engines and previews announce it."""

from collections.abc import Iterable

_LONGEST = 80  # characters, about what a preview shows


def describe(passages: Iterable[str]) -> str:
    """The first words of a text."""
    text = "".join(passages)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
