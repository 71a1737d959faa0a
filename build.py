"""Build the static reference edition: `python build.py` writes the site, `python build.py check` only checks it."""

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from sitegen import fidelity, frontmatter, outputs
from sitegen.files import decode, read_bytes, read_tree
from sitegen.links import check_links
from sitegen.load import load_report, report_names
from sitegen.markdown import parse
from sitegen.markup import read_page
from sitegen.model import Page, Report
from sitegen.outline import number
from sitegen.place import Place
from sitegen.problems import Mistakes, Problem, gather, stop_at
from sitegen.publish import MARK, MARK_TEXT, publish, restore
from sitegen.render import compile_templates, render
from sitegen.schema import Site

ROOT = Path(__file__).resolve().parent


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Run one command of the command line and return its exit code: 1 when there is something to mend, else 0."""
    parser = argparse.ArgumentParser(prog="build.py", description=__doc__)
    parser.add_argument("command", nargs="?", choices=("build", "check"), default="build", help="default: build")
    parser.add_argument("--output", metavar="DIR", help="the folder to write the site to (default: as in site.yaml)")
    asked = parser.parse_args(arguments)
    try:
        if asked.command == "build":
            with suppress(Mistakes):  # of a site.yaml that make() will tell of
                restore(*_output(asked.output, root))
        files = make(root)
        if asked.command == "build":
            publish(files, *_output(asked.output, root))
    except Mistakes as mistakes:
        print(*mistakes.problems, sep="\n", file=sys.stderr)
        return 1
    print(f"{asked.command}: {len(files)} files, {sum(map(len, files.values()))} bytes, every character proved")
    return 0


def _output(asked: str | None, root: Path) -> tuple[Path, Place]:
    """The folder that is asked for or that site.yaml names, and how to name it to the editor."""
    if asked is not None:
        return Path(asked), Place(asked)
    output = _read_site(root).output
    return root / output, Place(output)


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
        assets = {f"assets/{path}": data for path, data in read_tree(root, "static").items()}
    with gather(problems):
        for name in report_names(root):
            with gather(problems):
                reports.append(read_report(root, name))
    stop_at(problems)

    reports.sort(key=lambda report: (report.matter.year, report.id), reverse=True)
    pages = render(site, reports, templates)
    files = {page.path: page.html.encode() for page in pages} | assets | _exports(site, reports, pages)
    _check(reports, pages, files)
    return files


def _read_site(root: Path) -> Site:
    return frontmatter.read(decode(read_bytes(root, "site.yaml"), "site.yaml"), Site)


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
