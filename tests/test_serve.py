import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.conftest import ROOT, until
from tests.test_build import edit


@pytest.fixture
def preview(project: Path) -> Iterator[str]:
    """The address of a preview of the golden project."""
    code = "import sys, pathlib, build; sys.exit(build.main(['serve', '--port', '0'], pathlib.Path.cwd()))"
    environment = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PATH": ""}
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=project, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    found = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
    assert found
    yield found[0]
    process.terminate()
    process.wait()
    process.stdout.close()


def status(url: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_a_saved_change_is_shown_at_the_place_where_the_page_was(project: Path, preview: str, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 200})
    page.goto(f"{preview}2022/index.html")
    page.evaluate("scrollTo(0, 300)")
    time.sleep(0.5)
    edit(
        project,
        "content/2022/2-next-year.md\n- [^title]: 「下年打算」标题末所据文本无标点。\n+ [^title]: 「下年打算」所据文本如此。",
    )
    page.get_by_text("「下年打算」所据文本如此。").first.wait_for(state="attached")
    until(page, "pageYOffset == 300")


def test_what_must_be_mended_is_shown_in_the_page_until_it_is(project: Path, preview: str, page: Page) -> None:
    page.goto(f"{preview}2022/index.html")
    time.sleep(0.5)
    edit(project, "content/2022/1-1-first.md\n- 后面是正文。\n+ 后面是<b>正文。")
    page.get_by_text("content/2022/1-1-first.md:25: must read as content/2022/source.txt:17 does").wait_for()
    assert page.locator("b").count() == 0
    edit(project, "content/2022/1-1-first.md\n- 后面是<b>正文。\n+ 后面是正文。")
    page.get_by_role("heading", name="甲区2022年度报告").wait_for()


def test_it_serves_files_of_the_site_on_this_machine_and_nothing_else(preview: str) -> None:
    assert status(preview) == 200
    assert status(f"{preview}2022/report.json") == 200
    assert status(f"{preview}none.html") == 404
    assert status(f"{preview}../site.yaml") == 404
    assert status(f"{preview}%2e%2e/site.yaml") == 404
    assert status(preview, Host="evil.example") == 403
    assert status(preview, Host="evil.example:80") == 403
    assert status(preview, Host="localhost") == 200


@pytest.mark.parametrize(
    ("request_line", "answered"),
    [
        ("GET / HTTP/1.1", 200),
        ("HEAD / HTTP/1.1", 200),
        ("HEAD /.changes HTTP/1.1", 404),
        ("POST / HTTP/1.1", 501),
        ("GET //[ HTTP/1.1", 404),
        ("GET /2022/%00 HTTP/1.1", 404),
        ("GET /2022/%ff HTTP/1.1", 404),
        ("GET //site.yaml HTTP/1.1", 404),
        ("GET /..%5csite.yaml HTTP/1.1", 404),
        ("GET http://evil.example/site.yaml HTTP/1.1", 404),
        ("GET", 400),
    ],
)
def test_it_stays_calm_whatever_is_asked(preview: str, request_line: str, answered: int) -> None:
    port = int(preview.rstrip("/").rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as asked:
        asked.sendall(f"{request_line}\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
        head, _, body = b"".join(iter(lambda: asked.recv(65536), b"")).partition(b"\r\n\r\n")
    assert f" {answered} ".encode() in head or f"code: {answered}".encode() in head + body
    assert not (body and request_line.startswith("HEAD"))


def test_nobody_reaches_it_from_another_address_of_this_machine(preview: str) -> None:
    port = int(preview.rstrip("/").rpartition(":")[2])
    for address in ("::1", "127.0.0.2"):
        with pytest.raises(OSError, match=r"refused|assign|supported|unreachable"):
            socket.create_connection((address, port), timeout=10)
