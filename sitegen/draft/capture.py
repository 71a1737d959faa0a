"""What an editor has of a report, a file of any kind → its text, a line a paragraph, and what it says of itself."""

import hashlib
import re
from dataclasses import dataclass, replace

from sitegen.draft.file_text import FileText
from sitegen.draft.web_page import read_web_archive, read_web_page
from sitegen.draft.web_source import is_web_archive, is_web_page
from sitegen.draft.word_file import read_word_file
from sitegen.files import decode
from sitegen.problems import Place, Problems

_LINE_ENDS = re.compile("[\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
"""What ends a line or a page in Word, in the text of a PDF and in Unicode, beside CR and LF."""
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
"""What programs leave between characters and no reader sees; no label could be read behind it."""
_REFUSED = (
    (b"%PDF-", "is a PDF: open it, copy all its text into a text file, a paragraph a line, and draft from that"),
    (b"{\\rtf", "is an RTF document: open it in Word or LibreOffice, and save it as .docx"),
    (b"\xd0\xcf\x11\xe0", "is a document of an old Word (.doc): open it in Word or LibreOffice, and save it as .docx"),
)
_UNREAD = "\ufffd"  # what stands for a character whose bytes are none
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|\*\*\S.*\*\*$|[-*] \*\*|```|\|(?: ?:?-{3,}:? ?\|)+$)", re.MULTILINE)


@dataclass(frozen=True)
class Capture:
    """What a file of a kind holds, its text with a line feed behind every line; `sha256` is that of the file."""

    kind: str
    sha256: str
    held: FileText

    @property
    def looks_like_markdown(self) -> bool:
        """Whether marks of Markdown stand in a text, which would be the report's own characters."""
        return len(_MARKDOWN.findall(self.held.text)) > 1


def read_capture(data: bytes, path: str, problems: Problems) -> Capture | None:
    """Read a file of any kind; None, and told what it is and what to do, where it cannot be read."""
    for beginning, message in _REFUSED:
        if data.startswith(beginning):
            problems.must(Place(path), "draft-text", f"must be a web page, a .docx or plain text, but {message}")
            return None
    if data.startswith(b"PK\x03\x04"):
        kind, held = "docx", read_word_file(data)
    elif is_web_archive(data):
        kind, held = "mhtml", read_web_archive(data)
    elif is_web_page(data):
        kind, held = "html", read_web_page(data)
    else:
        kind, text = "text", _read_plain(data, path, problems)
        if text is None:
            return None
        held = FileText(text)
    if held is None:
        what = {"docx": "Word document (.docx)", "mhtml": "saved web page (.mhtml)", "html": "web page"}[kind]
        problems.must(Place(path), "draft-text", f"must be a {what} that can be read: open it, and save it anew")
        return None
    text = _read_plain(held.text.encode("utf-8", "replace"), path, problems)
    if text is None:
        return None
    text, dropped = _INVISIBLE.subn("", text)
    told = [f"{dropped} characters that nobody sees (such as U+200B) were dropped"] if dropped else []
    told += [f"{_UNREAD} stands for what could not be read ({text.count(_UNREAD)})"] if _UNREAD in text else []
    held = replace(held, text=text, told=(*held.told, *told))
    return Capture(kind, hashlib.sha256(data).hexdigest(), held)


def _read_plain(data: bytes, path: str, problems: Problems) -> str | None:
    """Text in UTF-8, UTF-16 or GB18030, whichever it is, with "\n" at the end of every line and page."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in data:
        encodings = ["utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"]
    else:
        encodings = ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        return decode(_LINE_ENDS.sub("\n", text).encode("utf-8", "surrogatepass"), path, problems)
    problems.must(Place(path), "utf-8", "must be text in UTF-8, UTF-16 or GB18030")
    return None
