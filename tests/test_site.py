"""The sample's site: its addresses, its outputs, and its markup where others rely on it."""

import hashlib
import re
from posixpath import dirname, join, normpath
from xml.etree import ElementTree

import pytest

from tests.conftest import ROOT, SAMPLE, edition_of

PARTS = {"s1": (5, 3), "s2": (6, 0)}  # sections in each part, items in each section
ADDRESSES = [
    address
    for part, (sections, items) in PARTS.items()
    for address in [
        part,
        *(
            inner
            for section in range(1, sections + 1)
            for inner in [f"{part}-{section}", *(f"{part}-{section}-{item}" for item in range(1, items + 1))]
        ),
    ]
]
CONTENT = SAMPLE / "content/2021"


def tree(files: dict[str, bytes], path: str) -> ElementTree.Element:
    return ElementTree.fromstring(files[path].decode())


def ids(root: ElementTree.Element) -> list[str]:
    return [id for element in root.iter() if (id := element.get("id"))]


def test_the_source_is_the_capture_byte_for_byte() -> None:
    data = (CONTENT / "source.txt").read_bytes()
    assert len(data) == 11_623
    assert hashlib.sha256(data).hexdigest() == "f9aee5bfc4e3d828766b16b3c4119530ec5b61e45c9d765bb24e02b5464e3022"


def test_the_report_has_14_files_named_after_their_addresses() -> None:
    names = sorted(path.name for path in CONTENT.glob("*.md"))
    assert len(names) == 14
    addresses = [f"s{found[0]}" for name in names if (found := re.match(r"\d+(-\d+)?(?=-[a-z])", name))]
    assert sorted(addresses) == [address for address in ADDRESSES if address.count("-") < 2]


def test_the_28_addresses_stand_once_on_the_full_text_and_on_the_pages_that_hold_them(files: dict[str, bytes]) -> None:
    assert len(ADDRESSES) == 28
    assert [item.id for item in edition_of(SAMPLE, "2021").report.walk()] == ADDRESSES
    full = ids(tree(files, "2021/index.html"))
    assert [id for id in full if re.fullmatch(r"s[1-9][\d-]*", id)] == ADDRESSES
    assert {"s0", "s0-p1", "s1-2-3-p1", "s2-p1", "s2-p2"} <= set(full)
    for address in ADDRESSES:
        found = [id for id in ids(tree(files, f"2021/{address}.html")) if re.fullmatch(r"s[\d-]*", id)]
        assert found == [each for each in ADDRESSES if f"{each}-".startswith(f"{address}-")]


def test_paragraphs_keep_their_address_on_every_page(files: dict[str, bytes]) -> None:
    full = ids(tree(files, "2021/index.html"))
    for address in ADDRESSES:
        paragraphs = [id for id in ids(tree(files, f"2021/{address}.html")) if "-p" in id]
        assert paragraphs == [id for id in full if "-p" in id and f"{id}-".startswith(f"{address}-")]


def test_the_outputs_are_those_of_the_design(files: dict[str, bytes]) -> None:
    assets = {path for path in files if path.startswith("assets/")}
    apparatus = {"edition.html", "collation.html", "figures.html", "terms.html", "figures.csv", "report.xml"}
    report = {"index.html", "report.json", "report.txt", *(f"{address}.html" for address in ADDRESSES)} | apparatus
    assert set(files) - assets == {"index.html", "404.html", "robots.txt", ".nojekyll"} | {f"2021/{x}" for x in report}
    assert assets


def test_every_link_and_fragment_resolves(files: dict[str, bytes]) -> None:
    """An independent look, beside the check in the build."""
    followed = 0
    for path in files:
        if not path.endswith(".html"):
            continue
        for link in re.findall(r'(?:href|src)="([^"]*)"', files[path].decode()):
            if re.match(r"https?:|data:", link):
                continue
            target, _, fragment = link.partition("#")
            target = normpath(join(dirname(path), target)) if target else path
            assert target in files, (path, link)
            assert not target.endswith("/")
            if fragment:
                assert f'id="{fragment}"' in files[target].decode(), (path, link)
            followed += 1
    assert followed > 900


@pytest.mark.parametrize("address", ["index", *ADDRESSES])
def test_headings_begin_with_one_h1_and_follow_the_levels(files: dict[str, bytes], address: str) -> None:
    root = tree(files, f"2021/{address}.html")
    assert root.get("lang") == "zh-CN"
    article = next(root.iter("article"))
    ranks = [int(element.tag[1]) for element in root.iter() if re.fullmatch(r"h[1-6]", element.tag)]
    assert ranks[0] == 1
    assert ranks.count(1) == 1
    top = 0 if address == "index" else address.count("-")
    for section in article.iter("section"):
        heading, *rest = section
        assert heading.tag == f"h{section.attrib['id'].count('-') - top + (2 if address == 'index' else 1)}"
        own = [link.get("href") for link in heading.iter("a") if link.get("role") != "doc-noteref"]
        assert own == [], "a self-link stands outside the heading"
        handles = [link.get("href") for link in section.findall("a[@class='handle']")]
        assert handles == [f"#{section.attrib['id']}"]
        assert all(child.tag != heading.tag for child in rest)


def test_contents_breadcrumbs_and_neighbours(files: dict[str, bytes]) -> None:
    for before, address in zip(("", *ADDRESSES), ADDRESSES, strict=False):
        root = tree(files, f"2021/{address}.html")
        contents = root.find(".//nav[@aria-label='目录']")
        assert contents is not None
        current = [a.get("href") for a in contents.iter("a") if a.get("aria-current") == "page"]
        assert current == [f"{address}.html"]
        assert [a.get("href") for a in contents.iter("a")] == [
            *(f"{each}.html" for each in ("index", "figures", "terms", "edition", *ADDRESSES)),
        ]
        trail = [a.get("href") for a in root.findall(".//nav[@aria-label='位置']//li/a")]
        numbers = address.split("-")
        above = ["-".join(numbers[: end + 1]) + ".html" for end in range(len(numbers))]
        assert trail == ["../index.html", "index.html", *above]
        assert root.find(f".//nav[@aria-label='位置']/a[@href='index.html#{address}']") is not None
        previous = [a.get("href") for a in root.iter("a") if a.get("rel") == "prev"]
        assert previous == ([f"{before}.html"] if before else [])


def test_the_contents_leave_out_a_titles_own_full_stop(files: dict[str, bytes]) -> None:
    root = tree(files, "2021/index.html")
    contents = root.find(".//nav[@aria-label='目录']")
    assert contents is not None
    titles = ["".join(a.itertext()) for a in contents.iter("a")]
    assert "3.加强备案审查" in titles
    assert not [title for title in titles if title.endswith("。")]
    headings = ["".join(h.itertext()) for h in root.iter("h4")]
    assert "3.加强备案审查。" in headings
    assert "2.以纠纷化解促进社会治理高质" in headings


def test_the_next_of_an_item_is_the_first_that_its_page_does_not_hold(files: dict[str, bytes]) -> None:
    for address, after in {"s1": "s2", "s1-2": "s1-3", "s1-5": "s2", "s1-2-3": "s1-3", "s2-6": None}.items():
        following = re.findall('<a rel="next" href="(.*?).html"', files[f"2021/{address}.html"].decode())
        assert following == ([after] if after else [])


def test_every_page_says_that_the_edition_is_unofficial_and_names_the_source(files: dict[str, bytes]) -> None:
    source = "http://www.hanyang.gov.cn/zwgk_38/xxgkml/qtzdgknr/fzzfndbg/202203/t20220328_1946710.shtml"
    for path in files:
        if path.endswith(".html") and path != "404.html":
            assert "非官方" in files[path].decode()
            assert f'href="{source}"' in files[path].decode()


def test_the_page_that_is_not_there_carries_its_own_style_and_links_only_where_the_address_is_known(
    files: dict[str, bytes],
) -> None:
    without = files["404.html"].decode()
    assert "<style>" in without
    assert re.findall(r'(?:href|src)="([^"]*)"', without) == ["data:,"]
    golden = (ROOT / "tests/golden/expected/404.html").read_text("utf-8")
    assert '<base href="https://example.org/reports/"/>' in golden
    assert re.findall(r'<a href="([^"]*)"', golden) == ["index.html"]
