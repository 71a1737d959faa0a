"""A saved web page → its lines as they are read on a screen, and what the page says of itself."""

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import Message

from lxml import etree

from sitegen.draft.file_text import FileText, PageData
from sitegen.draft.lines import LONG_CELL
from sitegen.draft.web_lists import write_numbers

_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|button|caption|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure"
    "|footer|form|h[1-6]|header|hr|html|legend|li|main|nav|ol|option|p|pre|section|summary|table|tbody|tfoot|thead|tr|ul"
)
_UNSEEN = re.compile("audio|canvas|head|iframe|math|noscript|object|script|style|svg|template|textarea|video")
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_HIDDEN = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"""<(?:meta[^>]*?charset|\?xml[^>]*?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(https?://\S+)")
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030"}
_NUMBERS = "numbers of lists, which a browser makes by itself, were written out: hold them against the page"


def is_web_archive(data: bytes) -> bool:
    """Whether a file is a page with all that belongs to it in one (.mhtml)."""
    head = data[:4096].lower()
    return b"mime-version:" in head and b"multipart/related" in head and not head.lstrip().startswith(b"<")


def is_web_page(data: bytes) -> bool:
    """Whether a file is HTML, in whatever encoding."""
    head = re.sub(rb"\x00", b"", data[:2048]).lower()
    return re.search(rb"<(?:!doctype html|html|head|body|meta|div|p|table)[\s>]", head) is not None


def read_web_archive(data: bytes) -> FileText | None:
    """The text and data of the page in an archive; None where it holds none."""
    archive = message_from_bytes(data)
    for part in archive.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            found = read_web_page(_payload(part), part.get_content_charset())
            url = part.get("Content-Location") or archive.get("Snapshot-Content-Location") or ""
            if found and url.startswith(("http://", "https://")):
                return replace(found, page=replace(found.page, url=url.strip()))
            return found
    return None


def _payload(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def read_web_page(data: bytes, charset: str | None = None) -> FileText | None:
    """The text of HTML, a line a block or a table's row, and the page's data; None where no encoding fits."""
    html = _decode(data, charset)
    if html is None:
        return None
    html = re.sub(r"^\s*<\?xml[^>]*\?>", "", html)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    root = etree.fromstring(html.encode("utf-8", "replace"), parser)
    if root is None:
        return FileText("")
    page = _page_data(root)
    _empty_unseen(root)
    numbers = write_numbers(root)
    lines = (_one_space(line).strip(" \t") for line in "".join(_pieces(root)).split("\x00"))
    text = "".join(f"{line}\n" for line in lines if line.strip())
    return FileText(text, page, told=(f"{numbers} {_NUMBERS}",) if numbers else ())


def _one_space(line: str) -> str:
    """White space as HTML has it, one character, none beside the tab that parts two cells."""
    return "\t".join(" ".join(re.split(r"[ \r\n\f]+", cell)).strip(" ") for cell in line.split("\t"))


def _decode(data: bytes, charset: str | None) -> str | None:
    """HTML as text: by its byte order mark, by what declares its encoding, or by which it is without a fault."""
    declared = [charset] if charset else []
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        declared = ["utf-16"]
    elif match := _CHARSET.search(data[:4096]):
        declared.append(match[1].decode("ascii").lower())
    zeros = b"\x00" in data[:64]
    guesses = ["utf-16-le", "utf-16-be"] if zeros else ["utf-8-sig", "gb18030", "big5"]
    for name in [*declared, *guesses]:
        try:
            return data.decode(_CHINESE.get(name.lower(), name))
        except (UnicodeError, LookupError):
            continue
    return None


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
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            yield _flat(element.tail)
            continue
        tag = str(element.tag)
        end = " " if cells else "\x00"
        if event == "end":
            if tag in ("td", "th") and _table_of(element) in data_tables:
                cells -= 1
                yield "\t"
            elif _BLOCKS.fullmatch(tag):
                yield " " if cells else "\x00"
            yield _flat(element.tail)
        else:
            if tag == "table" and not cells and _holds_data(element):
                data_tables.add(element)
            if tag in ("td", "th") and _table_of(element) in data_tables:
                cells += 1
            elif _BLOCKS.fullmatch(tag) or tag in ("br", "td", "th"):
                yield end
            yield _flat(element.text)


def _flat(text: str | None) -> str:
    return re.sub(r"[\t\r\n\f\x00]+", " ", text or "")


def _table_of(cell: etree._Element) -> etree._Element | None:
    return next(cell.iterancestors("table"), None)


def _holds_data(table: etree._Element) -> bool:
    """Whether a table is one to a reader too: it lays out no page, whose cells hold tables or long texts."""
    if next(table.iterdescendants("table"), None) is not None:
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
