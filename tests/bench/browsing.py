"""A folder on a server of this machine, and a page of it in a real Chromium."""

import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.conftest import BROWSERS, Quiet, serving


class _KeptAlive(Quiet):
    protocol_version = "HTTP/1.1"  # a connection serves more than one request, as a host's does


def served(folder: Path) -> AbstractContextManager[str]:
    """The address at which a folder is served."""
    return serving(folder, _KeptAlive)


@contextmanager
def chromium() -> Iterator[Browser | None]:
    """A Chromium of this machine; None where there is none."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not path:
        yield None
        return
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=[] if os.geteuid() else ["--no-sandbox"])
