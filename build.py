"""Build the static reference edition; check it and publish nothing; record its addresses as released."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (an older one cannot read what comes next)
    sys.exit("build.py: Python 3.11 or newer is needed, as in: python3.11 build.py")

try:  # Ctrl-C comes at any time
    from sitegen.console import ends_told, say, warn

    with ends_told():  # and a library may be missing
        import time
        from argparse import ArgumentParser, Namespace
        from collections.abc import Callable, Mapping, Sequence
        from pathlib import Path

        from sitegen import __version__
        from sitegen.model.finished import File
        from sitegen.pipeline.site import make_site
        from sitegen.problems import Mistakes, Problems, as_github, as_json, visible
        from sitegen.publish.destination import choose_output
        from sitegen.publish.output import count_changes, publish, restore
        from sitegen.publish.project_files import write_file
        from sitegen.publish.summary import Summary
        from sitegen.read.project import read_project
        from sitegen.read.record import RECORD, has_record, write_record
        from sitegen.store.store import NOTHING_KEPT, Store, open_store
except KeyboardInterrupt:
    sys.exit(130)

Command = Callable[[Path, Namespace, Problems], str]
"""Does what the command line asks for in the project's folder, and says what it did; raises Mistakes."""

ROOT = Path(__file__).resolve().parent
_WATCHED = ("content", "templates", "static", "site.yaml")
_FORMATS = {"json": as_json, "github": as_github}


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Run one command of the command line; its exit code is 1 when something must be mended or could not be told."""
    with ends_told():
        args = parse(sys.argv[1:] if arguments is None else arguments)
        run: Command = args.run
        try:
            result = run(root, args, Problems())
        except Mistakes as mistakes:
            tell(mistakes, getattr(args, "format", None))
            return 1
        lines = "\n".join(map(visible, result.split("\n")))
        return 0 if say(lines) else 1


def build(root: Path, args: Namespace, problems: Problems) -> str:
    """Write the site, and say what was written."""
    began = time.perf_counter()
    store = open_store(root)
    project = read_project(root, problems, store)
    output = choose_output(root, project.output, args.output, problems)
    if output:
        restore(output, problems)
    summary = Summary()
    site = make_site(project, problems, store)
    publish(summary.count(site), problems.end(output), problems)
    return f"build: {summary}, {time.perf_counter() - began:.2f} seconds{tell_missing_record(root)}"


def tell_missing_record(root: Path) -> str:
    """A line more where no address at all is kept: that the record may have been lost is said at every build."""
    return "" if has_record(root) else f"\nbuild: {RECORD} does not exist: no address is released, so all may change"


def check(root: Path, args: Namespace, problems: Problems) -> str:
    """Make all the checks, publish nothing, and say what a build and a release would change."""
    store = open_store(root)
    project = read_project(root, problems, store)
    output = choose_output(root, project.output, args.output, problems)
    summary = Summary()
    site = make_site(project, problems, store)
    changes = count_changes(summary.count(site), problems.end(output), problems)
    if args.format:
        return _FORMATS[args.format]([])
    lines = [f"check: {summary}{tell_missing_record(root)}"]
    lines.append(
        f"check: a build would add {changes.added} files, change {changes.changed} and take away {changes.removed}"
    )
    for name, waiting in summary.waiting.items():
        lines.append(f"check: {waiting} addresses of content/{name} are not released yet, so they may still change")
    for name, doubts in summary.doubts.items():
        lines.append(f"check: {doubts} doubts speak against the release of content/{name}, which tells them")
    return "\n".join(lines)


def release(root: Path, _: Namespace, problems: Problems) -> str:
    """Record the addresses of all reports as released, and say how many are new."""
    store = open_store(root)
    site = make_site(read_project(root, problems, store), problems, store)
    reports = [finished for finished in site if finished.id]
    for report in reports:
        problems.add(report.doubts)
    problems.stop()
    lines: list[str] = []
    record: list[str] = []
    for report in reports:
        record += report.record
        lines.append(f"release: content/{report.id}: {len(report.record)} addresses, {report.waiting} of them new")
    write_file(root, RECORD, write_record(record), problems)
    return "\n".join(lines)


def serve(root: Path, args: Namespace, problems: Problems) -> str:
    """Show the site on this machine, built anew at every change, until interrupted."""
    from sitegen import preview  # a build needs no server

    store, files = open_store(root), {preview.SCRIPT_PATH: preview.SCRIPT}
    watched = [root / name for name in _WATCHED]
    preview.serve(lambda: make_files(root, store.while_unchanged(), files), watched, args.port, problems)
    return "serve: ended"


def split(_: Path, args: Namespace, problems: Problems) -> str:
    """Draft a report's folder from a saved page, a Word document or plain text, and say what to look at."""
    from sitegen.draft.folder import draft_folder  # a build needs it as little

    return "\n".join(draft_folder(args.text, args.folder, problems))


def verify(root: Path, args: Namespace, problems: Problems) -> str:
    """Hold a folder, or what a host serves, against what this project builds."""
    from sitegen.publish.verify import verify as verify_copy  # no build asks a host

    summary, differences = Summary(), Problems()
    store = open_store(root)
    site = make_site(read_project(root, problems, store), problems, store)
    verify_copy(summary.count(site), args.where, differences)
    differences.stop()
    return f"verify: {args.where} holds what is built here: {summary}"


def make(root: Path, store: Store = NOTHING_KEPT, preview: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """The bytes of all files of the site by path, proved, in memory; raises Mistakes."""
    return {path: file.read() for path, file in make_files(root, store, preview).items()}


def make_files(root: Path, store: Store, preview: Mapping[str, bytes] | None) -> dict[str, File]:
    """All files of the site by path, proved; raises Mistakes."""
    problems = Problems()
    files: dict[str, File] = {}
    for finished in make_site(read_project(root, problems, store), problems, store, preview):
        files |= finished.files
    return files


def tell(mistakes: Mistakes, form: str | None) -> None:
    """Print what must be mended: for people a line each, for programs in the form that they ask for."""
    if form:
        say(_FORMATS[form](mistakes.problems), for_programs=True)
    else:
        warn(str(mistakes))


def parse(arguments: Sequence[str]) -> Namespace:
    """What the command line asks for, `run` being the command; wrong usage ends the program with 2."""
    parser = ArgumentParser(prog="build.py", description=__doc__)
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, help="default: build")

    def add(run: Command) -> ArgumentParser:
        command = commands.add_parser(run.__name__, help=run.__doc__)
        command.set_defaults(run=run)
        return command

    building, checking = add(build), add(check)
    for command in (building, checking):
        help = "the folder to write the site to (default: as in site.yaml)"
        command.add_argument("--output", metavar="DIR", help=help)
    checking.add_argument(
        "--format",
        choices=_FORMATS,
        help="how to tell what must be mended: json for editors, github for its workflows",
    )
    add(release)
    add(serve).add_argument("--port", metavar="N", type=int, default=8000, help="default: 8000; 0: any that is free")
    splitting = add(split)
    splitting.add_argument("text", metavar="FILE", help="what holds the report: .html, .mhtml, .docx or plain text")
    splitting.add_argument("folder", metavar="DIR", help="the new folder, as in content/2022")
    add(verify).add_argument("where", metavar="WHERE", help="the folder, or the address, as in https://example.org/")

    is_build = not arguments or (arguments[0].startswith("-") and arguments[0] not in ("-h", "--help", "--version"))
    args = parser.parse_args(["build", *arguments] if is_build else arguments)
    if "" in vars(args).values():
        parser.error("no argument may be empty")
    return args


if __name__ == "__main__":
    sys.exit(main())
