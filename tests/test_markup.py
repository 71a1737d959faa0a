import pytest

from sitegen.check.html import check_page, read_articles, words
from sitegen.model.page import Page
from sitegen.problems import Mistakes


def test_a_well_formed_page_has_its_words() -> None:
    page = Page(
        "x.html", '<!DOCTYPE html>\n<html><body>子<article><p id="a">甲&amp;<br/>乙</p></article></body></html>', ()
    )
    check_page(page)
    assert ["".join(words(article)) for article in read_articles(page)] == ["甲&乙"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<main>\n<p>甲\n</main>", 'x.html:3: must be well-formed (mismatched tag) where its templates made "</main>"'),
        ("<main>甲", 'x.html:1: must be well-formed (no element found) where its templates made "<main>甲"'),
        ("<p hidden>甲</p>", 'x.html:1: must be well-formed (not well-formed (invalid token)) where its templates made "<p hidden>甲</p>"'),
        ("<main>\n<!-- 注 --></main>", "x.html:2: must not hold <!--: a comment in a template is {# #}"),
        ("<main><![CDATA[甲]]></main>", "x.html:1: must not hold <![CDATA[: a comment in a template is {# #}"),
    ],
)  # fmt: skip
def test_a_page_that_is_not_as_browsers_and_the_checks_need_it(html: str, expected: str) -> None:
    with pytest.raises(Mistakes) as raised:
        check_page(Page("x.html", html, ()))
    assert str(raised.value) == expected


@pytest.mark.parametrize("tag", ['<span data-apparatus=""/>', "<p/>", '<a href="x.html" />'])
def test_a_tag_that_closes_itself_is_refused_where_a_browser_would_leave_it_open(tag: str) -> None:
    with pytest.raises(Mistakes, match=rf"^x\.html:2: must close <{tag[1:2]}\w*> by </\w+>: HTML leaves .* open$"):
        check_page(Page("x.html", f"<main>\n{tag}</main>", ()))
