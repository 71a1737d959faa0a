"""A finished page, read once → what all checks of pages need; told is what a browser would read otherwise.

Pages are written as HTML that is well-formed XML too: every tag closed, every attribute quoted. So a strict parser
reads them, fast, and a template that leaves a tag open is found out with its line.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from html import unescape
from itertools import pairwise
from xml.parsers.expat import ErrorString, ExpatError, ParserCreate, XMLParserType
from xml.parsers.expat.errors import (
    XML_ERROR_NO_ELEMENTS,
    XML_ERROR_TAG_MISMATCH,
    XML_ERROR_UNDEFINED_ENTITY,
    codes,
)

from sitegen.model.page import Page, PageFacts, Spot
from sitegen.problems import Place, Problems

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)  # HTML, section 13.1.2, void elements
_IN_SVG = frozenset(("circle", "ellipse", "image", "line", "path", "polygon", "polyline", "rect", "stop", "use"))
_MAY_CLOSE_ITSELF = _VOID | _IN_SVG
_LEADING = frozenset(("href", "xlink:href", "src", "srcset", "imagesrcset", "poster", "data", "action", "formaction"))
"""The attributes that hold addresses."""
_FETCHING = frozenset(
    ("script", "img", "iframe", "source", "audio", "video", "embed", "object", "input", "track", "image", "use")
)
"""The elements that fetch what their addresses lead to; <link> does too, but where it only names something."""
_NAMING = frozenset(("canonical", "alternate", "prev", "next", "license"))
_ABROAD = ("http://", "https://")
_CUT = "\ufffc"  # stands for a piece: among the report's words it would be a difference
_MISMATCHED, _ENDED = codes[XML_ERROR_TAG_MISMATCH], codes[XML_ERROR_NO_ELEMENTS]
_UNDEFINED = codes[XML_ERROR_UNDEFINED_ENTITY]
_SPACE = " \t\n\r\f"
_LEFT_ALONE = (*_ABROAD, "mailto:", "data:")


def read_pages(pages: Sequence[Page], problems: Problems) -> list[PageFacts]:
    """What the checks need to know of pages, but of those that are not well-formed; what they share is read once.

    Told are comments, tags that close themselves though a browser would leave them open, ids that stand there twice,
    and what a page would fetch from another host.
    """
    pieces: dict[str, PageFacts | None] = {}
    stand_ins: dict[str, str] = {}
    facts: list[PageFacts] = []
    for page in pages:
        html, shared = page.html, []
        for piece in page.pieces:
            if piece not in html or not piece.startswith("<"):  # it is no element, or a template changed it
                continue  # then it is read with the page
            if piece not in pieces:
                found = Problems()
                pieces[piece] = _read_piece(page.path, html, piece, found)
                stand_ins[piece] = _stand_in(piece)
                for problem in found.found:
                    problems.add([replace(problem, pages=sum(piece in other.pieces for other in pages))])
            html = html.replace(piece, stand_ins[piece], 1)
            shared.append(pieces[piece])
        own = read_page(page.path, html, problems)
        if own:
            facts.append(_join(own, [piece for piece in shared if piece], problems))
    return facts


def _read_piece(path: str, html: str, piece: str, problems: Problems) -> PageFacts | None:
    """What is known of a piece of a page, read at the place where it first stands there."""
    at = html.index(piece)
    line, column = html.count("\n", 0, at), at - html.rfind("\n", 0, at) - 1
    return read_page(path, f"<div>{chr(10) * line}{' ' * column}{piece}</div>", problems)


def _stand_in(piece: str) -> str:
    """What is read in place of a piece: every line stays where it is, and the columns behind the piece."""
    rest = len(piece) - piece.rfind("\n") - 1
    return _CUT + "\n" * piece.count("\n") + " " * rest


def _join(own: PageFacts, pieces: Sequence[PageFacts], problems: Problems) -> PageFacts:
    """The facts of a page with those of the pieces in it, whose lines are those of the first page that has them."""
    if not pieces:
        return own
    ids, links = dict(own.ids), dict(own.links)
    for piece in pieces:
        for id in piece.ids:
            if id in ids:
                problems.must(Place(own.path, *ids[id]), "id-once", f'the id "{id}" must stand there once')
        ids |= piece.ids
        links |= piece.links
    return PageFacts(own.path, ids, links, own.articles, own.sides)


def read_page(path: str, html: str, problems: Problems) -> PageFacts | None:
    """What the checks need to know of a page, or of a part of it; None when it is not well-formed."""
    reader = _Reader(path, html, problems)
    try:
        reader.parser.Parse(reader.data, True)
    except ExpatError as error:
        tell_malformed(path, html, error, problems)
        return None
    if not _ends_as_it_must(reader.data, reader.elements):
        _tell_ends(path, reader.data, problems)
    sides = {name: "".join(words) for name, words in reader.sides.items()}
    return PageFacts(path, reader.ids, reader.links, tuple("".join(article) for article in reader.articles), sides)


def tell_malformed(path: str, text: str, error: ExpatError, problems: Problems) -> None:
    """Tell that a file is no XML, with what its templates made there; of an element left open, where it begins."""
    line, column = error.lineno, error.offset
    if error.code in (_MISMATCHED, _ENDED):
        line, column = _left_open(text, error) or (line, column)
    lines = text.split("\n")
    whole = lines[line - 1] if line <= len(lines) else ""
    made = (whole[:column][-30:] + whole[column:][:30]).strip()
    advice = ""
    entity = re.match(r"&\w+;", whole[column:])
    if error.code == _UNDEFINED and entity:
        named = unescape(entity[0])
        characters = "".join(f"&#{ord(character)};" for character in named)
        advice = f"; {entity[0]} is no entity of XML: "
        advice += f"write the character itself, or {characters}" if named != entity[0] else "write & as &amp;"
    message = f'must be well-formed ({ErrorString(error.code)}) where its templates made "{made}"{advice}'
    problems.must(Place(path, line, column), "html-well-formed", message)


def _left_open(text: str, error: ExpatError) -> Spot | None:
    """Where the element begins that is open where the parser stops; None where it stops at an end without a start."""
    open_elements: list[tuple[str, Spot]] = []
    parser = ParserCreate()
    parser.StartElementHandler = lambda name, _: open_elements.append((name, _spot(parser)))
    parser.EndElementHandler = lambda _: open_elements.pop()
    with suppress(ExpatError):
        parser.Parse(text, True)
    if error.code == _ENDED:
        return open_elements[-1][1] if open_elements else None
    ending = re.compile(r"[^\s>]*").match(text.encode()[parser.ErrorByteIndex :].decode())
    is_stray = not ending or ending[0] not in [name for name, _ in open_elements]
    return None if is_stray else open_elements[-1][1]


def _fetches(element: str, attributes: Mapping[str, str]) -> bool:
    return element in _FETCHING or (element == "link" and attributes.get("rel") not in _NAMING)


def _spot(parser: XMLParserType) -> Spot:
    return parser.CurrentLineNumber, parser.CurrentColumnNumber


class _Reader:
    """The handlers that the parser calls while it reads a page, and what they have seen.

    Ends of elements are heard of alone in an article, and in what has a name by data-side, for they tell which words
    stand in its apparatus.
    """

    def __init__(self, path: str, html: str, problems: Problems) -> None:
        self.path = path
        self.data = html.encode()
        self.problems = problems
        self.elements: list[str] = []
        self.ids: dict[str, Spot] = {}
        self.links: dict[str, Spot] = {}
        self.articles: list[list[str]] = []
        self.sides: dict[str, list[str]] = {}
        self.words: list[str] = []  # of the article or the side that is open
        self.depth = 0  # of the elements that are open in it, itself included
        self.apparatus_depth = 0  # that of the apparatus that is open among them
        self.parser = ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.CommentHandler = lambda _: self.refuse("<!--")
        self.parser.StartCdataSectionHandler = lambda: self.refuse("<![CDATA[")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements.append(name)
        if name == "article":
            self.articles.append([])
            self.hear(self.articles[-1])
        elif "data-side" in attributes:
            self.hear(self.sides.setdefault(attributes["data-side"], []))
        if attributes:
            self.read_attributes(name, attributes)

    def read_attributes(self, name: str, attributes: Mapping[str, str]) -> None:
        if "id" in attributes:
            self.add_id(attributes["id"])
        if not _LEADING.isdisjoint(attributes):
            self.add_links(name, attributes)

    def hear(self, words: list[str]) -> None:
        """Add the words of the element that begins to others, until it ends."""
        self.words = words
        self.depth = 1
        self.parser.StartElementHandler = self.start_in_article
        self.parser.EndElementHandler = self.end_in_article
        self.parser.CharacterDataHandler = words.append

    def start_in_article(self, name: str, attributes: dict[str, str]) -> None:
        self.elements.append(name)
        self.depth += 1
        if name == "article":
            self.articles.append([])  # one too many, and its words are told as missing
        if not attributes:
            return
        self.read_attributes(name, attributes)
        if "data-apparatus" in attributes and not self.apparatus_depth:
            self.apparatus_depth = self.depth
            self.parser.CharacterDataHandler = None

    def end_in_article(self, _: str) -> None:
        if self.depth == self.apparatus_depth:
            self.apparatus_depth = 0
            self.parser.CharacterDataHandler = self.words.append
        self.depth -= 1
        if self.depth == 0:
            self.parser.StartElementHandler = self.start
            self.parser.EndElementHandler = None
            self.parser.CharacterDataHandler = None

    def add_id(self, id: str) -> None:
        if id in self.ids:
            message = f'the id "{id}" must stand there once'
            self.problems.must(Place(self.path, *_spot(self.parser)), "id-once", message)
        else:
            self.ids[id] = _spot(self.parser)

    def add_links(self, element: str, attributes: Mapping[str, str]) -> None:
        for name, value in attributes.items():
            if name not in _LEADING:
                continue
            for address in split_srcset(value) if name.endswith("srcset") else (value,):
                if not address.startswith(_LEFT_ALONE):
                    if address not in self.links:
                        self.links[address] = _spot(self.parser)
                elif address.startswith(_ABROAD) and _fetches(element, attributes):
                    message = f'the link "{address}" must be a file of the site: no page asks another host'
                    self.problems.must(Place(self.path, *_spot(self.parser)), "own-host", message)

    def refuse(self, mark: str) -> None:
        message = f"must not hold {mark}: a comment in a template is {{# #}}"
        self.problems.must(Place(self.path, *_spot(self.parser)), "html-comment", message)


def _ends_as_it_must(data: bytes, elements: Sequence[str]) -> bool:
    """Whether elements that may close themselves do, and no others: these have an end tag each, and those have none."""
    counts = Counter(elements)
    short = _MAY_CLOSE_ITSELF.intersection(counts)
    if data.count(b"</") != len(elements) - sum(counts[name] for name in short):
        return False
    return not any(f"</{name}".encode() in data for name in short)


def _tell_ends(path: str, data: bytes, problems: Problems) -> None:
    """Tell of the tags that close themselves though a browser would leave them open.

    Where a tag closes itself the parser then stands behind it, at whatever comes next; at an end tag, before it.
    """
    parser = ParserCreate()
    ends: list[tuple[str, int, Spot]] = []

    def end(name: str) -> None:
        ends.append((name, parser.CurrentByteIndex, _spot(parser)))

    parser.EndElementHandler = end
    parser.Parse(data, True)
    for (name, at, spot), (_, next_at, _) in pairwise([*ends, ("", -1, (0, 0))]):
        closes_itself = data[at : at + 2] != b"</" or at == next_at
        if closes_itself and name not in _MAY_CLOSE_ITSELF:
            message = f"must close <{name}> by </{name}>: HTML leaves a <{name}/> open"
            problems.must(Place(path, *spot), "html-closed", message)
        elif not closes_itself and name in _VOID:
            message = f"must close <{name}/> by itself: HTML has no </{name}>"
            problems.must(Place(path, *spot), "html-closed", message)


def split_srcset(value: str) -> Iterator[str]:
    """The addresses of a srcset (HTML, section 4.8.4.2.1): behind each its width or density may stand, then a comma."""
    rest = value.strip(_SPACE + ",")
    while rest:
        address = re.split(f"[{_SPACE}]", rest, maxsplit=1)[0]
        rest = rest[len(address) :]
        if not address.endswith(","):
            rest = rest.partition(",")[2]  # behind its width or density
        yield address.rstrip(",")
        rest = rest.lstrip(_SPACE + ",")
