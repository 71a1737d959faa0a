"""What all pages of a build are rendered with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

from sitegen.frontmatter.keys import Site
from sitegen.problems import Problems

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True)
class Renderer:
    """The settings and the `sources` of the templates.

    `several` tells whether there is more than one report, `many` whether there are more than the shelf shows each with
    its contents, and `by_letter` whether all their terms stand in a page a letter. In a `preview` pages load themselves
    anew at a change. `compiled` are the templates where they were compiled before, and `parted` those headings that are
    known to break at their words, to which others are added.
    """

    settings: Site
    sources: Mapping[str, bytes]
    several: bool
    many: bool = False
    by_letter: bool = False
    preview: bool = False
    compiled: "Environment | None" = field(default=None, compare=False)
    parted: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False)

    @cached_property
    def templates(self) -> "Environment":
        """The templates, which must be as they must be."""
        from sitegen.render.exports import TEMPLATES  # a build in which nothing changed needs none
        from sitegen.render.templates import compile_templates
        from sitegen.render.typography import break_at_words

        problems = Problems()
        templates = self.compiled or problems.end(compile_templates(self.sources, TEMPLATES, problems))
        templates.filters["break_at_words"] = partial(break_at_words, self.parted)
        return templates
