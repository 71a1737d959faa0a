"""A finished page, read once → what all checks of pages need; told is what a browser would read otherwise.

Pages are written as HTML that is well-formed XML too: every tag closed, every attribute quoted. So a strict parser
reads them, fast, and a template that leaves a tag open is found out with its line.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.parsers.expat import ErrorString, ExpatError, ParserCreate

from sitegen.model.page import Page, PageFacts
from sitegen.problems import Place, Problems

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)  # HTML, section 13.1.2, void elements
_IN_SVG = frozenset(("circle", "ellipse", "image", "line", "path", "polygon", "polyline", "rect", "stop", "use"))
_MAY_CLOSE_ITSELF = _VOID | _IN_SVG
_LEADING = frozenset(("href", "xlink:href", "src", "srcset", "poster", "data", "action", "formaction"))
"""The attributes that hold addresses."""
_FETCHING = frozenset(
    ("script", "img", "iframe", "source", "audio", "video", "embed", "object", "input", "track", "image", "use")
)
"""The elements that fetch what their addresses lead to; <link> does too, but where it only names something."""
_NAMING = frozenset(("canonical", "alternate", "prev", "next", "license"))
_ABROAD = ("http://", "https://")
_CUT = "\ufffc"  # stands for a piece: among the report's words it would be a difference
_SPACE_OR_COMMA = " \t\n\r\f,"
_CUT = "\ufffc"  # stands for a piece: among the report's words it would be a difference
_SPACE_OR_COMMA = " \t\n\r\f,"
_LEFT_ALONE = (*_ABROAD, "mailto:", "data:")


def read_pages(pages: Iterable[Page], problems: Problems) -> list[PageFacts]:
    """What the checks need to know of pages, but of those that are not well-formed; what they share is read once.

    Told are comments, tags that close themselves though a browser would leave them open, ids that stand there twice,
    and what a page would fetch from another host.
    """
    pieces: dict[str, PageFacts | None] = {}
    facts: list[PageFacts] = []
    for page in pages:
        html, shared = page.html, []
        for piece in filter(None, page.pieces):
            at = html.find(piece)
            if at < 0:  # a template changed it: then it is read with the page
                continue
            line = html.count("\n", 0, at)
            html = html[:at] + _CUT + "\n" * piece.count("\n") + html[at + len(piece) :]  # every line stays where it is
            if piece not in pieces:
                pieces[piece] = read_page(page.path, f"{chr(10) * line}<div>{piece}</div>", problems)
            shared.append(pieces[piece])
        own = read_page(page.path, html, problems)
        if own:
            facts.append(_join(own, [piece for piece in shared if piece], problems))
    return facts


def _join(own: PageFacts, pieces: Sequence[PageFacts], problems: Problems) -> PageFacts:
    """The facts of a page with those of the pieces in it, whose lines are those of the first page that has them."""
    ids, links = dict(own.ids), dict(own.links)
    for piece in pieces:
        for id, line in piece.ids.items():
            if id in ids:
                problems.must(Place(own.path, line), "id-once", f'the id "{id}" must stand there once')
        ids |= piece.ids
        links |= piece.links
    return PageFacts(own.path, ids, links, own.articles)


def read_page(path: str, html: str, problems: Problems) -> PageFacts | None:
    """What the checks need to know of a page, or of a part of it; None when it is not well-formed."""
    reader = _Reader(path, html, problems)
    try:
        reader.parser.Parse(reader.data, True)
    except ExpatError as error:
        tell_malformed(path, html, error, problems)
        return None
    return PageFacts(path, reader.ids, reader.links, tuple("".join(article) for article in reader.articles))


def tell_malformed(path: str, text: str, error: ExpatError, problems: Problems) -> None:
    """Tell that a file is no XML, with the line that its templates made."""
    made = "".join(text.splitlines()[error.lineno - 1 : error.lineno]).strip()
    message = f'must be well-formed ({ErrorString(error.code)}) where its templates made "{made[-60:]}"'
    problems.must(Place(path, error.lineno), "html-well-formed", message)


class _Reader:
    """The handlers that the parser calls while it reads a page, and what they have seen."""

    def __init__(self, path: str, html: str, problems: Problems) -> None:
        self.path = path
        self.data = html.encode()
        self.problems = problems
        self.ids: dict[str, int] = {}
        self.links: dict[str, int] = {}
        self.articles: list[list[str]] = []
        self.depth = 0  # of elements that are open
        self.article_depth = 0  # that of the article that is open, 0 outside of any
        self.apparatus_depth = 0  # that of the apparatus that is open in it
        self.last_end = -1  # where the tag began that ended an element last
        self.last_ended = ""
        self.parser = ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CommentHandler = lambda _: self.refuse("<!--")
        self.parser.StartCdataSectionHandler = lambda: self.refuse("<![CDATA[")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if name == "article" and not self.article_depth:
            self.article_depth = self.depth
            self.articles.append([])
            self.parser.CharacterDataHandler = self.articles[-1].append
        if not attributes:
            return
        if "id" in attributes:
            self.add_id(attributes["id"])
        if not _LEADING.isdisjoint(attributes):
            self.add_links(name, attributes)
        if self.article_depth and not self.apparatus_depth and "data-apparatus" in attributes:
            self.apparatus_depth = self.depth
            self.parser.CharacterDataHandler = None

    def end(self, name: str) -> None:
        if self.depth == self.apparatus_depth:
            self.apparatus_depth = 0
            self.parser.CharacterDataHandler = self.articles[-1].append
        elif self.depth == self.article_depth:
            self.article_depth = 0
            self.parser.CharacterDataHandler = None
        self.depth -= 1
        # Where a tag closes itself the parser stands behind it, at whatever comes next; at </name> it stands before it.
        if name not in _MAY_CLOSE_ITSELF:
            at = self.parser.CurrentByteIndex
            if at == self.last_end:
                self.refuse_closed(self.last_ended)
            elif self.data[at : at + 2] != b"</":
                self.refuse_closed(name)
                at = -1
            self.last_end, self.last_ended = at, name

    def add_id(self, id: str) -> None:
        if id in self.ids:
            message = f'the id "{id}" must stand there once'
            self.problems.must(Place(self.path, self.parser.CurrentLineNumber), "id-once", message)
        self.ids.setdefault(id, self.parser.CurrentLineNumber)

    def add_links(self, element: str, attributes: Mapping[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        fetches = element in _FETCHING or (element == "link" and attributes.get("rel") not in _NAMING)
        for name in _LEADING.intersection(attributes):
            addresses = split_srcset(attributes[name]) if name == "srcset" else (attributes[name],)
            for address in addresses:
                if not address.startswith(_LEFT_ALONE):
                    self.links.setdefault(address, line)
                elif fetches and address.startswith(_ABROAD):
                    message = f'the link "{address}" must be a file of the site: no page asks another host'
                    self.problems.must(Place(self.path, line), "own-host", message)

    def refuse(self, mark: str) -> None:
        message = f"must not hold {mark}: a comment in a template is {{# #}}"
        self.problems.must(Place(self.path, self.parser.CurrentLineNumber), "html-comment", message)

    def refuse_closed(self, name: str) -> None:
        message = f"must close <{name}> by </{name}>: HTML leaves a <{name}/> open"
        self.problems.must(Place(self.path, self.parser.CurrentLineNumber), "html-closed", message)


def split_srcset(value: str) -> Iterator[str]:
    """The addresses of a srcset (HTML, section 4.8.4.2.1): behind each its width or density may stand, then a comma."""
    rest = value.strip(_SPACE_OR_COMMA)
    while rest:
        address = rest.split(None, 1)[0]
        rest = rest[len(address) :]
        if not address.endswith(","):
            rest = rest.partition(",")[2]  # behind its width or density
        yield address.rstrip(",")
        rest = rest.lstrip(_SPACE_OR_COMMA)
