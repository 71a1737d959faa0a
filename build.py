"""Build the static reference edition: `python build.py` writes the site, `python build.py check` only checks it."""

import argparse
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from sitegen import fidelity, frontmatter, outputs
from sitegen.assets import assets
from sitegen.files import decode, read_bytes, read_tree
from sitegen.links import check_links
from sitegen.load import load_report, report_names
from sitegen.markdown import parse
from sitegen.markup import read_page
from sitegen.model import Page, Report
from sitegen.outline import number
from sitegen.place import Passage, Place
from sitegen.problems import Mistakes, Problem, gather, mistake, stop_at
from sitegen.publish import MARK, MARK_TEXT, publish, restore
from sitegen.render import compile_templates, render
from sitegen.schema import Site

_INPUTS = ("content", "templates", "static", "sitegen", "tests")
ROOT = Path(__file__).resolve().parent


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Run one command of the command line and return its exit code: 1 when there is something to mend, else 0."""
    parser = argparse.ArgumentParser(prog="build.py", description=__doc__)
    parser.add_argument("command", nargs="?", choices=("build", "check"), default="build", help="default: build")
    parser.add_argument("--output", metavar="DIR", help="the folder to write the site to (default: as in site.yaml)")
    asked = parser.parse_args(arguments)
    if asked.output == "":
        parser.error("argument --output: must name a folder")
    try:
        if asked.command == "build":
            with suppress(Mistakes):  # in site.yaml: make() tells of them together with all others
                restore(*_output(root, asked.output))
        files = make(root)
        if asked.command == "build":
            publish(files, *_output(root, asked.output))
    except Mistakes as mistakes:
        print(*mistakes.problems, sep="\n", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    size = sum(map(len, files.values()))
    try:
        print(f"{asked.command}: {len(files)} files, {size} bytes, every character proved", flush=True)
    except OSError:  # nobody listens any more, and Python would complain of it when it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def make(root: Path) -> dict[str, bytes]:
    """All files of the site by path, proved, in memory.

    load → parse → number → check fidelity → render → check links. A stage sees every file before the build stops at
    what it found; raises Mistakes.
    """
    problems: list[Problem] = []
    reports: list[Report] = []
    with gather(problems):
        site = _read_site(root)
    with gather(problems):
        templates = compile_templates(read_tree(root, "templates"))
    with gather(problems):
        static = assets(read_tree(root, "static"))
    with gather(problems):
        for name in report_names(root):
            with gather(problems):
                reports.append(read_report(root, name))
    stop_at(problems)

    reports.sort(key=lambda report: (report.matter.year, report.id), reverse=True)
    pages = render(site, reports, templates)
    files = {page.path: page.html.encode() for page in pages} | static | _exports(site, reports, pages)
    _check(reports, pages, files)
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


def read_report(root: Path, name: str) -> Report:
    """The report in content/NAME, numbered and proved against its source; raises Mistakes."""
    folder = load_report(root, name)
    report = number(folder, [parse(document) for document in (folder.index, *folder.sections)])
    fidelity.check_report(report)
    return report


def _exports(site: Site, reports: Iterable[Report], pages: Iterable[Page]) -> dict[str, bytes]:
    """The files for programs."""
    texts = {"robots.txt": outputs.robots_txt(site)}
    for report in reports:
        texts[f"{report.id}/report.json"] = outputs.report_json(report)
        texts[f"{report.id}/report.txt"] = outputs.report_txt(report)
        texts[f"assets/words-{report.id}.js"] = outputs.search_js(report)
    if site.url:
        texts["sitemap.xml"] = outputs.sitemap_xml(site.url, [page.path for page in pages if page.path != "404.html"])
    return {MARK: MARK_TEXT} | {path: text.encode() for path, text in texts.items()}


def _check(reports: Iterable[Report], pages: Iterable[Page], files: Mapping[str, bytes]) -> None:
    """Hold what readers will get against the reports, and follow every link; raises Mistakes."""
    problems: list[Problem] = []
    roots = {}
    for page in pages:
        with gather(problems):
            roots[page.path] = read_page(page)
            fidelity.check_page(page, roots[page.path])
    for report in reports:
        for name, check in (("report.txt", fidelity.check_text), ("report.json", fidelity.check_json)):
            with gather(problems):
                check(report, f"{report.id}/{name}", files[f"{report.id}/{name}"].decode())
    stop_at(problems)
    check_links(roots, files)


if __name__ == "__main__":
    sys.exit(main())
