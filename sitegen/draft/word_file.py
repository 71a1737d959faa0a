"""A Word document (.docx) → its lines as Word shows them, the numbers that it makes by itself written out."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from sitegen.draft.counting import count_in

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LARGEST = 50_000_000  # bytes of a part: no report has as many
_CHARACTERS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_LEVELS = 9


def read_word_file(data: bytes) -> str | None:
    """The text of a document, a line a paragraph, a line's break or a table's row; None where it is no document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            document = _part(archive, "word/document.xml")
            numbering = _Numbering.of(_part(archive, "word/numbering.xml"), _part(archive, "word/styles.xml"))
    except (zipfile.BadZipFile, OSError, etree.XMLSyntaxError, NotImplementedError, RuntimeError, ValueError):
        return None
    body = None if document is None else document.find(f"{_W}body")
    if body is None:
        return None
    lines = (line.strip() for text in _blocks(body, numbering) for line in text.split("\n"))
    return "".join(f"{line}\n" for line in lines if line)


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """A part of the document as XML; None where it has none. Nothing that it names is fetched or filled in."""
    if name not in archive.namelist():
        return None
    if archive.getinfo(name).file_size > _LARGEST:
        raise ValueError(name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(archive.read(name), parser)


def _blocks(container: etree._Element, numbering: "_Numbering") -> Iterator[str]:
    """The paragraphs and the tables' rows in a container, in order."""
    for element in container:
        if element.tag == f"{_W}p":
            yield numbering.number(element) + _text(element)
        elif element.tag == f"{_W}tbl":
            yield from _rows(element, numbering)
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
            yield from _blocks(element, numbering)


def _rows(table: etree._Element, numbering: "_Numbering") -> Iterator[str]:
    """A table's rows, a line each, their cells parted by a tab."""
    for row in table.iter(f"{_W}tr"):
        cells = [" ".join(_blocks(cell, numbering)) for cell in row.iter(f"{_W}tc")]
        yield "\t".join(" ".join(cell.split()) for cell in cells)


def _text(paragraph: etree._Element) -> str:
    """A paragraph's words as they are seen: without what was deleted, moved away or hidden."""
    pieces: list[str] = []
    walk = etree.iterwalk(paragraph, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            pieces += "\n" if element.tag == f"{_W}p" and element is not paragraph else ""
        elif element.tag in (f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", _FALLBACK) or _is_hidden(element):
            walk.skip_subtree()
        elif element.tag == f"{_W}t":
            pieces.append((element.text or "").replace("\t", " "))
        elif element.tag == f"{_W}p" and element is not paragraph:
            pieces.append("\n")
        else:
            pieces.append(_CHARACTERS.get(str(element.tag), ""))
    return "".join(pieces)


def _is_hidden(element: etree._Element) -> bool:
    vanish = element.find(f"{_W}rPr/{_W}vanish") if element.tag == f"{_W}r" else None
    return vanish is not None and vanish.get(f"{_W}val") not in ("0", "false")


@dataclass(frozen=True)
class _Level:
    """How a level of a list is numbered: from what number on, in which form, in which text (%1 is the first level)."""

    start: int
    form: str
    text: str


@dataclass
class _Numbering:
    """The document's lists, and how far each has been counted."""

    levels: dict[tuple[str, int], _Level] = field(default_factory=dict)  # by list and level
    lists: dict[str, str] = field(default_factory=dict)  # by number: the definition that it counts with
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counted: dict[str, dict[int, int]] = field(default_factory=dict)  # by definition and level

    @classmethod
    def of(cls, numbering: etree._Element | None, styles: etree._Element | None) -> "_Numbering":
        found = cls()
        if numbering is None:
            return found
        abstract: dict[str, etree._Element] = {}
        for definition in numbering.iter(f"{_W}abstractNum"):
            abstract[definition.get(f"{_W}abstractNumId", "")] = definition
        for number in numbering.iter(f"{_W}num"):
            id = number.get(f"{_W}numId", "")
            definition_id = _value(number, "abstractNumId")
            overrides = list(number.iter(f"{_W}lvlOverride"))
            found.lists[id] = f"{definition_id}/{id}" if overrides else definition_id
            if definition_id in abstract:
                found.read_levels(id, abstract[definition_id])
            for override in overrides:
                found.read_override(id, override)
        if styles is not None:
            found.read_styles(styles)
        return found

    def read_levels(self, id: str, definition: etree._Element) -> None:
        for level in definition.iter(f"{_W}lvl"):
            at = _number(level.get(f"{_W}ilvl"), 0)
            start = _number(_value(level, "start"), 1)
            self.levels[id, at] = _Level(start, _value(level, "numFmt") or "decimal", _value(level, "lvlText"))

    def read_override(self, id: str, override: etree._Element) -> None:
        at = _number(override.get(f"{_W}ilvl"), 0)
        self.read_levels(id, override)
        known = self.levels.get((id, at))
        if known and (start := _value(override, "startOverride")):
            self.levels[id, at] = _Level(_number(start, known.start), known.form, known.text)

    def read_styles(self, styles: etree._Element) -> None:
        """The lists that styles bring, their own or those of the style that they are based on."""
        own: dict[str, tuple[str, int]] = {}
        bases: dict[str, str] = {}
        for style in styles.iter(f"{_W}style"):
            id = style.get(f"{_W}styleId", "")
            bases[id] = _value(style, "basedOn")
            number = style.find(f"{_W}pPr/{_W}numPr")
            if number is not None:
                own[id] = _value(number, "numId"), _number(_value(number, "ilvl"), 0)
        for id in bases:
            seen, at = {id}, id
            while at not in own and bases.get(at) and bases[at] not in seen:
                at = bases[at]
                seen.add(at)
            if at in own:
                self.styles[id] = own[at]

    def number(self, paragraph: etree._Element) -> str:
        """The number that Word shows before a paragraph, "" where it has none; it is counted."""
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        id, at = self.styles.get("" if style is None else style.get(f"{_W}val", ""), ("", 0))
        if own is not None:
            id, at = _value(own, "numId") or id, _number(_value(own, "ilvl"), at)
        level = self.levels.get((id, at))
        if level is None or not "".join(map(str, paragraph.itertext())).strip():
            return ""
        counted = self.counted.setdefault(self.lists[id], {})
        counted[at] = counted.get(at, level.start - 1) + 1
        for below in range(at + 1, _LEVELS):
            counted.pop(below, None)
        if level.form == "bullet":
            return "" if level.text == "" else "• "
        text = level.text
        for above in range(at + 1):
            its = self.levels.get((id, above), level)
            text = text.replace(f"%{above + 1}", count_in(its.form, counted.get(above, its.start)))
        return f"{text} " if text[-1:].isalnum() else text


def _value(element: etree._Element, name: str) -> str:
    found = element.find(f"{_W}{name}")
    return "" if found is None else found.get(f"{_W}val", "")


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else otherwise
