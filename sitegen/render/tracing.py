"""Mistakes that were found in finished pages → the lines of the templates that made them, each told once.

Needed where a page is not as it must be, and nowhere else: then the pages are rendered again, by templates that mark
what they write.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from posixpath import dirname

from sitegen.model.page import Page
from sitegen.problems import Place, Problem
from sitegen.render.renderer import Renderer
from sitegen.render.templates import MARK, compile_marked, place_of_mark

Render = Callable[[Renderer], Iterable[Page]]
"""Renders pages, and what else templates make."""


def trace(found: Iterable[Problem], renderer: Renderer, render: Render) -> list[Problem]:
    """The same mistakes, but those in what `render` gives at the lines of the templates that made them.

    A mistake stays where it was found when no template made it: in what the program wrote, in the report's own words.
    """
    pages = {page.path: page for page in render(renderer)}
    by_marks = replace(renderer, compiled=compile_marked(renderer.sources))
    marked = {page.path: _read_marks(page.html) for page in render(by_marks)}
    return [
        _trace(problem, pages[problem.place.path], marked[problem.place.path])
        if problem.place.path in marked and problem.place.path in pages
        else problem
        for problem in found
    ]


def tell_once(found: Iterable[Problem]) -> list[Problem]:
    """The same, but each place of a template once under each rule, with how many pages show it."""
    groups: dict[object, list[Problem]] = {}
    for problem in found:
        groups.setdefault((problem.place, problem.rule) if problem.seen else problem, []).append(problem)
    return [replace(group[0], pages=_count_pages(group)) for group in groups.values()]


def _count_pages(group: Sequence[Problem]) -> int:
    """The pages that show a mistake: in each folder those that it was found in, or as many as have the same link."""
    seen: dict[str, set[str]] = {}
    counted: dict[str, int] = {}
    for problem in group:
        path = problem.seen.path if problem.seen else problem.place.path
        seen.setdefault(dirname(path), set()).add(path)
        counted[dirname(path)] = max(problem.pages, counted.get(dirname(path), 1))
    return sum(max(len(seen[folder]), counted[folder]) for folder in seen)


@dataclass(frozen=True)
class _Marked:
    """A page's lines, where each line starts in it, and its marks with where they stand, all but for the marks."""

    lines: Sequence[str]
    line_starts: Sequence[int]
    marks: Sequence[str]
    mark_starts: Sequence[int]


def _read_marks(text: str) -> _Marked:
    """What is known of a page that templates marked."""
    pieces = MARK.split(text)
    lines = "".join(pieces[::2]).split("\n")
    line_starts = accumulate((len(line) + 1 for line in lines), initial=0)
    return _Marked(lines, tuple(line_starts), pieces[1::2], tuple(accumulate(map(len, pieces[:-1:2]))))


def _trace(problem: Problem, page: Page, marked: _Marked) -> Problem:
    """A mistake in a page at the line of the template that made it, if one did."""
    line = problem.place.line
    if line is None:
        if problem.rule == "article-one" and page.template:
            return replace(problem, place=Place(f"templates/{page.template}"), seen=problem.place)
        return problem
    if marked.lines[line - 1 : line] != page.html.split("\n")[line - 1 : line]:  # its templates do more than write it
        return problem
    at = marked.line_starts[line - 1] + (problem.place.column or 0)
    number = bisect_right(marked.mark_starts, at) - 1
    place = place_of_mark(marked.marks[number], at - marked.mark_starts[number]) if number >= 0 else None
    return replace(problem, place=place, seen=problem.place) if place else problem
