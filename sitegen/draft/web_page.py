"""A saved web page → its lines as they are read on a screen, and what the page says of itself."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from sitegen.draft.file_text import FileText, PageData
from sitegen.draft.lines import LONG_CELL
from sitegen.draft.web_lists import write_numbers
from sitegen.draft.web_source import parse_archive, parse_page

_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|button|caption|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure"
    "|footer|form|h[1-6]|header|hr|html|legend|li|main|nav|ol|option|p|pre|section|summary|table|tbody|tfoot|thead|tr|ul"
)
_UNSEEN = re.compile("audio|canvas|head|iframe|math|noscript|object|script|style|svg|template|textarea|video")
_DISPLAY = re.compile(r"(?:^|;)\s*display\s*:\s*([a-z-]+)", re.IGNORECASE)
_PREFORMATTED = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_HIDDEN = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(https?://\S+)")
_NUMBERS = "numbers of lists, which a browser makes by itself, were written out: hold them against the page"


def read_web_archive(data: bytes) -> FileText | None:
    """The text and data of the page in an archive; None where it holds none."""
    found = parse_archive(data)
    if found is None:
        return None
    root, address = found
    held = _read(root)
    return replace(held, page=replace(held.page, url=address)) if address.startswith(("http://", "https://")) else held


def read_web_page(data: bytes) -> FileText | None:
    """The text and data of HTML; None where no encoding fits."""
    root = parse_page(data)
    return None if root is None else _read(root)


def _read(root: etree._Element) -> FileText:
    """The text of a page, a line a block or a table's row, and its data."""
    page = _page_data(root)
    _empty_unseen(root)
    numbers = write_numbers(root)
    lines = (_one_space(line).strip(" \t") for line in "".join(_pieces(root)).split("\x00"))
    text = "".join(f"{line}\n" for line in lines if line.strip())
    return FileText(text, page, told=(f"{numbers} {_NUMBERS}",) if numbers else ())


def _one_space(line: str) -> str:
    """White space as HTML has it, one character, none beside the tab that parts two cells."""
    return "\t".join(" ".join(re.split(r"[ \r\n\f]+", cell)).strip(" ") for cell in line.split("\t"))


def _empty_unseen(root: etree._Element) -> None:
    """Leave of the elements that no reader sees nothing, or nothing but the place that they take."""
    for element in list(root.iter("*")):
        style = element.get("style") or ""
        is_not_shown = "hidden" in element.attrib or _NOT_SHOWN.search(style) or _UNSEEN.fullmatch(str(element.tag))
        if is_not_shown or _HIDDEN.search(style):
            tail = element.tail
            element.clear()
            element.tail = tail
        if is_not_shown:
            element.tag = "template"


def _pieces(root: etree._Element) -> Iterator[str]:
    """The text in the order of the page; a line's end is U+0000, which no HTML holds."""
    cells = 0  # how deep in cells of tables that hold data
    data_tables: set[etree._Element] = set()
    kept = {each for element in root.iter("*") if _keeps_lines(element) for each in element.iter()}
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        is_cell = element.tag in ("td", "th") and _table_of(element) in data_tables
        if event == "start":
            if element.tag == "table" and not cells and _holds_data(element):
                data_tables.add(element)
            end = " " if cells else "\x00"
            if is_cell:
                cells += 1
            elif _is_block(element) or element.tag in ("br", "td", "th"):
                yield end
            yield _flat(element.text, element in kept)
            continue
        if event == "end" and is_cell:
            cells -= 1
            yield "\t"
        elif event == "end" and _is_block(element):
            yield " " if cells else "\x00"
        yield _flat(element.tail, element.getparent() in kept)


def _keeps_lines(element: etree._Element) -> bool:
    """Whether a page shows the line ends within an element."""
    return element.tag == "pre" or _PREFORMATTED.search(element.get("style") or "") is not None


def _flat(text: str | None, keeps_lines: bool) -> str:
    """A text as one line, or as several where the page shows its line ends."""
    text = (text or "").replace("\x00", " ")
    return re.sub(r"\r?\n", "\x00", text).replace("\t", " ") if keeps_lines else re.sub(r"[\t\r\n\f]+", " ", text)


def _is_block(element: etree._Element) -> bool:
    """Whether lines end before and behind an element: by its own style, or by what it is."""
    if match := _DISPLAY.search(element.get("style") or ""):
        return not match[1].lower().startswith(("inline", "contents"))
    return _BLOCKS.fullmatch(str(element.tag)) is not None


def _table_of(cell: etree._Element) -> etree._Element | None:
    return next(cell.iterancestors("table"), None)


def _holds_data(table: etree._Element) -> bool:
    """Whether a table is one to readers: it lays out no page, whose cells hold tables or long texts, or stand alone."""
    is_alone = all(len(list(row.iterchildren("td", "th"))) < 2 for row in table.iter("tr"))
    if is_alone or next(table.iterdescendants("table"), None) is not None:
        return False
    return all(len("".join(map(str, cell.itertext())).strip()) <= LONG_CELL for cell in table.iter("td", "th"))


def _page_data(root: etree._Element) -> PageData:
    """What the page's <meta> elements, its canonical address or the browser that saved it tell."""
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        metas.setdefault(name, (meta.get("content") or "").strip())
    url = ""
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            url = link.get("href") or ""
    before = root.xpath("//comment()")
    for comment in before if isinstance(before, list) else []:
        if match := _SAVED_FROM.search(getattr(comment, "text", "") or ""):
            url = url or match[1]
            break
    url = url if re.fullmatch(r"https?://[^\s/]\S*", url) else metas.get("og:url", "")
    return PageData(metas.get("articletitle", ""), metas.get("contentsource", ""), metas.get("pubdate", ""), url)
