import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pytest

from sitegen.frontmatter.keys import Address, Date, Numbering, Sha256, Text, Url, Year
from sitegen.frontmatter.reader import read
from sitegen.problems import Passage, Place, Problem, Problems


@dataclass(frozen=True)
class Inner:
    url: Url | None
    sha256: Sha256
    lines: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Keys:
    title: Text
    issuer: Text | None
    year: Year
    published: Date | None
    inner: Inner
    numbering: Numbering | None = None
    ids: Mapping[Text, Address] | None = None


def read_text(text: str) -> Keys:
    problems = Problems()
    return problems.end(read(Passage(text, Place("x.md", 2)), Keys, problems))


def mistakes(text: str) -> list[Problem]:
    problems = Problems()
    assert read(Passage(text, Place("x.md", 2)), Keys, problems) is None
    return problems.found


HASH = "0123456789abcdef" * 4
GOOD = f"""\
title: "2021"
issuer:
year: 2021
published: 2022-03-28
inner:
  url: http://example.org/?a=1#b
  sha256: {HASH}
  lines:
    - 一
    - "2"
ids:
  3.丙: s1-2-3
"""


def test_every_value_is_read_with_its_line() -> None:
    keys = read_text(GOOD)
    assert (keys.title, keys.issuer, keys.year, keys.published) == ("2021", None, 2021, date(2022, 3, 28))
    assert keys.inner.lines == ("一", "2")
    assert [str(line.place) for line in keys.inner.lines] == ["x.md:10", "x.md:11"]
    assert keys.ids is not None
    assert [(k, str(k.place), v, str(v.place)) for k, v in keys.ids.items()] == [
        ("3.丙", "x.md:13", "s1-2-3", "x.md:13")
    ]
    assert keys.numbering is None


def test_all_mistakes_are_told_at_once() -> None:
    bad = f"""\
title: 2021
issuer: [甲]
titel: 甲
year: 21
published: 2022-02-30
published: 2022-03-28
inner:
  url: example.org
  sha256: {HASH.upper()}
  lines: 一
  more: 1
numbering: yes
ids:
  3.丙: S1
  [1]: s1
"""
    assert list(map(str, mistakes(bad))) == [
        'x.md:2: "title" must be text; to mean these characters, quote them: "2021" [value-form]',
        'x.md:3: "issuer" must be a single value, not a list or a mapping; to mean these characters, quote them: "[甲]" [value-form]',
        'x.md:4: "titel" must be a key that is known here: title, issuer, year, published, inner, numbering, ids [key-known]',
        'x.md:5: "year" must be a year, as in 2021, not "21" [value-form]',
        'x.md:6: "published" must be a date, as in 2022-03-28, not "2022-02-30" [value-form]',
        'x.md:7: "published" must be given once; line 6 gives it already [key-once]',
        'x.md:9: "inner.url" must be a web address, as in https://example.org/path, not "example.org" [value-form]',
        f'x.md:10: "inner.sha256" must be a SHA-256: 64 hexadecimal digits, in small letters, not "{HASH.upper()}" [value-form]',
        'x.md:11: "inner.lines" must be a list, one "- …" a line [value-form]',
        'x.md:12: "inner.more" must be a key that is known here: url, sha256, lines [key-known]',
        'x.md:13: "numbering" must be continuous, or left out, not "yes" [value-form]',
        'x.md:15: "ids.3.丙" must be an address, as in s1-2-3 or s1-2-3b, not "S1" [value-form]',
        "x.md:16: a key must be a single value [value-form]",
    ]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", ['"title" must be given', '"issuer" must be given', '"year" must be given', '"published" must be given',
              '"inner" must be given']),
        ("- 甲", ['this must be a mapping, one "key: value" a line, with an ASCII colon and a space']),
        ("甲", ['this must be a mapping, one "key: value" a line, with an ASCII colon and a space']),
        (GOOD.replace('"2021"', '""'), ['"title" must not be empty']),
        (GOOD.replace('"2021"', '" "'), ['"title" must not be empty']),
        (GOOD.replace('"2021"', ""), ['"title" must be text']),
        (GOOD.replace('"2021"', "甲\n  乙"), ['"title" must stand on one line']),
        (GOOD.replace('"2021"', "|\n  甲\n  乙"), ['"title" must stand on one line']),
        (GOOD.replace('"2021"', '"\\0"'), ['"title" must not hold the character U+0000']),
    ],
)  # fmt: skip
def test_what_must_be_given(text: str, problems: list[str]) -> None:
    assert [problem.message for problem in mistakes(text)] == problems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: 甲\n  b: c", "x.md:3: must be valid YAML: mapping values are not allowed in this context"),
        ("a: 1\n---\nb: 2", "x.md:3: must be valid YAML: but found another document"),
    ],
)
def test_what_is_no_yaml_is_told_with_its_line(text: str, expected: str) -> None:
    (told,) = map(str, mistakes(text))
    assert told.startswith(expected)
    assert told.endswith(
        "; a value with special characters must be in quotes, and lines be indented with spaces [yaml-valid]"
    )


@pytest.mark.parametrize(
    ("right", "typed", "line", "message"),
    [
        ('title: "2021"', "title：甲", 2, 'must be typed "title: 甲": ： is a full-width colon'),
        ('title: "2021"', "title:甲", 2, 'must be typed "title: 甲": there is no space behind the colon'),
        ('title: "2021"', "title:\u3000甲", 2, 'must be typed "title: 甲": the full-width space U+3000 stands behind the colon'),
        ('title: "2021"', "title:\xa0甲", 2, 'must be typed "title: 甲": the no-break space U+00A0 stands behind the colon'),
        ('title: "2021"', "title\u3000: 甲", 2, 'must be typed "title: 甲": the full-width space U+3000 stands before the colon'),
        ('title: "2021"', "ｔｉｔｌｅ: 甲", 2, 'must be typed "title: 甲": the key is "title", in small letters of ASCII'),
        ('title: "2021"', "Title: 甲", 2, 'must be typed "title: 甲": the key is "title", in small letters of ASCII'),
        ("issuer:\n", "issuer：\n", 3, 'must be typed "issuer:": ： is a full-width colon'),
        ("inner:\n", "inner：\n", 6, 'must be typed "inner:": ： is a full-width colon'),
        ("  url: http", "  url：http", 7, 'must be typed "url: http://example.org/?a=1#b": ： is a full-width colon'),
        ("  url:", "\u3000\u3000url:", 7, "must be indented with ASCII spaces, not with the full-width space U+3000"),
        ("  url:", "\xa0 url:", 7, "must be indented with ASCII spaces, not with the no-break space U+00A0"),
        ("  url:", "\turl:", 7, "must be indented with ASCII spaces, not with a Tab"),
        ("- 一", "－ 一", 10, 'must be typed "- 一": a list\'s mark is a hyphen and a space, both of ASCII'),
        ("- 一", "-\u3000一", 10, 'must be typed "- 一": a list\'s mark is a hyphen and a space, both of ASCII'),
        ("- 一", "-一", 10, 'must be typed "- 一": a list\'s mark is a hyphen and a space, both of ASCII'),
        ("3.丙: s", "3.丙：s", 13, 'must be typed "3.丙: s1-2-3": ： is a full-width colon'),
        ("3.丙: s", "3.丙:s", 13, 'must be typed "3.丙: s1-2-3": there is no space behind the colon'),
        ("\n    - 一\n    - \"2\"", " ［一，二］", 9, 'must be typed "lines: [一, 二]": brackets are those of ASCII'),
    ],
)  # fmt: skip
def test_what_a_chinese_keyboard_mistypes_is_told_as_what_it_is_at_its_own_line(
    right: str, typed: str, line: int, message: str
) -> None:
    assert right in GOOD
    (told,) = mistakes(GOOD.replace(right, typed))
    assert (told.place.line, told.message, told.rule) == (line, message, "yaml-typing")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ids: {3.丙：s1-2-3}", 'must be typed "ids: {3.丙: s1-2-3}": '),
        ("ids: {3.丙:s1-2-3}", 'must be typed "ids: {3.丙: s1-2-3}": '),
        ("ids: {3.丙: s1-2-3，4.丁: s1-2-4}", 'must be typed "ids: {3.丙: s1-2-3, 4.丁: s1-2-4}": '),
        ("ids：｛3.丙：s1-2-3，4.丁：s1-2-4｝", 'must be typed "ids: {3.丙: s1-2-3, 4.丁: s1-2-4}": '),
        ("ids: {3.丙: s1-2-3", "the value must close its {: {3.丙: s1-2-3}"),
        ("ids: 3.丙: s1-2-3", "the value must be in braces: {3.丙: s1-2-3}"),
    ],
)
def test_addresses_mistyped_on_one_line_are_told_once_as_what_was_meant(typed: str, meant: str) -> None:
    (told,) = mistakes(GOOD.replace("ids:\n  3.丙: s1-2-3", typed))
    assert told.place.line == 12
    assert told.message.startswith(meant)


def test_mistyped_lines_hide_no_other_mistake() -> None:
    bad = GOOD.replace("title: ", "title：").replace("year: 2021", "year: 21").replace("    - 一", "    － 一")
    assert [(problem.place.line, problem.rule) for problem in mistakes(bad)] == [
        (2, "yaml-typing"),
        (4, "value-form"),
        (10, "yaml-typing"),
    ]


def test_full_width_characters_are_no_mistake_where_they_belong() -> None:
    text = GOOD.replace('"2021"', "报告：“二”（三）＃ — 四").replace("- 一", "- year：2021；－ 一　[^二]")
    keys = read_text(text)
    assert (keys.title, keys.inner.lines[0]) == ("报告：“二”（三）＃ — 四", "year：2021；－ 一　[^二]")
    wrong_elsewhere = mistakes(text.replace("year: 2021\n", "year: [2021\n"))
    assert [problem.rule for problem in wrong_elsewhere] == ["yaml-valid", "value-form"]


@pytest.mark.parametrize(
    ("right", "typed", "value"),
    [
        ('"2021"', value, value)
        for value in ("报告: 二", "2021", "2022-03-28", "yes", "~", "1.5", "@甲", "`甲`", "%甲", "*甲", "&甲", "!甲", "| 甲",
                      "> 甲", "[甲", "{甲", "[甲] 乙", "[甲]", "{甲}", "甲:", ", 甲", "- 甲", "甲 #乙", "#乙", "!!int 1", "! 甲",
                      "!!str 甲")
    ] + [
        ("- 一", f"- {value}", value)
        for value in ("相关文档:", "甲: 乙: 丙", "2021", "yes", "@甲", "[甲]", "{甲", "甲 #乙", "#乙", "- 甲", "%", "‘甲’: 乙")
    ],
)  # fmt: skip
def test_a_value_that_yaml_reads_as_something_else_is_told_and_reads_as_it_is_advised(
    right: str, typed: str, value: str
) -> None:
    (told,) = mistakes(GOOD.replace(right, typed))
    assert told.place.line == (2 if right == '"2021"' else 10)
    advised = re.search(r'(?:quotes|quote them)[:,] ("(?:[^"\\]|\\.)*")', told.message)
    assert advised
    keys = read_text(GOOD.replace(right, typed.replace(value, advised[1])))
    assert value in (keys.title, keys.inner.lines[0])


@pytest.mark.parametrize(
    ("right", "typed", "line", "message"),
    [
        ("issuer:", "issuer: 武汉市 #汉阳区", 3,
         'the value must be in quotes, "武汉市 #汉阳区": from a # behind a space on, "#汉阳区", YAML leaves all out; '
         "a comment has a space behind its #"),
        ("year: 2021", "year: 2021 #待核", 4, 'must have a space behind #, "# 待核", if that is a comment'),
        ('"2021"', '"2021 #一" #待核', 2, 'must have a space behind #, "# 待核", if that is a comment'),
        ("inner:", "inner: #来源", 6, 'must have a space behind #, "# 来源", if that is a comment'),
    ],
)  # fmt: skip
def test_a_comment_that_may_be_a_part_of_the_value_is_told(right: str, typed: str, line: int, message: str) -> None:
    (told,) = mistakes(GOOD.replace(right, typed))
    assert (told.place.line, told.message, told.rule) == (line, message, "comment-cuts")


def test_comments_with_a_space_and_a_hash_within_a_value_are_no_mistake() -> None:
    text = (
        GOOD.replace('"2021"', '"甲 #乙"  # 待核').replace("year: 2021", "year: 2021 # 待核 #乙").replace("一", "一#二")
    )
    keys = read_text("#注 #二\n" + text.replace("inner:\n", "inner: #\n  #注\n"))
    assert (keys.title, keys.year, keys.inner.lines[0]) == ("甲 #乙", 2021, "一#二")


@dataclass(frozen=True)
class Listed:
    value: Text
    unit: Text


@dataclass(frozen=True)
class List:
    figures: tuple[Listed, ...]
    words: tuple[Text, ...] = ()


@pytest.mark.parametrize("value", ["甲,乙", "14,26项", "1,4267项", "3，4,甲"])
def test_a_comma_within_braces_is_told_with_the_whole_value_to_quote(value: str) -> None:
    for line in (f"- {{value: {value}, unit: 项}}", f"- {{unit: 项, value: {value}}}"):
        problems = Problems()
        assert read(Passage(f"figures:\n  {line}", Place("x.md", 2)), List, problems) is None
        said = f'"figures.value" must be in quotes, "{value}", for within brackets a comma ends a value'
        assert [(told.place.line, told.message) for told in problems.found] == [(3, said)]


@pytest.mark.parametrize("value", ["%", "甲: 乙", "#1甲", "甲 #乙", "@甲", "甲:", "*甲"])
def test_a_value_within_braces_that_means_more_than_words_is_told_alone(value: str) -> None:
    for line in (f"- {{value: {value}, unit: 项}}  # 待核：甲", f"- {{unit: 项, value: {value}}}"):
        problems = Problems()
        assert read(Passage(f"figures:\n  {line}\n  - {{}}", Place("x.md", 2)), List, problems) is None
        assert [(told.place.line, told.message) for told in problems.found] == [
            (3, f'within {{ }} must be in quotes: "{value}"'),
            (4, '"figures.value" must be given'),
            (4, '"figures.unit" must be given'),
        ]


@pytest.mark.parametrize("value", ["1,426项", "1,234,567个", "1,426", "超过12,345.6万户"])
def test_a_comma_that_groups_digits_needs_no_quotes_within_brackets(value: str) -> None:
    text = f"# 1,426\nfigures: [{{value: {value},unit: 项}}]\nwords: [甲,乙,{value},{value}]"
    problems = Problems()
    keys = problems.end(read(Passage(text, Place("x.md", 2)), List, problems))
    assert keys.figures == (Listed(Passage(value, Place("x.md", 3)), Passage("项", Place("x.md", 3))),)
    assert keys.words == ("甲", "乙", value, value)


def test_a_text_of_comments_alone_may_hold_a_comma_that_groups_digits() -> None:
    problems = Problems()
    assert read(Passage("# 1,426", Place("x.md", 2)), List, problems) is None
    assert [problem.rule for problem in problems.found] == ["key-given"]


@pytest.mark.parametrize("text", ["title: &a 甲", "title: 甲\nissuer: *a", "ids: &a {}\ninner:\n  <<: *a"])
def test_aliases_are_refused_at_their_line(text: str) -> None:
    problems = mistakes(text)
    assert {problem.rule for problem in problems} == {"yaml-alias"}
    assert [problem.place.line for problem in problems] == [
        2 + at for at, line in enumerate(text.split("\n")) if "&" in line or "*" in line
    ]


def test_aliases_that_multiply_are_refused_before_they_do() -> None:
    levels = "".join(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 30))
    problems = mistakes("a0: &a0 [甲]\n" + levels)
    assert [problem.rule for problem in problems] == ["yaml-alias"] * 30


def test_a_line_end_that_no_editor_shows_is_told() -> None:
    (told,) = map(str, mistakes(GOOD.replace("一", "一\u2028二")))
    said = (
        'x.md:10: must not hold the character U+2028, which ends a line; in quotes it is "\\u2028" [character-allowed]'
    )
    assert told == said


@pytest.mark.parametrize("text", ["title: [" + "[a, " * 30_000, "- " * 200_000, "[" * 5000])
def test_what_is_nested_too_deeply_neither_crashes_nor_fails_with_a_traceback(text: str) -> None:
    (told,) = map(str, mistakes(text))
    assert told == "x.md:2: must be valid YAML, and not nested so deeply [yaml-valid]"
