"""The figures that front matter lists → for each report those of the years around it that measure the same.

They are listed before any report is read whole, so that a report is made of its own files and of these alone. That
each stands in its report's words is proved when that report is made: no site comes of one in which it does not.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sitegen.apparatus.figures import read_figure
from sitegen.frontmatter.keys import FigureMatter
from sitegen.model.edition import Figure
from sitegen.model.report import Words
from sitegen.model.shelf import ListedFigure
from sitegen.problems import Problems

AROUND = 10
"""How many other reports are looked at, the nearest ones, so that no page grows with their number."""

Listed = Mapping[tuple[str, str], ListedFigure]
"""A report's figures by what they measure and their unit."""


def list_figures(report: str, year: int, matters: Iterable[FigureMatter]) -> Listed:
    """The figures of a report that alone in it measure what they do, in their unit; what cannot be read is left out."""
    listed: dict[tuple[str, str], ListedFigure] = {}
    times: Counter[tuple[str, str]] = Counter()
    for matter in matters:
        if not matter.measures:  # it is a draft
            continue
        key = (str(matter.measures), str(matter.unit or ""))
        times[key] += 1
        figure = read_figure("", Words("", None, (), ()), matter, Problems())
        if figure:
            listed[key] = ListedFigure(report, year, str(matter.item), str(matter.value), figure.number, *key)
    return {key: figure for key, figure in listed.items() if times[key] == 1}


def list_series(names: Sequence[str], listed: Mapping[str, Listed]) -> dict[str, tuple[ListedFigure, ...]]:
    """For each report of an issuer, the newest first, those of the reports around it that measure what its own do."""
    series: dict[str, tuple[ListedFigure, ...]] = {}
    for at, name in enumerate(names):
        start = max(0, min(at - AROUND // 2, len(names) - AROUND - 1))
        around = [listed[other] for other in names[start : start + AROUND + 1] if other != name]
        series[name] = tuple(other[key] for other in around for key in listed[name] if key in other)
    return series


@dataclass(frozen=True)
class Series:
    """What a figure is in other years, the newest first.

    `line` are the points of all years in a field of 64 by 20, the year's own at `own`: by years from the left, and from
    0 at the foot. There is none where it would tell nothing.
    """

    figures: tuple[ListedFigure, ...]
    line: tuple[str, ...] = ()
    own: tuple[float, float] = (0, 0)


def join_series(year: int, figures: Iterable[Figure], others: Iterable[ListedFigure]) -> Mapping[str, Series]:
    """The other years of those of a report's figures that have any, by the figures' addresses."""
    by_words: dict[tuple[str, str], list[ListedFigure]] = {}
    for other in others:
        by_words.setdefault((other.measures, other.unit), []).append(other)
    series: dict[str, Series] = {}
    for figure in figures:
        if same := by_words.get((figure.measures, figure.unit)):
            series[figure.id] = _draw(year, figure, same)
    return series


def _draw(year: int, figure: Figure, others: Sequence[ListedFigure]) -> Series:
    """The series with its line, which takes three years at least, one number for each, and not always the same."""
    numbers = {other.year: other.number for other in others} | {year: figure.number}
    if len(numbers) <= max(2, len(others)) or len({*numbers.values()}) == 1:
        return Series(tuple(others))
    first, last, most = min(numbers), max(numbers), max(numbers.values())
    points: dict[int, tuple[float, float]] = {}
    for each in sorted(numbers):
        left = 2 + 60 * (each - first) / (last - first)
        points[each] = (round(left, 1), round(18 - 16 * (numbers[each] / most), 1))
    return Series(tuple(others), tuple(f"{x:g},{y:g}" for x, y in points.values()), points[year])
