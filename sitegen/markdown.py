"""A document's Markdown → its headings and paragraphs.

The report's words must come through verbatim, so no more of Markdown is understood than headings, paragraphs and
backslash escapes: 1. at the start of a line stays text instead of becoming a list, * stays a star, < stays a <. Before
the first character of a paragraph a backslash is always left out: it says that this is no heading.
"""

import re
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sitegen.model import Block, Document
from sitegen.place import Passage, Place

_PARSER = MarkdownIt("zero").enable(["heading", "escape"])
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…]"
_WRAP = re.compile(rf"(?<={_WIDE})\s*\n\s*|\s*\n\s*(?={_WIDE})")


def parse(document: Document) -> tuple[Block, ...]:
    """The blocks of a document in order, its own heading first; no text makes it fail."""
    blocks = [Block(0, document.heading, document.heading)] if document.heading else []
    path, first = document.body.place.path, document.body.place.line or 1
    for opening, inline in pairwise(_PARSER.parse(document.body)):
        if inline.type == "inline":
            marks = len(opening.markup) if opening.type == "heading_open" else None
            place = Place(path, first + (inline.map[0] if inline.map else 0))
            text, typed = _words(inline.children or []), inline.content
            if typed.startswith("\\") and not typed.startswith("\\\\"):
                text = text.removeprefix("\\")
            blocks.append(Block(marks, Passage(text, place), typed))
    return tuple(blocks)


def _words(tokens: list[Token]) -> str:
    """The text of inline tokens; a line wrapped beside a Chinese character is joined without a space."""
    return _WRAP.sub("", "".join(token.content for token in tokens)).replace("\n", " ").strip()
