"""What was measured → the tables of README.md, the shortest first: where this project leads Hugo, and where not."""

import gzip
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.builders import HUGOS, OURS
from tests.bench.builds import Taken
from tests.bench.search import Search

_SMALL_SHARE = 0.02  # of the time of a report: what takes less is told together


@dataclass(frozen=True)
class Shelf:
    """The bytes of a site's first page, and of these with gzip."""

    size: int
    with_gzip: int


@dataclass(frozen=True)
class Measured:
    """All that was measured of a site with so many reports.

    `first` builds and `shelves` are by the builders' names, `later` builds by what had changed, `searches` by queries.
    """

    copies: int
    first: Mapping[str, Taken]
    later: Mapping[str, Mapping[str, Taken]]
    shelves: Mapping[str, Shelf]
    searches: Mapping[str, Search]


def read_shelf(site: Path) -> Shelf:
    """The first page of a site."""
    data = (site / "index.html").read_bytes()
    return Shelf(len(data), len(gzip.compress(data, 6)))


def glance(measured: Sequence[Measured]) -> Iterator[str]:
    """Ratios alone, those in bold where this project takes less than Hugo."""
    yield "| this project : Hugo | " + " | ".join(_reports(each.copies) for each in measured) + " |"
    yield "|---" * (len(measured) + 1) + "|"
    yield _ratios("first build", [_ratio(each.first, "wall") for each in measured])
    yield _ratios("its memory", [_ratio(each.first, "memory") for each in measured])
    for change in measured[0].later:
        yield _ratios(f"later build, after {change}", [_ratio(each.later[change], "wall") for each in measured])
    yield _ratios("the first page, with gzip", [_ratio(each.shelves, "with_gzip") for each in measured])


def _ratios(name: str, ratios: Sequence[float]) -> str:
    cells = (f"**{ratio:.2f}**" if ratio < 1 else f"{ratio:.2f}" for ratio in ratios)
    return f"| {name} | {' | '.join(cells)} |"


def _ratio(taken: Mapping[str, object], what: str) -> float:
    return float(getattr(taken[OURS.name], what) / getattr(taken[HUGOS.name], what))


BUILD_HEADS = (
    "reports",
    "build",
    "builder",
    "seconds",
    "ratio",
    "processor seconds",
    "ratio",
    "peak memory",
    "files written",
)


def build_rows(measured: Measured) -> Iterator[str]:
    """The builds of a site: first ones with their memory, and later ones."""
    kinds = {"first": measured.first, **{f"after {change}": taken for change, taken in measured.later.items()}}
    for kind, by_builder in kinds.items():
        hugos = by_builder[HUGOS.name]
        for name, taken in by_builder.items():
            memory = f"{taken.memory / 1e6:.0f} MB" if taken.memory else ""
            ratios = (f"{taken.wall / hugos.wall:.2f}", f"{taken.processor / hugos.processor:.2f}")
            cells = (
                f"{measured.copies:,}",
                kind,
                name,
                _seconds(taken),
                ratios[0],
                f"{taken.processor:.3f}",
                ratios[1],
            )
            yield _row(*cells, memory, f"{taken.written:,}")


def _seconds(taken: Taken) -> str:
    return f"{taken.wall:.3f} ({min(taken.walls):.3f}–{max(taken.walls):.3f})"


READER_HEADS = (
    "reports",
    "what a reader asks for",
    "requests",
    "kB",
    "kB with gzip",
    "first result",
    "end",
    "longest task",
)


def reader_rows(measured: Measured) -> Iterator[str]:
    """The first page, and the searches over all reports."""
    for name, shelf in measured.shelves.items():
        page = f"first page, {name}"
        yield _row(f"{measured.copies:,}", page, "1", f"{shelf.size / 1e3:.1f}", f"{shelf.with_gzip / 1e3:.1f}", *"   ")
    for name, search in measured.searches.items():
        sizes = (f"{search.requests:,}", f"{search.size / 1e3:.1f}", f"{search.with_gzip / 1e3:.1f}")
        longest = f"{search.longest:.0f} ms" if search.longest else "under 50 ms"  # shorter ones no browser tells
        times = (_milliseconds(search.first), _milliseconds(search.end), longest)
        yield _row(f"{measured.copies:,}", f"search for {name}", *sizes, *times)


def _milliseconds(taken: float | None) -> str:
    return "never" if taken is None else f"{taken:.0f} ms"


def share_rows(shares: Sequence[tuple[str, float]]) -> Iterator[str]:
    """What a report more takes, stage by stage."""
    rest = 0.0
    for stage, share in shares:
        if share < _SMALL_SHARE:
            rest += share
        else:
            yield _row(f"`{stage}`", f"{share:.0%}")
    yield _row("all else", f"{rest:.0%}")


def start_rows(starts: Iterable[tuple[str, float]]) -> Iterator[str]:
    """What goes by before a build begins."""
    for name, taken in starts:
        yield _row(name, f"{taken:.3f}")


def table(heads: Sequence[str], rows: Sequence[str]) -> Sequence[str]:
    """A table in Markdown."""
    return [_row(*heads), "|---" * len(heads) + "|", *rows]


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _reports(copies: int) -> str:
    return "1 report" if copies == 1 else f"{copies:,} reports"
