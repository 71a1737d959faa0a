"""A Word document (.docx) → its lines as Word shows them, the numbers that it makes by itself written out.

Footnotes and endnotes stand behind all other lines, each in a line: their marks are no words of the report's.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from sitegen.draft.counting import count_in
from sitegen.draft.file_text import FileText
from sitegen.draft.lines import LONG_CELL
from sitegen.draft.word_numbering import Numbering, W, as_number, is_on, value
from sitegen.draft.word_words import NoteMark, read_words

_LARGEST = 50_000_000  # bytes of a part: no report has as many
_MAIN = "/officeDocument"  # how the type of the relation ends that leads to the document itself
_WRAPPERS = tuple(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_FURNITURE = re.compile(r"word/(?:header|footer)\d*\.xml")
_PAGE_NUMBER = re.compile(r"[第共]?\s*[\d—－–-]*\s*[页頁]|[\W\d_]+")
_NOTE_FORMS = {"footnote": "decimal", "endnote": "lowerRoman"}


def read_word_file(data: bytes) -> FileText | None:
    """The text of a document, a line a paragraph, a line's break or a table's row; None where it is no document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive)
    except (zipfile.BadZipFile, OSError, etree.XMLSyntaxError, NotImplementedError, RuntimeError, ValueError):
        return None


def _read(archive: zipfile.ZipFile) -> FileText | None:
    document = _part(archive, _main_part(archive))
    body = None if document is None else document.find(f"{W}body")
    if body is None:
        return None
    styles = _part(archive, "word/styles.xml")
    reader = _Reader(Numbering.of(_part(archive, "word/numbering.xml"), styles), _hiding_styles(styles))
    lines = list(reader.lines(body))
    marks = tuple(reader.marks)
    notes = [note for kind in _NOTE_FORMS for note in _notes(archive, kind, marks, body, reader)]
    furniture = _furniture(archive, reader)
    text = "".join(f"{line}\n" for line in (*lines, *(line for line, _ in notes)))
    return FileText(text, notes=tuple(where for _, where in notes), told=(*furniture, *reader.tell()))


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """A part of the document as XML; None where it has none. Nothing that it names is fetched or filled in."""
    if name not in archive.namelist():
        return None
    if archive.getinfo(name).file_size > _LARGEST:
        raise ValueError(name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(archive.read(name), parser)


def _main_part(archive: zipfile.ZipFile) -> str:
    """The name of the document itself, which programs are free to choose."""
    relations = _part(archive, "_rels/.rels")
    for relation in [] if relations is None else relations:
        if relation.get("Type", "").endswith(_MAIN):
            return relation.get("Target", "").lstrip("/")
    return "word/document.xml"


def _hiding_styles(styles: etree._Element | None) -> frozenset[str]:
    """The styles that hide words, by themselves or as the one that they are based on does."""
    switches: dict[str, etree._Element | None] = {}
    bases: dict[str, str] = {}
    for style in [] if styles is None else styles.iter(f"{W}style"):
        id = style.get(f"{W}styleId", "")
        switches[id], bases[id] = style.find(f"{W}rPr/{W}vanish"), value(style, "basedOn")
    hiding: set[str] = set()
    for id in bases:
        seen, at = {id}, id
        while switches[at] is None and bases[at] in bases and bases[at] not in seen:
            at = bases[at]
            seen.add(at)
        if is_on(switches[at]):
            hiding.add(id)
    return frozenset(hiding)


def _notes(
    archive: zipfile.ZipFile, kind: str, marks: Sequence[NoteMark], body: etree._Element, reader: "_Reader"
) -> Iterator[tuple[str, str]]:
    """Each note of a kind that is marked, as a line behind the number that Word shows, and where it is marked."""
    part, settings = _part(archive, f"word/{kind}s.xml"), _part(archive, "word/settings.xml")
    texts: dict[str, str] = {}
    for note in [] if part is None else part:
        texts[note.get(f"{W}id", "")] = " ".join(" ".join(reader.lines(note)).split())
    formats = [*body.iter(f"{W}{kind}Pr"), *([] if settings is None else settings.iter(f"{W}{kind}Pr"))]
    form = next(filter(None, (value(each, "numFmt") for each in formats)), _NOTE_FORMS[kind])
    number = as_number(next(filter(None, (value(each, "numStart") for each in formats)), None), 1)
    for mark in marks:
        text = texts.get(mark.id, "") if mark.kind == kind else ""
        if text:
            own = "" if mark.is_custom else f"{count_in(form, number)} "
            yield f"{own}{text}", f"{kind}, marked behind “{mark.before}”"
        number += mark.kind == kind and not mark.is_custom


def _furniture(archive: zipfile.ZipFile, reader: "_Reader") -> Iterator[str]:
    """What the heads and feet of the pages say beside the number of the page, which is no line of the text."""
    said: dict[str, None] = {}
    for name in filter(_FURNITURE.fullmatch, archive.namelist()):
        part = _part(archive, name)
        said.update(dict.fromkeys([] if part is None else reader.lines(part)))
    for line in said:
        if not _PAGE_NUMBER.fullmatch(line):
            yield f"the head or foot of the pages says “{line}”, which is not in source.txt"


@dataclass
class _Reader:
    """Goes through the paragraphs in order, and remembers what is told of them behind all others."""

    numbering: Numbering
    hiding: frozenset[str]
    marks: list[NoteMark] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    boxes: int = 0

    def lines(self, container: etree._Element) -> Iterator[str]:
        """The lines of a container that hold anything."""
        for text in self.blocks(container):
            yield from filter(None, (line.strip() for line in text.split("\n")))

    def blocks(self, container: etree._Element) -> Iterator[str]:
        """The paragraphs and the tables' rows in a container, in order."""
        begun = ""  # a paragraph whose end was deleted, so that it goes on in the next
        for element in _within(container, f"{W}p", f"{W}tbl"):
            if element.tag == f"{W}tbl":
                yield from self.table(element)
                continue
            words = read_words(element, self.hiding)
            self.marks += words.marks
            self.unread += words.unread
            self.boxes += len(words.boxes)
            text = begun + words.text
            if not _has_end(element):
                begun = text
            else:
                begun = ""
                number = self.numbering.number(element)
                yield f"{number}{text.lstrip()}" if text.strip() else ""
            for box in words.boxes:
                yield from self.blocks(box)
        yield begun

    def table(self, table: etree._Element) -> Iterator[str]:
        """A table's rows, a line each, cells parted by a tab; of one that lays out a page, what its cells hold."""
        rows = [list(_within(row, f"{W}tc")) for row in _within(table, f"{W}tr") if not _is_row_gone(row)]
        is_layout = all(len(cells) < 2 for cells in rows) or any(_lays_out(cell) for cells in rows for cell in cells)
        for cells in rows:
            if is_layout:
                for cell in cells:
                    yield from self.blocks(cell)
            else:
                yield "\t".join(" ".join(" ".join(self.blocks(cell)).split()) for cell in cells)

    def tell(self) -> Iterator[str]:
        """What an editor is to look at in the text."""
        if self.boxes:
            yield f"text boxes ({self.boxes}): what each holds stands behind the paragraph that it hangs on"
        for what, times in Counter(self.unread).items():
            yield f"{what} ({times}): what Word draws there is not in source.txt"


def _within(container: etree._Element, *wanted: str) -> Iterator[etree._Element]:
    """The elements of these kinds that a container holds, itself or in what only wraps them."""
    for element in container:
        if element.tag in wanted:
            yield element
        elif element.tag in _WRAPPERS:
            yield from _within(element, *wanted)


def _has_end(paragraph: etree._Element) -> bool:
    """Whether a paragraph ends where it does: its end was not deleted or moved away, nor is it hidden."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    if mark is None:
        return True
    gone = mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None
    return not gone and not is_on(mark.find(f"{W}vanish"))


def _is_row_gone(row: etree._Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None or is_on(row.find(f"{W}trPr/{W}hidden"))


def _lays_out(cell: etree._Element) -> bool:
    """Whether a cell is none of a table to a reader, as it holds a table, or a long text."""
    length = sum(len(text.text or "") for text in cell.iter(f"{W}t"))
    return length > LONG_CELL or next(cell.iter(f"{W}tbl"), None) is not None
