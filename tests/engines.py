"""Browsers behind the same verbs: Playwright drives Chromium and Firefox, Selenium an old Chromium and WebKit."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright
from pychromedriver import chromedriver_path
from selenium.webdriver import Chrome, ChromeOptions, ChromeService, WebKitGTK, WebKitGTKOptions, WebKitGTKService
from selenium.webdriver.remote.webdriver import WebDriver

from tests.conftest import ROOT, ask

MINI_BROWSER = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser"
OLD = ROOT / "tests/node_modules/chrome-aws-lambda/bin/chromium.br"
_INFLATE = """
const [from, to] = process.argv.slice(1), fs = require("fs");
fs.createReadStream(from).pipe(require("zlib").createBrotliDecompress()).pipe(fs.createWriteStream(to, {mode: 0o755}));
"""


@dataclass(frozen=True)
class Engine:
    """A browser's window: set its size, open a page wholly, ask it for a string; what its console said, and its address."""

    resize: Callable[[int, int], object]
    open: Callable[[str], object]
    ask: Callable[[str], str]
    said: Callable[[], list[str]]
    address: Callable[[], str]


@contextmanager
def chromium(browser: Browser) -> Iterator[Engine]:
    """The browser of the other tests."""
    with browser.new_page() as page:
        yield _by_playwright(page)


@contextmanager
def firefox(playwright: Playwright) -> Iterator[Engine]:
    """Debian's Firefox ESR, over WebDriver BiDi. Selenium needs geckodriver, which no registry carries well kept."""
    with (
        playwright.firefox.launch(channel="moz-firefox", executable_path=_found("firefox-esr")) as browser,
        browser.new_page() as page,
    ):
        yield _by_playwright(page)


@contextmanager
def chromium_79(work: Path) -> Iterator[Engine]:
    """The Chromium of 2019 that npm's chrome-aws-lambda carries; it does not know all that Playwright asks of it."""
    if not OLD.exists():
        _missing("chrome-aws-lambda")
    options = ChromeOptions()
    options.binary_location = str(work / "chromium")
    subprocess.run([_found("node"), "-e", _INFLATE, str(OLD), options.binary_location], check=True)
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    for argument in ("--headless", "--disable-gpu", *sandbox):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with Chrome(options, ChromeService(chromedriver_path)) as driver:

        def said() -> list[str]:
            return [entry["message"] for entry in driver.get_log("browser")]  # type: ignore[no-untyped-call]

        yield _by_selenium(driver, said)


@contextmanager
def webkit(work: Path) -> Iterator[Engine]:
    """Debian's WebKitGTK on a virtual screen, in a window no narrower than its toolbar; its console is not told."""
    if not Path(MINI_BROWSER).exists():
        _missing("MiniBrowser")
    options = WebKitGTKOptions()
    options.binary_location = _found("xvfb-run")
    for argument in ("--auto-servernum", MINI_BROWSER, "--automation"):
        options.add_argument(argument)
    quiet = {"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1", "LIBGL_ALWAYS_SOFTWARE": "1", "HOME": str(work)}
    with WebKitGTK(options, WebKitGTKService(_found("WebKitWebDriver"), env={**os.environ, **quiet})) as driver:
        yield _by_selenium(driver, lambda: [])


def _by_playwright(page: Page) -> Engine:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))

    def take() -> list[str]:
        taken = list(said)
        said.clear()
        return taken

    return Engine(
        lambda width, height: page.set_viewport_size({"width": width, "height": height}),
        page.goto,
        lambda expression: str(ask(page, expression)),
        take,
        lambda: str(ask(page, "location.href")),
    )


def _by_selenium(driver: WebDriver, said: Callable[[], list[str]]) -> Engine:
    return Engine(
        driver.set_window_size,
        driver.get,
        lambda expression: str(driver.execute_script(f"return {expression}")),
        said,
        lambda: driver.current_url,
    )


def _found(name: str) -> str:
    return shutil.which(name) or _missing(name)


def _missing(name: str) -> str:
    assert not os.environ.get("CI"), f"CI must have {name}: .ci/run installs it"
    pytest.skip(f"{name} is not on this machine")
