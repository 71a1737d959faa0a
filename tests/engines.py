"""Browsers that Playwright does not drive, each behind the same three verbs.

Firefox speaks WebDriver BiDi (W3C), an old Chromium its own DevTools protocol, WebKitGTK the classic WebDriver (W3C).
"""

import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from websockets.sync.client import ClientConnection, connect

from tests.conftest import ROOT
from tests.hosts import free_port

MINI_BROWSER = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser"
OLD = ROOT / "tests/node_modules/chrome-aws-lambda/bin/chromium.br"
_INFLATE = """
const [from, to] = process.argv.slice(1), fs = require("fs");
fs.createReadStream(from).pipe(require("zlib").createBrotliDecompress()).pipe(fs.createWriteStream(to, {mode: 0o755}));
"""


@dataclass(frozen=True)
class Engine:
    """A browser with one window: set its size, open a page wholly, and ask the page for a string.

    `said` is what the browser had to complain of; None where it keeps that to itself.
    """

    resize: Callable[[int, int], object]
    open: Callable[[str], object]
    ask: Callable[[str], str]
    said: list[str] | None


@contextmanager
def firefox(work: Path) -> Iterator[Engine]:
    """Debian's Firefox ESR."""
    command = [_found("firefox-esr"), "--headless", "--no-remote", "--profile", str(work), "--remote-debugging-port=0"]
    with _listening(command) as address, connect(f"{address}/session", max_size=None) as socket:
        wire = _Wire(socket)
        wire.call("session.new", capabilities={})
        wire.call("session.subscribe", events=["log.entryAdded"])
        context = wire.call("browsingContext.getTree")["contexts"][0]["context"]

        def ask(expression: str) -> str:
            asked = {"expression": expression, "target": {"context": context}, "awaitPromise": False}
            return str(wire.call("script.evaluate", **asked)["result"]["value"])

        yield Engine(
            lambda width, height: wire.call(
                "browsingContext.setViewport", context=context, viewport={"width": width, "height": height}
            ),
            lambda url: wire.call("browsingContext.navigate", context=context, url=url, wait="complete"),
            ask,
            wire.events,
        )


@contextmanager
def chromium_79(work: Path) -> Iterator[Engine]:
    """The Chromium of 2019 that npm's chrome-aws-lambda carries."""
    if not OLD.exists():
        _missing("chrome-aws-lambda")
    program = work / "chromium"
    subprocess.run([_found("node"), "-e", _INFLATE, str(OLD), str(program)], check=True)
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    command = [str(program), "--headless", "--disable-gpu", "--remote-debugging-port=0", f"--user-data-dir={work}"]
    with _listening([*command, *sandbox, "about:blank"]) as address:
        targets = re.sub(r"ws(://.*?)/.*", r"http\1/json/list", address)
        _wait_until(lambda: bool(_read(targets)))
        with connect(_read(targets)[0]["webSocketDebuggerUrl"], max_size=None) as socket:
            wire = _Wire(socket)
            for domain in ("Page", "Log", "Runtime"):
                wire.call(f"{domain}.enable")

            def ask(expression: str) -> str:
                return str(wire.call("Runtime.evaluate", expression=expression)["result"]["value"])

            def open_page(url: str) -> None:
                wire.call("Page.navigate", url=url)
                while ask("document.readyState + location.href") != f"complete{url}":
                    time.sleep(0.01)

            yield Engine(
                lambda width, height: wire.call(
                    "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
                ),
                open_page,
                ask,
                wire.events,
            )


@contextmanager
def webkit(work: Path) -> Iterator[Engine]:
    """Debian's WebKitGTK, in a window on a virtual screen, which it lets be no narrower than its toolbar."""
    port = free_port()
    if not Path(MINI_BROWSER).exists():
        _missing("MiniBrowser")
    command = [_found("xvfb-run"), "--auto-servernum", _found("WebKitWebDriver"), f"--port={port}"]
    quiet = {"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1", "LIBGL_ALWAYS_SOFTWARE": "1", "HOME": str(work)}
    process = subprocess.Popen(command, env={**os.environ, **quiet}, start_new_session=True, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_until(lambda: bool(_webdriver("GET", f"{address}/status")["ready"]))
        options = {"binary": MINI_BROWSER, "args": ["--automation"]}
        capabilities = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        session = (
            f"{address}/session/{_webdriver('POST', f'{address}/session', capabilities=capabilities)['sessionId']}"
        )
        yield Engine(
            lambda width, height: _webdriver("POST", f"{session}/window/rect", width=width, height=height),
            lambda url: _webdriver("POST", f"{session}/url", url=url),
            lambda expression: str(
                _webdriver("POST", f"{session}/execute/sync", script=f"return {expression}", args=[])
            ),
            None,
        )
        _webdriver("DELETE", session)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


@dataclass
class _Wire:
    """Calls and answers in JSON over a socket; what the browser says in between of its own accord is kept."""

    socket: ClientConnection
    events: list[str] = field(default_factory=list)
    calls: int = 0

    def call(self, method: str, **params: object) -> Any:
        self.calls += 1
        self.socket.send(json.dumps({"id": self.calls, "method": method, "params": params}))
        while (answer := json.loads(self.socket.recv(timeout=30))).get("id") != self.calls:
            if re.match(r"log\.|Log\.|Runtime\.(?:exception|console)", answer["method"]):
                self.events.append(json.dumps(answer["params"], ensure_ascii=False))
        assert "result" in answer, answer
        return answer["result"]


@contextmanager
def _listening(command: list[str]) -> Iterator[str]:
    """A browser while it runs, and the address of the socket that it tells."""
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    assert process.stderr
    try:
        told = next((found[0] for line in process.stderr if (found := re.search(r"ws://\S+", line))), None)
        yield told or pytest.fail("the browser ended before it listened")
    finally:
        process.terminate()
        process.communicate(timeout=20)


def _read(address: str) -> Any:
    with urlopen(address, timeout=60) as answer:
        return json.load(answer)


def _webdriver(method: str, address: str, /, **body: object) -> Any:
    data = json.dumps(body).encode() if method == "POST" else None
    try:
        with urlopen(Request(address, data, {"Content-Type": "application/json"}, method=method), timeout=60) as answer:
            return json.load(answer)["value"]
    except HTTPError as error:
        raise AssertionError(error.read().decode()) from error


def _wait_until(true: Callable[[], bool]) -> None:
    for _ in range(200):
        try:
            if true():
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise AssertionError("the browser's driver does not answer")


def _found(name: str) -> str:
    return shutil.which(name) or _missing(name)


def _missing(name: str) -> str:
    assert not os.environ.get("CI"), f"CI must have {name}: .ci/run installs it"
    pytest.skip(f"{name} is not on this machine")
