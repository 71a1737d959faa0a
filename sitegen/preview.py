"""A preview: the site built in memory, on this machine only, built anew when a file changes, and shown at once."""

import os
import time
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import MimeTypes
from pathlib import Path
from stat import S_ISDIR
from threading import Thread
from urllib.parse import quote, unquote

from sitegen.console import say
from sitegen.model.finished import File
from sitegen.problems import Mistakes, Place, Problem, Problems

SCRIPT_PATH = "assets/preview.js"
SCRIPT = Path(__file__).with_name("preview.js").read_bytes()
"""What a page of the preview loads: it loads itself anew at the next build, at the place where it was."""
_CHANGES = "/.changes"
_WAITING = 128  # connections that may wait to be accepted: many tabs that load themselves anew at once
_PERIOD = 0.05  # seconds between two looks at what is watched, at least
_REST = 9  # times as long as a look takes nothing is done, so that many reports take a tenth of a processor at most
_SAVING = 0.02  # seconds that a save may take, which is often several steps, and longer than a tick of file times
_PROBLEMS = '<!DOCTYPE html>\n<html lang="en"><meta charset="utf-8"/>\n<title>must be mended</title>\n'
_GUARDS = {  # what keeps pages of other sites from reading the draft, also in browsers that do not say who asks
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_TYPES = MimeTypes()  # Python's own: those of a system may be wrong, and browsers would refuse scripts and styles


@dataclass(frozen=True)
class _Build:
    """What is shown: the files of the last build that went well, what is wrong with the newest, and its name."""

    files: Mapping[str, File]
    problems: tuple[str, ...]
    name: str


@dataclass
class _Preview:
    """What is shown now. It is exchanged as a whole, so that no page carries the name of another build."""

    shown: _Build


def serve(make: Callable[[], Mapping[str, File]], watched: Iterable[Path], port: int, problems: Problems) -> None:
    """Serve what `make` gives on 127.0.0.1 until interrupted, and make it anew when something `watched` changes.

    Its pages must load the script at SCRIPT_PATH. Port 0 takes a free one; raises Mistakes when a port cannot be had.
    """
    watched = tuple(watched)
    seen = _look(watched)
    preview = _Preview(_build(make, {}))
    server = problems.end(_listen(preview, port, problems))
    Thread(target=server.serve_forever, daemon=True).start()
    say(f"serve: http://127.0.0.1:{server.server_port}/ (Ctrl-C ends it)")
    while True:
        began = time.monotonic()
        now = _look(watched)
        if now != seen:
            time.sleep(_SAVING)
            seen = _look(watched)  # before it is read, so that what changes meanwhile is seen at the next look
            preview.shown = _build(make, preview.shown.files)
        else:
            time.sleep(max(_PERIOD, _REST * (time.monotonic() - began)))


def _look(watched: Iterable[Path]) -> dict[str, tuple[int | None, ...]]:
    """All that can be told without reading of files, and of folders with all below them, by path; hidden ones left out.

    It is looked at again and again instead of asking the system for news, which is news of a file and not of a name: of
    one that was removed or replaced there is none any more, nor of one that is not there yet, or that a link leads to.
    """
    state: dict[str, tuple[int | None, ...]] = {}
    waiting = [os.path.realpath(path) for path in watched]
    while waiting:
        path = waiting.pop()
        try:
            status = os.lstat(path)
            if S_ISDIR(status.st_mode):  # its times change with hidden files too, such as those of an editor
                waiting += [f"{path}/{name}" for name in os.listdir(path) if not name.startswith(".")]
                state[path] = (status.st_mode,)
            else:
                times = status.st_mtime_ns, status.st_ctime_ns
                state[path] = status.st_mode, status.st_dev, status.st_ino, status.st_size, *times
        except OSError as error:
            state[path] = (error.errno,)
    return state


def _build(make: Callable[[], Mapping[str, File]], files: Mapping[str, File]) -> _Build:
    """What `make` gives, or the files of before with what is wrong; nothing but an interrupt is raised."""
    problems: tuple[str, ...] = ()
    try:
        files = make()
    except Exception as error:
        problems = tuple(map(str, _tell(error)))
    return _Build(files, problems, str(time.time_ns()))  # another name than any build has of an earlier preview


def _tell(error: Exception) -> Sequence[object]:
    """What is wrong, a line each: what must be mended, or else that the program failed, and where on the terminal."""
    if isinstance(error, Mistakes):
        return error.problems
    if isinstance(error, OSError) and error.filename:  # such as of a file that is taken away while it is read
        return [Problem(Place(str(error.filename)), "file-readable", f"must be usable: {error.strerror}")]
    with suppress(OSError):  # nobody may read it
        traceback.print_exception(error)
    return [f"the program failed: {type(error).__name__}: {error}; the terminal shows where"]


def _listen(preview: _Preview, port: int, problems: Problems) -> ThreadingHTTPServer | None:
    """A server at a port, None when that cannot be had."""
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, preview))
    except (OSError, OverflowError) as error:
        problems.must(Place("--port"), "port-free", f"{port} must be the number of a free port: {error}")
        return None
    server.socket.listen(_WAITING)
    return server


class _Handler(BaseHTTPRequestHandler):
    """Answers with files of the site, with what is wrong, and with the name of what is shown."""

    def __init__(self, preview: _Preview, *arguments: object) -> None:
        self.preview = preview
        super().__init__(*arguments)  # type: ignore[arg-type]

    def handle(self) -> None:
        """Answer; a page that is closed meanwhile is no mistake."""
        with suppress(OSError):
            super().handle()

    def do_GET(self) -> None:
        """Answer one request, looked up in the files of the site, never on the disk."""
        self.shown = self.preview.shown  # not before: browsers open connections before they ask
        if wrong := self.refusal():
            return self.answer(HTTPStatus.FORBIDDEN, "text/plain", f"{wrong}\n".encode())
        address, mark, query = self.path.partition("?")
        path = unquote(address)
        if path == _CHANGES and self.command == "GET":
            return self.answer(HTTPStatus.OK, "text/plain", self.shown.name.encode())
        if path.endswith(f"/{SCRIPT_PATH}"):  # the page for what is not found asks for it at any depth
            return self.answer(HTTPStatus.OK, "text/javascript", SCRIPT)
        name = path.removeprefix("/") + ("index.html" if path.endswith("/") else "")
        file = self.shown.files.get(name)
        if self.shown.problems and (file is None or name.endswith(".html")):
            return self.answer(HTTPStatus.OK, "text/html", self.problems_page())
        if file is not None:
            return self.answer(HTTPStatus.OK, _TYPES.guess_type(name)[0] or "application/octet-stream", file.read())
        if any(path.startswith(f"{name}/") for path in self.shown.files):  # as hosts do
            return self.answer(HTTPStatus.MOVED_PERMANENTLY, "text/plain", b"", f"/{quote(name)}/{mark}{query}")
        page = self.shown.files.get("404.html")
        return self.answer(HTTPStatus.NOT_FOUND, "text/html", page.read() if page else b"")

    do_HEAD = do_GET

    def refusal(self) -> str:
        """Why the request is not answered, "" when it is.

        The host must be this machine, lest a foreign name that leads here reads the draft. Pages of other sites, those
        at other ports of this machine among them, may link to the preview and nothing else (W3C, Fetch Metadata); the
        oldest browsers that tell the mode of a request do not tell its destination.
        """
        host = (self.headers.get("Host") or "").lower()
        if host.partition(":")[0].removesuffix(".") not in ("127.0.0.1", "localhost"):
            return "the preview answers on 127.0.0.1 only"
        mode, destination = self.headers.get("Sec-Fetch-Mode"), self.headers.get("Sec-Fetch-Dest", "document")
        is_link = mode == "navigate" and destination == "document"
        is_foreign = self.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site") and not is_link
        if is_foreign or self.headers.get("Origin", f"http://{host}").lower() != f"http://{host}":
            return "the preview answers no other site"
        return ""

    def problems_page(self) -> bytes:
        """A page that lists what must be mended."""
        rows = "".join(f"<li><code>{escape(problem)}</code></li>\n" for problem in self.shown.problems)
        return f'{_PROBLEMS}<ul role="alert">\n{rows}</ul>\n<script src="/{SCRIPT_PATH}"></script>\n'.encode()

    def answer(self, status: HTTPStatus, kind: str, data: bytes, location: str = "") -> None:
        """Send one whole answer, which no browser may keep; a header tells its script which build it is of."""
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Server-Timing", f'build;desc="{self.shown.name}"')
        if location:
            self.send_header("Location", location)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def end_headers(self) -> None:
        """End the head of any answer, those of Python's server about wrong requests among them."""
        for name, value in _GUARDS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing: what matters stands in the page."""
