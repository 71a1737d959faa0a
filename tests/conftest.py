"""What several test files share: the repository, a small project to damage, a site of full length, a browser."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import Phase, settings
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from playwright.sync_api import Error as PageError

import build
from sitegen.model.edition import Edition
from sitegen.model.folder import Folder
from sitegen.model.project import ReportInput
from sitegen.model.report import Report
from sitegen.pipeline.report import make_edition, read_report
from sitegen.pipeline.site import list_reports
from sitegen.problems import Problems
from sitegen.read.folder import read_report_folder
from sitegen.read.project import read_reports
from sitegen.read.record import read_record

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "tests/sample"  # a project with one report of full length, which stays as it is whatever content/ holds
_PHASES = (Phase.explicit, Phase.generate)  # a failing example is told at once, if not the shortest
settings.register_profile(
    "quick", max_examples=20, deadline=None, derandomize=True, phases=_PHASES
)  # the same every time
settings.register_profile("long", max_examples=300, deadline=None, derandomize=True, phases=_PHASES)
settings.load_profile("quick")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")


if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in a job that a script runs in the background
    signal.signal(signal.SIGINT, signal.default_int_handler)  # so that the programs that tests start can be interrupted


def report_input(root: Path, name: str, problems: Problems) -> ReportInput:
    """All that the report in a project's content/NAME is made of."""
    reports = list_reports(read_reports(root, problems), read_record(root, problems), problems)
    problems.stop()
    return next(report for report in reports if report.name == name)


def folder_of(root: Path, name: str) -> Folder:
    """The report in a project's content/NAME as read."""
    problems = Problems()
    return problems.end(read_report_folder(report_input(root, name, problems), problems))


def report_of(root: Path, name: str) -> Report:
    """The report in a project's content/NAME, numbered and proved; raises Mistakes."""
    return read_report(folder_of(root, name), Problems())


def edition_of(root: Path, name: str) -> Edition:
    """The report in a project's content/NAME with its apparatus."""
    problems = Problems()
    return problems.end(make_edition(report_input(root, name, problems), problems))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-golden", action="store_true", help="write the golden site's expected output anew")


def copy_project(source: Path, folder: Path) -> Path:
    """A copy of a project of the tests, with the real templates and style."""
    for name in ("templates", "static"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copytree(source, folder, dirs_exist_ok=True)
    return folder


def copy_sample(folder: Path, copies: int) -> Path:
    """A project with so many copies of the sample's report, r0001, r0002 and so on, all of one issuer and year."""
    for name in ("templates", "static"):
        shutil.copytree(ROOT / name, folder / name)
    for number in range(1, copies + 1):
        shutil.copytree(SAMPLE / "content/2021", folder / f"content/r{number:04}")
    shutil.copy(SAMPLE / "site.yaml", folder)
    (folder / "content/addresses.txt").write_text("# 0 released addresses\n")
    return folder


def open_to_others(folder: Path) -> None:
    """Let every user enter a test's folder, which pytest closes above it: for programs that run as somebody else."""
    for each in (folder, *folder.parents):
        each.chmod(0o755)
        if each.name.startswith("pytest-of-"):
            return


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the golden project."""
    return copy_project(ROOT / "tests/golden/project", tmp_path / "project")


@pytest.fixture(scope="session")
def sample_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample, which no test changes."""
    return copy_project(SAMPLE, tmp_path_factory.mktemp("sample") / "project")


@pytest.fixture(scope="session")
def files(sample_project: Path) -> dict[str, bytes]:
    """The files of the sample's site."""
    return build.make(sample_project)


@pytest.fixture(scope="session")
def site(sample_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample's site, built by the command line."""
    output = tmp_path_factory.mktemp("site") / "_site"
    assert build.main(["--output", str(output)], sample_project) == 0
    return output


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium. Without one the tests that need it are skipped; in CI they fail."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not path:
        assert not os.environ.get("CI"), "CI must have a browser: .ci/run installs it"
        pytest.skip("no Chromium found on this machine: the tests in a real browser did not run")
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    with playwright.chromium.launch(executable_path=path, args=sandbox) as chromium:
        yield chromium


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(folder: Path, handler: type[SimpleHTTPRequestHandler] = Quiet) -> Iterator[str]:
    """The address of a folder on a server of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The address of the built site on a server of this machine, below a path."""
    with serving(site.parent) as address:
        yield f"{address}/{site.name}"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of which every failed request and console message fails the test."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, permissions=["clipboard-read", "clipboard-write"]
    )
    opened = context.new_page()
    opened.set_default_timeout(5000)
    wrong: list[str] = []
    opened.on("requestfailed", lambda request: wrong.append(f"{request.url}: {request.failure}"))
    opened.on("console", lambda message: wrong.append(message.text))
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    context.close()
    left_early = [each for each in wrong if each.endswith("net::ERR_ABORTED")]  # the test went on to another page
    assert [each for each in wrong if each not in left_early] == []


def until(page: Page, expression: str) -> None:
    """Wait until `expression` is true in the page; Playwright's own way is eval, which the site's policy refuses."""
    ends = time.monotonic() + 5
    while not ask(page, expression):
        assert time.monotonic() < ends, f"{expression} must become true"
        page.wait_for_timeout(20)


def ask(page: Page, expression: str) -> Any:
    """What the page answers, asked again where it is being loaded anew."""
    while True:
        try:
            return page.evaluate(expression)
        except PageError as error:
            if "context was destroyed" not in str(error):
                raise
        page.wait_for_load_state()
