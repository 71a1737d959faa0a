"""Copies of the tests' sample, the 2021 report → a project of ours and a Hugo site with the same pages, from the same words."""

import shutil
from collections.abc import Iterator
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


def our_project(folder: Path, copies: int, program: Path = ROOT) -> None:
    """A project with so many copies of the report, each in a folder of its own, and the templates of a checkout."""
    for name in ("templates", "static"):
        shutil.copytree(program / name, folder / name)
    shutil.copy(SAMPLE / "site.yaml", folder)
    for name in _names(copies):
        shutil.copytree(SAMPLE / "content/2021", folder / "content" / name)
    (folder / "content/addresses.txt").write_text("")


def hugo_site(folder: Path, copies: int) -> None:
    """The same for Hugo: a Markdown file for every page that holds words, and the plain layout beside this file."""
    shutil.copytree(HUGO, folder)
    pages = dict(_pages(_edition()))
    for name in _names(copies):
        (folder / "content" / name).mkdir(parents=True)
        for path, text in pages.items():
            (folder / "content" / name / path).write_text(text, "utf-8")


def _edition() -> Edition:
    problems = Problems()
    (report,) = list_reports(read_reports(SAMPLE, problems), {}, problems)
    return problems.end(make_edition(report, problems))


def _name(words: Words) -> str:
    return words.item.number if words.item else words.id


def _names(copies: int) -> list[str]:
    return [f"r{number:04}" for number in range(1, copies + 1)]


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
    figures = "\n".join(f"| {_name(each.words)} | {each.measures} | {each.value} |" for each in edition.figures)
    yield "figures.md", _page("数据一览", f"| 条目 | 统计项目 | 数据 |\n|---|---|---|\n{figures}", 98, 0)
    terms = (f"{term.text}\n: {'、'.join(_name(each.words) for each in term.occurrences)}" for term in edition.terms)
    yield "terms.md", _page("术语索引", "\n\n".join(terms), 99, 0)


def _page(title: str, text: str, weight: int, level: int) -> str:
    return f"---\ntitle: '{title}'\nweight: {weight}\nlevel: {level}\n---\n{text}\n"


def _section(item: Item, rank: int) -> str:
    """An item and all below it, its headings with our addresses."""
    own = [f"{'#' * rank} {item.heading} {{#{item.id}}}"]
    own += [paragraph.text for paragraph in item.paragraphs]
    return "\n\n".join([*own, *(_section(child, rank + 1) for child in item.children)])
