import re

from sitegen.model.edition import Edition, Term
from tests.conftest import SAMPLE, edition_of


def count_terms(edition: Edition, term: Term) -> dict[str, int]:
    """How often each of a report's words holds a term: its longest forms first, each character used once."""
    counted = {}
    for words in edition.report.words:
        text, count = "\n".join(words.passages), 0
        for form in sorted([term.text, *term.variants], key=len, reverse=True):
            count += text.count(form)
            text = text.replace(form, "\n")
        if count:
            counted[words.id] = count
    return counted


def test_the_index_finds_every_occurrence_at_its_item() -> None:
    edition = edition_of(SAMPLE, "2021")
    assert 40 <= len(edition.terms) <= 80
    for term in edition.terms:
        counted = count_terms(edition, term)
        assert {each.words.id: each.count for each in term.occurrences} == counted
        assert counted


def test_terms_stand_in_the_order_of_their_pinyin() -> None:
    terms = edition_of(SAMPLE, "2021").terms
    assert [term.pinyin for term in terms] == sorted(term.pinyin for term in terms)
    by_text = {term.text: term for term in terms}
    assert by_text["行政复议"].letter == "X"
    assert by_text["行政复议"].id == "t-xingzheng-fuyi"


def test_an_occurrence_leads_to_the_passage_that_holds_it() -> None:
    edition = edition_of(SAMPLE, "2021")
    texts = {paragraph.id: paragraph.text for item in edition.report.walk() for paragraph in item.paragraphs}
    texts |= {paragraph.id: paragraph.text for paragraph in edition.report.preamble}
    texts |= {item.id: item.heading for item in edition.report.walk()} | {"": edition.report.matter.title}
    for term in edition.terms:
        forms = "|".join(map(re.escape, (term.text, *term.variants)))
        for each in term.occurrences:
            assert re.search(forms, texts[each.address]), (term.text, each.address)
