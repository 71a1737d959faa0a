import re

import pytest

from sitegen.check.html import read_pages
from sitegen.check.links import check_links, check_styles, list_links, merge_links, part_links
from sitegen.model.page import Page, PageFacts
from sitegen.problems import Problems

SITE = {
    "index.html": '<main><a href="2021/index.html#s1"></a></main>',
    "2021/index.html": '<main><p id="s1"></p><a href="../index.html"></a></main>',
    "assets/site.css": "",
}


def facts(pages: dict[str, str]) -> list[PageFacts]:
    """What is read from pages, given by their paths."""
    problems = Problems()
    read = read_pages([Page(path, html) for path, html in pages.items()], problems)
    problems.stop()
    return read


def mistakes(html: str, path: str = "2021/s1.html") -> list[str]:
    """What is wrong with the links of a site that has this page too."""
    problems = Problems()
    pages = facts({name: text for name, text in {**SITE, path: html}.items() if name.endswith(".html")})
    check_links(list_links(pages), {*SITE, path}, {page.path: page.ids for page in pages}, problems)
    return list(map(str, problems.found))


@pytest.mark.parametrize(
    "link", ["index.html", "../2021/index.html#s1", "#here", "s1.html#here", "https://example.org/x", "mailto:a@b"]
)
def test_links_that_lead_somewhere(link: str) -> None:
    assert mistakes(f'<main id="here"><a href="{link}"></a></main>') == []


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("none.html", "must lead to a file of the site, by its name [link-file]"),
        ("../", "must lead to a file of the site, by its name [link-file]"),
        ("../../index.html", "must lead to a file of the site, by its name [link-file]"),
        ("../2021", "must lead to a file of the site, by its name [link-file]"),
        ("index.html#none", "must lead to an id in 2021/index.html [link-id]"),
        ("#none", "must lead to an id in 2021/s1.html [link-id]"),
        ("../assets/site.css#x", "must lead to an id in assets/site.css [link-id]"),
        ("/index.html", "must be relative, or begin with https:// [link-relative]"),
        ("//example.org/", "must be relative, or begin with https:// [link-relative]"),
        ("javascript:alert(1)", "must be relative, or begin with https:// [link-relative]"),
    ],
)
def test_dead_and_absolute_links(link: str, expected: str) -> None:
    said = f'2021/s1.html:1: the link "{link}" {expected}'
    assert mistakes(f'<main><a href="{link}"></a></main>') == [said]
    assert mistakes(f"<main><a class='a'\n href = '{link}'></a></main>") == [said]


def test_a_dead_link_of_a_template_is_told_once_for_all_its_pages() -> None:
    html = '<main>\n<a href="none.html"></a></main>'
    links = merge_links([*list_links(facts({"a.html": html, "b.html": html})), *list_links(facts({"c.html": html}))])
    problems = Problems()
    check_links(links, set(), {}, problems)
    said = 'a.html:2: the link "none.html" must lead to a file of the site, by its name (so on 3 pages) [link-file]'
    assert list(map(str, problems.found)) == [said]


def test_every_link_that_is_not_relative_is_told() -> None:
    html = '<main><a href="/a"></a><a href="/b"></a></main>'
    assert [told.partition('"')[2][:2] for told in mistakes(html)] == ["/a", "/b"]


def test_links_that_stay_in_a_folder_are_told_from_those_that_leave_it() -> None:
    html = '<p><a href="s2.html#s2-1">甲</a><a href="#a">乙</a><a href="../index.html">丙</a><a href="/">丁</a><a href="../2022/s1.html">戊</a></p>'
    inside, outside = part_links(list_links(facts({"2021/s1.html": html})), "2021/")
    assert [link.text for link in inside] == ["s2.html#s2-1", "#a", "/"]
    assert [link.text for link in outside] == ["../index.html", "../2022/s1.html"]


def style_mistakes(files: dict[str, bytes]) -> list[str]:
    problems = Problems()
    check_styles(files, problems)
    return list(map(str, problems.found))


@pytest.mark.parametrize(
    "style", ['@import "https://example.org/x.css";', "p { background: url(none.png) }", 'a { b: url("/x") }']
)
def test_a_style_asks_for_nothing_that_the_site_has_not(style: str) -> None:
    (told,) = style_mistakes({"assets/site.css": style.encode()})
    said = r"assets/site\.css: the link \".+\" must be a file of the site, by its name \[link-file\]"
    assert re.fullmatch(said, told)
    assert (
        style_mistakes({"assets/site.css": b"p { a: url(icon.svg); b: url('data:,') }", "assets/icon.svg": b""}) == []
    )
