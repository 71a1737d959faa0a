"""A folder on a server of this machine, and a page of it in a real Chromium."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # a connection serves more than one request

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@contextmanager
def chromium() -> Iterator["Browser | None"]:
    """A Chromium of this machine; None where there is none."""
    from playwright.sync_api import sync_playwright  # only this needs a browser

    path = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if not path:
        yield None
        return
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=[] if os.geteuid() else ["--no-sandbox"])
