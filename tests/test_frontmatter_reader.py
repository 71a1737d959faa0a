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
        'x.md:3: "issuer" must be a single value, not a list or a mapping [value-form]',
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
        ("title: [甲", "x.md:2: must be valid YAML: did not find expected ',' or ']' while parsing a flow sequence"),
        ("title: 甲\n  b: c", "x.md:3: must be valid YAML: mapping values are not allowed in this context"),
        (
            "title: 甲\n\tb: c",
            "x.md:3: must be valid YAML: found a tab character that violates indentation while scanning a plain scalar",
        ),
        ("a: *b", "x.md:2: must be valid YAML: found undefined alias"),
        ("a: 1\n---\nb: 2", "x.md:3: must be valid YAML: but found another document"),
        (GOOD.replace("2021", "\\uD800"), "x.md:2: must be valid YAML: found invalid Unicode character escape code"),
    ],
)
def test_what_is_no_yaml_is_told_with_its_line(text: str, expected: str) -> None:
    (told,) = map(str, mistakes(text))
    assert told.startswith(expected)
    assert told.endswith(
        "; a value with special characters must be in quotes, and lines be indented with spaces [yaml-valid]"
    )


@pytest.mark.parametrize("text", ["title: [" + "[a, " * 30_000, "- " * 200_000, "[" * 5000])
def test_what_is_nested_too_deeply_neither_crashes_nor_fails_with_a_traceback(text: str) -> None:
    (told,) = map(str, mistakes(text))
    assert told == "x.md:2: must be valid YAML, and not nested so deeply [yaml-valid]"
