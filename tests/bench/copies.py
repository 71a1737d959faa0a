"""Copies of the tests' sample, the 2021 report → a project of ours and a Hugo site with the same pages, from the same words.

Both stand for a city's districts: each has reports of 25 years. And the changes after which they are built again.
"""

import re
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from sitegen.model.edition import Edition
from sitegen.model.report import Item, Words
from sitegen.pipeline.report import make_edition
from sitegen.pipeline.site import list_reports
from sitegen.problems import Problems
from sitegen.read.project import read_reports

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "tests/sample"
HUGO = Path(__file__).resolve().parent / "hugo"
COMMON, RARE = "法治", "竭力推动"
"""Words that every report has, and words that the oldest one alone has."""
_IN_PLACE_OF_RARE = "倾力推动"
_YEARS = 25  # of which each issuer has reports


def our_project(folder: Path, copies: int, program: Path = ROOT) -> None:
    """A project with so many copies of the report, each in a folder of its own, and the templates of a checkout."""
    for name in ("templates", "static"):
        shutil.copytree(program / name, folder / name)
    settings = (SAMPLE / "site.yaml").read_text("utf-8")
    (folder / "site.yaml").write_text(f"{settings}url: https://example.org/fazhi\n", "utf-8")
    for number in range(1, copies + 1):
        add_to_ours(folder, number)
    (folder / "content/addresses.txt").write_text("# 0 released addresses\n")


def add_to_ours(folder: Path, number: int) -> None:
    """One copy more, of a year and an issuer of its own."""
    report = folder / "content" / _name(number)
    shutil.copytree(SAMPLE / "content/2021", report)
    issuer, year = divmod(number - 1, _YEARS)
    _change(report / "index.md", r"(?<=\nissuer: ).*", f"第{issuer + 1}区人民政府")
    _change(report / "index.md", r"(?<=\nyear: ).*", str(2021 - _YEARS + 1 + year))
    if number == 1:
        for path in (report / "source.txt", report / "2-1-business-environment.md"):
            _change(path, _IN_PLACE_OF_RARE, RARE)
        digest = sha256((report / "source.txt").read_bytes()).hexdigest()
        _change(report / "index.md", r"(?<=\n  sha256: ).*", digest)


def hugo_site(folder: Path, copies: int) -> None:
    """The same for Hugo: a Markdown file for every page that holds words, and the plain layout beside this file."""
    shutil.copytree(HUGO, folder)
    pages = dict(_pages(_edition()))
    for number in range(1, copies + 1):
        _add_to_hugos(folder, number, pages)


def add_to_hugos(folder: Path, number: int) -> None:
    """One copy more for Hugo."""
    _add_to_hugos(folder, number, dict(_pages(_edition())))


def _add_to_hugos(folder: Path, number: int, pages: dict[str, str]) -> None:
    (folder / "content" / _name(number)).mkdir(parents=True)
    for path, text in pages.items():
        (folder / "content" / _name(number) / path).write_text(text, "utf-8")


def change_a_note(path: Path, time: int) -> None:
    """Put one comma more into the note that a file holds, or take some away."""
    _change(path, "(?<=「推动全法治政府」所据文本如此)，+", "，" * (1 + time))


def change_all_pages(path: Path, words: str, time: int) -> None:
    """Put a number behind words that a template writes on all pages."""
    _change(path, rf"{words}\d*", f"{words}{time}")


def _change(path: Path, pattern: str, replacement: str) -> None:
    """Change a file, in which the pattern must stand once."""
    text, count = re.subn(pattern, replacement, path.read_text("utf-8"))
    assert count == 1, (path, pattern)
    path.write_text(text, "utf-8")


def _edition() -> Edition:
    problems = Problems()
    (report,) = list_reports(read_reports(SAMPLE, problems), {}, problems)
    return problems.end(make_edition(report, problems))


def _label(words: Words) -> str:
    return words.item.number if words.item else words.id


def _name(number: int) -> str:
    return f"r{number:04}"


def _pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """The pages of a report as Markdown, by file name."""
    report = edition.report
    preamble = "\n\n".join(paragraph.text for paragraph in report.preamble)
    whole = "\n\n".join(_section(item, 2) for item in report.items)
    yield "_index.md", _page(report.matter.title, f"{preamble}\n\n{whole}", 0, 0)
    for number, item in enumerate(report.walk(), 1):
        yield f"{item.id}.md", _page(item.label + item.title, _section(item, 1), number, item.level)
    notes = [note for words in report.words for note in words.notes]
    yield "edition.md", _page("编辑说明", "\n\n".join(note.text for note in notes), 97, 0)
    figures = "\n".join(f"| {_label(each.words)} | {each.measures} | {each.value} |" for each in edition.figures)
    yield "figures.md", _page("数据一览", f"| 条目 | 统计项目 | 数据 |\n|---|---|---|\n{figures}", 98, 0)
    terms = (f"{term.text}\n: {'、'.join(_label(each.words) for each in term.occurrences)}" for term in edition.terms)
    yield "terms.md", _page("术语索引", "\n\n".join(terms), 99, 0)


def _page(title: str, text: str, weight: int, level: int) -> str:
    return f"---\ntitle: '{title}'\nweight: {weight}\nlevel: {level}\n---\n{text}\n"


def _section(item: Item, rank: int) -> str:
    """An item and all below it, its headings with our addresses."""
    own = [f"{'#' * rank} {item.heading} {{#{item.id}}}"]
    own += [paragraph.text for paragraph in item.paragraphs]
    return "\n\n".join([*own, *(_section(child, rank + 1) for child in item.children)])
