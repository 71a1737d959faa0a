import re

import pytest

from sitegen.check.links import check_links, check_page, check_styles, merge_links, part_links, read_ids, read_links
from sitegen.model.page import Page

SITE = {
    "index.html": '<main><a href="2021/index.html#s1"></a></main>',
    "2021/index.html": '<main><p id="s1"></p><a href="../index.html"></a></main>',
    "assets/site.css": "",
}


def problems(html: str, path: str = "2021/s1.html") -> list[str]:
    """What is wrong with the links of a site that has this page too."""
    pages = [Page(each, text, ()) for each, text in {**SITE, path: html}.items() if each.endswith(".html")]
    ids = {page.path: read_ids(page.html) for page in pages}
    found = [problem for page in pages for problem in check_page(page, ids[page.path])]
    return list(map(str, [*found, *check_links(read_links(pages), {*SITE, path}, ids)]))


@pytest.mark.parametrize(
    "link", ["index.html", "../2021/index.html#s1", "#here", "s1.html#here", "https://example.org/x", "mailto:a@b"]
)
def test_links_that_lead_somewhere(link: str) -> None:
    assert problems(f'<main id="here"><a href="{link}"></a></main>') == []


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
    said = [f'2021/s1.html: the link "{link}" {expected}']
    assert problems(f'<main><a href="{link}"></a></main>') == said
    assert problems(f"<main><a class='a'\n href = '{link}'></a></main>") == said


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
    (problem,) = problems(f"<main>{html}</main>")
    assert problem.endswith("must be a file of the site: no page asks another host")


@pytest.mark.parametrize("kind", ["canonical", "alternate"])
def test_an_address_that_is_only_named_is_not_asked(kind: str) -> None:
    assert problems(f'<link rel="{kind}" href="https://example.org/x"/>') == []
    assert problems(f'<link href="https://example.org/x" rel="{kind}"/>') == []


def test_an_id_stands_once_in_a_page() -> None:
    said = ['2021/s1.html: the id "a" must stand there once']
    assert problems('<main><p id="a"></p><p id="a"></p></main>') == said


def test_a_dead_link_of_a_template_is_told_once_for_all_its_pages() -> None:
    html = '<main><a href="none.html"></a></main>'
    links = merge_links(
        [*read_links([Page("a.html", html, ()), Page("b.html", html, ())]), *read_links([Page("c.html", html, ())])]
    )
    said = 'a.html: the link "none.html" must lead to a file of the site, by its name (so on 3 pages)'
    assert [str(problem) for problem in check_links(links, set(), {})] == [said]


def test_links_that_stay_in_a_folder_are_told_from_those_that_leave_it() -> None:
    html = '<a href="s2.html#s2-1">甲</a><a href="#a">乙</a><a href="../index.html">丙</a><a href="/">丁</a><a href="../2022/s1.html">戊</a>'
    inside, outside = part_links(read_links([Page("2021/s1.html", html, ())]), "2021/")
    assert [link.text for link in inside] == ["s2.html#s2-1", "#a", "/"]
    assert [link.text for link in outside] == ["../index.html", "../2022/s1.html"]


@pytest.mark.parametrize(
    "style", ['@import "https://example.org/x.css";', "p { background: url(none.png) }", 'a { b: url("/x") }']
)
def test_a_style_asks_for_nothing_that_the_site_has_not(style: str) -> None:
    (problem,) = check_styles({"assets/site.css": style.encode()})
    assert re.fullmatch(r"assets/site\.css: the link \".+\" must be a file of the site, by its name", str(problem))
    good = {"assets/site.css": b"p { a: url(icon.svg); b: url('data:,') }", "assets/icon.svg": b""}
    assert list(check_styles(good)) == []
