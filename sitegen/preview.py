"""A preview: the site built in memory, on this machine only, built anew when a file changes, and shown at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from threading import Condition, Thread
from urllib.parse import unquote

from sitegen.console import say
from sitegen.problems import Mistakes, Place, Problems

SCRIPT_PATH = "assets/preview.js"
SCRIPT = b"""(function () {
  var place = sessionStorage.getItem("preview"), answer = performance.getEntriesByType("navigation")[0];
  if (place && place.split(" ")[0] === location.pathname) scrollTo(0, +place.split(" ")[1]);
  new EventSource("/.changes?" + answer.serverTiming[0].description).addEventListener("change", function () {
    sessionStorage.setItem("preview", location.pathname + " " + pageYOffset);
    location.reload();
  });
})();
"""
"""What a page of the preview loads: it loads itself anew at the next build, at the place where it was."""
_EVENTS = "/.changes"
_ALIVE = 15  # seconds after which a waiting page is told that the preview still lives
_PROBLEMS = '<!DOCTYPE html>\n<html lang="en"><meta charset="utf-8"/>\n<title>must be mended</title>\n'


@dataclass
class _Preview:
    """What is shown now: the files of the last build that went well, and what is wrong with the newest."""

    make: Callable[[], Mapping[str, bytes]]
    files: Mapping[str, bytes] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    builds: int = 0
    changed: Condition = field(default_factory=Condition)

    def build(self) -> None:
        problems: list[str] = []
        files = self.files
        try:
            files = self.make()
        except Mistakes as mistakes:
            problems = [str(problem) for problem in mistakes.problems]
        with self.changed:
            self.files, self.problems, self.builds = files, problems, self.builds + 1
            self.changed.notify_all()


def serve(make: Callable[[], Mapping[str, bytes]], watched: Iterable[Path], port: int, problems: Problems) -> None:
    """Serve what `make` gives on 127.0.0.1 until interrupted, and make it anew when something `watched` changes.

    Its pages must load the script at SCRIPT_PATH. Port 0 takes a free one; raises Mistakes when a port cannot be had.
    """
    from watchfiles import watch  # only the preview needs it

    preview = _Preview(make)
    preview.build()
    server = problems.end(_listen(preview, port, problems))
    Thread(target=server.serve_forever, daemon=True).start()
    say(f"serve: http://127.0.0.1:{server.server_port}/ (Ctrl-C ends it)")
    with server:
        for _ in watch(*watched, debounce=50, step=5, raise_interrupt=True):
            preview.build()


def _listen(preview: _Preview, port: int, problems: Problems) -> ThreadingHTTPServer | None:
    """A server at a port, None when that cannot be had."""
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, preview))
    except (OSError, OverflowError) as error:
        problems.must(Place("--port"), "port-free", f"{port} must be the number of a free port: {error}")
        return None


class _Handler(BaseHTTPRequestHandler):
    """Answers with files of the site, with what is wrong, and with news of changes."""

    def __init__(self, preview: _Preview, *arguments: object) -> None:
        self.preview = preview
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer one request; only those that name this machine as their host."""
        if (self.headers.get("Host") or "").partition(":")[0] not in ("127.0.0.1", "localhost"):
            return self.answer(HTTPStatus.FORBIDDEN, "text/plain", b"the preview answers on 127.0.0.1 only\n")
        path = unquote(self.path.partition("?")[0])  # looked up in the files of the site, never on the disk
        if path == _EVENTS and self.command == "GET":
            return self.tell_changes()
        if path.endswith(f"/{SCRIPT_PATH}"):  # the page for what is not found asks for it at any depth
            return self.answer(HTTPStatus.OK, "text/javascript", SCRIPT)
        name = path.removeprefix("/") + ("index.html" if path.endswith("/") else "")
        is_page = name.endswith(".html") or name not in self.preview.files
        if is_page and self.preview.problems:
            return self.answer(HTTPStatus.OK, "text/html; charset=utf-8", self.problems_page())
        data = self.preview.files.get(name)
        if data is None:
            return self.answer(
                HTTPStatus.NOT_FOUND, "text/html; charset=utf-8", self.preview.files.get("404.html", b"")
            )
        return self.answer(HTTPStatus.OK, f"{guess_type(name)[0] or 'application/octet-stream'}; charset=utf-8", data)

    do_HEAD = do_GET

    def problems_page(self) -> bytes:
        """A page that lists what must be mended."""
        rows = "".join(f"<li><code>{escape(problem)}</code></li>\n" for problem in self.preview.problems)
        return f'{_PROBLEMS}<ul role="alert">\n{rows}</ul>\n<script src="/{SCRIPT_PATH}"></script>\n'.encode()

    def tell_changes(self) -> None:
        """Keep the connection, and send an event at each build (WHATWG HTML, server-sent events)."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        shown = self.path.partition("?")[2]
        while True:
            with self.preview.changed:
                changed = str(self.preview.builds) != shown or self.preview.changed.wait(_ALIVE)
                shown = str(self.preview.builds)
            try:
                self.wfile.write(b"event: change\ndata:\n\n" if changed else b":\n\n")
                self.wfile.flush()
            except OSError:  # the page is gone
                return

    def answer(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        """Send one whole answer, which no browser may keep; a header tells its script which build it is of."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Server-Timing", f'build;desc="{self.preview.builds}"')
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing: what matters stands in the page."""
