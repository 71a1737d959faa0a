"""Real servers on loopback, each with a folder to serve; nginx and Caddy by their recipes in hosting/."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import pytest

from tests.conftest import ROOT


@contextmanager
def nginx(folder: Path, work: Path) -> Iterator[str]:
    """The folder on nginx, as hosting/nginx.conf says; its address."""
    with _nginx_by(folder, work) as address:
        yield address


@contextmanager
def _nginx_by(folder: Path, work: Path, rules: str = "") -> Iterator[str]:
    """The folder on nginx by its recipe, with more rules on addresses than that has."""
    port = free_port()
    here = {"listen 80;": f"listen 127.0.0.1:{port};", "/var/www/edition": str(folder)}
    if rules:
        missing = "location @missing { try_files /404.html =404; }"
        here["error_page 404 /404.html;"] = f"error_page 404 @missing; {missing} {rules}"
    recipe = _changed("nginx.conf", here)
    paths = "".join(f"{name}_temp_path {work};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "" if os.geteuid() else "user root;"
    main = (
        f"{user} daemon off; pid {work}/pid; error_log stderr; events {{}} http {{ access_log off; {paths} {recipe} }}"
    )
    (work / "nginx.conf").write_text(main)
    with _running("nginx", "-e", "stderr", "-p", str(work), "-c", str(work / "nginx.conf"), port=port) as address:
        yield address


@contextmanager
def folders_without_slash(folder: Path, work: Path) -> Iterator[str]:
    """A host that answers with a folder's index.html at the folder's own name too: /2021, without a redirect."""
    with _nginx_by(folder, work, "location / { try_files $uri $uri/index.html =404; }") as address:
        yield address


@contextmanager
def pages_without_names(folder: Path, work: Path) -> Iterator[str]:
    """A host as Cloudflare Pages: it sends readers from /2021/index.html to /2021/, from /2021/s1.html to /2021/s1."""
    rules = r"""
        rewrite ^(.*/)index(\.html)?$ $1 permanent;
        rewrite ^(.+)\.html$ $1 permanent;
        location / { try_files $uri $uri.html $uri/index.html =404; }"""
    with _nginx_by(folder, work, rules) as address:
        yield address


@contextmanager
def pages_without_names_and_slash(folder: Path, work: Path) -> Iterator[str]:
    """A host that drops the slash too, from /2021/ to /2021, and as `npx serve` only .html of /2021/index.html."""
    rules = r"""
        rewrite ^(/.+)/$ $1 permanent;
        rewrite ^(.+)\.html$ $1 permanent;
        location / { try_files $uri $uri.html $uri/index.html =404; }"""
    with _nginx_by(folder, work, rules) as address:
        yield address


@contextmanager
def pages_as_folders(folder: Path, work: Path) -> Iterator[str]:
    """A host that ends every page's address with a slash: /2021/ and /2021/s1/."""
    rules = r"""
        rewrite ^(.*/)index(\.html)?$ $1 permanent;
        rewrite ^(.+)\.html$ $1/ permanent;
        if (!-f $request_filename) { rewrite ^(.*/[^./]+)$ $1/ permanent; }
        location ~ ^(?<page>.*)/$ { try_files $page.html $page/index.html =404; }
        location / { try_files $uri =404; }"""
    with _nginx_by(folder, work, rules) as address:
        yield address


@contextmanager
def caddy(folder: Path, work: Path) -> Iterator[str]:
    """The folder on Caddy, as hosting/Caddyfile says; its address."""
    port = free_port()
    here = {"fazhi.example.org {": f"http://127.0.0.1:{port} {{", "/var/www/edition": str(folder)}
    (work / "Caddyfile").write_text("{\n\tadmin off\n}\n" + _changed("Caddyfile", here))
    home = {"XDG_DATA_HOME": str(work), "XDG_CONFIG_HOME": str(work)}
    with _running("caddy", "run", "--config", str(work / "Caddyfile"), port=port, environment=home) as address:
        yield address


@contextmanager
def lighttpd(folder: Path, work: Path) -> Iterator[str]:
    """The folder on lighttpd, with Debian's types; its address."""
    port = free_port()
    (work / "lighttpd.conf").write_text(
        f'server.document-root = "{folder}"\nserver.bind = "127.0.0.1"\nserver.port = {port}\n'
        'index-file.names = ("index.html")\ninclude_shell "/usr/share/lighttpd/create-mime.conf.pl"\n'
    )
    with _running("lighttpd", "-D", "-f", str(work / "lighttpd.conf"), port=port) as address:
        yield address


@contextmanager
def busybox(folder: Path, _: Path) -> Iterator[str]:
    """The folder on BusyBox's httpd; its address."""
    port = free_port()
    with _running("busybox", "httpd", "-f", "-p", f"127.0.0.1:{port}", "-h", str(folder), port=port) as address:
        yield address


@contextmanager
def python(folder: Path, _: Path) -> Iterator[str]:
    """The folder on Python's http.server; its address."""
    port = free_port()
    arguments = ("-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(folder))
    with _running(sys.executable, *arguments, port=port) as address:
        yield address


@contextmanager
def disk(folder: Path, _: Path) -> Iterator[str]:
    """The folder without any server; its address."""
    yield folder.as_uri()


def _changed(recipe: str, changes: Mapping[str, str]) -> str:
    """A recipe with the lines changed that its reader is told to change."""
    text = (ROOT / "hosting" / recipe).read_text("utf-8")
    for old, new in changes.items():
        assert text.count(old) == 1, f"{recipe} has one line with {old}"
        text = text.replace(old, new)
    return text


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def _running(name: str, *arguments: str, port: int, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """A server while it runs. Where it is missing its tests are skipped; in CI they fail."""
    program = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if not program:
        assert not os.environ.get("CI"), f"CI must have {name}: .ci/run installs it"
        pytest.skip(f"{name} is not on this machine")
    with tempfile.TemporaryFile("w+") as said:  # no pipe, which a process that the server left behind would keep open
        server = subprocess.Popen(
            [program, *arguments], env={**os.environ, **(environment or {})}, stderr=said, start_new_session=True
        )
        try:
            _wait_for(server, port, said)
            yield f"http://127.0.0.1:{port}"
        finally:
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=20)


def _wait_for(server: "subprocess.Popen[bytes]", port: int, said: IO[str]) -> None:
    for _ in range(200):
        if server.poll() is not None:
            said.seek(0)
            raise AssertionError(said.read())
        with socket.socket() as asked:
            if not asked.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.05)
    raise AssertionError("the server does not answer")
