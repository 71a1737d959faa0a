"""A report beside its captured text: the comparison, and the page that shows it."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page

import build
from sitegen.check.collation import collate
from sitegen.model.edition import Comparison
from sitegen.model.report import Note, Paragraph, Report
from sitegen.problems import Mistakes, Passage, Place, Problems
from tests.conftest import ROOT, SAMPLE, edition_of, until
from tests.test_site import tree

CAPTURES = [("sample", "2021"), ("golden/project", "2022"), ("golden/project", "2023"), ("golden/project", "2024")]


def given(capture: str, edition: list[str], left_out: tuple[int, ...] = (), notes: tuple[Note, ...] = ()) -> Report:
    """A report whose passages are a title and paragraphs, the last with notes; lines of the capture are left out."""
    lines = tuple(Passage(line, Place("source.txt", number)) for number, line in enumerate(capture.split("\n"), 1))
    source = tuple(line for line in lines if line.strip() and line.place.line not in left_out)
    title, *rest = (Passage(text, Place("1.md", 7)) for text in edition)
    paragraphs = [Paragraph(f"s0-p{number}", text) for number, text in enumerate(rest, 1)]
    if notes:
        paragraphs[-1] = replace(paragraphs[-1], notes=notes)
    matter = replace(edition_of(SAMPLE, "2021").report.matter, title=title)
    return Report("x", matter, source, tuple(paragraphs), (), capture=lines)


def shown(comparison: Comparison) -> list[list[str]]:
    """Each row as its lines: those of the source, behind their numbers, and those of the edition, behind theirs."""
    rows: list[list[str]] = []
    for row in comparison.rows:
        source = [f"{line.number} {''.join(piece.source for piece in line.pieces)}" for line in row.source]
        edition = [f"{line.address} {''.join(piece.edition for piece, _ in line.pieces)}" for line in row.edition]
        rows.append([*source, "|", *edition])
    return rows


def captured(comparison: Comparison) -> str:
    lines = [line for row in comparison.rows for line in row.source]
    return "".join(piece.source for line in lines for piece in line.pieces)


# The comparison


def test_the_counts_of_the_2021_report_equal_an_independent_count() -> None:
    source = (SAMPLE / "content/2021/source.txt").read_text("utf-8").partition("扫一扫")[0]
    report = edition_of(SAMPLE, "2021").report
    edition = "\n".join(report.passages())
    found = collate(report, Problems())
    counts = {change.kind: change.count for change in found.changes}
    changed = {(each.before, each.after): each.count for each in found.changes if each.kind == "changed"}
    expected = {
        (before, after): source.count(before) - edition.count(before)
        for before, after in [(",", "，"), (":", "："), (";", "；"), ("(", "（"), (")", "）")]
    }
    assert changed == expected
    assert {(before, after): edition.count(after) - source.count(after) for before, after in expected} == expected
    assert counts["removed"] == len(re.findall(r"[^\S\n]", source)) - len(re.findall(r"[^\S\n]", edition))
    lines = [line for line in source.split("\n") if line.strip()]
    assert counts["divided"] == len(list(report.passages())) - len(lines)
    assert counts["left_out"] == 10
    assert {"joined", "added"}.isdisjoint(counts)
    assert found.characters == len("".join(source.split()))


@pytest.mark.parametrize(
    ("capture", "edition", "changes"),
    [
        ("甲,乙 丙", ["甲，乙丙"], ["changed ,，1", "removed 1"]),
        ("甲  乙,丙,丁", ["甲乙，丙，丁"], ["changed ,，2", "removed 2"]),
        ("甲...乙", ["甲…乙"], ["changed ...…1"]),
        ("甲..\n.乙", ["甲…乙"], ["changed ...…1", "joined 1"]),
        ("e\u0301甲", ["é甲"], ["changed e\u0301é1"]),
        ("㎏甲", ["kg甲"], ["changed ㎏kg1"]),
        ("㎏甲", ["k", "g甲"], ["changed ㎏kg1", "divided 1"]),
        ("½甲", ["1⁄2甲"], ["changed ½1⁄21"]),
        ("가甲", ["\u1100\u1161甲"], ["changed 가\u1100\u11611"]),
        ("a\u0301\u0316甲", ["a\u0316\u0301甲"], ["changed a\u0301\u0316a\u0316\u03011"]),
        ("102", ["10²"], ["changed 2²1"]),
        ("甲\u3000乙", ["甲 乙"], ["changed \u3000 1"]),
        ("1.甲。乙\n丙", ["1.甲。", "乙丙"], ["joined 1", "divided 1"]),
        ("甲\n乙", ["甲", "乙 "], ["added 1"]),
    ],
)
def test_each_class_of_difference(capture: str, edition: list[str], changes: list[str]) -> None:
    problems = Problems()
    found = collate(given(capture, edition), problems)
    assert [f"{each.kind} {each.before}{each.after}{each.count}" for each in found.changes] == changes
    assert captured(found) == capture
    assert problems.found == []


@pytest.mark.parametrize(
    ("capture", "edition", "told"),
    [
        ("甲 乙  丙丁", ["甲乙 丙", "丁"], []),
        ("甲\n乙", ["甲 乙"], []),
        ("甲 乙  丙丁", ["甲乙 丙 丁"], ["甲乙 丙 丁"]),
        ("甲 乙", ["甲  乙"], ["甲  乙"]),
        ("甲\n乙", ["甲  乙"], ["甲  乙"]),
        ("甲乙", ["甲", " 乙 "], [" 乙 "]),
        ("㎏甲", ["k g甲"], ["k g甲"]),
        ("共12项", ["共" + " " * 40 + "12项"], ["共" + " " * 40 + "12项"]),
        ("突破10万户", ["突破　10万户"], ["突破　10万户"]),
        ("共12项", ["共" + " " * 40_000 + "12项"], ["共" + " " * 60 + "12项"]),
    ],
)
def test_white_space_that_the_source_has_not_is_told(capture: str, edition: list[str], told: list[str]) -> None:
    problems = Problems()
    collate(given(capture, edition), problems)
    messages = [
        f'1.md:7: must have no white space in "{around}" that the source has not [space-added]' for around in told
    ]
    assert list(map(str, problems.found)) == messages


def test_lines_that_hold_the_same_words_are_a_row_and_left_out_ones_are_rows_alone() -> None:
    capture = "\n首页\n 甲区报告\n\n1.甲。乙,\n　\n丙\n页脚\n\n"
    found = collate(given(capture, ["甲区报告", "1.甲。", "乙，丙"], (2, 8)), Problems())
    assert shown(found) == [
        ["2 \n首页\n", "|"],
        ["3  甲区报告\n\n", "|", " 甲区报告"],
        ["5 1.甲。乙,\n　\n", "7 丙\n", "|", "s0-p1 1.甲。", "s0-p2 乙，丙"],
        ["8 页脚\n\n", "|"],
    ]
    assert [row.count for row in found.rows] == [1, 1, 3, 1]
    numbers = [piece.number for row in found.rows for line in row.source for piece in line.pieces if piece.number]
    assert numbers == list(range(1, found.differences + 1))
    assert {change.kind: change.first for change in found.changes}["left_out"] == 1


def test_a_line_left_out_between_two_that_are_joined_stands_between_them() -> None:
    capture = "题\n甲\n第2页\n乙"
    found = collate(given(capture, ["题", "甲乙"], (3,)), Problems())
    assert shown(found)[1:] == [["2 甲\n", "3 第2页\n", "4 乙", "|", "s0-p1 甲乙"]]
    assert captured(found) == capture


def test_a_note_stands_behind_the_piece_that_it_is_marked_in() -> None:
    here = Passage("疑", Place("1.md", 9))
    notes = tuple(Note(f"s0-n{number}", number, at, here) for number, at in ((1, 2), (2, 3), (3, 3), (4, 6)))
    found = collate(given("题\n甲乙,丙丁戊", ["题", "甲乙，丙丁戊"], notes=notes), Problems())
    (line,) = found.rows[1].edition
    marked = [piece.edition + "".join(str(note.number) for note in behind) for piece, behind in line.pieces]
    assert marked == ["甲乙1", "，23", "丙丁戊4"]
    assert list(line.notes) == list(notes)


@pytest.mark.parametrize(("project", "name"), CAPTURES)
def test_a_collation_holds_both_texts_to_the_character(project: str, name: str) -> None:
    root = ROOT / "tests" / project
    edition = edition_of(root, name)
    assert captured(edition.comparison) == (root / f"content/{name}/source.txt").read_text("utf-8")
    lines = [line for row in edition.comparison.rows for line in row.edition]
    assert ["".join(piece.edition for piece, _ in line.pieces) for line in lines] == list(edition.report.passages())
    assert [note for line in lines for note in line.notes] == list(edition.report.notes)


# The page


def words(element: ElementTree.Element) -> str:
    """The text of an element without apparatus."""
    inner = "".join(
        ("" if child.get("data-apparatus") == "" else words(child)) + (child.tail or "") for child in element
    )
    return (element.text or "") + inner


def cells(main: ElementTree.Element, side: str) -> list[ElementTree.Element]:
    return [cell for cell in main.iter("td") if cell.get("class") == side]


def collation(files: dict[str, bytes]) -> ElementTree.Element:
    main = tree(files, "2021/collation.html").find(".//main")
    assert main is not None
    return main


def test_the_cells_of_the_source_are_the_captured_text_and_those_of_the_edition_the_reports_words(
    files: dict[str, bytes],
) -> None:
    main = collation(files)
    source = (SAMPLE / "content/2021/source.txt").read_text("utf-8")
    assert "".join(map(words, cells(main, "source"))) == source
    lines = [line for cell in cells(main, "edition") for line in cell if line.get("data-apparatus") is None]
    assert list(map(words, lines)) == list(edition_of(SAMPLE, "2021").report.passages())
    assert not list(main.iter("article"))


def test_the_marks_on_the_page_are_as_many_as_the_edition_page_tells(files: dict[str, bytes]) -> None:
    main = collation(files)
    marks = [element for cell in cells(main, "source") for element in cell.iter() if element.get("id")]
    shown: Counter[str] = Counter()
    for row in main.iter("tr"):
        after = [element for element in row.iter("ins") if not element.get("class")]
        changed = [mark for mark in row.iter("del") if mark.get("class") == "changed"]
        shown.update(f"{words(mark)} 改为 {words(ins)}" for mark, ins in zip(changed, after, strict=True))
    names = {"divided": "条目标题与正文分行", "joined": "合并断行", "left_out": "略去报告前后的网页栏目行"}
    shown.update(names[name] for mark in marks if (name := mark.get("class", "")) in names)
    shown["删去空格"] = sum("".join(mark.itertext()).count("␣") for mark in marks if mark.get("class") == "removed")
    table = tree(files, "2021/edition.html").findall(".//main//table//tr")[1:]
    told = {_without_name("".join(row[0].itertext())): int("".join(row[1].itertext())) for row in table}
    assert told == shown
    assert told[", 改为 ，"] == 149
    legend = next(each for each in main.iter("ul") if each.get("class") == "legend")
    notes = len(edition_of(SAMPLE, "2021").report.notes)
    assert [int((item[-1].tail or "").strip()) for item in legend] == [*told.values(), notes]


def _without_name(change: str) -> str:
    """What is told of a change without the name of the sign: , 改为 ，（逗号）."""
    return re.sub("（[^（）]+）$", "", change)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("{%- elif piece.kind == \"continued\" and", "{%- elif piece.kind == \"divided\" %}，{% elif piece.kind == \"continued\" and"),
        ('<span hidden="">{{ piece.source }}</span>', ""),
        ("<ins>{{ piece.edition }}</ins>", "<ins>{{ piece.source }}</ins>"),
        ("<ins>{{ piece.edition }}</ins>", ""),
        ('data-side="source"', 'data-side="sauce"'),
    ],
)  # fmt: skip
def test_a_page_that_shows_anything_else_is_no_page(project: Path, good: str, bad: str) -> None:
    template = project / "templates/collation.html"
    text = template.read_text("utf-8")
    assert good in text
    template.write_text(text.replace(good, bad), "utf-8")
    with pytest.raises(Mistakes) as raised:
        build.make(project)
    told = [str(problem) for problem in raised.value.problems]
    assert any("2022/collation.html: must" in each and each.endswith("[words-equal]") for each in told), told


def test_every_line_tells_its_number_and_leads_to_its_place_in_the_full_text(files: dict[str, bytes]) -> None:
    main = collation(files)
    lines = (SAMPLE / "content/2021/source.txt").read_text("utf-8").split("\n")
    rows = list(main.iter("tr"))[1:]
    for row in rows:
        number = re.search(r"第(\d+)行", "".join(row[0].itertext()))
        assert number
        assert words(row[1]).strip() == lines[int(number[1]) - 1].strip()
    links = ["".join(a.get("href", "") for a in row[0].iter("a")) for row in rows]
    assert [link for link in links if link][:5] == [
        "index.html",
        *(f"index.html#{id}" for id in ("s0-p1", "s1", "s1-1", "s1-1-1")),
    ]
    assert links[-10:] == [""] * 10


def test_the_edition_page_and_the_characters_counted_lead_to_the_collation(page: Page, served: str) -> None:
    page.goto(f"{served}/index.html")
    page.get_by_role("link", name="4003个字符与来源逐字一致").click()
    page.wait_for_url("**/2021/collation.html")
    page.get_by_role("link", name="逐字核对").click()
    page.wait_for_url("**/2021/edition.html#comparison")
    assert page.get_by_role("link", name="4003个字符").get_attribute("href") == "collation.html"
    page.get_by_role("link", name="149", exact=True).click()
    page.wait_for_url("**/2021/collation.html#d1")
    assert page.locator("#d1").inner_text() == ","
    assert page.locator("#d1").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def test_n_and_p_go_from_difference_to_difference(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/collation.html")
    status = page.get_by_role("group", name="逐处查看").get_by_role("status")
    for id, told in (("d1", "第3行\n, 改为 ，（逗号）"), ("d2", "第3行\n, 改为 ，（逗号）")):
        page.keyboard.press("n")
        until(page, f"document.activeElement.id == '{id}'")
        assert status.text_content() == f"{id[1:]} / 241　{told}"
    outline = "e => getComputedStyle(e).outlineStyle + e.getBoundingClientRect().top"
    assert page.locator("#d2").evaluate(outline).startswith("solid")
    assert page.locator(".rows [aria-current]").all_text_contents() == [",", "，"], "both sides of it are shown"
    page.keyboard.press("p")
    until(page, "document.activeElement.id == 'd1'")
    page.keyboard.press("p")
    until(page, "document.querySelector('.steps p').textContent == '已是第一处'")
    page.goto("about:blank")
    page.goto(f"{served}/2021/collation.html#d11")
    page.keyboard.press("n")
    until(page, "document.activeElement.id == 'd12'")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.keyboard.press("n")
    until(page, "document.activeElement.className == 'left_out'")
    page.go_back()
    page.wait_for_url("about:blank")


def test_what_is_gone_to_is_in_the_window_and_marked_at_every_width(page: Page, served: str) -> None:
    for width in (320, 390, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{served}/2021/collation.html?{width}")
        for _ in range(30):
            page.keyboard.press("n")
            box = page.evaluate("(({ top, bottom }) => [top, bottom])(document.activeElement.getBoundingClientRect())")
            assert page.locator(".steps").evaluate("e => e.getBoundingClientRect().bottom") <= box[0]
            assert box[1] <= 800
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keys_do_nothing_while_typing_with_others_or_where_they_are_off(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/collation.html")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("np")
    assert page.get_by_role("searchbox").input_value() == "np"
    page.get_by_role("searchbox").fill("")
    page.get_by_role("searchbox").blur()
    page.keyboard.press("Control+Alt+n")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    page.keyboard.press("n")
    dialog.get_by_label("启用单键快捷键").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.reload()
    page.keyboard.press("n")
    assert page.locator(".rows [aria-current]").count() == 0
    page.get_by_role("button", name="下一处").click()
    assert page.locator("#d1[aria-current]").count() == 1, "the buttons stay"


def test_the_first_key_is_one_step_though_scripts_come_late(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/collation.html")
    page.keyboard.press("n")
    page.wait_for_timeout(400)
    assert page.evaluate("document.activeElement.id") == "d1"


def test_without_script_all_is_read_and_what_would_do_nothing_is_not_there(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{served}/2021/collation.html")
    for control in (".stepping", ".steps"):
        assert not page.locator(control).first.is_visible()
    source, edition = (page.locator(f".{side}").nth(1).bounding_box() for side in ("source", "edition"))
    assert source
    assert edition
    assert source["y"] + source["height"] <= edition["y"], "one below the other"
    page.set_viewport_size({"width": 1024, "height": 800})
    source, edition = (page.locator(f".{side}").nth(1).bounding_box() for side in ("source", "edition"))
    assert source
    assert edition
    assert source["y"] == edition["y"]
    assert source["x"] + source["width"] <= edition["x"], "side by side"
    context.close()


def test_differences_are_told_by_more_than_colour(page: Page, served: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{served}/2021/collation.html")
    line = "e => getComputedStyle(e).borderBottomStyle"
    assert page.locator("#d1").evaluate(line) == "dotted"
    assert page.locator(".edition ins").first.evaluate(line) == "solid"
    assert "line-through" in page.locator(".left_out").first.evaluate("e => getComputedStyle(e).textDecorationLine")
    assert page.locator("#d7").inner_text().strip() == "␣"
    assert page.get_by_role("img", name="删去的空格").count() == 2
    assert page.get_by_role("img", name="自此分行").count() == 21


def test_copied_lines_are_the_captured_ones(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/collation.html")
    page.evaluate("getSelection().selectAllChildren(document.querySelectorAll('.source')[4])")
    page.keyboard.press("Control+c")
    copied = page.evaluate("navigator.clipboard.readText()")
    lines = (SAMPLE / "content/2021/source.txt").read_text("utf-8").split("\n")
    assert copied.strip() == next(line for line in lines if line.startswith("1."))
