"""static/search.js and mark.js: results, their address, Back, what fails or comes late, and marks, in a real Chromium."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.conftest import until
from tests.searching import Entry, ask, give, links, marked, open_search, type_into


@pytest.fixture
def search(page: Page, served: str) -> Page:
    """An item's page with the search ready."""
    return open_search(page, f"{served}/2021/s2-1.html")


@pytest.fixture
def full_text(page: Page, served: str) -> Page:
    """The full text with the search ready."""
    return open_search(page, f"{served}/2021/index.html")


def test_nothing_found_says_so(search: Page) -> None:
    ((links, said, _),) = ask(search, ["没有的字"])
    assert (links, said) == ([], "没有找到")
    assert search.get_by_role("status").get_by_text("没有找到").is_visible()


def test_the_match_is_marked_in_its_context_and_on_the_page_it_opens(search: Page) -> None:
    search.get_by_role("searchbox").fill("有备必审")
    result = search.locator("[data-search-results] a")
    assert result.locator("mark").inner_text() == "有备必审"
    search.keyboard.press("ArrowDown")
    assert search.locator(":focus").get_attribute("href") == "../2021/s1-2-3.html"
    search.keyboard.press("ArrowUp")
    assert search.locator(":focus").get_attribute("type") == "search"
    search.keyboard.press("Enter")
    search.wait_for_url("**/s1-2-3.html")
    assert marked(search) == ["有备必审"]


def test_a_match_across_a_heading_and_its_paragraph_is_marked_in_both(search: Page) -> None:
    search.get_by_role("searchbox").fill("审查。按照")
    search.keyboard.press("Enter")
    search.wait_for_url("**/s1-2-3.html")
    assert marked(search) == ["审查。", "按照"]


def test_escape_closes_the_results(search: Page) -> None:
    assert search.locator("[data-search-results]").is_visible()
    search.keyboard.press("Escape")
    assert not search.locator("[data-search-results]").is_visible()


def test_the_data_come_with_the_first_use_and_never_with_the_page(page: Page, served: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(served)))
    page.goto(f"{served}/2021/s1.html")
    page.wait_for_load_state("networkidle")
    assert sorted(asked) == ["/2021/s1.html", "/assets/item.css", "/assets/site.css", "/assets/site.js"]
    with page.expect_response("**/assets/words-2021.js"):
        page.get_by_role("searchbox").focus()
    needed = ["find.js", "look.js", "reports.js", "search.css", "search.js", "words-2021.js"]
    assert sorted(set(asked[4:]) - {"/assets/script.css", "/assets/uses.js"}) == [f"/assets/{name}" for name in needed]


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
    assert marked(search) == ["现将有关情况"]
    assert not search.locator("[data-search-results]").is_visible()
    search.get_by_role("searchbox").fill("新成效")
    search.keyboard.press("Enter")
    until(search, "(document.querySelector('article mark') || {}).textContent === '新成效'")
    assert search.locator("article mark").count() == 1


def test_the_results_close_when_the_focus_goes_on(search: Page) -> None:
    search.get_by_role("button", name="中", exact=True).focus()
    assert not search.locator("[data-search-results]").is_visible()


def test_a_result_on_an_items_own_page_is_marked_there_without_a_reload(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/s1-2-3.html")
    page.evaluate("window.same = true")
    page.get_by_role("searchbox").fill("有备必审")
    page.get_by_role("search").get_by_role("status").get_by_text("找到").wait_for()
    page.keyboard.press("Enter")
    assert marked(page) == ["有备必审"]
    assert page.evaluate("window.same")
    assert page.url == f"{served}/2021/s1-2-3.html"


def test_marks_of_an_earlier_search_leave_the_page_as_it_was(full_text: Page) -> None:
    nodes = """() => {
      const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT), found = [];
      while (walker.nextNode()) if (!walker.currentNode.parentNode.closest(".links")) found.push(walker.currentNode.data);
      return found;
    }"""
    before = full_text.evaluate(nodes)
    for words in ("的", "现将有关情况"):
        full_text.get_by_role("searchbox").fill(words)
        full_text.locator("[data-search-results] a[href*='#s0-p1']").click()
        full_text.locator("article mark").first.wait_for()
    full_text.evaluate(
        "document.querySelectorAll('article mark').forEach(mark => mark.replaceWith(...mark.childNodes))"
    )
    full_text.evaluate("document.querySelector('article').normalize()")
    assert full_text.evaluate(nodes) == before


def opened(page: Page) -> bool:
    return page.locator("[data-search-results]").is_visible()


def query(page: Page) -> str | None:
    """The search in the page's address."""
    asked: str | None = page.evaluate("new URLSearchParams(location.search).get('q')")
    return asked


@pytest.mark.parametrize("path", ["index.html", "2021/index.html", "2021/s1-2-3.html", "2021/terms.html"])
def test_an_address_opens_its_search(page: Page, served: str, path: str) -> None:
    page.goto(f"{served}/{path}?q=%E6%9C%89%E5%A4%87+%E5%BF%85%E5%AE%A1")
    page.get_by_role("search").get_by_role("status").get_by_text("找到1条").wait_for()
    assert page.get_by_role("searchbox").input_value() == "有备 必审"
    assert [link.rpartition("s1-2-3")[2] in ("", ".html") for link in links(page)] == [True]
    assert opened(page)


def test_an_address_opens_its_search_from_the_disk_too(page: Page, site: Path) -> None:
    page.goto((site / "2021/index.html").as_uri() + "?q=%E6%9C%89%E5%A4%87%E5%BF%85%E5%AE%A1")
    page.get_by_role("search").get_by_role("status").get_by_text("找到1条").wait_for()
    page.get_by_role("searchbox").fill("复议")
    until(page, "new URLSearchParams(location.search).get('q') === '复议'")
    page.locator("[data-search-results] a[href$='#s2']").or_(page.locator("[data-search-results] a")).first.click()
    page.locator("article mark").first.wait_for()
    assert query(page) is None
    page.go_back()
    until(page, "new URLSearchParams(location.search).get('q') === '复议'")
    page.get_by_role("search").get_by_role("status").get_by_text("找到").wait_for()


def test_the_address_follows_what_is_typed_and_the_history_does_not_grow(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/index.html?keep=1#s1-2-3")
    entries = page.evaluate("history.length")
    page.get_by_role("searchbox").press_sequentially("有备必审", delay=20)
    until(page, "new URLSearchParams(location.search).get('q') === '有备必审'")
    assert page.evaluate("new URLSearchParams(location.search).get('keep') + location.hash") == "1#s1-2-3"
    page.get_by_role("searchbox").fill("")
    until(page, "location.search === '?keep=1'")
    assert page.evaluate("location.hash") == "#s1-2-3"
    assert page.evaluate("history.length") == entries


def test_back_from_a_result_restores_the_search_and_its_place(page: Page, served: str) -> None:
    """Without the browser's own cache of pages, which is not used where requests are routed."""
    entries: list[Entry] = [(f"s{n}", f"{n}", "甲", "推进法治建设。") for n in range(1, 251)]
    give(page, {"2021": entries})
    page.goto(f"{served}/2021/s2-1.html")
    page.evaluate("window.same = true")
    assert len(type_into(page, "法治")) == 100
    page.get_by_role("button", name="再显示100条").click()
    chosen = page.locator("[data-search-results] a").nth(130)
    chosen.evaluate("link => link.href = link.href.replace('s131.', 's1-1-1.')")
    chosen.click()
    page.wait_for_url("**/2021/s1-1-1.html")
    page.go_back()
    page.wait_for_url("**/2021/s2-1.html?q=*")
    page.get_by_role("search").get_by_role("status").get_by_text("找到250条").wait_for()
    assert page.evaluate("window.same") is None, "the page was loaded anew"
    assert page.get_by_role("searchbox").input_value() == "法治"
    assert len(links(page)) == 200
    until(page, "document.activeElement.href && document.activeElement.href.endsWith('/2021/s131.html')")
    seen = "e => { const b = e.getBoundingClientRect(), p = e.closest('.results').getBoundingClientRect();"
    assert page.locator(":focus").evaluate(f"{seen} return b.top >= p.top && b.bottom <= p.bottom }}")


def test_back_from_a_result_on_the_same_page_restores_the_search(full_text: Page) -> None:
    full_text.evaluate("window.same = true")
    assert type_into(full_text, "有备必审") == ["../2021/index.html#s1-2-3"]
    full_text.keyboard.press("Enter")
    full_text.wait_for_url("**/2021/index.html#s1-2-3")
    assert marked(full_text, "#s1-2-3") == ["有备必审"]
    seen = "e => e.getBoundingClientRect().top >= 0 && e.getBoundingClientRect().bottom <= innerHeight"
    assert full_text.locator("#s1-2-3 mark").evaluate(seen)
    assert full_text.evaluate("document.activeElement === document.body"), "keys act on the page again"
    full_text.go_back()
    full_text.get_by_role("status").get_by_text("找到1条").wait_for()
    assert query(full_text) == "有备必审"
    assert opened(full_text)
    full_text.go_forward()
    full_text.wait_for_url("**/2021/index.html#s1-2-3")
    assert not opened(full_text)
    assert full_text.evaluate("window.same")


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("2021/index.html", "../2021/index.html#s1-2-3"),
        ("2021/s1-2-3.html", "../2021/s1-2-3.html"),
        ("2021/edition.html", "../2021/s1-2-3.html"),
        ("index.html", "2021/s1-2-3.html"),
    ],
)
def test_results_stay_on_the_full_text_and_lead_elsewhere_to_items(
    page: Page, served: str, path: str, leads: str
) -> None:
    page.goto(f"{served}/{path}")
    assert type_into(page, "有备必审") == [leads]


def test_the_words_of_the_place_that_was_chosen_are_brought_into_view(full_text: Page) -> None:
    type_into(full_text, "法治")
    last = full_text.locator("[data-search-results] a").last
    address = (last.get_attribute("href") or "").partition("#")[2]
    last.click()
    seen = "e => e.getBoundingClientRect().top >= 0 && e.getBoundingClientRect().bottom <= innerHeight"
    assert full_text.locator(f"#{address} mark").first.evaluate(seen)


def test_escape_returns_to_where_one_was(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/index.html")
    link = page.locator("#s2-1 a").first
    link.focus()
    place = page.evaluate("scrollY")
    assert place > 500
    page.keyboard.press("/")
    until(page, "document.activeElement.type === 'search'")
    type_into(page, "有备必审")
    until(page, "location.search !== ''")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert link.evaluate("link => link === document.activeElement")
    assert page.evaluate("scrollY") == place
    assert not opened(page)
    assert page.get_by_role("searchbox").input_value() == ""
    assert page.evaluate("location.search") == ""


def test_on_narrow_pages_the_text_stays_where_it_is_while_one_types(page: Page, served: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{served}/2021/index.html")
    page.evaluate("document.getElementById('s1-2-3').scrollIntoView()")
    place = page.evaluate("scrollY")
    with page.expect_response("**/search.js"):
        page.mouse.click(320, 22)
    page.wait_for_function("document.documentElement.style.scrollPaddingTop")
    page.keyboard.type("有备必审", delay=50)
    until(page, "location.search !== ''")
    assert page.evaluate("scrollY") == place
    page.keyboard.press("Enter")
    until(page, "location.search === '' && document.querySelector('#s1-2-3 mark')")
    bar = page.locator(".banner").bounding_box()
    heading = page.locator("#s1-2-3 > :first-child").bounding_box()
    assert bar
    assert heading
    assert heading["y"] >= bar["height"]


def test_the_status_is_in_the_tree_from_the_start_and_says_the_number(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/index.html")
    status = page.get_by_role("search").get_by_role("status")  # what is hidden has no role
    assert status.count() == 1
    node = status.element_handle()
    type_into(page, "有备必审")
    assert status.inner_text() == "找到1条"
    assert status.evaluate("(e, before) => e === before", node)
    assert page.locator(".results").inner_text().startswith("找到1条")


def test_a_hundred_results_are_shown_and_all_on_asking(page: Page, served: str) -> None:
    give(page, {"2021": [(f"s{n}", f"{n}", "甲", "推进法治建设。") for n in range(1, 251)]})
    page.goto(f"{served}/2021/s1.html")
    assert len(type_into(page, "法治")) == 100
    assert page.get_by_role("search").get_by_role("status").inner_text() == "找到250条"
    for name, shown in (("再显示100条", 200), ("再显示50条", 250)):
        page.get_by_role("button", name=name).click()
        assert len(links(page)) == shown
        assert page.locator(":focus").inner_text().startswith(str(shown // 2 + 1 if shown == 200 else 201))
    assert page.get_by_role("button", name="再显示").count() == 0
    assert len(set(links(page))) == 250


YEARS: dict[str, list[Entry]] = {
    year: [("s1", "一", "一、总体", f"{year}年推进法治建设。")] for year in ("2023", "2022", "2021")
}


def test_the_pages_own_report_is_read_first_then_the_newest_and_results_appear_as_they_come(
    page: Page, served: str
) -> None:
    give(page, YEARS, pieces=1)
    held: list[Route] = []
    page.route("**/assets/bundle-*.js", lambda route: held.append(route))
    page.goto(f"{served}/2021/s1.html")
    page.get_by_role("searchbox").fill("法治")
    said, status = page.locator(".said"), page.get_by_role("search").get_by_role("status")
    bundles = ["bundle-3.js", "bundle-2.js"]  # filled from the oldest report on; the third report is the page's own
    for seen, found in ((1, ["2021"]), (2, ["2021", "2023"])):
        said.get_by_text(f"找到{seen}条，已查 {seen}/3 份…", exact=True).wait_for()
        assert links(page) == [f"../{year}/s1.html" for year in found]
        assert status.inner_text() == "正在查找…", "not each number on the way"
        page.wait_for_timeout(100)
        assert [route.request.url.rpartition("/")[2] for route in held] == bundles
        held[seen - 1].fallback()
    status.get_by_text("找到3条").wait_for()
    years = ["2021", "2023", "2022"]
    assert links(page) == [f"../{year}/s1.html" for year in years]
    assert page.locator("[data-search-results] p").all_inner_texts() == [f"{year}年度报告" for year in years]


def test_what_cannot_be_had_is_said_and_asked_for_again(browser: Browser, served: str) -> None:
    with browser.new_page() as page:
        give(page, YEARS, withheld=["bundle-3.js"], pieces=1)
        page.goto(f"{served}/2021/s1.html")
        page.get_by_role("searchbox").fill("法治")
        page.get_by_role("search").get_by_role("status").get_by_text("找到2条，1份没有载入").wait_for()
        assert links(page) == ["../2021/s1.html", "../2022/s1.html"]
        give(page, YEARS, pieces=1)
        page.get_by_role("button", name="重试").click()
        page.get_by_role("search").get_by_role("status").get_by_text("找到3条").wait_for()
        assert links(page) == [f"../{year}/s1.html" for year in ("2021", "2023", "2022")]
        assert page.get_by_role("button", name="重试").count() == 0


@pytest.mark.parametrize(
    "name", ["find.js", "look.js", "mark.js", "reports.js", "words-2021.js", "search.js", "uses.js", "search.css"]
)
def test_after_a_failure_the_next_letter_tries_again(browser: Browser, served: str, name: str) -> None:
    with browser.new_page() as page:
        page.route(f"**/assets/{name}", lambda route: route.abort())
        page.goto(f"{served}/2021/s1-2-3.html")
        page.get_by_role("searchbox").fill("有备")
        if name not in ("mark.js", "search.css"):
            page.get_by_role("search").get_by_role("status").get_by_text("没有载入").wait_for()
        page.wait_for_timeout(200)
        page.unroute_all()
        page.get_by_role("searchbox").press_sequentially("必审")
        page.get_by_role("search").get_by_role("status").get_by_text("找到1条").wait_for()
        page.locator("[data-search-results] a").wait_for()
        page.keyboard.press("Enter")
        assert marked(page) == ["有备必审"]


@pytest.mark.parametrize("late", ["uses.js", "search.js", "find.js", "look.js", "words-2021.js"])
def test_what_is_typed_before_the_search_is_there_counts(page: Page, served: str, late: str) -> None:
    held: list[Route] = []
    page.route(f"**/assets/{late}", lambda route: held.append(route), times=1)
    page.goto(f"{served}/2021/s2-1.html")
    page.get_by_role("searchbox").press_sequentially("有备必审")
    if late != "uses.js":  # which tells how it stands with the others
        page.get_by_role("search").get_by_role("status").get_by_text("正在载入…", exact=True).wait_for()
    page.keyboard.press("Enter")
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    page.wait_for_url("**/2021/s1-2-3.html")
    assert marked(page) == ["有备必审"]


def test_what_led_to_a_page_is_marked_there_however_late_a_script_comes(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/s2-1.html")
    type_into(page, "有备必审")
    held: list[Route] = []
    page.route("**/assets/find.js", lambda route: held.append(route))
    page.keyboard.press("Enter")
    page.wait_for_url("**/2021/s1-2-3.html", wait_until="commit")
    while not held:
        page.wait_for_timeout(20)
    page.wait_for_timeout(300)
    held[0].continue_()
    assert marked(page) == ["有备必审"]


def test_the_first_slash_leads_to_the_search_and_nowhere_else(page: Page, served: str) -> None:
    """What a browser does with the key itself comes at once, whenever the script is there."""
    held: list[Route] = []
    page.route("**/assets/keys.js", lambda route: held.append(route))
    page.route("**/assets/search.js", lambda route: held.append(route))
    page.goto(f"{served}/2021/s1.html")
    page.evaluate("addEventListener('keydown', event => { window.left = event.defaultPrevented })")
    page.keyboard.press("/")
    assert page.evaluate("window.left && document.activeElement.type") == "search"
    page.keyboard.type("/法")
    assert page.get_by_role("searchbox").input_value() == "/法"
    page.get_by_role("searchbox").blur()
    page.evaluate("localStorage.setItem('edition.keys', 'off')")
    page.keyboard.press("/")
    assert page.evaluate("[window.left, document.activeElement.localName]") == [False, "body"]


def test_marks_stand_in_words_that_are_inline_neighbours(page: Page, served: str) -> None:
    """A number, a heading and a paragraph in one line, with a note's empty mark and its text between the words."""
    page.goto(f"{served}/2021/s1-2-3.html")
    page.evaluate(
        """() => { document.querySelector("article").innerHTML = `<section id="s1-2-3"><h1><span>3.</span>加强备案<wbr>审查。
        </h1><p>按<a data-apparatus="" href="#n1"></a>照<sup data-apparatus="">〔1〕</sup>要求。</p>
        <p data-apparatus="">3.加强备案审查。按照</p></section>` }"""
    )
    page.evaluate("sessionStorage.setItem('kept', document.querySelector('article').innerHTML)")
    give(page, {"2021": [("s1-2-3", "一（二）3", "3.加强备案审查。", "按照要求。")]})
    assert type_into(page, "3.加强备案审查。按照") == ["../2021/s1-2-3.html"]
    page.keyboard.press("Enter")
    assert marked(page) == ["3.", "加强备案", "审查。", "按", "照"]
    type_into(page, "没有的字")
    page.get_by_role("searchbox").fill("一（二）3")
    page.get_by_role("search").get_by_role("status").get_by_text("找到1条").wait_for()
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('article').innerHTML === sessionStorage.getItem('kept')")


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
    """How often parts of the search ran: for its data, for a hundred results, all marks, and all marks again."""
    entries = [(f"s0-p{n + 1}", "", "", SENTENCE * 10) for n in range(paragraphs)]
    entries += [(f"s{n + 1}", "", "甲", SENTENCE * 10) for n in range(paragraphs)]
    give(page, {"2021": entries})
    page.goto("about:blank")
    profiler = page.context.new_cdp_session(page)
    profiler.send("Profiler.enable")
    profiler.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": True})
    page.goto(f"{served}/2021/index.html")
    page.evaluate(GROW, paragraphs)
    for _ in range(2):
        page.get_by_role("searchbox").fill("的")
        page.get_by_role("search").get_by_role("status").get_by_text(f"找到{2 * paragraphs}条").wait_for()
        page.locator("[data-search-results] a[href*='#s0-p1']").first.click()
    assert len(marked(page)) == 40 * paragraphs
    scripts = profiler.send("Profiler.takePreciseCoverage")["result"]
    parts = [part for script in scripts for part in script["functions"] if is_search(script["url"])]
    return sum(part["count"] for function in parts for part in function["ranges"])


def is_search(address: str) -> bool:
    """Whether a script is one of the search's own."""
    return address.rpartition("/")[2] in ("search.js", "look.js", "find.js", "mark.js")
