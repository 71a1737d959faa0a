"""The pages beside the reports, however many of these there are: what they weigh, what they list, where they lead."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest
from playwright.sync_api import Browser, Page

import build
from sitegen.model.shelf import FEW, Issuer
from sitegen.problems import Problems
from sitegen.render.assets import render_assets
from sitegen.render.shelf import render_shelf
from sitegen.render.term_pages import are_many
from tests.conftest import ROOT, copy_sample, serving
from tests.shelves import TERMS, Shelf, Terms, dead_links, shelf_of
from tests.test_neighbours import links
from tests.test_reading import tool

LETTERS = "abcdefghjklmnopqrstwxyz"
THOUSAND = 1000
SHAPES = {
    "one": lambda count: ["武汉市汉阳区人民政府"] * count,
    "ten": lambda count: [f"武汉市{'一二三四五六七八九十'[number % 10]}区人民政府" for number in range(count)],
    "each": lambda count: [f"武汉市{chr(0x4E00 + number)}自治县人民政府" for number in range(count)],
    "unknown": lambda count: [""] * count,
}


def shared(_: int, term: int) -> tuple[str, str]:
    """All reports have the same terms, spread over the alphabet."""
    return f"行政{chr(0x4E00 + term)}制度", f"{LETTERS[term % len(LETTERS)]}ing{chr(97 + term // len(LETTERS))} zhidu"


def distinct(report: int, term: int) -> tuple[str, str]:
    """No report has a term of another."""
    text, pinyin = shared(report, term)
    return f"{text}{report}", f"{pinyin} {letters(report)}"


def in_one_letter(report: int, term: int) -> tuple[str, str]:
    """No report has a term of another, and all begin with X."""
    return f"行政{chr(0x4E00 + term)}制度{report}", f"xing{letters(term)} {letters(report)}"


def of_one_pinyin(report: int, term: int) -> tuple[str, str]:
    """In no two reports is a term the same, in all its pinyin is, and it is long."""
    return f"行政{chr(0x4E00 + term)}制度{report}", f"xing{letters(term)} {'zhengfuxinxigongkai ' * 3}zhidu"


def letters(number: int) -> str:
    return "".join(chr(97 + number // 26**place % 26) for place in range(3))


# Weight


@pytest.mark.parametrize("shape", SHAPES)
def test_the_first_page_of_a_thousand_reports_stays_light_and_all_are_reached_from_it(shape: str) -> None:
    shelf = shelf_of(SHAPES[shape](THOUSAND))
    assert shelf.sizes["index.html"] < 60_000
    assert max(shelf.sizes.values()) < 200_000
    assert dead_links(shelf) == []
    assert {f"{report.id}/index.html" for report in shelf.reports} <= reached(shelf)


@pytest.mark.parametrize("count", [1, 2, FEW, FEW + 1, 12, 59, 60, 61, 100])
@pytest.mark.parametrize("shape", SHAPES)
def test_of_any_number_of_reports_all_are_reached(shape: str, count: int) -> None:
    shelf = shelf_of(SHAPES[shape](count))
    assert shelf.sizes["index.html"] < 60_000
    assert dead_links(shelf) == []
    assert {f"{report.id}/index.html" for report in shelf.reports} <= reached(shelf)


def test_long_titles_and_contents_leave_the_first_page_light() -> None:
    """60 issuers of two reports are the most that it lists one by one."""
    shelf = shelf_of([f"{'某' * 40}{number % 60}" for number in range(120)])
    entries = [replace(report.entry, title="题" * 80) for report in shelf.reports]
    entries[0] = replace(entries[0], outline=entries[0].outline * 12)
    assert len(entries[0].outline) > 60_000
    reports = [replace(report, entry=entry) for report, entry in zip(shelf.reports, entries, strict=True)]
    pages = {page.path: page.html for page in render_shelf(shelf.renderer, reports, Problems())}
    assert len(pages["index.html"].encode()) < 60_000
    assert entries[0].outline not in pages["index.html"]
    assert entries[0].outline in pages[Issuer(entries[0].issuer, ()).page]


def reached(shelf: Shelf) -> set[str]:
    """The paths that links lead to from index.html, over any page of the shelf."""
    texts = {page.path: page.html for page in shelf.pages}
    seen, waiting = {"index.html"}, ["index.html"]
    while waiting:
        path = waiting.pop()
        for link in re.findall(r'<a [^>]*?href="([^"#:]+)', texts.get(path, "")):
            target = normpath(join(dirname(path), link))
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


# What it lists


def test_of_few_reports_each_is_shown_with_its_contents_and_of_more_the_newest() -> None:
    for count, shown in ((1, 1), (2, 2), (FEW, FEW), (FEW + 1, 1), (12, 1)):
        shelf = shelf_of(SHAPES["one"](count))
        html = shelf.page("index.html")
        assert html.count('<nav aria-label="目录') == shown
        assert html.index('href="r0000/index.html#s1-1-1"') > 0
        assert ('<ul class="ways">' in html.partition("全部报告")[2]) is False
        assert [path for path in shelf.sizes if path.startswith("issuer")] == []


def test_reports_are_listed_by_issuer_and_year_and_each_issuer_has_a_page(tmp_path: Path) -> None:
    site = write(shelf_of(SHAPES["ten"](100)), tmp_path)
    html = (site / "index.html").read_text("utf-8")
    headed = links(site, "index.html", "h3")
    issuers = [(href or "", name) for href, name in headed]
    assert all(re.fullmatch(r"issuer-[0-9a-f]{12}\.html", page) for page, _ in issuers)
    assert sorted(name for _, name in issuers) == sorted(set(SHAPES["ten"](10)))
    assert re.findall('<p class="extent">(.*?)</p>', html) == ["10份，2015—2024年"] * 10
    listed = [name for _, name in links(site, "index.html", "div[@class='listed']")]
    assert listed[:7] == [f"{year}{issuers[0][1]}{year}年度法治政府建设工作报告" for year in range(2024, 2018, -1)] + [
        "全部10份"
    ]
    for page, name in issuers:
        own = (site / page).read_text("utf-8")
        assert f"<title>{name} · " in own
        assert own.count('<nav aria-label="目录') == 1
        assert len(links(site, page, "div[@class='listed']")) == 10
        assert ("index.html", "全部报告") in links(site, page, "nav[@aria-label='位置']")


def test_issuers_stand_in_the_order_of_their_pinyin_as_far_as_characters_tell_it_and_unknown_ones_last() -> None:
    names = ["", "武汉市", "北京市", "重庆市", "广州市", "深圳市", "上海市", "亳州市"]
    html = shelf_of([*names, *names]).page("index.html")
    found = [re.sub("<.*?>", "", heading) for heading in re.findall(r"<h3>(.*?)</h3>", html)]
    assert found == ["北京市", "广州市", "上海市", "深圳市", "武汉市", "重庆市", "亳州市", "未注明发布机关"]


def test_too_many_issuers_have_a_list_of_their_own_and_the_first_page_the_newest_reports(tmp_path: Path) -> None:
    issuers = [f"{chr(0x4E00 + number)}县人民政府" for number in range(70)]
    site = write(shelf_of([*issuers, *issuers[:2]]), tmp_path)
    assert len(links(site, "index.html", "div[@class='listed']")) == 61
    assert links(site, "index.html", "div[@class='listed']")[-1] == ("issuers.html", "全部72份")
    listed = links(site, "issuers.html", "nav[@aria-label='发布机关']")
    assert sorted(name for _, name in listed) == sorted(issuers)
    ways = {name: href for href, name in listed}
    assert ways[issuers[0]] == Issuer(issuers[0], ()).page
    assert ways[issuers[5]] == "r0005/index.html", "an issuer of one report leads to it"
    assert sum(path.name.startswith("issuer-") for path in site.iterdir()) == 2


def test_an_issuers_page_stays_at_its_address_whatever_comes_before_and_behind_it() -> None:
    names = SHAPES["ten"](12)
    before = {path for path in shelf_of(names).sizes if path.startswith("issuer-")}
    assert len(before) == 2, "those of two reports"
    for more in (["甲区"] * 3 + names, names + ["乙区"] * 3, names + SHAPES["each"](500), SHAPES["one"](500) + names):
        assert before <= set(shelf_of(more).sizes)


def test_issuers_whose_names_sound_alike_have_a_page_each() -> None:
    names = ["汉阳区", "汉扬区", "漢陽區", "汉阳 区"]
    shelf = shelf_of(names * 2)
    assert len([path for path in shelf.sizes if path.startswith("issuer-")]) == 4
    assert all(re.fullmatch(r"[a-z0-9.-]+", path) for path in shelf.sizes)


# The terms of all reports


@pytest.mark.parametrize(
    ("shape", "terms"),
    [("one", shared), ("each", shared), ("each", distinct), ("one", in_one_letter), ("each", of_one_pinyin)],
)
def test_the_terms_of_a_thousand_reports_stand_in_pages_that_stay_light(shape: str, terms: Terms) -> None:
    shelf = shelf_of(SHAPES[shape](THOUSAND), terms, by_letter=True)
    sizes = {path: size for path, size in shelf.sizes.items() if path.startswith("terms")}
    assert max(sizes.values()) < 200_000
    assert dead_links(shelf) == []
    assert set(sizes) <= reached(shelf)
    mentioned = [link for page in shelf.pages for link in re.findall(r'<a href="(r\d+/terms\.html#[^"]+)"', page.html)]
    assert len(mentioned) == THOUSAND * TERMS == len(set(mentioned)), "every report's every term, once"


def test_the_terms_of_few_reports_stand_on_one_page_and_of_many_on_one_a_letter(tmp_path: Path) -> None:
    few = shelf_of(SHAPES["one"](3), shared)
    assert [path for path in few.sizes if path.startswith("terms")] == ["terms.html"]
    assert dead_links(few) == []
    many = write(shelf_of(SHAPES["one"](30), shared, by_letter=True), tmp_path)
    pages = [f"terms-{letter}.html" for letter in LETTERS]
    assert sorted(path.name for path in many.glob("terms*")) == sorted(["terms.html", *pages])
    assert [href for href, _ in links(many, "terms.html", "nav[@aria-label='音序']")] == pages
    contents = links(many, "terms-x.html", "nav[@aria-label='目录']")
    assert [name for _, name in contents] == list(LETTERS.upper())
    assert [href for href, _ in links(many, "terms-x.html", "nav[@aria-label='前后页']")] == [
        "terms-w.html",
        "terms-y.html",
    ]


def test_a_letter_of_too_many_terms_goes_on_in_pages_that_it_names_by_what_they_hold(tmp_path: Path) -> None:
    site = write(shelf_of(SHAPES["one"](THOUSAND), shared, by_letter=True), tmp_path)
    parts = links(site, "terms-x.html", "nav[@aria-label='目录']")[len(LETTERS) :]
    assert [href for href, _ in parts] == ["terms-x.html", "terms-x-2.html"]
    last, first = parts[0][1].rpartition("—")[2], parts[1][1].partition("—")[0]
    assert last == first, "a term of a thousand reports goes on on the next page"
    assert f"<dt>{first}（续）</dt>" in (site / "terms-x-2.html").read_text("utf-8")
    assert ("terms-x-2.html", parts[1][1]) in links(site, "terms.html", "nav[@aria-label='音序']")


def test_a_term_that_others_call_otherwise_is_found_under_each_letter(tmp_path: Path) -> None:
    """重庆 may be spelled as it never is said, and a link from a report leads to the letter that it has there."""

    def terms(report: int, term: int) -> tuple[str, str]:
        if term:
            return shared(report, term)
        return [("重庆", "chongqing"), ("重庆", "zhongqing"), ("渝", "yu")][report % 3]

    site = write(with_variants(shelf_of(SHAPES["one"](9), terms, by_letter=True), "重庆"), tmp_path)
    [(_, id)] = re.findall(r'<div id="(r0000-(t-chongqing))">', (site / "terms-c.html").read_text("utf-8"))
    for page in ("terms-z.html", "terms-y.html"):
        assert (f"terms-c.html#r0000-{id}", "重庆") in links(site, page, "dl")


def with_variants(shelf: Shelf, text: str) -> Shelf:
    """The same, but that in all reports the first term has another form."""
    reports = []
    for report in shelf.reports:
        first, *others = report.mentions
        reports.append(replace(report, mentions=(replace(first, variants=(text,)), *others)))
    return Shelf(reports, shelf.renderer, render_shelf(shelf.renderer, reports, Problems()))


def test_terms_have_a_page_a_letter_from_a_number_on_that_leaves_one_page_light() -> None:
    """Terms as short as they can be, of which the page makes the most."""
    lines = [f"  - {{term: {chr(0x4E00 + number)}, pinyin: {letters(number)}}}\n" for number in range(200)]
    folder = {"terms.yaml": ("groups:\n 甲:\n" + "".join(lines)).encode()}
    most = next(count for count in range(1, 99) if are_many([folder] * (count + 1)))

    def terms(report: int, term: int) -> tuple[str, str]:
        number = report * TERMS + term
        return f"{chr(0x4E00 + number)}", letters(number)

    reports = most * len(lines) // TERMS
    one_page = shelf_of(SHAPES["each"](reports), terms)
    assert 50_000 < one_page.sizes["terms.html"] < 200_000
    assert are_many([{}, {"terms.yaml": None}]) is False


# As readers meet them


def write(shelf: Shelf, folder: Path) -> Path:
    """The pages of a shelf as a folder, without the reports."""
    static = {path.name: path.read_bytes() for path in (ROOT / "static").iterdir()}
    files = {page.path: page.html.encode() for page in shelf.pages} | render_assets(static, Problems())
    for path, data in files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Shelves of a hundred reports by as many issuers, and by two with many terms."""
    two = ["武汉市汉阳区人民政府", "武汉市江岸区人民政府"] * 50
    shelves = {"each": shelf_of(SHAPES["each"](100)), "two": shelf_of(two, distinct, by_letter=True)}
    return {name: write(shelf, tmp_path_factory.mktemp(name)) for name, shelf in shelves.items()}


def pages_of(folders: dict[str, Path]) -> Iterator[Path]:
    yield from (folders["each"] / name for name in ("index.html", "issuers.html"))
    yield from (folders["two"] / name for name in ("index.html", "terms.html", "terms-x.html"))
    yield next(folders["two"].glob("issuer-*.html"))


@pytest.fixture(scope="module")
def addresses(folders: dict[str, Path]) -> Iterator[list[str]]:
    """Those of their pages on a server of this machine, from which a checker may read styles."""
    root = Path(os.path.commonpath([*folders.values()]))
    with serving(root) as at:
        yield [f"{at}/{path.relative_to(root).as_posix()}" for path in pages_of(folders)]


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(page: Page, addresses: list[str], width: int) -> None:
    axe = tool("axe-core/axe.min.js").read_text("utf-8")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    page.set_viewport_size({"width": width, "height": 800})
    for address in addresses:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        page.evaluate(axe)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
            found = page.evaluate("rules => axe.run({ runOnly: rules })", tags)
            told = [f"{each['id']}: {node['html']}" for each in found["violations"] for node in each["nodes"]]
            assert told == [], (address, scheme)
            assert found["passes"]


def test_the_nu_html_checker_finds_no_error(folders: dict[str, Path]) -> None:
    jar = tool("vnu-jar/build/dist/vnu.jar", "java")
    command = ["java", "-jar", str(jar), "--errors-only", "--format", "json", "--stdout", "--exit-zero-always"]
    done = subprocess.run([*command, *map(str, pages_of(folders))], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["messages"] == []


@pytest.mark.parametrize("size", ["1", "4"])
def test_no_page_scrolls_sideways(page: Page, folders: dict[str, Path], size: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    for path in pages_of(folders):
        page.goto(path.as_uri())
        page.evaluate("size => localStorage.setItem('edition.size', size)", size)
        page.reload()
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path.name


def test_all_that_is_touched_is_large_enough(browser: Browser, folders: dict[str, Path]) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = context.new_page()
    for path in pages_of(folders):
        page.goto(path.as_uri())
        heights = page.locator("main a, .initials a, main summary").evaluate_all(
            "all => all.map(each => each.getBoundingClientRect().height)"
        )
        assert len(heights) > 3, path
        assert min(heights) >= 44, path
    context.close()


def test_the_list_of_reports_works_without_script_and_leads_where_it_says(page: Page, folders: dict[str, Path]) -> None:
    page.goto((folders["two"] / "index.html").as_uri())
    page.get_by_role("link", name="武汉市江岸区人民政府", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "武汉市江岸区人民政府"
    page.get_by_role("navigation", name="位置").get_by_role("link", name="全部报告").click()
    page.get_by_role("link", name="历年术语").click()
    page.get_by_role("navigation", name="音序").get_by_role("link").last.click()
    page.wait_for_url("**/terms-z*.html")


# A real build


def test_a_dozen_reports_are_built_listed_and_joined(tmp_path: Path) -> None:
    """All links are followed by the build."""
    copy_sample(tmp_path, 12)
    for number, index in enumerate(sorted(tmp_path.glob("content/*/index.md"))):
        text = index.read_text("utf-8").replace("year: 2021", f"year: {2024 - number // 2}")
        index.write_text(text.replace("issuer: 武汉", "issuer: 鄂" if number % 2 else "issuer: 武汉"), "utf-8")
    files = build.make(tmp_path)
    assert len(files["index.html"]) < 60_000
    assert sum(path.startswith("issuer-") for path in files) == 2
    assert '<a href="../terms-x.html">历年</a>' in files["r0001/terms.html"].decode()
    assert '<a href="r0001/terms.html#t-xingzheng-fuyi">2024</a>' in files["terms-x.html"].decode()
