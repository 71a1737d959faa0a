"""A report → how long each item's own text is, for the outline on the shelf."""

from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.model.report import Report


@dataclass(frozen=True)
class Length:
    """The number of characters that stand directly at an item, and their share, in per cent, of the longest item's."""

    characters: int
    share: float


def measure_lengths(report: Report) -> Mapping[str, Length]:
    """The length of each item, by its address."""
    characters = {item.id: len(item.label + item.words.text) for item in report.walk()}
    longest = max(characters.values(), default=1)
    return {id: Length(count, int(1000 * count / longest) / 10) for id, count in characters.items()}
