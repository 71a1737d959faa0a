"""A finished page as a tree, for the checks of what readers will get.

Pages are written as HTML that is well-formed XML too: every tag closed, every attribute quoted. So a strict parser
reads them, fast, and a template that leaves a tag open is found out with its line.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.parsers.expat import ErrorString, ExpatError, ParserCreate

from sitegen.model.page import Page
from sitegen.problems import Mistakes, Place, mistake

Element = ElementTree.Element

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_IN_SVG = {"path", "rect"}
_CLOSED_ITSELF = re.compile(r"<([a-z][a-z0-9]*)[^<>]*/>")
_UNSEEN = re.compile(r"<!--|<!\[CDATA\[")  # in which what looks like an article or a link is none
_ARTICLE = re.compile(r"<article[\s>].*?</article>", re.DOTALL)


def check_page(page: Page) -> None:
    """Raise Mistakes when a page is not well-formed, or when a browser would read it otherwise."""
    html = page.html
    for end in re.finditer("/>", html):
        found = _CLOSED_ITSELF.match(html, html.rfind("<", 0, end.start()))
        if found and found[1] not in _VOID | _IN_SVG:
            said = f"must close <{found[1]}> by </{found[1]}>: HTML leaves {found[0]} open"
            raise mistake(_place(page, found.start()), said)
    if unseen := _UNSEEN.search(html):
        raise mistake(_place(page, unseen.start()), f"must not hold {unseen[0]}: a comment in a template is {{# #}}")
    try:
        ParserCreate().Parse(html, True)
    except ExpatError as error:
        raise _malformed(page.path, html, error.lineno, ErrorString(error.code)) from None


def read_articles(page: Page) -> list[Element]:
    """The articles of a page that was checked."""
    return [read_xml(page.path, found[0]) for found in _ARTICLE.finditer(page.html)]


def read_xml(path: str, text: str) -> Element:
    """The tree of an XML file that templates made; raises Mistakes when it is not well-formed."""
    try:
        return ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise _malformed(path, text, error.position[0], str(error).partition(":")[0]) from None


def words(element: Element) -> Iterator[str]:
    """The text in an element, as a reader would copy it, without what is marked as apparatus."""
    if "data-apparatus" in element.attrib:
        return
    yield element.text or ""
    for child in element:
        yield from words(child)
        yield child.tail or ""


def _malformed(path: str, text: str, line: int, reason: str) -> Mistakes:
    made = "".join(text.splitlines()[line - 1 : line]).strip()
    return mistake(Place(path, line), f'must be well-formed ({reason}) where its templates made "{made[-60:]}"')


def _place(page: Page, at: int) -> Place:
    return Place(page.path, page.html.count("\n", 0, at) + 1)
