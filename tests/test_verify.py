import hashlib
import re
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest

import build
from sitegen.model.finished import files_of
from sitegen.problems import Problems
from sitegen.publish import host
from sitegen.publish.verify import verify as verify_files
from tests.hosts import free_port, python

FILES = {f"2021/s{at}.html": b"line\n" * at for at in range(1, 40)}
Answer = Callable[[BaseHTTPRequestHandler], None]


def verify(where: object, project: Path) -> int:
    return build.main(["verify", str(where)], project)


def told_of(where: object, files: dict[str, bytes] = FILES) -> list[str]:
    """What is told of a place that should hold the files."""
    problems = Problems()
    verify_files(files_of(files).items(), str(where), problems)
    return list(map(str, problems.found))


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    """A host that answers every GET by a function; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with suppress(OSError):  # the other side may hang up
                answer(self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def send(handler: BaseHTTPRequestHandler, body: bytes | None = None, status: int = 200, **headers: str) -> None:
    """Answer with a body, or with the file that is asked for."""
    name = handler.path.removeprefix("/")
    body = FILES.get(name, b"") if body is None else body
    handler.send_response(status)
    for key, text in {"Content-Length": str(len(body)), **headers}.items():
        handler.send_header(key, text)
    handler.end_headers()
    handler.wfile.write(body)


def test_the_digest_is_the_hash_of_a_file_by_which_anyone_can_check_a_copy(
    sample_project: Path, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(site, sample_project) == 0
    found = re.search(r"digest: ([0-9a-f]{64})$", capsys.readouterr().out)
    assert found
    assert found[1] == hashlib.sha256((site / "SHA256SUMS").read_bytes()).hexdigest()
    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=site, capture_output=True, text=True, check=True)
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    paths.remove("SHA256SUMS")
    assert checked.stdout.splitlines() == [f"{path}: OK" for path in paths]


@pytest.mark.parametrize("served", [False, True])
def test_whatever_differs_there_is_told(
    sample_project: Path, site: Path, tmp_path: Path, served: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    there = tmp_path / "there"
    shutil.copytree(site, there)
    page = there / "2021/s1-2-3.html"
    page.write_text(page.read_text("utf-8").replace("100%", "99%"), "utf-8")
    (there / "robots.txt").write_text("User-agent: *\nAllow: /")
    (there / "assets/site.css").unlink()
    (there / "2021/s9.html").write_text("这一页不属于本站")
    with python(there, tmp_path) as address:
        where = address if served else str(there)
        assert verify(f"{where}/" if served else where, sample_project) == 1
    told = [line.removeprefix(f"{where}/") for line in capsys.readouterr().err.splitlines()]
    expected = [
        r"2021/s1-2-3.html:\d+: must be as the repository builds it \[copy-equal\]",
        r"robots.txt:3: must be as the repository builds it \[copy-equal\]",
        r"assets/site.css: must be (served: 404 .*|a file that can be read: .*) \[copy-equal\]",
        *([] if served else [r"2021/s9.html: must not be there: a build does not write it \[copy-equal\]"]),
    ]
    assert len(told) == len(expected)
    for pattern in expected:
        assert [line for line in told if re.fullmatch(pattern, line)], pattern


def test_a_host_that_serves_the_site_is_verified(
    sample_project: Path, served: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(served, sample_project) == 0
    assert capsys.readouterr().out.startswith(f"verify: {served} holds what is built here: reports: ")


@pytest.mark.parametrize(
    "end", ["", "/", "/index.html", "/index", "/index.html#s1", "/?q=法治", "/index.html?q=x#y", " "]
)
def test_an_address_may_be_given_as_the_browser_shows_it(tmp_path: Path, end: str) -> None:
    (tmp_path / "站 点/2021").mkdir(parents=True)
    (tmp_path / "站 点/2021/图 1%.html").write_bytes(b"x")
    with python(tmp_path, tmp_path) as address:
        assert told_of(f"{address}/站 点{end}", {"2021/图 1%.html": b"x"}) == []
        assert told_of(f"{address}/%E7%AB%99%20%E7%82%B9{end}", {"2021/图 1%.html": b"x"}) == []
        assert told_of(f"{address.replace('http', 'HTTP')}/站 点{end}", {"2021/图 1%.html": b"x"}) == []


def test_a_chinese_host_is_asked_by_its_ascii_name(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def look_up(name: str, *_: object, **__: object) -> None:
        asked.append(name)
        raise socket.gaierror(-2, "Name or service not known")

    for proxy in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(proxy, raising=False)
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    said = r"http://汉阳。中国:80/法治/2021/s1\.html: must answer: .*not known.* \[copy-answers\]"
    [line] = told_of("http://汉阳。中国:80/法治/")
    assert re.fullmatch(said, line)
    assert asked == ["xn--nsw270g.xn--fiqs8s"]


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("none", "none: must be a folder, or an address that begins with https:// [copy-named]"),
        ("a\0b", "a\\u0000b: must be a folder, or an address that begins with https:// [copy-named]"),
        ("ftp://127.0.0.1/", "ftp://127.0.0.1: must be a folder, or an address that begins with https://"),
        ("file:///etc", "file:///etc: must be a folder, or an address that begins with https://"),
        ("http://127.0.0.1:1/", "[copy-answers]"),
        ("http://[/", "[copy-named]"),
        ("http://127.0.0.1:port/", "[copy-named]"),
        ("http://127.0.0.1:99999/", "[copy-named]"),
        ("http://a b/", "[copy-named]"),
        ("http:///x", "[copy-named]"),
        ("http://a..b/", "[copy-named]"),
        ("http://name@127.0.0.1/", "[copy-named]"),
        ("http://" + "a" * 300 + "/", "[copy-named]"),
        ("x" * 300, "must be a folder, or an address that begins with https://: File name too long [copy-named]"),
        ("loop", "[copy-named]"),
    ],
)
def test_what_cannot_be_asked_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "loop").symlink_to("loop")
    [line] = told_of(where)
    assert said in line


def raw(data: bytes) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(data)
        handler.close_connection = True

    return answer


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (raw(b"no HTTP\r\n\r\n"), "must be served: no HTTP"),
        (raw(b"HTTP/1.1 abc\r\n\r\n"), "must be served: HTTP/1.1 abc"),
        (raw(b"HTTP/1.1 200 " + b"x" * 70_000), "must be served: got more than 65536 bytes when reading status line"),
        (raw(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000), "must be served: got more than 65536 bytes when reading h"),
        (raw(b"HTTP/1.1 200 OK\r\n" + b"X: x\r\n" * 200), "must be served: got more than 100 headers"),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nlin"), "must be served: 6 bytes of the answer are missing"),
        (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), "must be served: some bytes"),
        (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nli"), "must be served: "),
        (raw(b"HTTP/1.1 500 \x1b[31m" + b"x" * 9_000 + b"\r\n\r\n"), r"must be served: 500 \u001b[31mxxx"),
        (raw(b"HTTP/1.1 302 Found\r\nLocation: http://[/\r\n\r\n"), "must answer: "),
        (raw(b""), "must answer: "),
        (partial(send, status=401), "must be served: 401 Unauthorized"),
        (
            partial(send, status=302, Location="http://example.org/2021/s1.html"),
            "must be served: leads on to http://exa",
        ),
        (partial(send, status=301, Location="/login"), "must be served: leads on to http://127.0.0.1:"),
        (partial(send, status=301, Location="file:///etc/passwd"), "must be served: leads on to file:///etc/passwd"),
        (partial(send, status=308, Location="//127.0.0.1:1/2021/s1.html"), "must be served: leads on to http://127.0"),
        (partial(send, status=302, Location="?again"), "must be served: leads on again and again"),
        (partial(send, status=302), "must be served: 302 Found"),
    ],
)
def test_every_broken_answer_is_told_in_a_line(answer: Answer, said: str) -> None:
    with serving(answer) as address:
        [line] = told_of(address, {"2021/s1.html": b"line\n"})
    assert line.startswith(f"{address}/2021/s1.html: {said}")
    assert len(line) < 250
    assert line.isprintable()


def test_an_endless_answer_is_read_to_where_it_differs() -> None:
    sent = 0

    def answer(handler: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        handler.send_response(200)
        handler.end_headers()
        while handler.wfile.write(b"line\n" * 1000):
            sent += 5000

    with serving(answer) as address:
        assert told_of(address, {"s1.html": b"line\n"}) == [
            f"{address}/s1.html:2: must be as the repository builds it [copy-equal]"
        ]
    assert sent < 50_000_000, "what the system's buffers took"


@pytest.mark.parametrize("part", ["headers", "body", "redirect"])
def test_a_host_that_only_drips_is_given_up(monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    """A byte comes often enough for each single read, and the answer never ends."""
    ended = Event()
    beginning = {
        "headers": b"HTTP/1.1 200 OK\r\nX: ",
        "body": b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n",
        "redirect": b"HTTP/1.1 302 Found\r\nLocation: ",
    }

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(beginning[part])
        while not ended.wait(0.05):
            handler.wfile.write(b"x")

    monkeypatch.setattr(host, "_PATIENCE", 1.0)
    with serving(answer) as address:
        [line] = told_of(address, {"s1.html": b"x" * 90_000, "s2.html": b"x"})
        ended.set()
    assert line == f"{address}/s1.html: must answer: there is no whole answer within 1 seconds [copy-answers]"


def test_a_host_may_leave_out_html_and_redirect_to_that() -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.path.endswith(".html"):
            send(handler, b"", 308, Location=handler.path.removesuffix(".html"))
        else:
            send(handler, FILES[f"{handler.path.removeprefix('/')}.html"])

    with serving(answer) as address:
        assert told_of(address) == []


def test_a_long_list_is_cut_and_a_wrong_address_told_in_a_line() -> None:
    def half(handler: BaseHTTPRequestHandler) -> None:
        send(handler, status=200 if handler.path == "/2021/s3.html" else 404)

    with serving(half) as address:
        told = told_of(address)
        assert len(told) == 21
        assert told[-1] == f"{address}: and 18 more must be as the repository builds them [copy-equal]"
    with serving(partial(send, status=404)) as address:
        said = f"{address}: must hold the site: of its first 10 files it serves none: 404 Not Found [copy-answers]"
        assert told_of(address) == [said]


def test_a_host_that_falls_silent_is_not_asked_on() -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/2021/s3.html":
            handler.close_connection = True
        else:
            send(handler, b"other")

    with serving(answer) as address:
        told = told_of(address)
    assert len(told) == 3
    assert told[0].startswith(f"{address}/2021/s3.html: must answer: ")


def test_this_machine_is_never_asked_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(send) as address, serving(partial(send, body=b"proxy")) as proxy:
        monkeypatch.setenv("http_proxy", proxy)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        assert told_of(address) == []
        for name in ("localhost", "LOCALHOST", "[::ffff:127.0.0.1]"):
            assert told_of(address.replace("127.0.0.1", name)) == []
        assert ":1: must be as the repository" in told_of("http://fazhi.example")[0], "others are, as the system says"


def test_a_folder_holds_files_and_folders_alone(tmp_path: Path) -> None:
    there = tmp_path / "there"
    for path in ("a.html", "b.html", "c.html", "2021/s1.html", "2022/s1.html"):
        (there / path).parent.mkdir(parents=True, exist_ok=True)
        (there / path).write_bytes(b"x")
    files = {path.relative_to(there).as_posix(): b"x" for path in there.rglob("*") if path.is_file()}
    assert told_of(there, files) == []
    (tmp_path / "link").symlink_to(there)
    assert told_of(tmp_path / "link", files) == [], "the folder itself may be named by a link"
    (there / "2022").rename(tmp_path / "2022")
    (there / "2022").symlink_to(tmp_path / "2022")
    (there / "a.html").rename(tmp_path / "a.html")
    (there / "a.html").symlink_to(tmp_path / "a.html")
    (there / "b.html").unlink()
    (there / "b.html").mkdir()
    (there / "c.html").unlink()
    (there / "more/inner").mkdir(parents=True)
    (there / "more/foreign.html").symlink_to("/etc/hostname")
    assert [line.removeprefix(f"{there}/") for line in told_of(there, files)] == [
        "2022: must be a file or a folder, not a link or a device [copy-equal]",
        "a.html: must be a file or a folder, not a link or a device [copy-equal]",
        "more/foreign.html: must be a file or a folder, not a link or a device [copy-equal]",
        "b.html: must be a file [copy-equal]",
        "c.html: must be a file that can be read: No such file or directory [copy-equal]",
        "more: must not be there: a build does not write it [copy-equal]",
    ]


def test_no_host_at_a_free_port_is_told_once() -> None:
    [line] = told_of(f"http://127.0.0.1:{free_port()}/")
    assert line.endswith("[copy-answers]")
