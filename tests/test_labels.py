import pytest

from sitegen.labels import Label, address, citation, label_text, level_of, read_label


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
    ],
)
def test_other_forms_of_labels_are_read_as_printed(heading: str, label: Label) -> None:
    assert read_label(heading) == label


@pytest.mark.parametrize(
    "heading",
    ["", "题", "一题", "（一题", "1题", "2021年", "0.题", "一二、题", "十十、题", "（0）题", " 1.题", "第一条 题"],
)
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
