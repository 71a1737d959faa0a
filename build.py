"""Build the static reference edition; check it and write nothing; record its addresses as released."""

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from sitegen.files import read_tree
from sitegen.model.finished import Press, Volume
from sitegen.pipeline.progress import progress
from sitegen.pipeline.report import bind_shelf
from sitegen.pipeline.workers import Kept, bind_all, list_jobs
from sitegen.problems import Mistakes, Passage, Place, Problem, as_github, as_json, gather, mistake, stop_at
from sitegen.publish.output import changes, publish, restore, write
from sitegen.publish.summary import Tally
from sitegen.read.content import read_content, read_edition, read_site
from sitegen.read.folder import RELEASED
from sitegen.render.assets import assets
from sitegen.render.templates import compile_templates

_INPUTS = ("content", "templates", "static", "sitegen", "tests")
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
        if run is serve:
            command.add_argument(
                "--port", metavar="N", type=int, default=8000, help="default: 8000; 0: any that is free"
            )
        if run is verify:
            command.add_argument(
                "where", metavar="WHERE", help="the folder, or the address, as in https://example.org/"
            )
        if run is split:
            command.add_argument("text", metavar="TEXT", help="the file that holds the report's plain text")
            command.add_argument("folder", metavar="DIR", help="the new folder, as in content/2022")
    plain = not arguments or (arguments[0].startswith("-") and arguments[0] not in ("-h", "--help"))
    asked = parser.parse_args(["build", *arguments] if plain else arguments)
    if getattr(asked, "output", None) == "":
        parser.error("argument --output: must name a folder")
    return asked


def build(root: Path, asked: argparse.Namespace) -> str:
    """Write the site, and tell what was written; raises Mistakes."""
    began = time.perf_counter()
    tally = Tally()
    output, named = _output(root, asked.output)
    restore(output, named)
    publish(tally.count(volumes(root)), output, named)
    return f"build: {tally}, {time.perf_counter() - began:.2f} seconds"


def check(root: Path, asked: argparse.Namespace) -> str:
    """Make all the checks, write nothing, and tell what a build and a release would change; raises Mistakes."""
    tally = Tally()
    output, _ = _output(root, asked.output)
    come, changed, go = changes(tally.count(volumes(root)), output)
    if asked.format:
        return _FORMATS[asked.format]([])
    said = [f"check: {tally}"]
    said.append(f"check: a build would add {come} files, change {changed} and take away {go}")
    for name, waiting in tally.waiting.items():
        said.append(f"check: {waiting} addresses of content/{name} are not released yet, so they may still change")
    return "\n".join(said)


def release(root: Path, _: argparse.Namespace) -> str:
    """Record the addresses of all reports as released, and tell how many are new; raises Mistakes."""
    said = []
    for volume in [volume for volume in volumes(root) if volume.id]:
        lines = [*volume.released, *volume.waiting]
        write(root, f"content/{volume.id}/{RELEASED}", "".join(f"{address}\n" for address in lines))
        said.append(f"release: content/{volume.id}: {len(lines)} addresses, {len(volume.waiting)} of them new")
    return "\n".join(said)


def serve(root: Path, asked: argparse.Namespace) -> str:
    """Show the site on this machine, built anew at every change, until interrupted; raises Mistakes."""
    from sitegen.preview import serve as show  # a build needs no server

    kept: Kept = {}
    show(lambda: make(root, kept), [root / name for name in _SHOWN], asked.port)
    return "serve: ended"


def split(_: Path, asked: argparse.Namespace) -> str:
    """Draft a report's folder from its plain text, and tell what to look at; raises Mistakes."""
    from sitegen.draft.folder import draft_folder  # a build needs it as little

    return draft_folder(asked.text, asked.folder)


def verify(root: Path, asked: argparse.Namespace) -> str:
    """Hold a folder, or what a host serves, against what this project builds; raises Mistakes."""
    from sitegen.publish.verify import compare  # no build asks a host

    tally = Tally()
    stop_at(compare(tally.count(volumes(root)), asked.where))
    return f"verify: {asked.where} holds what is built here: {tally}"


def make(root: Path, kept: Kept | None = None) -> dict[str, bytes]:
    """All files of the site by path, proved, in memory; raises Mistakes."""
    return {path: data for volume in volumes(root, kept) for path, data in volume.files.items()}


def volumes(root: Path, kept: Kept | None = None) -> Iterator[Volume]:
    """The volumes of the site one by one, the newest report's first, and last what stands beside the reports.

    read → bind each report: load → parse → number → check fidelity → add the apparatus → render → check → the shelf.
    Raises Mistakes when all that can be seen was seen; reports that did not change since they were `kept` stay.
    """
    problems: list[Problem] = []
    with gather(problems):
        site = read_site(root)
    with gather(problems):
        sources = read_tree(root, "templates")
        templates = compile_templates(sources)
    with gather(problems):
        static = assets(read_tree(root, "static"))
    content = read_content(root, problems)
    if problems:
        for name, files in content.items():
            with gather(problems):
                read_edition(name, files)
        raise Mistakes(problems)

    press = Press(site, sources, templates, len(content) > 1)
    bound: list[Volume] = []
    for made in progress(bind_all(press, list_jobs(content), kept), len(content), "reports"):
        if isinstance(made, Mistakes):
            problems += made.problems
        else:
            bound.append(made.without_files())
            yield made
    stop_at(problems)
    yield bind_shelf(press, static, bound)


def _output(root: Path, asked: str | None) -> tuple[Path, Passage]:
    """The folder that is asked for or that site.yaml names, and its name with the place to complain at."""
    try:
        named = read_site(root).output if asked is None else Passage(asked, Place("--output"))
    except Mistakes:
        make(root)  # tells of them together with all others
        raise
    path = root / named if asked is None else Path(named)
    real, project = Path(os.path.realpath(path)), Path(os.path.realpath(root))
    if project.is_relative_to(real) or any(real.is_relative_to(project / inputs) for inputs in _INPUTS):
        said = f"must be a folder of its own, not one with the project's files or among {', '.join(_INPUTS)}"
        raise mistake(named.place, f'"{named}" {said}')
    return path, named


_COMMANDS = {run.__name__: run for run in (build, check, release, serve, split, verify)}

if __name__ == "__main__":
    sys.exit(main())
