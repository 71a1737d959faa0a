"""Build the static reference edition; check it and write nothing; record its addresses as released."""

import argparse
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from sitegen import fidelity, frontmatter, outputs
from sitegen.assets import assets
from sitegen.comparison import compare
from sitegen.edition import Edition
from sitegen.figures import read_figures
from sitegen.files import decode, read_bytes, read_tree
from sitegen.links import check_links
from sitegen.load import RELEASED, load_report, report_names
from sitegen.markdown import parse
from sitegen.markup import Page, read_page
from sitegen.model import Block, Folder, Report
from sitegen.notes import check_notes
from sitegen.outline import number
from sitegen.permanence import addresses, check_addresses, released
from sitegen.place import Passage, Place
from sitegen.problems import Mistakes, Problem, gather, mistake, stop_at
from sitegen.publish import MARK, MARK_TEXT, changes, publish, restore, write
from sitegen.render import compile_templates, render, report_xml
from sitegen.schema import Site
from sitegen.terms import index_terms

_INPUTS = ("content", "templates", "static", "sitegen", "tests")
_PROOFS = {"report.txt": fidelity.check_text, "report.json": fidelity.check_json, "report.xml": fidelity.check_xml}
ROOT = Path(__file__).resolve().parent


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Run one command of the command line and return its exit code: 1 when there is something to mend, else 0."""
    commands = {"build": build, "check": check, "release": release}
    parser = argparse.ArgumentParser(prog="build.py", description=__doc__)
    parser.add_argument("command", nargs="?", choices=commands, default="build", help="default: build")
    parser.add_argument("--output", metavar="DIR", help="the folder to write the site to (default: as in site.yaml)")
    asked = parser.parse_args(arguments)
    if asked.output == "":
        parser.error("argument --output: must name a folder")
    try:
        said = commands[asked.command](root, asked.output)
    except Mistakes as mistakes:
        print(*mistakes.problems, sep="\n", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    try:
        print(said, flush=True)
    except OSError:  # nobody listens any more, and Python would complain of it when it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def build(root: Path, asked: str | None) -> str:
    """Write the site, and tell what was written; raises Mistakes."""
    with suppress(Mistakes):  # in site.yaml: make() tells of them together with all others
        restore(*_output(root, asked))
    files = make(root)
    publish(files, *_output(root, asked))
    return f"build: {len(files)} files, {sum(map(len, files.values()))} bytes, every character proved"


def check(root: Path, asked: str | None) -> str:
    """Make all the checks, write nothing, and tell what a build and a release would change; raises Mistakes."""
    files = make(root)
    come, changed, go = changes(files, _output(root, asked)[0])
    said = [f"check: {len(files)} files, {sum(map(len, files.values()))} bytes, every character proved"]
    said.append(f"check: a build would add {come} files, change {changed} and take away {go}")
    for name in report_names(root):
        folder = load_report(root, name)
        if waiting := len(set(addresses(read_report(folder))) - set(folder.released)):
            said.append(f"check: {waiting} addresses of content/{name} are not released yet, so they may still change")
    return "\n".join(said)


def release(root: Path, _: str | None) -> str:
    """Record the addresses of all reports as released, and tell how many are new; raises Mistakes."""
    make(root)
    said = []
    for name in report_names(root):
        folder = load_report(root, name)
        lines = released(folder, read_report(folder))
        write(root, f"content/{name}/{RELEASED}", "".join(f"{address}\n" for address in lines))
        said.append(f"release: content/{name}: {len(lines)} addresses, {len(lines) - len(folder.released)} of them new")
    return "\n".join(said)


def make(root: Path) -> dict[str, bytes]:
    """All files of the site by path, proved, in memory.

    load → parse → number → check fidelity → add the apparatus → render → check links. A stage sees every file before
    the build stops at what it found; raises Mistakes.
    """
    problems: list[Problem] = []
    editions: list[Edition] = []
    with gather(problems):
        site = _read_site(root)
    with gather(problems):
        templates = compile_templates(read_tree(root, "templates"))
    with gather(problems):
        static = assets(read_tree(root, "static"))
    with gather(problems):
        for name in report_names(root):
            with gather(problems):
                editions.append(read_edition(root, name))
    stop_at(problems)

    editions.sort(key=lambda edition: (edition.report.matter.year, edition.report.id), reverse=True)
    pages = render(site, editions, templates)
    texts = {page.path: page.html for page in pages} | outputs.exports(site, editions, [page.path for page in pages])
    texts |= {f"{each.report.id}/report.xml": report_xml(site, each, templates) for each in editions}
    files = {path: text.encode() for path, text in texts.items()} | static | {MARK: MARK_TEXT}
    _check(editions, pages, files)
    return files


def _read_site(root: Path) -> Site:
    site = frontmatter.read(decode(read_bytes(root, "site.yaml"), "site.yaml"), Site)
    return replace(site, url=Passage(site.url.rstrip("/"), site.url.place)) if site.url else site


def _output(root: Path, asked: str | None) -> tuple[Path, Passage]:
    """The folder that is asked for or that site.yaml names, and its name with the place to complain at."""
    named = _read_site(root).output if asked is None else Passage(asked, Place("--output"))
    path = root / named if asked is None else Path(named)
    real, project = Path(os.path.realpath(path)), Path(os.path.realpath(root))
    if project.is_relative_to(real) or any(real.is_relative_to(project / inputs) for inputs in _INPUTS):
        said = f"must be a folder of its own, not one with the project's files or among {', '.join(_INPUTS)}"
        raise mistake(named.place, f'"{named}" {said}')
    return path, named


def read_report(folder: Folder) -> Report:
    """The report in a folder, numbered and proved against its source; raises Mistakes."""
    problems: list[Problem] = []
    parsed: list[tuple[Block, ...]] = []
    for document in folder.documents:
        with gather(problems):
            parsed.append(parse(document))
    stop_at(problems)
    report = number(folder, parsed)
    fidelity.check_report(report)
    return report


def read_edition(root: Path, name: str) -> Edition:
    """The report in content/NAME with its apparatus, which is held against the report's words; raises Mistakes."""
    folder = load_report(root, name)
    report = read_report(folder)
    problems: list[Problem] = []
    with gather(problems):
        check_addresses(folder, report)
    with gather(problems):
        check_notes(report.words())
    with gather(problems):
        figures = read_figures(folder, report)
    with gather(problems):
        terms = index_terms(folder.terms, report.words())
    stop_at(problems)
    return Edition(report, compare(report), figures, terms)


def _check(editions: Iterable[Edition], pages: Iterable[Page], files: Mapping[str, bytes]) -> None:
    """Hold what readers will get against the reports, and follow every link; raises Mistakes."""
    problems: list[Problem] = []
    roots = {}
    for page in pages:
        with gather(problems):
            roots[page.path] = read_page(page)
            fidelity.check_page(page, roots[page.path])
    for edition in editions:
        report = edition.report
        for name, check in _PROOFS.items():
            with gather(problems):
                check(report, f"{report.id}/{name}", files[f"{report.id}/{name}"].decode())
    stop_at(problems)
    check_links(roots, files)


if __name__ == "__main__":
    sys.exit(main())
