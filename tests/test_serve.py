import os
import re
import signal
import socket
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import ROOT, copy_project, until
from tests.test_build import edit

SERVE = """
import pathlib, signal, sys, build
signal.signal(signal.SIGINT, signal.default_int_handler)  # which a process in the background does not have
sys.exit(build.main(['serve', '--port', '0'], pathlib.Path.cwd()))
"""
FAILING = f"""
import pathlib, build
whole = build.make_files
def make_files(root, *more):
    if (root / "content/mistake").exists():
        raise ZeroDivisionError("1 < 2")
    if (root / "content/taken").exists():
        (root / "content").read_bytes()
    return whole(root, *more)
build.make_files = make_files
{SERVE}
"""
"""A mistake of the program, and an error of the system, each as long as a file is there."""
INPUTS = {
    "site.yaml": ("site.yaml", "金样", ""),
    "templates": ("templates/base.html", "跳到正文", ""),
    "static": ("static/report.schema.json", "The report's id in addresses", "assets/report.schema.json"),
    "content": ("content/2022/2-next-year.md", "标题末所据文本无标点", "2022/index.html"),
    "content/2022": ("content/2022/2-next-year.md", "标题末所据文本无标点", "2022/index.html"),
}
"""What a site is made of: a file there, words in it that may be others, and what shows them."""


@contextmanager
def serving(project: Path, code: str = SERVE) -> Iterator[str]:
    """The address of a preview, which only an interrupt ends, quietly; what it says stands in the file `said`."""
    environment = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PATH": ""}
    with (
        (project.parent / "said").open("w") as said,
        subprocess.Popen(
            [sys.executable, "-c", code], cwd=project, env=environment, stdout=subprocess.PIPE, stderr=said, text=True
        ) as process,
    ):
        assert process.stdout
        try:
            found = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
            assert found
            yield found[0]
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 130
            assert process.stdout.read() == ""
        finally:
            process.kill()


@pytest.fixture
def preview(project: Path) -> Iterator[str]:
    """The address of a preview of the golden project, which says nothing all along."""
    with serving(project) as address:
        yield address
    assert (project.parent / "said").read_text() == ""


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of one for all tests that only ask, which says nothing either."""
    folder = tmp_path_factory.mktemp("unchanged")
    with serving(copy_project(ROOT / "tests/golden/project", folder / "project")) as address:
        yield address
    assert (folder / "said").read_text() == ""


def text(url: str) -> str:
    """What is served at an address, whatever its status."""
    try:
        with urllib.request.urlopen(url) as answer:
            return str(answer.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            return error.read().decode()


def wait_for(words: str, url: str, there: bool = True) -> None:
    """Wait until words are served at an address, or not any more."""
    ends = time.monotonic() + 20
    while (words in text(url)) is not there:
        assert time.monotonic() < ends, f"{words} must{'' if there else ' not'} be served at {url}"
        time.sleep(0.02)


def ask(url: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """The status, the head by names in small letters, and the body of one answer; redirections are not followed."""
    parts = urllib.parse.urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=10)
    connection.request(method, url.partition(parts.netloc)[2], headers=headers)
    answer = connection.getresponse()
    head = {name.lower(): value for name, value in answer.getheaders()}
    body = answer.read()
    connection.close()
    return answer.status, head, body


def save(path: Path, words: str) -> None:
    """Save a file as editors do that write another and give it the name."""
    path.with_name(f"{path.name}~").write_text(words, "utf-8")
    path.with_name(f"{path.name}~").replace(path)


def test_a_saved_change_is_shown_at_the_place_where_the_page_was(project: Path, preview: str, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 200})
    page.goto(f"{preview}2022/index.html")
    page.evaluate("scrollTo(0, 300)")
    edit(
        project,
        "content/2022/2-next-year.md\n- [^title]: 「下年打算」标题末所据文本无标点。\n+ [^title]: 「下年打算」所据文本如此。",
    )
    page.get_by_text("「下年打算」所据文本如此。").first.wait_for(state="attached")
    until(page, "pageYOffset == 300")


def test_what_must_be_mended_is_shown_in_the_page_until_it_is(project: Path, preview: str, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 200})
    page.goto(f"{preview}2022/index.html")
    page.evaluate("scrollTo(0, 300)")
    edit(project, "content/2022/1-1-first.md\n- 后面是正文。\n+ 后面是<b>正文。")
    page.get_by_text("content/2022/1-1-first.md:25: must read as content/2022/source.txt:17 does").wait_for()
    assert page.locator("b").count() == 0
    edit(project, "content/2022/1-1-first.md\n- 后面是<b>正文。\n+ 后面是正文。")
    page.get_by_role("heading", name="甲区2022年度报告").wait_for()
    until(page, "pageYOffset == 300")


def test_a_page_that_is_opened_later_begins_where_its_address_leads(project: Path, preview: str, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 200})
    page.goto(f"{preview}2022/index.html")
    page.evaluate("scrollTo(0, 300)")
    edit(project, "site.yaml\n- title: 金样\n+ title: 银样")
    until(page, "(document.querySelector('.home') || {}).textContent === '银样'")
    until(page, "pageYOffset == 300")
    page.goto(f"{preview}index.html")
    page.goto(f"{preview}2022/index.html#s2")
    until(page, "Math.abs(document.getElementById('s2').getBoundingClientRect().top) < 100")


@pytest.mark.parametrize("name", INPUTS)
def test_every_later_change_is_seen_whatever_is_taken_away_and_put_back(project: Path, preview: str, name: str) -> None:
    path, words, page = INPUTS[name]
    for after in ("甲一", "甲二"):
        before = text(f"{preview}.changes")
        (project / name).rename(project.parent / "away")
        wait_for(before, f"{preview}.changes", there=False)
        if name != "content/2022":
            assert f"<li><code>{name}: must " in text(preview)
        (project.parent / "away").rename(project / name)
        wait_for(words, preview + page)
        save(project / path, (project / path).read_text("utf-8").replace(words, after))
        wait_for(after, preview + page)
        words = f"{after}丙"
        (project / path).write_text((project / path).read_text("utf-8").replace(after, words), "utf-8")
        wait_for(words, preview + page)


@pytest.mark.parametrize("name", ["site.yaml", "templates", "content"])
def test_every_later_change_is_seen_wherever_a_link_leads(project: Path, preview: str, name: str) -> None:
    path, words, page = INPUTS[name]
    inner = path.removeprefix(name).removeprefix("/")
    (project / name).rename(project.parent / "first")
    (project / name).symlink_to(project.parent / "first")
    for after in ("甲一", "甲二"):
        target = project.parent / after
        subprocess.run(
            ["cp", "-r", project / name / ".", target] if inner else ["cp", project / name, target], check=True
        )
        (target / inner).write_text((target / inner).read_text("utf-8").replace(words, after), "utf-8")
        (project.parent / "link").symlink_to(target)
        (project.parent / "link").replace(project / name)
        wait_for(after, preview + page)
        words = f"{after}丙"
        save(target / inner, (target / inner).read_text("utf-8").replace(after, words))
        wait_for(words, preview + page)


def test_a_change_of_the_same_length_and_time_is_seen(project: Path, preview: str) -> None:
    path = project / "site.yaml"
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    path.write_text(path.read_text("utf-8").replace("金样", "银样"), "utf-8")
    os.utime(path, ns=times)
    wait_for("银样", preview)


def test_what_the_site_is_not_made_of_is_no_change(project: Path, preview: str) -> None:
    before = text(f"{preview}.changes")
    for path in (
        "_site/index.html",
        ".git/index",
        ".venv/x.py",
        "content/.git/index",
        "content/2022/.1-1-first.md.swp",
    ):
        (project / path).parent.mkdir(exist_ok=True)
        (project / path).write_text("x")
    time.sleep(0.5)
    assert text(f"{preview}.changes") == before


@pytest.mark.parametrize("name", INPUTS)
def test_what_is_missing_at_the_start_can_come_later(project: Path, name: str) -> None:
    _, words, page = INPUTS[name]
    (project / name).rename(project.parent / "away")
    with serving(project) as address:
        assert words not in text(address + page)
        (project.parent / "away").rename(project / name)
        wait_for(words, address + page)
    assert (project.parent / "said").read_text() == ""


def test_what_cannot_be_read_is_told_and_can_be_mended(project: Path, preview: str) -> None:
    for name in ("content", "templates", "static", "site.yaml", "content/2022/index.md"):
        (project / name).rename(project.parent / "away")
        (project / name).symlink_to(Path(name).name)  # to itself
        wait_for(f"<li><code>{name}: must ", preview)
        (project / name).unlink()
        (project.parent / "away").rename(project / name)
        wait_for("金样", preview)


def test_what_must_not_be_read_is_told_and_can_be_allowed(project: Path, preview: str) -> None:
    for name in ("content", "content/2022", "templates", "static", "site.yaml", "content/2022/index.md"):
        mode = (project / name).stat().st_mode
        for less in (0o000, 0o444):
            (project / name).chmod(less)
            if less == 0 and os.access(project / name, os.R_OK):
                pytest.skip("whoever runs the tests may read everything")
            if less == 0 or (project / name).is_dir():
                wait_for("<li><code>", preview)
            (project / name).chmod(mode)
            wait_for("金样", preview)


def test_a_mistake_of_the_program_is_told_in_the_page_and_on_the_terminal(project: Path, page: Page) -> None:
    with serving(project, FAILING) as address:
        page.goto(address)
        (project / "content/taken").touch()
        page.get_by_text("content: must be usable: Is a directory [file-readable]").wait_for()
        assert (project.parent / "said").read_text() == ""
        (project / "content/mistake").touch()
        page.get_by_text("the program failed: ZeroDivisionError: 1 < 2; the terminal shows where").wait_for()
        assert (project.parent / "said").read_text().startswith("Traceback ")
        (project / "content/taken").unlink()
        (project / "content/mistake").unlink()
        page.get_by_role("link", name="金样").wait_for()
        page.goto("about:blank")


def test_a_page_sees_that_the_preview_is_another(project: Path, browser: Browser) -> None:
    page = browser.new_page()
    with serving(project) as address:
        page.goto(address)
    edit(project, "site.yaml\n- title: 金样\n+ title: 银样")
    port = urllib.parse.urlsplit(address).port
    with serving(project, SERVE.replace("'0'", f"'{port}'")):
        page.get_by_role("link", name="银样").wait_for()
    page.close()


def test_the_page_for_what_is_not_found_sees_changes_too(project: Path, preview: str, browser: Browser) -> None:
    with browser.new_page() as page:
        page.goto(f"{preview}2022/none.html")
        edit(project, "site.yaml\n- title: 金样\n+ title: 银样")
        until(page, "document.title.endsWith('银样')")


def test_any_number_of_tabs_see_every_change(project: Path, preview: str, page: Page) -> None:
    tabs = [page, *(page.context.new_page() for _ in range(9))]
    for tab in tabs:
        tab.set_default_timeout(60_000)
        tab.goto(f"{preview}2022/index.html")
    for before, after in (("金样", "银样"), ("银样", "铜样")):
        edit(project, f"site.yaml\n- title: {before}\n+ title: {after}")
        for tab in tabs:
            tab.get_by_role("link", name=after).wait_for()


def test_it_serves_files_of_the_site_on_this_machine_and_nothing_else(unchanged: str) -> None:
    for path, status in {
        "": 200,
        "2022/report.json": 200,
        "2022/%73%31.html": 200,
        "none.html": 404,
        "../site.yaml": 404,
        "%2e%2e/site.yaml": 404,
    }.items():
        assert ask(unchanged + path)[0] == status, path
    for host, status in {
        "localhost": 200,
        "LOCALHOST": 200,
        "LocalHost:80": 200,
        "localhost.:8000": 200,
        "127.0.0.1.": 200,
        "evil.example": 403,
        "evil.example:80": 403,
        "localhost.evil.example": 403,
        "localhost..": 403,
        "": 403,
    }.items():
        assert ask(unchanged, Host=host)[0] == status, host


def test_an_address_of_a_folder_without_its_slash_leads_there(unchanged: str) -> None:
    for path, location in {
        "2022": "/2022/",
        "2022?q=%E4%B8%80&x=//y": "/2022/?q=%E4%B8%80&x=//y",
        "%32022": "/2022/",
        "assets": "/assets/",
        "/2022": "/2022/",
    }.items():
        for method in ("GET", "HEAD"):
            status, head, body = ask(unchanged + path, method)
            assert (status, head.get("location"), body) == (301, location, b""), path
    for path in ("202", "2022/index", "none", "/evil.example/%2e%2e", "%0d%0aSet-Cookie:x"):
        assert ask(unchanged + path)[0] == 404, path
    with urllib.request.urlopen(f"{unchanged}2022?q=1") as answer:
        assert (answer.url, answer.status) == (f"{unchanged}2022/?q=1", 200)


def test_every_answer_keeps_other_sites_out(unchanged: str) -> None:
    for path in ("", "2022/index.html", "assets/words-2022.js", "none", "2022", ".changes", "assets/preview.js"):
        for method in ("GET", "HEAD", "POST"):
            _, head, _ = ask(unchanged + path, method)
            assert head["cross-origin-resource-policy"] == "same-origin"
            assert head["x-content-type-options"] == "nosniff"
            assert head["content-security-policy"] == "frame-ancestors 'none'"
    types = {"index.html": "text/html", "assets/site.css": "text/css", "assets/site.js": "javascript"}
    for path, kind in types.items():
        assert kind in ask(unchanged + path)[1]["content-type"]


LINK = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"}, 200),
        ({"Sec-Fetch-Site": "cross-site", **LINK}, 200),
        ({"Sec-Fetch-Site": "same-site", **LINK}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200),
        ({"Sec-Fetch-Site": "cross-site", **LINK, "Sec-Fetch-Dest": "iframe"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "nested-navigate"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "document"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": "http://localhost:1", "Host": "LOCALHOST:1"}, 200),
        ({"Origin": "https://localhost:1", "Host": "localhost:1"}, 403),
    ],
)
def test_what_another_site_asks_for_is_refused(unchanged: str, headers: dict[str, str], status: int) -> None:
    for path in ("2022/index.html", "assets/words-2022.js"):
        assert ask(unchanged + path, **headers)[0] == status
    assert ask(f"{unchanged}.changes", **headers)[0] == status


EMBEDDING = """<!DOCTYPE html><title>other</title><script>
var got = [];
function bring() { got.push("words") }
</script>
<script src="ADDRESSassets/words-2022.js" onload="got.push('script')" onerror="got.push('refused')"></script>
<link rel="stylesheet" href="ADDRESSassets/site.css" onload="got.push('style')" onerror="got.push('refused')"/>
<iframe src="ADDRESS2022/index.html"></iframe><a href="ADDRESS2022/index.html">link</a>
<script>
fetch("ADDRESS2022/report.json").then(() => got.push("fetch"), () => got.push("refused"));
fetch("ADDRESS2022/report.json", {mode: "no-cors"}).then(() => got.push("opaque"), () => got.push("refused"));
</script>"""


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_page_of_another_site_gets_nothing_but_may_link(unchanged: str, browser: Browser, host: str) -> None:
    class Other(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(EMBEDDING.replace("ADDRESS", unchanged).encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Other) as server, browser.new_page() as page:
        Thread(target=server.serve_forever, daemon=True).start()
        page.goto(f"http://{host}:{server.server_port}/")
        until(page, "got.length == 4")
        assert page.evaluate("got") == ["refused"] * 4
        assert [frame.url for frame in page.frames[1:]] == ["chrome-error://chromewebdata/"]
        page.get_by_text("link").click()
        page.get_by_role("heading", name="甲区2022年度报告").wait_for()
        server.shutdown()


@pytest.mark.parametrize("asked", [b"", b"GET", b"GET /assets/big.txt HTTP/1.1\r\nHost: localhost\r\n\r\n"])
def test_a_client_that_goes_away_is_no_mistake(project: Path, preview: str, asked: bytes) -> None:
    (project / "static/big.txt").write_bytes(b"x" * 20_000_000)
    wait_for("x", f"{preview}assets/big.txt")
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", urllib.parse.urlsplit(preview).port or 0), timeout=10) as client:
            client.sendall(asked)
            if b"HTTP" in asked:
                client.recv(1000)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # closing resets it
        assert ask(preview)[0] == 200


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
def test_it_stays_calm_whatever_is_asked(unchanged: str, request_line: str, answered: int) -> None:
    port = int(unchanged.rstrip("/").rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as asked:
        asked.sendall(f"{request_line}\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
        head, _, body = b"".join(iter(lambda: asked.recv(65536), b"")).partition(b"\r\n\r\n")
    assert f" {answered} ".encode() in head or f"code: {answered}".encode() in head + body
    assert not (body and request_line.startswith("HEAD"))


def test_nobody_reaches_it_from_another_address_of_this_machine(unchanged: str) -> None:
    port = int(unchanged.rstrip("/").rpartition(":")[2])
    for address in ("::1", "127.0.0.2"):
        with pytest.raises(OSError, match=r"refused|assign|supported|unreachable"):
            socket.create_connection((address, port), timeout=10)
