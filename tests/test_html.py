import pytest

from sitegen.check.html import read_pages
from sitegen.model.page import Page, PageFacts
from sitegen.problems import Problems


def read(html: str) -> PageFacts:
    """What is read from a page with which nothing is wrong."""
    problems = Problems()
    (facts,) = read_pages([Page("2021/x.html", html)], problems)
    assert list(map(str, problems.found)) == []
    return facts


def mistakes(html: str) -> list[str]:
    problems = Problems()
    read_pages([Page("x.html", html)], problems)
    return list(map(str, problems.found))


def test_a_page_is_read_into_ids_links_and_the_words_of_its_articles() -> None:
    facts = read(
        '<!DOCTYPE html>\n<html><body>子<a href="s1.html">丑</a>\n<article><p id="a">甲&amp;<br/>乙</p>\n'
        '<a id="b" href="index.html#a">丙</a></article><link rel="canonical" href="https://example.org/"/></body></html>'
    )
    assert facts.ids == {"a": (3, 9), "b": (4, 0)}
    assert facts.links == {"s1.html": (2, 13), "index.html#a": (4, 0)}
    assert facts.articles == ("甲&乙\n丙",)


@pytest.mark.parametrize(
    ("article", "words"),
    [
        ("甲<b>乙</b>丙", "甲乙丙"),
        ('甲<b data-apparatus="">钮<i>乙</i></b>丙', "甲丙"),
        ('甲<b data-apparatus="">钮<i data-apparatus="">乙</i>丁</b>丙', "甲丙"),
        ('<b data-apparatus=""></b>丙', "丙"),
        ('甲<br data-apparatus=""/>丙', "甲丙"),
        ("", ""),
    ],
)
def test_apparatus_is_no_part_of_the_words(article: str, words: str) -> None:
    assert read(f"<main>子<article>{article}</article>丑</main>").articles == (words,)


@pytest.mark.parametrize(
    "text", ['他写道 href="s9.html"', "&lt;a href='s9.html'>", 'id="a" src=x.png', "/>", "a/></b"[:3]]
)
def test_what_only_looks_like_a_link_or_a_tag_is_text(text: str) -> None:
    facts = read(f"<main><p title='/>'>{text}</p><p>/></p></main>")
    assert (facts.ids, facts.links) == ({}, {})


@pytest.mark.parametrize(
    ("srcset", "links"),
    [
        ("a.png", ["a.png"]),
        ("a.png 1x, b.png 2x", ["a.png", "b.png"]),
        (" a.png 100w,\n b.png 2x ", ["a.png", "b.png"]),
        ("a,b.png 1x,c.png", ["a,b.png", "c.png"]),
        ("a.png, b.png", ["a.png", "b.png"]),
        ("data:image/png;base64,AA 1x, b.png", ["b.png"]),
        ("a.png 1x,\u3000", ["a.png", "\u3000"]),
    ],
)
def test_each_address_of_a_srcset_is_a_link(srcset: str, links: list[str]) -> None:
    assert list(read(f'<main><img alt="" srcset="{srcset}"/></main>').links) == links


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<main>\n<p>甲\n</main>", 'x.html:2: must be well-formed (mismatched tag) where its templates made "<p>甲" [html-well-formed]'),
        ("<main>\n<p>甲\n</p></p></main>", 'x.html:3: must be well-formed (mismatched tag) where its templates made "</p></p></main>" [html-well-formed]'),
        ("<main>甲&nbsp;</main>", 'x.html:1: must be well-formed (undefined entity) where its templates made "<main>甲&nbsp;</main>"; &nbsp; is no entity of XML: write the character itself, or &#160; [html-well-formed]'),
        ("<main>甲&none;</main>", 'x.html:1: must be well-formed (undefined entity) where its templates made "<main>甲&none;</main>"; &none; is no entity of XML: write & as &amp; [html-well-formed]'),
        ("<main>甲", 'x.html:1: must be well-formed (no element found) where its templates made "<main>甲" [html-well-formed]'),
        ("<p hidden>甲</p>", 'x.html:1: must be well-formed (not well-formed (invalid token)) where its templates made "<p hidden>甲</p>" [html-well-formed]'),
        ("<main>\n<!-- 注 --></main>", "x.html:2: must not hold <!--: a comment in a template is {# #} [html-comment]"),
        ("<main><![CDATA[甲]]></main>", "x.html:1: must not hold <![CDATA[: a comment in a template is {# #} [html-comment]"),
        ('<main><p id="a"></p>\n<p id="a"></p></main>', 'x.html:2: the id "a" must stand there once [id-once]'),
    ],
)  # fmt: skip
def test_a_page_that_is_not_as_browsers_and_the_checks_need_it(html: str, expected: str) -> None:
    assert mistakes(html) == [expected]


def test_an_article_in_another_is_one_too_many() -> None:
    assert len(read("<main><article>甲<article>乙</article>丙</article></main>").articles) == 2


@pytest.mark.parametrize("html", ["<svg><rect></rect></svg><span/>", "<br></br><p></p>", "<p>甲</p><br></br><p/>"])
def test_end_tags_that_should_not_be_there_hide_none_that_is_missing(html: str) -> None:
    assert any("[html-closed]" in told for told in mistakes(f"<main>{html}</main>"))


def test_an_element_of_a_picture_may_have_an_end_tag() -> None:
    read("<svg><rect></rect><path/></svg>")


@pytest.mark.parametrize("around", ["{}", "甲{}乙", "<p>{}</p>", "<b>{}</b>", '<p title="/>">{}</p>', "<br/>{}<br/>"])
@pytest.mark.parametrize("tag", ['<span data-apparatus=""/>', "<p/>", "<b/>", '<a href="x.html" />'])
def test_a_tag_that_closes_itself_is_refused_where_a_browser_would_leave_it_open(tag: str, around: str) -> None:
    name = tag[1:].split("/")[0].split()[0]
    said = f"x.html:2: must close <{name}> by </{name}>: HTML leaves a <{name}/> open [html-closed]"
    assert mistakes(f"<main>\n{around.format(tag)}</main>") == [said]


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://example.org/x.js"></script>',
        '<img src="http://example.org/x.png"/>',
        '<img srcset="x.png 1x, https://example.org/x.png 2x"/>',
        '<video poster="https://example.org/x.png"></video>',
        '<svg><use href="https://example.org/x.svg"/></svg>',
        '<link rel="stylesheet" href="https://example.org/x.css"/>',
        '<link rel="icon" href="https://example.org/x.svg"/>',
        '<link href="https://example.org/x.css"/>',
    ],
)
def test_no_page_asks_another_host(html: str) -> None:
    (told,) = mistakes(f"<main>{html}</main>")
    assert told.endswith("must be a file of the site: no page asks another host [own-host]")


@pytest.mark.parametrize("kind", ["canonical", "alternate"])
def test_an_address_that_is_only_named_is_not_asked(kind: str) -> None:
    assert mistakes(f'<link rel="{kind}" href="https://example.org/x"/>') == []
    assert mistakes(f'<link href="https://example.org/x" rel="{kind}"/>') == []
    assert mistakes('<a href="https://example.org/x">甲</a>') == []


PIECE = '<nav id="a"><a href="s1.html">甲</a>\n<a href="none.html">乙</a></nav>'


def test_what_pages_share_is_read_once_and_belongs_to_each() -> None:
    pages = [Page(f"{n}.html", f"<main>\n<p>{n}</p>\n{PIECE}<p id='b'></p>\n</main>", (), (PIECE,)) for n in (1, 2)]
    problems = Problems()
    alone = read_pages([Page(page.path, page.html) for page in pages], problems)
    assert read_pages(pages, problems) == alone
    assert problems.found == []


def test_what_is_wrong_with_a_piece_is_told_once_at_its_line() -> None:
    piece = '<nav>\n<a href="x.html"/></nav>'
    pages = [Page(f"{n}.html", f"<main>\n<p>{n}</p>\n{piece}\n</main>", (), (piece,)) for n in (1, 2)]
    problems = Problems()
    read_pages(pages, problems)
    assert list(map(str, problems.found)) == [
        "1.html:4: must close <a> by </a>: HTML leaves a <a/> open (so on 2 pages) [html-closed]"
    ]


def test_an_id_of_the_page_may_not_stand_in_a_piece_too() -> None:
    problems = Problems()
    read_pages([Page("x.html", f"<main><p id='a'></p>\n{PIECE}</main>", (), (PIECE,))], problems)
    assert list(map(str, problems.found)) == ['x.html:1: the id "a" must stand there once [id-once]']


def test_a_piece_that_a_template_changed_is_read_with_its_page() -> None:
    problems = Problems()
    (facts,) = read_pages([Page("x.html", f"<main>{PIECE.replace('none', 's2')}</main>", (), (PIECE,))], problems)
    assert list(facts.links) == ["s1.html", "s2.html"]


def test_a_piece_that_is_no_element_is_read_with_its_page() -> None:
    problems = Problems()
    (facts,) = read_pages([Page("x.html", "<main><article>执法</article>执法</main>", (), ("执法",))], problems)
    assert facts.articles == ("执法",)


def test_a_piece_among_the_reports_words_is_a_difference() -> None:
    problems = Problems()
    html = f"<main><article>甲{PIECE}</article></main>"
    (facts,) = read_pages([Page("x.html", html, (), (PIECE,))], problems)
    assert facts.articles[0].strip() != "甲"
