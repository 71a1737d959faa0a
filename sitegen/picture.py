"""A report's outline as a picture: a bar for every item, as long as its own text."""

from dataclasses import dataclass

from sitegen.model import Item, Report

_ROW_LEVEL = 2  # parts and sections begin a row; the items below them stand in it


@dataclass(frozen=True)
class Bar:
    """An item's bar: the number of characters that stand directly at it, and its `width` in per cent of the row."""

    item: Item
    characters: int
    width: float


@dataclass(frozen=True)
class Row:
    """A part or section, and the bars of it and of the items below it."""

    own: Bar
    inner: tuple[Bar, ...]


def draw(report: Report) -> tuple[Row, ...]:
    """The rows of the picture; the longest fills its width."""
    rows: list[list[tuple[Item, int]]] = []
    for item in report.walk():
        bar = (item, len(item.label + item.words.text))
        if item.level <= _ROW_LEVEL or not rows:
            rows.append([bar])
        else:
            rows[-1].append(bar)
    longest = max((sum(length for _, length in row) for row in rows), default=1)
    bars = [[Bar(item, length, int(1000 * length / longest) / 10) for item, length in row] for row in rows]
    return tuple(Row(own, tuple(inner)) for own, *inner in bars)
