"""What is read from a file of any kind: its text, and what stands in the file beside it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PageData:
    """What a page tells of the report in data of its own; "" where it does not."""

    title: str = ""
    issuer: str = ""
    published: str = ""
    url: str = ""


@dataclass(frozen=True)
class FileText:
    """The text, a line a paragraph; what a page's data tell; and what an editor is to look at in the text.

    Of the last lines, which are notes of a Word document, `notes` tells where each is marked.
    """

    text: str
    page: PageData = PageData()
    notes: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
