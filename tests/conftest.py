"""What several test files share: the repository, a small project to damage, the built site, a browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

import build

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-golden", action="store_true", help="write the golden site's expected output anew")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the golden project, with the real templates and style."""
    for name in ("templates", "static"):
        shutil.copytree(ROOT / name, tmp_path / "project" / name)
    shutil.copytree(ROOT / "tests/golden/project", tmp_path / "project", dirs_exist_ok=True)
    return tmp_path / "project"


@pytest.fixture(scope="session")
def files() -> dict[str, bytes]:
    """The files of the real site."""
    return build.make(ROOT)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the real site, built by the command line."""
    output = tmp_path_factory.mktemp("real") / "_site"
    assert build.main(["--output", str(output)]) == 0
    return output


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium. Without one the tests that need it are skipped; in CI they fail."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not path:
        assert not os.environ.get("CI"), "CI must have a browser: .ci/run installs it"
        pytest.skip("no Chromium found on this machine: the tests in a real browser did not run")
    with sync_playwright() as playwright:
        sandbox = [] if os.geteuid() else ["--no-sandbox"]
        chromium = playwright.chromium.launch(executable_path=path, args=sandbox)
        yield chromium
        chromium.close()
