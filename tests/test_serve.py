import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.conftest import ROOT
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
    page.wait_for_function("pageYOffset == 300")


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
