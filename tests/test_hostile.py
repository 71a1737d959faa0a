"""Whatever stands in the content: a site without its script or markup, or located problems, and never a traceback."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import build
from sitegen.check.fidelity import fold
from sitegen.draft.folder import prove_draft
from sitegen.draft.split import split
from sitegen.files import UNFIT
from sitegen.labels import Label, address, label_text, level_of, read_label
from sitegen.problems import Mistakes, Problem, Problems
from tests.conftest import ROOT, copy_project

HOSTILE = [
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><b>', "'><b>",
    '" onmouseover="alert(1)', "</title><b>", "</article></main><b>", "<!--", "-->", "]]>", "<?x ?>", "&lt;b&gt;", "&#60;b>",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<b>", "https://example.org/\"><b>", "//example.org",
    "{{ 7 * 7 }}", "{% include 'base.html' %}", "{# #}", "${7}", "../../etc/passwd", "..", "/", "C:\\", "%2e%2e%2f", "a\0b",
    "一、", "（一）", "1.", "(1)", "\\1.", "# 一", "## 1.甲。", "[^a]", "[^a]: 甲", "[a](javascript:alert(1))", "![a](b)", "`", "```",
    "***", "---", "---\n", "\n\n", "\\", "|a|\n|-|", "<b>", "=", "@", "!!python/object/apply:os.system [a]", "&a [*a]", "null",
    "2021-13-45", "1e999", "\u202e", "\u200b", "\u2028", "\ufeff", "e\u0301", "\u0345", "ﷺ", "①", "㈠", "，", "\U000e0001", "𠮷",
    "\x1b[31m", "\x85", "\u0660", "s1-1-1", "s0", "main", "constructor", "__proto__",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=8), min_size=1, max_size=4).map("".join)
QUICK = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
Change = Callable[[Path], None]


class Marks(HTMLParser):
    """The elements, attributes, ids and addresses of a page as a browser would see them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: set[tuple[str, str]] = set()
        self.ids: set[str] = set()
        self.addresses: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements |= {(tag, ""), *((tag, name) for name, _ in attributes)}
        self.ids |= {value or "" for name, value in attributes if name == "id"}
        self.addresses |= {value or "" for name, value in attributes if name in ("href", "src", "action")}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the golden project."""
    return copy_project(ROOT / "tests/golden/project", tmp_path_factory.mktemp("hostile") / "project")


@pytest.fixture(scope="module")
def known(sample: Path, files: dict[str, bytes]) -> set[tuple[str, str]]:
    """The elements, with their attributes, that pages of the site have."""
    pages = [*(data for path, data in build.make(sample).items() if path.endswith(".html"))]
    pages += [data for path, data in files.items() if path.endswith(".html")]
    return set().union(*(Marks(page.decode()).elements for page in pages))


def attempt(sample: Path, known: set[tuple[str, str]], files: Mapping[str, str]) -> tuple[Problem, ...]:
    """Build the sample with some files changed, look at what came of it, and tell what kept it from being a site."""
    before = {path: (sample / path).read_bytes() for path in files}
    try:
        for path, text in files.items():
            (sample / path).write_bytes(text.encode("utf-8", "surrogatepass"))
        site = build.make(sample)
    except Mistakes as mistakes:
        for problem in mistakes.problems:
            assert re.match(r"(content/|site\.yaml)", problem.place.path), problem
            assert re.fullmatch(r"[^\n]+", str(problem)), "a problem has a line of its own"
        return mistakes.problems
    finally:
        for path, data in before.items():
            (sample / path).write_bytes(data)
    harmless(site, known)
    return ()


def harmless(site: Mapping[str, bytes], known: set[tuple[str, str]]) -> None:
    """Nothing in the site came from a text as markup, script or path."""
    for path, data in site.items():
        assert re.fullmatch(r"\.nojekyll|[a-z0-9][a-z0-9-]*(?:/[a-z0-9][a-z0-9-]*)?(?:\.[a-z]+)+", path), path
        if path.endswith(".html"):
            marks = Marks(data.decode())
            assert marks.elements <= known, path
            assert [id for id in marks.ids if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", id)] == [], path
            assert not [
                each for each in marks.addresses if re.match(r"(?i)\s*(?:javascript|vbscript|data:text|//)", each)
            ]
        elif path.endswith(".json"):
            json.loads(data)


def parts(text: str) -> tuple[str, str]:
    """The front matter and the body of a file."""
    if not text.startswith("---\n"):
        return text, ""
    front, _, body = text.removeprefix("---\n").partition("\n---\n")
    return front, f"\n---\n{body}"


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every key and every value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in inner:
        yield (*path, key)
        yield from leaves(below, (*path, key))


def documents(sample: Path) -> list[str]:
    found = [*sample.glob("content/*/*.md"), *sample.glob("content/*/terms.yaml"), sample / "site.yaml"]
    return sorted(path.relative_to(sample).as_posix() for path in found)


@QUICK
@given(data=st.data(), text=TEXT)
def test_any_text_in_any_field(sample: Path, known: set[tuple[str, str]], data: st.DataObject, text: str) -> None:
    path = data.draw(st.sampled_from(documents(sample)))
    front, body = parts((sample / path).read_text("utf-8"))
    matter = yaml.safe_load(front)
    *way, last = data.draw(st.sampled_from(list(leaves(matter))))
    holder = matter
    for key in way:
        holder = holder[key]
    if isinstance(holder, dict) and data.draw(st.booleans()):
        holder[text] = holder.pop(last)
    else:
        holder[last] = text
    written = yaml.safe_dump(matter, allow_unicode=True, sort_keys=False)
    attempt(sample, known, {path: f"---\n{written.rstrip()}{body}" if body else written})


@QUICK
@given(data=st.data(), text=TEXT)
def test_any_text_anywhere_in_any_file(
    sample: Path, known: set[tuple[str, str]], data: st.DataObject, text: str
) -> None:
    path = data.draw(st.sampled_from([*documents(sample), "content/2022/source.txt"]))
    whole = (sample / path).read_text("utf-8")
    at = data.draw(st.integers(0, len(whole)))
    attempt(sample, known, {path: whole[:at] + text + whole[at:]})


@QUICK
@given(data=st.data(), text=TEXT)
def test_any_text_in_the_report_itself(
    sample: Path, known: set[tuple[str, str]], data: st.DataObject, text: str
) -> None:
    words = data.draw(st.sampled_from(["后面是正文。", "报告如下", "甲区2022年度报告"]))
    attempt(sample, known, in_report(sample, words, text, text))


@pytest.mark.parametrize("text", [text for text in HOSTILE if re.search("[<{&$\"']", text) and "\n" not in text])
def test_what_looks_like_markup_is_shown_as_it_stands(sample: Path, known: set[tuple[str, str]], text: str) -> None:
    text = re.sub("[0-9]", "x", text)  # a number would have to be listed as a figure
    escaped = re.sub(r"([\\`\[\]#*!|])", r"\\\1", text)
    assert attempt(sample, known, in_report(sample, "后面是正文。", escaped, text)) == ()


def in_report(sample: Path, words: str, markdown: str, source: str) -> dict[str, str]:
    """The files of a report in which words were replaced, in the source too; none of its addresses is released."""
    folder = "content/2022"
    files = {path: (sample / path).read_text("utf-8") for path in documents(sample) if path.startswith(folder)}
    captured = (sample / folder / "source.txt").read_text("utf-8")
    assert words in captured
    changed = captured.replace(words, source, 1)
    files = {path: text.replace(words, markdown, 1) for path, text in files.items()}
    old, new = (hashlib.sha256(each.encode("utf-8", "surrogatepass")).hexdigest() for each in (captured, changed))
    files[f"{folder}/index.md"] = files[f"{folder}/index.md"].replace(old, new)
    return files | {f"{folder}/source.txt": changed, "content/addresses.txt": "# 0 released addresses\n"}


@QUICK
@given(name=TEXT, file=st.booleans())
def test_any_name_of_a_folder_or_a_file(sample: Path, known: set[tuple[str, str]], name: str, file: bool) -> None:
    assume(not re.search("[/\0\ud800-\udfff]", name) and name not in ("", ".", "..") and len(name.encode()) < 200)
    old = sample / ("content/2022/1-1-first.md" if file else "content/2024")
    new = old.with_name(f"{name}.md" if file else name)
    assume(not new.exists())
    old.rename(new)
    try:
        assert not attempt(sample, known, {}) or file or not re.fullmatch("[a-z0-9]+", name)
    finally:
        new.rename(old)


FIT = st.text(st.characters(exclude_categories=["Cs"]).filter(lambda one: not UNFIT.match(one) and one != "\r"))
LINES = st.lists(
    st.tuples(
        st.sampled_from(["", "一、", "二、", "（一）", "(2)", "1.", "2、", "（1）"]), st.sampled_from(HOSTILE) | FIT
    )
    .map("".join)
    .filter(lambda line: not UNFIT.search(line)),
    max_size=12,
    unique=True,  # a draft cannot tell apart two equal headings that both misprint their label
)


@QUICK
@given(lines=LINES)
def test_any_text_drafted_loses_no_character(lines: list[str]) -> None:
    text = "\n".join(["报告", "一、甲", *lines])
    draft = split(text, "2021")
    report = prove_draft("2021", draft.files, Problems())
    assert fold("".join(report.capture)) == fold(text)
    assert all(re.fullmatch(r"s[0-9]+[a-z]*(?:-[0-9]+[a-z]*)*", item.id) for item in report.walk())


@QUICK
@given(before=FIT, after=FIT, data=st.data())
def test_texts_compare_equal_however_they_are_folded_broken_and_split(
    before: str, after: str, data: st.DataObject
) -> None:
    text = before + after
    at = data.draw(st.integers(0, len(text)))
    assert fold(f"{text[:at]}\n\u3000 {text[at:]}") == fold(text)
    assert fold(text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})) == fold(text), "in full width"


@QUICK
@given(level=st.integers(1, 4), number=st.integers(1, 99), above=st.integers(1, 99), title=FIT)
def test_labels_and_addresses_read_back_as_they_were_written(level: int, number: int, above: int, title: str) -> None:
    printed = label_text(level, number)
    assert read_label(printed + title) == Label(printed, level, number)
    found = address(address(None, 1, above), level, number) if level > 1 else address(None, level, number)
    assert level_of(found) == level
    assert re.fullmatch(r"s[0-9]+(?:-[0-9]+)*", found)
