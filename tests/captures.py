"""The invented report as an editor has it: as a browser saves its page, and as an office writes it."""

from pathlib import Path

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph
from playwright.sync_api import Page

from sitegen.draft.punctuation import restore
from sitegen.labels import read_label
from tests.conftest import ROOT

PAGE = ROOT / "tests/fixtures/report-page.html"
YEAR = "2031"
TABLE = (("序号", "类别", "件数"), ("1", "行政复议", "128"), ("2", "人民调解", "1900"))
ABOVE_TABLE = "3.完善调解网络。"
END = (
    "甲市乙区人民政府",
    "2032年3月10日",
    "附件",
    "2031年行政复议案件情况",
    "一、收案。收到申请128件。",
    "二、结案。审结109件。",
)
NOTED, NOTE = "受理115件", "含上年结转3件。"


def invented() -> list[str]:
    """The lines of the invented report in full-width punctuation, without the page around them."""
    lines = (ROOT / "tests/invented-report.txt").read_text("utf-8").splitlines()
    return [restore(line) for line in lines[: lines.index("扫一扫在手机打开当前页")]]


def whole() -> list[str]:
    """These lines as the page and the document have them: with a table, a signature and an annex."""
    lines = invented()
    at = next(at for at, line in enumerate(lines) if line.startswith(ABOVE_TABLE)) + 1
    return [*lines[:at], *("\t".join(row) for row in TABLE), *lines[at:], *END]


def save_single_file(page: Page) -> bytes:
    """What the browser saves as a single file (.mhtml): its own command for that, without the dialogue."""
    saved = page.context.new_cdp_session(page).send("Page.captureSnapshot", {"format": "mhtml"})
    return str(saved["data"]).encode()


def save_complete(page: Page) -> bytes:
    """What it saves as a complete page: the page as scripts left it, its address in a comment, its encoding in a meta.

    No command writes that without the dialogue. The three were seen to be all that it adds to what is asked for here.
    """
    doctype, html = page.content().split("<html", 1)
    address = page.url
    comment = f"<!-- saved from url=({len(address):04}){address} -->"
    meta = '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">'
    return f"{doctype}\n{comment}\n<html{html}".replace('<meta charset="utf-8">', meta).encode()


_LEVELS = (
    ("Heading 1", "chineseCounting", "%1、"),
    ("Heading 2", "chineseCounting", "（%2）"),
    ("Heading 3", "decimal", "%3."),
)
_LIST = "77"


def write_word_document(path: Path) -> None:
    """The report as a Word document: headings by style, which number themselves, a table, a footnote, a foot."""
    document = docx.Document()
    _number_headings(document)
    title, *lines = whole()
    at = title.index(YEAR)
    for part in (title[:at], title[at:]):
        document.add_paragraph(part, "Title")
    rows = ["\t".join(row) for row in TABLE]
    is_annex = False
    for line in lines:
        is_annex = is_annex or line == END[2]
        label = None if is_annex else read_label(line)
        if line == rows[0]:
            _add_table(document)
        elif line not in rows:
            style = _LEVELS[label.level - 1][0] if label else "Normal"
            paragraph = document.add_paragraph(line[len(label.text) if label else 0 :], style)
            if NOTED in line:
                _add_note(document, paragraph)
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    document.save(str(path))


def _number_headings(document: docx.document.Document) -> None:
    """Let the styles of headings number their paragraphs, as a list of several levels does in Word."""
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="{style.replace(" ", "")}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (style, form, text) in enumerate(_LEVELS)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{_LIST}">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{_LIST}"><w:abstractNumId w:val="{_LIST}"/></w:num>'))
    for at, (style, _, _) in enumerate(_LEVELS):
        own = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{at}"/><w:numId w:val="{_LIST}"/></w:numPr>'
        document.styles[style].element.get_or_add_pPr().append(parse_xml(own))


def _add_table(document: docx.document.Document) -> None:
    table = document.add_table(len(TABLE), len(TABLE[0]))
    for row, texts in zip(table.rows, TABLE, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def _add_note(document: docx.document.Document, paragraph: Paragraph) -> None:
    """A footnote, of which the library knows nothing, behind the words that it is about."""
    text = paragraph.text
    paragraph.text = text[: text.index(NOTED) + len(NOTED)]
    paragraph.add_run()._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="1"/>'))
    paragraph.add_run(text[text.index(NOTED) + len(NOTED) :])
    note = f'<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{NOTE}</w:t></w:r></w:p></w:footnote>'
    part = Part(
        PackURI("/word/footnotes.xml"),
        CONTENT_TYPE.WML_FOOTNOTES,
        f"<w:footnotes {nsdecls('w')}>{note}</w:footnotes>".encode(),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
