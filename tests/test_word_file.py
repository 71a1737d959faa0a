"""What Word shows of a document is what is read of it: no word lost, none twice, none that is not seen."""

import io
import zipfile

import pytest

from sitegen.draft.counting import count_in
from sitegen.draft.file_text import FileText
from sitegen.draft.word_file import read_word_file

NAMES = " ".join(
    f'xmlns:{prefix}="http://schemas.openxmlformats.org/{name}"'
    for prefix, name in (
        ("w", "wordprocessingml/2006/main"),
        ("m", "officeDocument/2006/math"),
        ("mc", "markup-compatibility/2006"),
    )
)


def word_file(body: str, **parts: str) -> bytes:
    """A Word document of what stands in its body; of each other part, what stands in its root."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {NAMES}>{text}</w:{name}>")
    return data.getvalue()


def read(body: str, **parts: str) -> FileText:
    found = read_word_file(word_file(body, **parts))
    assert found
    return found


def lines(body: str, **parts: str) -> list[str]:
    return read(body, **parts).text.splitlines()


def run(text: str, format: str = "") -> str:
    return f"<w:r><w:rPr>{format}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(inside: str, number: tuple[int, int] | None = None, style: str = "", mark: str = "") -> str:
    """A paragraph of a text or of runs, in a list's level, in a style; `mark` is the format of its end."""
    own = f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>' if number else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = inside if inside[:1] in ("<", "") else run(inside)
    return f"<w:p><w:pPr>{named}{own}<w:rPr>{mark}</w:rPr></w:pPr>{runs}</w:p>"


def level(at: int, form: str, text: str, more: str = "") -> str:
    values = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{at}">{values}</w:lvl>'


def definition(*levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'


def number(id: int, override: str = "") -> str:
    return f'<w:num w:numId="{id}"><w:abstractNumId w:val="7"/>{override}</w:num>'


def restart(at: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


REPORT = level(0, "chineseCounting", "%1、"), level(1, "chineseCountingThousand", "（%2）"), level(2, "decimal", "%3.")


def test_the_numbers_that_word_makes_are_written_out() -> None:
    numbering = definition(*REPORT) + number(1) + number(2, restart(2, 5))
    styles = (
        '<w:style w:styleId="A"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    body = (
        paragraph("甲区2021年报告")
        + paragraph("工作", style="B")
        + paragraph("甲", (1, 1))
        + paragraph("乙", (1, 2))
        + paragraph("2021年起", (1, 2))
        + paragraph("丙", (1, 1))
        + paragraph("丁", (1, 2))
        + paragraph("戊", (2, 2))
        + paragraph("打算", style="A")
        + paragraph("己", (1, 1))
        + paragraph("无号", (0, 0), "A")
    )
    assert lines(body, numbering=numbering, styles=styles) == [
        "甲区2021年报告", "一、工作", "（一）甲", "1.乙", "2.2021年起", "（二）丙", "1.丁", "5.戊", "二、打算", "（一）己", "无号",
    ]  # fmt: skip


def test_lists_of_one_definition_count_on_and_one_that_restarts_does_so_once() -> None:
    numbering = definition(*REPORT) + number(1) + number(2, restart(0, 1))
    body = "".join(paragraph(text, (list, 0)) for text, list in zip("甲乙丙丁戊", (1, 1, 2, 1, 2), strict=True))
    assert lines(body, numbering=numbering) == ["一、甲", "二、乙", "一、丙", "二、丁", "三、戊"]


def test_an_empty_paragraph_of_a_list_is_counted_and_a_deleted_one_is_not() -> None:
    numbering = definition(*REPORT) + number(1)
    deleted = f"<w:del>{run('删')}</w:del>"
    body = (
        paragraph("甲", (1, 0))
        + paragraph("", (1, 0))
        + paragraph(deleted, (1, 0), mark="<w:del/>")
        + paragraph("乙", (1, 0))
    )
    assert lines(body, numbering=numbering) == ["一、甲", "三、乙"]


def test_a_level_that_never_restarts_runs_on_and_a_legal_one_is_in_digits() -> None:
    levels = (
        level(0, "chineseCounting", "%1、"),
        level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>'),
        level(2, "decimal", "%1.%3", "<w:isLgl/>"),
    )
    body = "".join(paragraph(text, (1, at)) for text, at in zip("甲乙丙丁戊", (0, 1, 0, 1, 2), strict=True))
    assert lines(body, numbering=definition(*levels) + number(1)) == ["一、甲", "1.乙", "二、丙", "2.丁", "2.1 戊"]


def test_a_list_that_a_style_of_lists_names_counts_as_that_one_and_a_bullet_is_no_number() -> None:
    linked = '<w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="S"/></w:abstractNum>'
    other = '<w:num w:numId="3"><w:abstractNumId w:val="8"/></w:num>'
    numbering = definition(*REPORT, level(3, "bullet", "●")) + linked + number(1) + other
    styles = '<w:style w:styleId="S"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    body = paragraph("甲", (3, 0)) + paragraph("乙", (1, 0)) + paragraph("丙", (1, 3))
    assert lines(body, numbering=numbering, styles=styles) == ["一、甲", "二、乙", "丙"]


def test_a_number_stands_before_the_words_of_a_paragraph_that_begins_with_a_break() -> None:
    body = paragraph('<w:r><w:br w:type="page"/></w:r>' + run("甲"), (1, 0))
    assert lines(body, numbering=definition(*REPORT) + number(1)) == ["一、甲"]


def field(code: str, result: str = "") -> str:
    """A field of a code in pieces of XML, and a result."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{type}"/></w:r>' for type in ("begin", "separate", "end")]
    return f"{marks[0]}{code}{marks[1] + result if result else ''}{marks[2]}"


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


BOX = f"<w:txbxContent>{paragraph('框一')}{paragraph('框二')}</w:txbxContent>"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (run("甲") + "<w:r><w:br/></w:r>" + run("乙") + "<w:r><w:tab/></w:r>" + run("丙"), ["甲", "乙 丙"]),
        (run("甲") + "<w:r><w:ptab/></w:r>" + run("乙"), ["甲 乙"]),
        (run("甲") + '<w:r><w:br w:type="page"/></w:r>' + run("乙"), ["甲", "乙"]),
        (run("甲") + "<w:r><w:noBreakHyphen/></w:r>" + run("1") + "<w:r><w:softHyphen/></w:r>" + run("2"), ["甲-12"]),
        (run("丁") + "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>" + f"<w:ins>{run('戊')}</w:ins>", ["丁戊"]),
        (f"<w:moveFrom>{run('旧')}</w:moveFrom>{run('甲')}<w:moveTo>{run('新')}</w:moveTo>", ["甲新"]),
        (run("甲") + run("隐", "<w:vanish/>") + run("乙", '<w:vanish w:val="0"/>'), ["甲乙"]),
        (run("甲") + run("隐", '<w:rStyle w:val="Hidden"/>') + run("乙", '<w:rStyle w:val="B"/>'), ["甲"]),
        (field(code("PAGE"), run("3")) + run("页"), ["3页"]),
        (field(code("XE 甲")) + run("乙"), ["乙"]),
        (field(code("IF ") + field(code("PAGE"), run("3")) + code(" = 1"), run("首")) + run("页"), ["首页"]),
        (f'<w:fldSimple w:instr="DATE">{run("2022年")}</w:fldSimple>' + run("甲"), ["2022年甲"]),
        (f"<w:hyperlink>{run('链')}</w:hyperlink><w:smartTag>{run('标')}</w:smartTag>", ["链标"]),
        (f"<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>{run('人')}", ["x+1人"]),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run("甲"), ["☑甲"]),
        ('<w:r><w:sym w:font="Wingdings" w:char="F082"/></w:r>' + run("甲"), ["②甲"]),
        ('<w:r><w:sym w:font="宋体" w:char="25CB"/></w:r>' + run("甲"), ["○甲"]),
        (f"<w:r><w:ruby><w:rt>{run('hàn')}</w:rt><w:rubyBase>{run('汉')}</w:rubyBase></w:ruby></w:r>", ["汉"]),
        (f"{run('甲')}<w:r><w:pict>{BOX}</w:pict></w:r>{run('乙')}", ["甲乙", "框一", "框二"]),
        (
            "<w:r><mc:AlternateContent><mc:Choice>" + BOX + "</mc:Choice><mc:Fallback>" + BOX + "</mc:Fallback>"
            "</mc:AlternateContent></w:r>" + run("甲"),
            ["甲", "框一", "框二"],
        ),
    ],
)
def test_the_words_of_a_paragraph_are_those_that_are_seen(inside: str, expected: list[str]) -> None:
    styles = (
        '<w:style w:styleId="Hidden"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="Hidden"/></w:style>'
    )
    assert lines(paragraph(inside) + paragraph("隐", style="B"), styles=styles) == expected


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next_with_the_number_of_that_one() -> None:
    numbering = definition(*REPORT) + number(1)
    body = paragraph("甲", (1, 0), mark="<w:del/>") + paragraph("乙", (1, 1)) + paragraph("丙", mark="<w:del/>")
    assert lines(body, numbering=numbering) == ["（一）甲乙", "丙"]


def cell(inside: str) -> str:
    return f"<w:tc>{inside}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def test_a_tables_row_is_a_line_and_of_a_table_that_lays_out_a_page_all_that_its_cells_hold() -> None:
    row = cell(paragraph("1.")) + cell(paragraph("己") + paragraph("庚"))
    gone = f"<w:trPr><w:del/></w:trPr>{cell(paragraph('删'))}"
    wrapped = f"<w:sdt><w:sdtContent>{paragraph('辛')}</w:sdtContent></w:sdt>"
    assert lines(table(row, gone) + wrapped) == ["1.\t己 庚", "辛"]
    assert lines(table(cell(paragraph("甲") + table(row) + paragraph("乙")))) == ["甲", "1.\t己 庚", "乙"]
    assert lines(table(cell(paragraph("甲") + paragraph("乙" * 300)) + cell(""))) == ["甲", "乙" * 300]
    assert lines(table(cell(paragraph("甲") + paragraph("乙")), cell(paragraph("丙")))) == ["甲", "乙", "丙"]


def mark(id: int, kind: str = "footnote", more: str = "") -> str:
    return f'<w:r><w:{kind}Reference w:id="{id}" {more}/></w:r>'


def note(id: int, inside: str, kind: str = "footnote") -> str:
    return f'<w:{kind} w:id="{id}">{inside}</w:{kind}>'


def test_notes_stand_behind_the_last_line_each_in_a_line_and_where_it_is_marked_is_told() -> None:
    footnotes = (
        note(-1, paragraph("<w:r><w:separator/></w:r>"))
        + note(3, paragraph("<w:r><w:footnoteRef/></w:r>" + run(" 乙注。")) + paragraph("1.另一段。"))
        + note(2, paragraph("甲注。"))
        + note(4, paragraph("没有标。"))
        + note(5, paragraph("* 星注。"))
    )
    body = (
        paragraph(run("一、办成") + mark(2) + run("三件。"))
        + paragraph(run("又") + mark(5, more='w:customMarkFollows="1"') + run("*"))
        + paragraph(run("乙") + mark(1, "endnote") + mark(3) + f"<w:del>{mark(4)}</w:del>")
    )
    found = read(body, footnotes=footnotes, endnotes=note(1, paragraph("尾注。"), "endnote"))
    assert found.text.splitlines() == [
        "一、办成三件。", "又*", "乙", "1 甲注。", "* 星注。", "2 乙注。 1.另一段。", "i 尾注。",
    ]  # fmt: skip
    assert found.notes == (
        "footnote, marked behind “一、办成”",
        "footnote, marked behind “又”",
        "footnote, marked behind “乙”",
        "endnote, marked behind “乙”",
    )


def test_notes_are_numbered_as_the_document_says() -> None:
    form = '<w:footnotePr><w:numFmt w:val="decimalEnclosedCircle"/><w:numStart w:val="3"/></w:footnotePr>'
    body = paragraph(run("甲") + mark(1)) + f"<w:sectPr>{form}</w:sectPr>"
    assert lines(body, footnotes=note(1, paragraph("注。"))) == ["甲", "③ 注。"]
    notes = {"footnotes": note(1, paragraph("注。")), "settings": form}
    assert lines(paragraph(run("甲") + mark(1)), **notes) == ["甲", "③ 注。"]


def test_what_word_shows_and_no_text_holds_is_told() -> None:
    unknown = '<w:r><w:sym w:font="Webdings" w:char="F020"/></w:r>'
    body = paragraph(run("甲") + unknown + unknown + field(code(r" EQ \o\ac(○,1)")) + f"<w:r>{BOX}</w:r>")
    head = paragraph("甲区司法局文件") + paragraph("第 " + "1 页")
    found = read(body, header1=head, footer1=paragraph("— 1 —"))
    assert found.text.splitlines() == ["甲〓〓", "框一", "框二"]
    assert found.told == (
        "the head or foot of the pages says “甲区司法局文件”, which is not in source.txt",
        "text boxes (1): what each holds stands behind the paragraph that it hangs on",
        "a symbol of the font Webdings, for which 〓 stands (2): what Word draws there is not in source.txt",
        "an equation field (EQ) (1): what Word draws there is not in source.txt",
    )


def test_the_document_is_found_under_whatever_name() -> None:
    data = io.BytesIO()
    relation = '<Relationship Type="http://x/relationships/officeDocument" Target="/word/document2.xml"/>'
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("_rels/.rels", f"<Relationships>{relation}</Relationships>")
        archive.writestr("word/document2.xml", f"<w:document {NAMES}><w:body>{paragraph('甲')}</w:body></w:document>")
    found = read_word_file(data.getvalue())
    assert found
    assert found.text == "甲\n"


@pytest.mark.parametrize(
    ("form", "number", "expected"),
    [("chineseCounting", 21, "二十一"), ("chineseCounting", 105, "一百〇五"), ("japaneseCounting", 10, "十"),
     ("chineseLegalSimplified", 12, "壹拾贰"), ("decimalEnclosedCircleChinese", 3, "③"), ("upperLetter", 28, "BB"),
     ("lowerRoman", 14, "xiv"), ("decimalFullWidth", 12, "１２"), ("none", 1, ""), ("unheard", 7, "7"), ("decimalZero", 7, "07")],
)  # fmt: skip
def test_a_number_in_the_forms_of_word(form: str, number: int, expected: str) -> None:
    assert count_in(form, number) == expected
