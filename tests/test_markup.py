import pytest

from sitegen.markup import Page, read_page, words
from sitegen.problems import Mistakes


def test_a_well_formed_page_becomes_a_tree() -> None:
    root = read_page(Page("x.html", '<!DOCTYPE html>\n<html><body><p id="a">甲&amp;<br/>乙</p></body></html>', ()))
    assert [element.get("id") for element in root.iter() if element.get("id")] == ["a"]
    assert "".join(words(root)) == "甲&乙"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<main>\n<p>甲\n</main>", 'x.html:3: must be well-formed (mismatched tag) where its templates made "</main>"'),
        ("<main>甲", 'x.html:1: must be well-formed (no element found) where its templates made "<main>甲"'),
        ("<p hidden>甲</p>", 'x.html:1: must be well-formed (not well-formed (invalid token)) where its templates made "<p hidden>甲</p>"'),
    ],
)  # fmt: skip
def test_a_tag_left_open_is_told_with_its_line(html: str, expected: str) -> None:
    with pytest.raises(Mistakes) as raised:
        read_page(Page("x.html", html, ()))
    assert str(raised.value) == expected


@pytest.mark.parametrize("tag", ['<span data-apparatus=""/>', "<p/>", '<a href="x.html" />'])
def test_a_tag_that_closes_itself_is_refused_where_a_browser_would_leave_it_open(tag: str) -> None:
    with pytest.raises(Mistakes, match=rf"^x\.html:2: must close <{tag[1:2]}\w*> by </\w+>: HTML leaves .* open$"):
        read_page(Page("x.html", f"<main>\n{tag}</main>", ()))
