"""What Chromium prints: the full text after GB/T 9704-2012, an item on one sheet; with an outline and real text."""

import re
from collections import defaultdict
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from pypdf import PageObject, PdfReader

import build
from sitegen.check.fidelity import fold
from tests.conftest import SAMPLE, copy_project, edition_of
from tests.test_site import ADDRESSES

POINTS = 72 / 25.4  # a millimetre
# Characters that the test machine's font, Noto, draws with the glyph of another, by whose name the PDF calls them.
SHARED_GLYPHS = str.maketrans("⺠⻅⻓⻔⻛⻚\u2f3e―", "民见长门风页户—")


def printed(page: Page, url: str) -> PdfReader:
    page.goto(url)
    return PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, outline=True, tagged=True)))


@pytest.fixture
def report(page: Page, served: str) -> PdfReader:
    return printed(page, f"{served}/2021/index.html")


def lines(page: PageObject) -> list[tuple[float, float, str]]:
    """The lines of a page from top to bottom: height of the baseline and left edge in points, and text.

    The marks of notes, which stand a little higher, are left out.
    """
    found: dict[float, list[tuple[float, str]]] = defaultdict(list)

    def visit(text: str, transform: list[float], matrix: list[float], *_: Any) -> None:
        if text.strip():
            x, y = matrix[4], matrix[5]
            height = transform[1] * x + transform[3] * y + transform[5]
            found[round(height)].append((transform[0] * x + transform[2] * y + transform[4], text.strip("\n")))

    page.extract_text(visitor_text=visit)
    read = [
        (height, min(left for left, _ in parts), "".join(text for _, text in parts).translate(SHARED_GLYPHS))
        for height, parts in sorted(found.items(), reverse=True)
    ]
    return [line for line in read if not re.fullmatch(r"([\s\u2060]*〔\s*\d+\s*〕\s*)+", line[2])]


def outline(entries: Any) -> list[str]:
    titles: list[str] = []
    for entry in entries:
        titles += outline(entry) if isinstance(entry, list) else [entry.title]
    return titles


def test_the_pages_are_a4_with_22_lines_of_28_characters_and_a_number(report: PdfReader) -> None:
    assert len(report.pages) == 8
    for number, page in enumerate(report.pages, 1):
        assert float(page.mediabox.width) == pytest.approx(210 * POINTS, abs=1)
        assert float(page.mediabox.height) == pytest.approx(297 * POINTS, abs=1)
        *body, foot = lines(page)
        assert foot[2].replace(" ", "") == f"—{number}—"
        assert (foot[1] > 300) == (number % 2 == 1), "odd pages at the right, even ones at the left"
        assert foot[0] < 35 * POINTS
        assert body[0][0] < (297 - 37) * POINTS
        assert body[-1][0] > 35 * POINTS
        assert min(left for _, left, text in body if text[0] not in "〔“《（") >= 28 * POINTS - 1
    full = [lines(page)[:-1] for page in report.pages[1:-1]]
    assert [len(body) for body in full] == [22] * 6
    assert max(len(text.replace(" ", "")) for body in full for _, _, text in body if text.isascii() is False) >= 28
    han = [text for body in full for _, _, text in body if not any(c.isascii() for c in text)]
    assert len(han) > 50
    assert max(map(len, han)) == 28


def test_the_outline_is_that_of_the_report(report: PdfReader) -> None:
    headings = [item.heading for item in edition_of(SAMPLE, "2021").report.walk()]
    assert outline(report.outline) == ["汉阳区人民政府2021年度法治政府建设工作报告", *headings]


def test_the_text_is_real_and_whole_and_controls_are_gone(report: PdfReader, served: str) -> None:
    text = fold("".join(text for page in report.pages for _, _, text in lines(page)[:-1]))
    words = fold("".join(edition_of(SAMPLE, "2021").report.passages()))
    assert text.startswith(words)
    rest = text.removeprefix(words)
    assert fold(f"汉阳区人民政府2021年度法治政府建设工作报告,2022-03-28,{served}/2021/index.html") in rest
    assert "非官方" in rest
    notes = []
    for place in edition_of(SAMPLE, "2021").report.words:
        notes += [f"〔{note.number}〕{place.name}{note.text}" for note in place.notes]
    places = [rest.index(fold(note)) for note in notes]
    assert places[0] == 0, "the notes stand at the end"
    assert places == sorted(places)
    starts = [text for page in report.pages for _, _, text in lines(page)]
    assert all(any(fold(line).startswith(fold(note)[:12]) for line in starts) for note in notes), "one a line"
    for control in ("复制", "单页", "键盘", "搜索", "目录", "特大"):
        assert control not in rest


@pytest.mark.parametrize("address", ["s1-2-3", "s1-4", "s2"])
def test_an_item_page_prints_on_one_sheet(page: Page, served: str, address: str) -> None:
    pages = printed(page, f"{served}/2021/{address}.html").pages
    assert len(pages) == 1
    text = fold("".join(text for _, _, text in lines(pages[0])))
    item = next(item for item in edition_of(SAMPLE, "2021").report.walk() if item.id == address)
    assert fold("".join(item.passages())) in text
    assert f"{served}/2021/{address}.html" in text


@pytest.mark.proof
def test_only_the_long_first_part_takes_the_back_of_its_sheet(page: Page, served: str) -> None:
    sheets = {address: len(printed(page, f"{served}/2021/{address}.html").pages) for address in ADDRESSES}
    assert {address: count for address, count in sheets.items() if count > 1} == {"s1": 2}


def test_so_it_does_where_the_code_of_its_address_stands_on_it(page: Page, tmp_path: Path) -> None:
    project = copy_project(SAMPLE, tmp_path / "project")
    with (project / "site.yaml").open("a") as settings:
        settings.write("url: https://reference.example.org/reports\n")
    assert build.main([], project) == 0
    assert len(printed(page, (project / "_site/2021/s1.html").as_uri()).pages) == 2
