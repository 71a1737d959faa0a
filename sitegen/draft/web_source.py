"""A saved web page, alone or in an archive (.mhtml) with all that belongs to it → its elements, in any encoding."""

import re
from email import message_from_bytes
from email.message import Message
from urllib.parse import urljoin

from lxml import etree

_CHARSET = re.compile(rb"""<(?:meta[^>]*?charset|\?xml[^>]*?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030"}
_FEW = 50  # characters, of which one at most may be faulty
_PAGES = ("text/html", "application/xhtml+xml")


def is_web_archive(data: bytes) -> bool:
    """Whether a file is a page with all that belongs to it in one (.mhtml), or encoded as these are."""
    head = data[:4096].lower()
    is_message = b"multipart/related" in head or b"content-transfer-encoding:" in head
    return b"mime-version:" in head and is_message and not head.lstrip().startswith(b"<")


def is_web_page(data: bytes) -> bool:
    """Whether a file is HTML, in whatever encoding."""
    head = re.sub(rb"\x00", b"", data[:2048]).lower()
    return re.search(rb"<(?:!doctype html|html|head|body|meta|div|p|table)[\s>]", head) is not None


def parse_archive(data: bytes) -> tuple[etree._Element, str] | None:
    """The page in an archive, those in its frames put in their places, and its address; None where it holds none."""
    archive = message_from_bytes(data)
    parts = [part for part in archive.walk() if part.get_content_type() in _PAGES]
    if not parts:
        return None
    root = _parse_part(parts[0])
    address = (parts[0].get("Content-Location") or archive.get("Snapshot-Content-Location") or "").strip()
    frames: dict[str, Message] = {}
    for part in parts[1:]:
        frames[f"cid:{(part.get('Content-ID') or '').strip(' <>')}"] = part
        frames[(part.get("Content-Location") or "").strip()] = part
    if root is not None:
        _put_frames(root, address, frames)
    return None if root is None else (root, address)


def _put_frames(root: etree._Element, address: str, frames: dict[str, Message]) -> None:
    """Put into each frame of a page the page that it shows, once each."""
    waiting = [(frame, address) for frame in root.iter("iframe", "frame")]
    while waiting:
        frame, address = waiting.pop(0)
        source = frame.get("src") or ""
        part = frames.get(source) or frames.get(_joined(address, source))
        inner = None if part is None else _parse_part(part)
        if part is None or inner is None:
            continue
        for name in [name for name, other in frames.items() if other is part]:
            del frames[name]
        frame.tag = "div"
        frame.append(inner)
        at = (part.get("Content-Location") or "").strip()
        waiting += [(other, at) for other in inner.iter("iframe", "frame")]


def _joined(address: str, source: str) -> str:
    """The address that a frame's source leads to from a page's; the source itself where one of them is none."""
    try:
        return urljoin(address, source)
    except ValueError:
        return source


def _parse_part(part: Message) -> etree._Element | None:
    content = part.get_payload(decode=True)
    return parse_page(content, part.get_content_charset()) if isinstance(content, bytes) else None


def parse_page(data: bytes, charset: str | None = None) -> etree._Element | None:
    """The elements of HTML as a browser reads them; None where no encoding fits, or it holds nothing.

    None also where the library would leave out the rest of a page: elements that are never closed stand ever deeper.
    """
    html = _decode(data, charset)
    if html is None:
        return None
    html = re.sub(r"^\s*<\?xml[^>]*\?>", "", html)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    root = etree.fromstring(html.encode("utf-8", "replace"), parser)
    is_cut = any(error.level == etree.ErrorLevels.FATAL for error in parser.error_log)
    return None if is_cut else root


def _decode(data: bytes, charset: str | None) -> str | None:
    """HTML as text: by its byte order mark, by what declares its encoding, or by which it is without a fault.

    A page that says that it is GBK, and is UTF-8, is often one saved as the server sent it, which says so elsewhere: no
    text in GBK is UTF-8 too. Of one that is faulty by whatever encoding, U+FFFD stands for the few bytes at fault.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16", "strict")
    match = _CHARSET.search(data[:4096])
    declared = [charset or "", match[1].decode("ascii") if match else ""]
    zeros = b"\x00" in data[:64]
    guesses = ["utf-16-le", "utf-16-be"] if zeros else ["gb18030", "big5"]
    for name in [*([] if zeros else ["utf-8-sig"]), *filter(None, declared), *guesses]:
        if (text := _decoded(data, name, "strict")) is not None:
            return text
    faulty = [text for name in ("utf-8-sig", "gb18030") if (text := _decoded(data, name, "replace")) is not None]
    text = min(faulty, key=lambda text: text.count("\ufffd"))
    return text if text.count("\ufffd") * _FEW < len(text) else None


def _decoded(data: bytes, encoding: str, errors: str) -> str | None:
    try:
        return data.decode(_CHINESE.get(encoding.lower(), encoding), errors)
    except (UnicodeError, LookupError):
        return None
