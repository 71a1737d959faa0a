"""The sitemap, in one file as long as it may be, after https://www.sitemaps.org/protocol.html."""

from collections.abc import Mapping
from xml.etree import ElementTree

import pytest

from sitegen.render.sitemaps import HEAVIEST, MOST, render_sitemaps

URL = "https://example.org/a&b"
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(count: int) -> list[str]:
    return [f"{URL}/2021/s1-{number}.html" for number in range(count)]


def listed(text: str, root: str, element: str) -> list[str | None]:
    """The addresses in a file that has this root, and nothing but an element of this name for each of them."""
    tree = ElementTree.fromstring(text)
    assert tree.tag == NAMESPACE + root
    assert {each.tag for each in tree} <= {NAMESPACE + element}
    assert all([inner.tag for inner in each] == [f"{NAMESPACE}loc"] for each in tree)
    return [each[0].text for each in tree]


def followed(files: Mapping[str, str]) -> list[str | None]:
    """All addresses, in the files that sitemap.xml leads to."""
    names = [
        str(address).removeprefix(f"{URL}/") for address in listed(files["sitemap.xml"], "sitemapindex", "sitemap")
    ]
    assert ["sitemap.xml", *names] == list(files)
    return [address for name in names for address in listed(files[name], "urlset", "url")]


def test_it_names_every_page_by_its_whole_address() -> None:
    files = render_sitemaps(URL, addresses(3))
    assert list(files) == ["sitemap.xml"]
    assert listed(files["sitemap.xml"], "urlset", "url") == addresses(3)


@pytest.mark.parametrize(("count", "pieces"), [(1, 1), (10, 1), (11, 2), (20, 2), (21, 3)])
def test_no_file_holds_more_addresses_than_it_may(count: int, pieces: int) -> None:
    files = render_sitemaps(URL, addresses(count), most=10)
    if pieces == 1:
        assert list(files) == ["sitemap.xml"]
    else:
        assert len(files) == pieces + 1
        assert followed(files) == addresses(count)
        assert max(text.count("<url>") for text in files.values()) == 10


@pytest.mark.parametrize("heaviest", [300, 301, 500, 1000])
def test_no_file_is_heavier_than_it_may_be(heaviest: int) -> None:
    files = render_sitemaps(URL, addresses(40), heaviest=heaviest)
    assert followed(files) == addresses(40)
    pieces = [len(text.encode()) for name, text in files.items() if name != "sitemap.xml"]
    one = len(f"<url><loc>{URL}/2021/s1-10.html</loc></url>\n".replace("&", "&amp;"))
    assert max(pieces) <= heaviest
    assert min(pieces[:-1]) > heaviest - one, "each is as full as it may be"


def test_the_limits_are_those_of_the_standard() -> None:
    assert (MOST, HEAVIEST) == (50_000, 52_428_800)
    assert list(render_sitemaps(URL, addresses(MOST))) == ["sitemap.xml"]
    files = render_sitemaps(URL, addresses(MOST + 1))
    assert list(files) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]
    assert followed(files) == addresses(MOST + 1)
