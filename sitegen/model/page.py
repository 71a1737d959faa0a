"""Finished pages, and the links in them."""

from dataclasses import dataclass

from sitegen.problems import Passage, Place, Problem


@dataclass(frozen=True)
class Page:
    """A rendered page; `passages` are the report's words that its article must hold, none on other pages."""

    path: str
    html: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Link:
    """A link to `target`, a path in the site with or without a fragment, as the first of `pages` pages has it."""

    page: str
    text: str
    target: str
    pages: int = 1

    def must(self, message: str) -> Problem:
        """A link that is not as it must be; a dead link that many pages share is told once."""
        more = f" (so on {self.pages} pages)" if self.pages > 1 else ""
        return Problem(Place(self.page), f'the link "{self.text}" {message}{more}')
