"""Build the static reference edition; check it and write nothing; record its addresses as released."""

import argparse
import os
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from sitegen import fidelity, frontmatter, outputs
from sitegen.assets import assets
from sitegen.desk import draft_folder
from sitegen.edition import Edition
from sitegen.files import decode, read_bytes, read_tree
from sitegen.links import check_links
from sitegen.load import RELEASED, load_report, report_names
from sitegen.markup import Page, read_page
from sitegen.permanence import addresses, released
from sitegen.place import Passage, Place
from sitegen.problems import Mistakes, Problem, as_github, as_json, gather, mistake, stop_at
from sitegen.publish import MARK, MARK_TEXT, changes, publish, restore, write
from sitegen.reading import read_edition, read_report
from sitegen.render import compile_templates, render, report_xml
from sitegen.schema import Site

_INPUTS = ("content", "templates", "static", "sitegen", "tests")
_PROOFS = {"report.txt": fidelity.check_text, "report.json": fidelity.check_json, "report.xml": fidelity.check_xml}
_SHOWN = ("content", "templates", "static", "site.yaml")
_FORMATS = {"json": as_json, "github": as_github}
ROOT = Path(__file__).resolve().parent


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Run one command of the command line and return its exit code: 1 when there is something to mend, else 0."""
    asked = _ask(sys.argv[1:] if arguments is None else arguments)
    try:
        said: str = asked.run(root, asked)
    except Mistakes as mistakes:
        if form := getattr(asked, "format", None):
            print(_FORMATS[form](mistakes.problems))
        else:
            print(*mistakes.problems, sep="\n", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    try:
        print(said, flush=True)
    except OSError:  # nobody listens any more, and Python would complain of it when it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _ask(arguments: Sequence[str]) -> argparse.Namespace:
    """What the command line asks for; wrong usage ends the program with 2."""
    parser = argparse.ArgumentParser(prog="build.py", description=__doc__)
    commands = parser.add_subparsers(title="commands", required=True, help="default: build")
    for name, run in _COMMANDS.items():
        command = commands.add_parser(name, help=run.__doc__.partition("; raises")[0] if run.__doc__ else None)
        command.set_defaults(run=run)
        if run in (build, check):
            said = "the folder to write the site to (default: as in site.yaml)"
            command.add_argument("--output", metavar="DIR", help=said)
        if run is check:
            said = "how to tell what must be mended: json for editors, github for its workflows"
            command.add_argument("--format", choices=_FORMATS, help=said)
        if run is preview:
            command.add_argument(
                "--port", metavar="N", type=int, default=8000, help="default: 8000; 0: any that is free"
            )
        if run is split_text:
            command.add_argument("text", metavar="TEXT", help="the file that holds the report's plain text")
            command.add_argument("folder", metavar="DIR", help="the new folder, as in content/2022")
    plain = not arguments or (arguments[0].startswith("-") and arguments[0] not in ("-h", "--help"))
    asked = parser.parse_args(["build", *arguments] if plain else arguments)
    if getattr(asked, "output", None) == "":
        parser.error("argument --output: must name a folder")
    return asked


def build(root: Path, asked: argparse.Namespace) -> str:
    """Write the site, and tell what was written; raises Mistakes."""
    with suppress(Mistakes):  # in site.yaml: make() tells of them together with all others
        restore(*_output(root, asked.output))
    began = time.perf_counter()
    files = make(root)
    publish(files, *_output(root, asked.output))
    return f"build: {outputs.sum_up(files)}, {time.perf_counter() - began:.2f} seconds"


def check(root: Path, asked: argparse.Namespace) -> str:
    """Make all the checks, write nothing, and tell what a build and a release would change; raises Mistakes."""
    files = make(root)
    if asked.format:
        return _FORMATS[asked.format]([])
    come, changed, go = changes(files, _output(root, asked.output)[0])
    said = [f"check: {outputs.sum_up(files)}"]
    said.append(f"check: a build would add {come} files, change {changed} and take away {go}")
    for name in report_names(root):
        folder = load_report(root, name)
        if waiting := len(set(addresses(read_report(folder))) - set(folder.released)):
            said.append(f"check: {waiting} addresses of content/{name} are not released yet, so they may still change")
    return "\n".join(said)


def release(root: Path, _: argparse.Namespace) -> str:
    """Record the addresses of all reports as released, and tell how many are new; raises Mistakes."""
    make(root)
    said = []
    for name in report_names(root):
        folder = load_report(root, name)
        lines = released(folder, read_report(folder))
        write(root, f"content/{name}/{RELEASED}", "".join(f"{address}\n" for address in lines))
        said.append(f"release: content/{name}: {len(lines)} addresses, {len(lines) - len(folder.released)} of them new")
    return "\n".join(said)


def preview(root: Path, asked: argparse.Namespace) -> str:
    """Show the site on this machine, built anew at every change, until interrupted; raises Mistakes."""
    from sitegen.serve import serve  # a build needs no server

    serve(lambda: make(root), [root / name for name in _SHOWN], asked.port)
    return "serve: ended"


def split_text(_: Path, asked: argparse.Namespace) -> str:
    """Draft a report's folder from its plain text, and tell what to look at; raises Mistakes."""
    return draft_folder(asked.text, asked.folder)


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


_COMMANDS = {"build": build, "check": check, "release": release, "serve": preview, "split": split_text}

if __name__ == "__main__":
    sys.exit(main())
