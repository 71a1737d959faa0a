from itertools import product

import pytest

from sitegen.labels import HAN_NUMBERS, NUMBER_FORMS, Label, address, citation, label_text, level_of, read_label
from tests.numbers import read_number
from tests.specification import table


def test_the_chinese_numbers_are_those_that_labels_are_read_by() -> None:
    assert list(HAN_NUMBERS.values()) == list(range(1, 100))
    assert [read_label(f"{number}、题") for number in HAN_NUMBERS] == [
        Label(f"{text}、", 1, number) for text, number in HAN_NUMBERS.items()
    ]


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_every_label_reads_as_what_it_was_written_from(level: int) -> None:
    for number in range(1, 100):
        text = label_text(level, number)
        assert read_label(text + "题目") == Label(text, level, number)


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("十、题", Label("十、", 1, 10)),
        ("二十一、题", Label("二十一、", 1, 21)),
        ("(三)题", Label("(三)", 2, 3)),
        ("（十二）题", Label("（十二）", 2, 12)),
        ("3．题", Label("3．", 3, 3)),
        ("１２．题", Label("１２．", 3, 12)),
        ("3、题", Label("3、", 3, 3)),
        ("1.2021年题", Label("1.", 3, 1)),
        ("(4)题", Label("(4)", 4, 4)),
        ("（４）题", Label("（４）", 4, 4)),
        ("九十九、题", Label("九十九、", 1, 99)),
        ("（九十九）题", Label("（九十九）", 2, 99)),
        ("100.题", Label("100.", 3, 100)),
        ("９９９．题", Label("９９９．", 3, 999)),
        ("（100）题", Label("（100）", 4, 100)),
        ("(999)题", Label("(999)", 4, 999)),
    ],
)
def test_other_forms_of_labels_are_read_as_printed(heading: str, label: Label) -> None:
    assert read_label(heading) == label


@pytest.mark.parametrize(
    "heading",
    ["", "题", "一题", "（一题", "1题", "2021年", "0.题", "一二、题", "十十、题", "（0）题", " 1.题", "第一条 题",
     "一百、题", "（一百）题", "百、题", "一百零一、题", "1000.题", "（1000）题", "０１.题"],
)  # fmt: skip
def test_what_is_no_label_is_not_read(heading: str) -> None:
    assert read_label(heading) is None


@pytest.mark.parametrize(
    ("above", "level", "number", "expected"),
    [
        (None, 1, 1, "s1"),
        ("s1", 2, 2, "s1-2"),
        ("s1-2", 3, 3, "s1-2-3"),
        ("s1-2-3", 4, 1, "s1-2-3-1"),
        ("s1", 3, 1, "s1-0-1"),
        ("s1", 4, 2, "s1-0-0-2"),
        (None, 2, 1, "s0-1"),
        ("s1-2b", 3, 12, "s1-2b-12"),
    ],
)
def test_addresses(above: str | None, level: int, number: int, expected: str) -> None:
    assert address(above, level, number) == expected
    assert level_of(expected) == level


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["一、"], "一"),
        (["一、", "（二）"], "一（二）"),
        (["一、", "(二)", "３．"], "一（二）3"),
        (["一、", "（二）", "3、", "(1)"], "一（二）3（1）"),
        (["十一、", "1."], "十一1"),
    ],
)
def test_citations_have_one_form_whatever_was_printed(headings: list[str], expected: str) -> None:
    cited = ""
    for heading in headings:
        cited = citation(cited, read_label(heading))
    assert cited == expected


@pytest.mark.parametrize(("typed", "expected"), table("numbers.md").items())
def test_a_number_as_readers_type_it_means_an_address(typed: str, expected: str) -> None:
    assert read_number(typed) == expected


@pytest.mark.parametrize("given", list(product([False, True], repeat=4))[1:])
def test_every_citation_and_every_row_of_labels_is_read_back_to_its_address(given: tuple[bool, ...]) -> None:
    """Over all ways to skip levels, and at each level over all its numbers: to 99 in Chinese, to 999 in Arabic."""
    for number in range(1, 1000):
        at, cited, printed = None, "", ""
        for level in (level for level in (1, 2, 3, 4) if given[level - 1]):
            own = (number + level) % (99 if level < 3 else 999) + 1
            label = Label(label_text(level, own), level, own)
            at, cited, printed = address(at, level, own), citation(cited, label), printed + label.text
        assert read_number(cited) == at
        assert read_number(printed) == at
        assert at
        assert read_number(at) == at
        if "-" in at:
            assert read_number(at[1:]) == read_number(at[1:].replace("-", ".")) == at


def test_a_number_alone_is_first_the_item_that_is_cited_so_and_then_the_part() -> None:
    """Only in a report whose parts are labelled 1. 2. is there such an item; search takes what its report has."""
    assert read_number("2") == "s0-0-2"
    assert read_number("s2") == "s2"


def test_the_forms_mean_the_same_to_python_and_to_javascript() -> None:
    """Nothing but characters, classes of characters, groups and how often they may stand."""
    for form in NUMBER_FORMS:
        assert not set(form) & set("^$*+"), "anchored by who uses it, and never so often that it takes long"
        assert form.count("(?") == form.count("(?:")
        assert not set(form.replace(r"\(", "").replace(r"\)", "")) & {"\\"}
