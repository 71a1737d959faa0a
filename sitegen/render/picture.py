"""A report's outline as a picture: a bar for every item, as long as its own text."""

from dataclasses import dataclass

from sitegen.model.report import Item, Report

_ROOM = 50  # characters of the picture's small type that the longest row has room for
_ROW_LEVEL = 2  # parts and sections begin a row; the items below them stand in it


@dataclass(frozen=True)
class Bar:
    """An item's bar: the number of characters that stand directly at it, and its `width` in per cent of the row.

    `titled` tells whether the bar has room for the item's title in a row of a page of 1280 px.
    """

    item: Item
    characters: int
    width: float
    titled: bool


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
    bars = [[_bar(item, length, int(1000 * length / longest) / 10) for item, length in row] for row in rows]
    return tuple(Row(own, tuple(inner)) for own, *inner in bars)


def _bar(item: Item, length: int, width: float) -> Bar:
    return Bar(item, length, width, len(item.label + item.title) + 1 <= width * _ROOM / 100)
