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

from sitegen.problems import Mistakes, Place, mistake

_EVENTS = "/.changes"
_ALIVE = 15  # seconds after which a waiting page is told that the preview still lives
_PROBLEMS = '<!DOCTYPE html>\n<html lang="en"><meta charset="utf-8"/>\n<title>must be mended</title>\n'
_SCRIPT = "/.reload.js"
_RELOAD = b"""(function () {
  var place = sessionStorage.getItem("preview");
  if (place && place.split(" ")[0] === location.pathname) scrollTo(0, +place.split(" ")[1]);
  new EventSource(document.currentScript.src.replace("reload.js", "changes")).addEventListener("change", function () {
    sessionStorage.setItem("preview", location.pathname + " " + pageYOffset);
    location.reload();
  });
})();
"""


@dataclass
class _Preview:
    """What is shown now: the files of the last build that went well, and what is wrong with the newest."""

    make: Callable[[], Mapping[str, bytes]]
    files: Mapping[str, bytes] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    builds: int = 0
    changed: Condition = field(default_factory=Condition)

    def build(self) -> None:
        try:
            files, problems = self.make(), list[str]()
        except Mistakes as mistakes:
            files, problems = self.files, list(map(str, mistakes.problems))
        with self.changed:
            self.files, self.problems, self.builds = files, problems, self.builds + 1
            self.changed.notify_all()


def serve(make: Callable[[], Mapping[str, bytes]], watched: Iterable[Path], port: int) -> None:
    """Serve what `make` gives on 127.0.0.1 until interrupted, and make it anew when something `watched` changes.

    Raises Mistakes when the port cannot be had; port 0 takes a free one.
    """
    from watchfiles import watch  # only the preview needs it

    preview = _Preview(make)
    preview.build()
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, preview))
    except (OSError, OverflowError) as error:
        raise mistake(Place("--port"), f"{port} must be the number of a free port: {error}") from None
    Thread(target=server.serve_forever, daemon=True).start()
    print(f"serve: http://127.0.0.1:{server.server_port}/ (Ctrl-C ends it)", flush=True)
    with server:
        for _ in watch(*watched, debounce=50, step=5, raise_interrupt=True):
            preview.build()


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
        if path == _SCRIPT:
            return self.answer(HTTPStatus.OK, "text/javascript", _RELOAD)
        name = path.removeprefix("/") + ("index.html" if path.endswith("/") else "")
        page = name.endswith(".html") or name not in self.preview.files
        if page and self.preview.problems:
            told = "".join(f"<li><code>{escape(each)}</code></li>\n" for each in self.preview.problems)
            html = f'{_PROBLEMS}<ul role="alert">\n{told}</ul>\n'.encode()
            return self.answer(HTTPStatus.OK, "text/html; charset=utf-8", self.reloading(html))
        found = self.preview.files.get(name)
        status = HTTPStatus.OK if found is not None else HTTPStatus.NOT_FOUND
        data = self.preview.files.get("404.html", b"") if found is None else found
        kind = "text/html" if page else guess_type(name)[0] or "application/octet-stream"
        return self.answer(status, f"{kind}; charset=utf-8", self.reloading(data) if page else data)

    do_HEAD = do_GET

    def reloading(self, html: bytes) -> bytes:
        """A page that loads itself anew at the next change, at the place where it was; its policy must allow that."""
        allowed = html.replace(b"default-src 'none'", b"default-src 'self'", 1)
        return allowed.replace(b"</body>", b"") + f'<script src="{_SCRIPT}?{self.preview.builds}"></script>'.encode()

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
        """Send one whole answer, which no browser may keep."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing: what matters stands in the page."""
