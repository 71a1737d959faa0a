"""static/search.js: exact search, jumps by number, marks, keys; measured in a real Chromium."""

import json
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from sitegen.check.fidelity import fold
from tests.conftest import SAMPLE, edition_of
from tests.numbers import read_number
from tests.specification import table
from tests.test_site import ADDRESSES

ASK = """queries => {
  const input = document.querySelector("[role=search] input"), answers = [];
  for (const query of queries) {
    const start = performance.now();
    input.value = query;
    input.dispatchEvent(new Event("input"));
    const links = [...document.querySelectorAll("[data-search-results] a")].map(link => link.getAttribute("href"));
    answers.push([links, document.querySelector("[role=status]").textContent, performance.now() - start]);
  }
  return answers;
}"""


@pytest.fixture
def search(page: Page, served: str) -> Page:
    """The full text with the search ready."""
    page.goto(f"{served}/2021/index.html")
    page.get_by_role("searchbox").fill("法治")
    page.get_by_role("status").get_by_text("找到").wait_for()
    return page


def holders() -> list[tuple[str, str, int, int]]:
    """Every entry that a result can lead to: its link, and its span in the report's folded text."""
    report = edition_of(SAMPLE, "2021").report
    whole = fold("".join(report.passages()))
    found = [("index.html", 0, len(whole))]
    at = len(fold(report.matter.title))
    for paragraph in report.preamble:
        found.append((f"index.html#{paragraph.id}", at, at := at + len(fold(paragraph.text))))
    for item in report.walk():
        own = len(fold(item.heading + "".join(p.text for p in item.paragraphs)))
        found.append((item.page, at, at + len(fold("".join(item.passages())))))
        at += own
    assert at == len(whole)
    return [(f"../2021/{page}", whole, start, end) for page, start, end in found]


def expected(lengths: range) -> dict[str, set[str]]:
    """Every substring of these lengths, and the deepest entries that hold it."""
    entries = holders()
    whole = entries[0][1]
    answers: dict[str, set[str]] = defaultdict(set)
    for length in lengths:
        for at in range(len(whole) - length + 1):
            page = [page for page, _, start, end in entries if start <= at and at + length <= end][-1]
            answers[whole[at : at + length]].add(page)
    return answers


@pytest.mark.parametrize("length", [1, 2, 3, 4])
def test_every_substring_is_found_at_exactly_the_items_that_hold_it(search: Page, length: int) -> None:
    answers = {query: pages for query, pages in expected(range(length, length + 1)).items() if not is_number(query)}
    assert len(answers) > 500
    told = search.evaluate(ASK, list(answers))
    for (query, pages), (links, said, _) in zip(answers.items(), told, strict=True):
        assert set(links) == pages, query
        assert len(links) == len(pages)
        assert said == f"找到{len(pages)}条"


def is_number(query: str) -> bool:
    """Whether a string is a number of an item as well, which then stands first."""
    return all(character in "一二三四五六七八九十0123456789.()、-s第部分节条" for character in query)


def test_a_result_takes_less_than_50_ms(search: Page) -> None:
    times = sorted(took for _, _, took in search.evaluate(ASK, ["的", "法治", "一", "2", "行政执法", "没有的字"] * 5))
    assert times[len(times) // 2] < 50, "the contract's figure; on these machines it takes a tenth of it"


@pytest.fixture
def numbers(page: Page, served: str) -> Callable[[list[str]], list[list[str]]]:
    """What the search finds in a report that has no words, but every address that Python reads in what is typed."""

    def ask(typed: list[str]) -> list[list[str]]:
        addresses = dict.fromkeys(filter(None, map(read_number, typed)))
        entries = [["", "", "", ""], *([address, address, "", ""] for address in addresses)]
        data = f"searchable({json.dumps({'id': '2021', 'title': '', 'entries': entries})})"
        page.route("**/assets/words-2021.js", lambda route: route.fulfill(body=data, content_type="text/javascript"))
        page.goto(f"{served}/2021/index.html")
        page.get_by_role("searchbox").fill("没有的字")
        page.get_by_role("status").get_by_text("没有找到").wait_for()
        return [links for links, _, _ in page.evaluate(ASK, typed)]

    return ask


def links_to(addresses: Iterable[str]) -> list[list[str]]:
    """What the search finds where nothing but these addresses can be found, each by its own query."""
    return [[f"../2021/{address}.html"] if address else [] for address in addresses]


def test_numbers_are_read_as_python_reads_them(numbers: Callable[[list[str]], list[list[str]]]) -> None:
    rows = table("numbers.md")
    assert numbers(list(rows)) == links_to(rows.values())


def test_every_character_in_a_number_is_folded_as_python_folds_it(
    numbers: Callable[[list[str]], list[list[str]]],
) -> None:
    """Those that Unicode makes digits or marks of numbers, and those that are white space or look like it."""
    known = set("0123456789.-()、一二三四五六七八九十第部分节条项款点s")
    signs = [
        sign
        for sign in map(chr, range(0x110000))
        if unicodedata.category(sign) in ("Cc", "Cf", "Zs", "Zl", "Zp")
        or set(unicodedata.normalize("NFKC", sign).lower()) <= known
    ]
    typed = [*signs, *(f"一（二{sign}）3" for sign in signs), *(f"1.2{sign}.3" for sign in signs)]
    assert len(signs) > 400
    assert numbers(typed) == links_to(map(read_number, typed))


def test_a_number_in_any_form_puts_its_item_first(search: Page) -> None:
    rows = {typed: address for typed, address in table("numbers.md").items() if address in ADDRESSES}
    assert len(rows) > 20
    for (typed, address), (links, _, _) in zip(rows.items(), search.evaluate(ASK, list(rows)), strict=True):
        assert links[0] == f"../2021/{address}.html", typed


@pytest.mark.parametrize(
    ("number", "first"),
    [("二", "s2"), ("一（五）", "s1-5"), ("二（六）", "s2-6"), ("2.6", "s2-6"), ("第二部分", "s2"), ("2", "s2"), ("２．", "s2")],
)  # fmt: skip
def test_numbers_of_every_level(search: Page, number: str, first: str) -> None:
    ((links, _, _),) = search.evaluate(ASK, [number])
    assert links[0] == f"../2021/{first}.html"
    assert len(links) == len(set(links))


def test_folding_makes_width_case_and_space_alike(search: Page) -> None:
    answers = search.evaluate(
        ASK, ["（2021-2025）", "(2021-2025)", "２０２１－２０２５", "2021 - 2025", "100%", "100％"]
    )
    assert [links for links, _, _ in answers[:4]] == [["../2021/s2-2.html"]] * 4
    assert answers[4][0] == answers[5][0]


def test_nothing_found_says_so(search: Page) -> None:
    ((links, said, _),) = search.evaluate(ASK, ["没有的字"])
    assert (links, said) == ([], "没有找到")
    assert search.get_by_role("status").get_by_text("没有找到").is_visible()


def test_the_match_is_marked_in_its_context_and_on_the_page_it_opens(search: Page) -> None:
    search.get_by_role("searchbox").fill("有备必审")
    result = search.locator("[data-search-results] a")
    assert result.locator("mark").inner_text() == "有备必审"
    assert result.inner_text().startswith("一（二）3 3.加强备案审查。")
    search.keyboard.press("ArrowDown")
    assert search.locator(":focus").get_attribute("href") == "../2021/s1-2-3.html"
    search.keyboard.press("ArrowUp")
    assert search.locator(":focus").get_attribute("type") == "search"
    search.keyboard.press("Enter")
    search.wait_for_url("**/s1-2-3.html")
    search.locator("article mark").wait_for()
    assert search.locator("article mark").all_inner_texts() == ["有备必审"]


def test_a_match_across_a_heading_and_its_paragraph_is_marked_in_both(search: Page) -> None:
    search.get_by_role("searchbox").fill("审查。按照")
    search.keyboard.press("Enter")
    search.wait_for_url("**/s1-2-3.html")
    search.locator("article mark").first.wait_for()
    assert search.locator("article mark").all_inner_texts() == ["审查。", "按照"]


def test_escape_closes_the_results(search: Page) -> None:
    assert search.locator("[data-search-results]").is_visible()
    search.keyboard.press("Escape")
    assert not search.locator("[data-search-results]").is_visible()


@pytest.mark.parametrize("number", ["一（四）2", "1.4.2", "第一部分第四节第2条"])
def test_a_number_as_the_fragment_leads_to_its_item(page: Page, served: str, number: str) -> None:
    page.goto(f"{served}/2021/index.html#{number}")
    page.wait_for_url("**/2021/index.html#s1-4-2")
    page.goto(f"{served}/2021/s2-1.html#{number}")
    page.wait_for_url("**/2021/s1-4-2.html")


@pytest.mark.parametrize("glued", ["。", "）", "。”", "，", "!", "）。\n"])
@pytest.mark.parametrize("fragment", ["s1-2-3", "s1-2-3-p1", "一（二）3", "一（二）"])
def test_what_a_chat_glues_to_a_fragment_is_forgiven(page: Page, served: str, fragment: str, glued: str) -> None:
    page.goto(f"{served}/2021/index.html#{fragment}{glued}")
    address = {"一（二）3": "s1-2-3", "一（二）": "s1-2"}.get(fragment, fragment)
    page.wait_for_url(f"**/2021/index.html#{address}")
    page.locator(f"#{address}:target").wait_for()


def test_the_data_come_with_the_first_use_and_never_with_the_page(page: Page, served: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(served)))
    page.goto(f"{served}/2021/s1.html")
    page.wait_for_load_state("networkidle")
    assert asked == ["/2021/s1.html", "/assets/site.css", "/assets/site.js"]
    with page.expect_response("**/assets/words-2021.js"):
        page.get_by_role("searchbox").focus()
    assert asked[3:] == ["/assets/script.css", "/assets/search.js", "/assets/reports.js", "/assets/words-2021.js"]


def test_it_works_from_the_disk_and_from_the_shelf(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.get_by_role("searchbox").fill("一（二）3")
    page.locator("[data-search-results] a").first.click()
    page.wait_for_url("**/2021/s1-2-3.html")


def test_a_second_search_on_a_page_that_a_result_opened_moves_one_result_at_a_time(search: Page) -> None:
    search.get_by_role("searchbox").fill("有备必审")
    search.keyboard.press("Enter")
    search.wait_for_url("**/s1-2-3.html")
    search.locator("article mark").wait_for()
    search.get_by_role("searchbox").fill("法治")
    first = search.locator("[data-search-results] a").first
    first.wait_for()
    search.keyboard.press("ArrowDown")
    assert search.locator(":focus").get_attribute("href") == first.get_attribute("href")


def test_a_result_on_the_same_page_is_marked_there_and_the_results_close(search: Page) -> None:
    search.get_by_role("searchbox").fill("现将有关情况")
    search.keyboard.press("Enter")
    search.wait_for_url("**/index.html#s0-p1")
    assert search.locator("article mark").all_inner_texts() == ["现将有关情况"]
    assert not search.locator("[data-search-results]").is_visible()
    search.get_by_role("searchbox").fill("新成效")
    search.keyboard.press("Enter")
    assert search.locator("article mark").all_inner_texts() == ["新成效"]


def test_the_results_close_when_the_focus_goes_on(search: Page) -> None:
    search.get_by_role("button", name="中", exact=True).focus()
    assert not search.locator("[data-search-results]").is_visible()


def test_a_result_on_an_items_own_page_is_marked_there_without_a_reload(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/s1-2-3.html")
    page.evaluate("window.same = true")
    page.get_by_role("searchbox").fill("有备必审")
    page.get_by_role("status").get_by_text("找到").wait_for()
    page.keyboard.press("Enter")
    page.locator("article mark").wait_for()
    assert page.locator("article mark").all_inner_texts() == ["有备必审"]
    assert page.evaluate("window.same")
    assert page.url == f"{served}/2021/s1-2-3.html"


def test_marks_of_an_earlier_search_leave_the_page_as_it_was(search: Page) -> None:
    nodes = """() => {
      const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT), found = [];
      while (walker.nextNode()) if (!walker.currentNode.parentNode.closest(".links")) found.push(walker.currentNode.data);
      return found;
    }"""
    before = search.evaluate(nodes)
    for words in ("的", "现将有关情况"):
        search.get_by_role("searchbox").fill(words)
        search.locator("[data-search-results] a[href*='#s0-p1']").click()
        search.locator("article mark").first.wait_for()
    search.evaluate("document.querySelectorAll('article mark').forEach(mark => mark.replaceWith(...mark.childNodes))")
    search.evaluate("document.querySelector('article').normalize()")
    assert search.evaluate(nodes) == before


SENTENCE = "推进法治的建设，落实的是责任。"
GROW = """times => {
  const article = document.querySelector("article");
  article.textContent = "";
  for (let n = 0; n < times; n++) article.appendChild(document.createElement("p")).textContent = SENTENCE.repeat(10);
  article.appendChild(document.createElement("p")).textContent = SENTENCE.repeat(10 * times);
}""".replace("SENTENCE", json.dumps(SENTENCE))


def test_what_a_search_and_its_marks_do_grows_as_the_text_does(page: Page, served: str) -> None:
    """Counted is how often the browser ran each part of the script, in texts of about 20,000 and 40,000 characters."""
    small, large = (steps_of_search(page, served, paragraphs) for paragraphs in (70, 140))
    assert large < 2.3 * small


def steps_of_search(page: Page, served: str, paragraphs: int) -> int:
    """How often parts of search.js ran: for its data, a result for every paragraph, all marks, and all marks again."""
    entries = [["", "", "题", ""], *([f"s0-p{n + 1}", "", "", SENTENCE * 10] for n in range(paragraphs))]
    entries += [[f"s{n + 1}", "", "甲", SENTENCE * 10] for n in range(paragraphs)]
    data = f"searchable({json.dumps({'id': '2021', 'title': '', 'entries': entries})})"
    page.unroute_all()
    page.route("**/assets/words-2021.js", lambda route: route.fulfill(body=data, content_type="text/javascript"))
    page.goto("about:blank")
    profiler = page.context.new_cdp_session(page)
    profiler.send("Profiler.enable")
    profiler.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": True})
    page.goto(f"{served}/2021/index.html")
    page.evaluate(GROW, paragraphs)
    for _ in range(2):
        page.get_by_role("searchbox").fill("的")
        page.get_by_role("status").get_by_text(f"找到{2 * paragraphs}条").wait_for()
        page.locator("[data-search-results] a[href*='#s0-p1']").first.click()
    assert page.locator("article mark").count() == 40 * paragraphs
    scripts = profiler.send("Profiler.takePreciseCoverage")["result"]
    [script] = [script for script in scripts if script["url"].endswith("/search.js")]
    return sum(part["count"] for function in script["functions"] for part in function["ranges"])
