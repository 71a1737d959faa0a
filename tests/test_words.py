"""The report's words are one run for every reader: found by the browser, copied, in a reader view, without style."""

import json

import pytest
from playwright.sync_api import Browser, Page

from sitegen.check.fidelity import drop_space
from sitegen.model.report import Item
from tests.conftest import SAMPLE, edition_of
from tests.test_cite_js import clipboard
from tests.test_reading import tool

FIND = """words => {
  getSelection().removeAllRanges();
  while (window.find(words)) {
    const found = getSelection().getRangeAt(0);
    if (document.querySelector("article").contains(found.startContainer)) return found.toString();
  }
  return "";
}"""
COPY = """() => {
  getSelection().selectAllChildren(document.querySelector("article"));
  document.dispatchEvent(new Event("selectionchange"));
}"""
TREE = (
    "() => Array.from(document.querySelectorAll('article h1, article h2, article h3, article h4'), e => e.textContent)"
)
WIDTHS = [390, 1000, 1400]


def runs(over_handles: bool = True) -> list[str]:
    """What is printed as one run: number and heading, with the words that it runs on into, and both sides of a mark."""
    found: list[str] = []
    for item in edition_of(SAMPLE, "2021").report.walk():
        found.append(item.heading)
        if over_handles and item.level > 2 and item.paragraphs:
            found.append(item.heading[-4:] + item.paragraphs[0].text[:8])
        for paragraph in item.paragraphs:
            found += [paragraph.text[max(0, note.at - 4) : note.at + 4] for note in paragraph.notes]
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_the_browser_finds_what_is_printed_as_one_run(page: Page, served: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{served}/2021/index.html")
    wanted = runs()
    assert "3.加强备案审查。" in wanted
    assert len(wanted) > 50
    assert [words for words in wanted if page.evaluate(FIND, words) != words] == []


@pytest.mark.parametrize("size", ["", "4"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_words_that_are_copied_are_the_reports(page: Page, served: str, width: int, size: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{served}/2021/index.html")
    page.evaluate("size => { if (size) document.documentElement.dataset.size = size }", size)
    with page.expect_response("**/cite.js"):
        page.evaluate(COPY)
    page.wait_for_timeout(200)
    page.keyboard.press("Control+C")
    plain, html = clipboard(page)
    report = edition_of(SAMPLE, "2021").report
    assert drop_space(plain) == drop_space("".join(report.passages()))
    assert plain.splitlines() == [report.matter.title, *[line for part in lines() for line in part]]
    assert "style=" not in html
    assert "class=" not in html
    assert "<button" not in html
    assert html.count("<h3>") == sum(item.level == 2 for item in report.walk())


def lines() -> list[list[str]]:
    """The report's lines as they are printed: the words of an item of the third level run on behind its heading."""
    report = edition_of(SAMPLE, "2021").report

    def of(item: Item) -> list[str]:
        paragraphs = [str(paragraph.text) for paragraph in item.paragraphs]
        if item.level > 2 and paragraphs:
            return [item.heading + paragraphs[0], *paragraphs[1:]]
        return [str(item.heading), *paragraphs]

    return [[str(paragraph.text) for paragraph in report.preamble], *[of(item) for item in report.walk()]]


def test_without_the_script_too_nothing_but_words_is_copied(browser: Browser, served: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{served}/2021/index.html")
        session = context.new_cdp_session(page)
        expression = "getSelection().selectAllChildren(document.querySelector('article')); getSelection().toString()"
        copied = session.send("Runtime.evaluate", {"expression": expression})["result"]["value"]
        assert drop_space(copied) == drop_space("".join(edition_of(SAMPLE, "2021").report.passages()))


@pytest.mark.parametrize("path", ["index.html", "s1-2.html", "s1-1-3.html"])
def test_a_reader_view_has_the_sentences_whole_and_each_note_once(browser: Browser, served: str, path: str) -> None:
    with browser.new_context(bypass_csp=True) as context:  # a reader view heeds no page's policy
        page = context.new_page()
        page.goto(f"{served}/2021/{path}")
        page.evaluate(tool("@mozilla/readability/Readability.js").read_text("utf-8"))
        text = page.evaluate("new Readability(document.cloneNode(true)).parse().textContent")
    report = edition_of(SAMPLE, "2021").report
    items = [item for item in report.walk() if path == "index.html" or f"{item.id}-".startswith(path[:-5] + "-")]
    for item in items:
        for paragraph in item.paragraphs:
            assert text.count(paragraph.text) == 1
        for note in item.words.notes:
            assert text.count(note.text) == 1
    assert "复制" not in text


def test_without_any_style_notes_stand_behind_their_paragraphs(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/s1-2-1.html")
    page.evaluate("document.querySelectorAll('link[rel=stylesheet]').forEach(link => link.remove())")
    shown = page.locator("article").inner_text()
    item = next(item for item in edition_of(SAMPLE, "2021").report.walk() if item.id == "s1-2-1")
    [paragraph] = item.paragraphs
    assert paragraph.text in shown
    assert shown.index(paragraph.text) < shown.index(paragraph.notes[0].text)


def test_marks_and_notes_are_told_to_screen_readers_as_what_they_are(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/index.html")
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    roles = [node["role"]["value"] for node in nodes if not node["ignored"]]
    notes = edition_of(SAMPLE, "2021").report.notes
    assert roles.count("doc-noteref") == roles.count("note") == len(notes) > 0


def test_every_mark_leads_to_its_note_and_every_note_stands_behind_its_paragraph(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/index.html")
    marks = page.locator("article [role=doc-noteref]")
    found = json.loads(
        marks.evaluate_all(
            """marks => JSON.stringify(marks.map(mark => {
              const note = document.querySelector(mark.hash);
              const words = mark.closest("p, h2, h3, h4");
              return [mark.getAttribute("aria-label"), note.textContent.slice(0, 5), note.getAttribute("role"),
                words.contains(note), Boolean(words.compareDocumentPosition(note) & Node.DOCUMENT_POSITION_FOLLOWING)];
            }))"""
        )
    )
    assert len(found) == len(edition_of(SAMPLE, "2021").report.notes)
    for number, begins, role, inside, behind in found:
        assert begins.startswith(f"〔{number}〕")
        assert (role, inside, behind) == ("note", False, True)


def test_in_the_margin_a_note_stands_beside_its_mark_and_below_the_one_before(page: Page, served: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{served}/2021/index.html")
    places = page.locator("article .note").evaluate_all(
        """notes => notes.map(note => {
          const box = note.getBoundingClientRect();
          const mark = document.querySelector(`[href="#${note.id}"]`).getBoundingClientRect();
          const text = document.querySelector("article").getBoundingClientRect();
          return [box.top, box.bottom, box.left - text.right, mark.top];
        })"""
    )
    assert len(places) > 20
    end = 0.0
    for top, bottom, beyond, mark in places:
        assert beyond > 0
        assert top >= end
        assert top <= max(mark, end) + 9
        end = bottom
