import pytest

from sitegen.links import check_links
from sitegen.markup import Page, read_page
from sitegen.problems import Mistakes

SITE = {
    "index.html": '<main><a href="2021/index.html#s1"></a></main>',
    "2021/index.html": '<main><p id="s1"></p><a href="../index.html"></a></main>',
    "assets/site.css": "",
}


def check(html: str, path: str = "2021/s1.html") -> None:
    pages = {each: text for each, text in {**SITE, path: html}.items() if each.endswith(".html")}
    check_links(
        {each: read_page(Page(each, text, ())) for each, text in pages.items()}, dict.fromkeys([*SITE, path], b"")
    )


@pytest.mark.parametrize(
    "link", ["index.html", "../2021/index.html#s1", "#here", "s1.html#here", "https://example.org/x", "mailto:a@b"]
)
def test_links_that_lead_somewhere(link: str) -> None:
    check(f'<main id="here"><a href="{link}"></a></main>')


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("none.html", "must lead to a file of the site, by its name"),
        ("../", "must lead to a file of the site, by its name"),
        ("../../index.html", "must lead to a file of the site, by its name"),
        ("../2021", "must lead to a file of the site, by its name"),
        ("index.html#none", "must lead to an id in 2021/index.html"),
        ("#none", "must lead to an id in 2021/s1.html"),
        ("../assets/site.css#x", "must lead to an id in assets/site.css"),
        ("/index.html", "must be relative, or begin with https://"),
        ("//example.org/", "must be relative, or begin with https://"),
        ("javascript:alert(1)", "must be relative, or begin with https://"),
    ],
)
def test_dead_and_absolute_links(link: str, expected: str) -> None:
    with pytest.raises(Mistakes) as raised:
        check(f'<main><a href="{link}"></a></main>')
    assert str(raised.value) == f'2021/s1.html: the link "{link}" {expected}'


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://example.org/x.js"></script>',
        '<img src="http://example.org/x.png"/>',
        '<link rel="stylesheet" href="https://example.org/x.css"/>',
        '<link rel="icon" href="https://example.org/x.svg"/>',
    ],
)
def test_no_page_asks_another_host(html: str) -> None:
    with pytest.raises(Mistakes, match=r"must be a file of the site: no page asks another host$"):
        check(f"<main>{html}</main>")


def test_an_id_stands_once_in_a_page() -> None:
    with pytest.raises(Mistakes, match=r'^2021/s1\.html: the id "a" must stand there once$'):
        check('<main><p id="a"></p><p id="a"></p></main>')


def test_a_dead_link_of_a_template_is_told_once_for_all_its_pages() -> None:
    page = read_page(Page("", '<main><a href="none.html"></a></main>', ()))
    with pytest.raises(Mistakes) as raised:
        check_links({"a.html": page, "b.html": page}, {"a.html": b"", "b.html": b""})
    said = 'a.html: the link "none.html" must lead to a file of the site, by its name (so on 2 pages)'
    assert str(raised.value) == said


@pytest.mark.parametrize(
    "style", ['@import "https://example.org/x.css";', "p { background: url(none.png) }", 'a { b: url("/x") }']
)
def test_a_style_asks_for_nothing_that_the_site_has_not(style: str) -> None:
    with pytest.raises(Mistakes, match=r"^assets/site\.css: the link \".+\" must be a file of the site, by its name$"):
        check_links({}, {"assets/site.css": style.encode()})
    check_links({}, {"assets/site.css": b"p { a: url(icon.svg); b: url('data:,') }", "assets/icon.svg": b""})
