"""The keys of site.yaml and of front matter: the one definition that they are read by.

A key without a default must be there; one whose type admits None may be left empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from sitegen.problems import Passage


@dataclass(frozen=True)
class Form:
    """What a written value must look like: in words, and as a pattern for the whole of it."""

    meaning: str
    pattern: str


Text = Passage
Date = Annotated[date, Form("a date, as in 2022-03-28", r"\d{4}-\d\d-\d\d")]
Year = Annotated[int, Form("a year, as in 2021", r"\d{4}")]
Url = Annotated[Passage, Form("a web address, as in https://example.org/path", r"https?://[^\s/]\S*")]
BaseUrl = Annotated[
    Passage, Form("a web address without ? and #, as in https://example.org", r"https?://[^\s/?#][^\s?#]{0,400}")
]
Dropped = Annotated[Passage, Form(".html or slash", r"\.html|slash")]
Sha256 = Annotated[Passage, Form("a SHA-256: 64 hexadecimal digits, in small letters", r"[0-9a-f]{64}")]
Language = Annotated[Passage, Form("a language tag, as in zh-CN", r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")]
Kind = Annotated[Passage, Form("text, html, mhtml or docx", "text|html|mhtml|docx")]
Title = Annotated[Passage, Form("text, or empty while no title is known", r"|\S.*")]
Numbering = Annotated[Passage, Form("continuous, or left out", "continuous")]
Share = Annotated[Passage, Form("yes, or left out", "yes")]
Value = Annotated[Passage, Form("a number as printed, with its unit where it has one, as in 1,426项", r"\S(.*\S)?")]
Pinyin = Annotated[Passage, Form("pinyin in small letters, as in xingzheng fuyi", "[a-zü]+( [a-zü]+)*")]
Address = Annotated[Passage, Form("an address, as in s1-2-3 or s1-2-3b", r"s\d{1,3}[a-z]*(-\d{1,3}[a-z]*){0,3}")]

Addresses = Annotated[
    Passage,
    Form(
        "an address, as in s1-2-3b, or one for each of several equal headings, as in s1-2-3 s1-2-3b",
        r"s\d{1,3}[a-z]*(-\d{1,3}[a-z]*){0,3}( s\d{1,3}[a-z]*(-\d{1,3}[a-z]*){0,3})*",
    ),
]
AnyAddress = Annotated[
    Passage,
    Form("an address, as in s1-2-3 or s1-2-3-p1", r"s\d{1,3}[a-z]*(-\d{1,3}[a-z]*){0,3}(-p\d{1,3})?"),
]


@dataclass(frozen=True)
class Site:
    """site.yaml: the settings of the whole site; `output` is relative to its folder, `url` read without its last /.

    `host_drops` tells what the host leaves out of addresses: .html (2021/s1, 2021/), the slash of a folder (2021).
    """

    title: Text
    language: Language
    output: Text
    url: BaseUrl | None = None
    host_drops: tuple[Dropped, ...] = ()


@dataclass(frozen=True)
class SourceMatter:
    """`source` in the front matter of index.md.

    `left_out` lists the lines of the capture that are no part of the report, in order; `kind` and `file_sha256`
    are those of the file that source.txt was read from.
    """

    url: Url | None
    sha256: Sha256
    captured: Date | None = None
    kind: Kind | None = None
    file_sha256: Sha256 | None = None
    left_out: tuple[Text, ...] = ()


@dataclass(frozen=True)
class FigureMatter:
    """A figure that the report gives: `value` as printed, with its `unit` if it has one; a `share` is drawn as a bar.

    One that does not say yet what it `measures` is a draft: held against the words, and not published.
    """

    value: Value
    measures: Text | None
    item: Address
    unit: Text | None = None
    share: Share | None = None


@dataclass(frozen=True)
class TermMatter:
    """A term of the index and its other forms in the report; `pinyin`, without tones, gives it its place."""

    term: Text
    pinyin: Pinyin
    variants: tuple[Text, ...] = ()


@dataclass(frozen=True)
class TermsMatter:
    """terms.yaml: the terms of a report, by group."""

    groups: Mapping[Text, tuple[TermMatter, ...]]


@dataclass(frozen=True)
class ReportMatter:
    """The front matter of index.md; `no_figures` are words with a number that is no figure, in the whole report."""

    title: Title
    issuer: Text | None
    year: Year
    published: Date | None
    source: SourceMatter
    numbering: Numbering | None = None
    figures: tuple[FigureMatter, ...] = ()
    no_figures: tuple[Text, ...] = ()
    aliases: Mapping[AnyAddress, AnyAddress] | None = None


@dataclass(frozen=True)
class SectionMatter:
    """The front matter of every other file; `ids` gives headings an address of the editor's choice, equal ones each.

    `figures` and `no_figures` are those of the file's items; `aliases` gives for a released address that is gone the
    one that took its place, in this file.
    """

    heading: Text
    ids: Mapping[Text, Addresses] | None = None
    figures: tuple[FigureMatter, ...] = ()
    no_figures: tuple[Text, ...] = ()
    aliases: Mapping[AnyAddress, AnyAddress] | None = None
