"""A host, by the address that a browser shows → the bytes of its files, within bounds, and never from another host."""

import re
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse, IncompleteRead
from ipaddress import ip_address
from threading import Thread
from typing import TypeVar
from urllib.error import HTTPError, URLError
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
)

Made = TypeVar("Made")

_PATIENCE = 30.0  # seconds that an answer may take from beginning to end
_HOPS = 3  # times that a host may lead on to another form of an address
_REASON = 100  # characters that are told of what a host says
_HOST = re.compile(r"[\w.-]+|\[[0-9a-f:.]+\]", re.ASCII)
_PORTS = {"http": 80, "https": 443}
_IN_PATH = "/%:@!$&'()*+,;=~"
"""What may stand in the path of an address, beside letters, digits, - . and _ (RFC 3986, section 3.3)."""


class NotServed(Exception):
    """The host answers, but not with the file."""


class NoAnswer(Exception):
    """The host does not answer, or not in time."""


@dataclass(frozen=True)
class Host:
    """Where a site is served: its address as it was given, and as it is asked for, neither with a slash at the end."""

    shown: str
    address: str
    opener: OpenerDirector

    def fetch(self, path: str, size: int) -> bytes:
        """What the host has at a path of the site, at most one byte more than `size`.

        Raises NotServed or NoAnswer, with what the host says.
        """
        try:
            return _in_time(lambda: self._follow(f"{self.address}/{quote(path)}", size))
        except (HTTPError, HTTPException) as error:
            if isinstance(error, ConnectionError):  # RemoteDisconnected, which is both
                raise NoAnswer(_reason(error)) from error
            raise NotServed(_reason(error)) from error
        except (OSError, ValueError) as error:
            raise NoAnswer(_reason(error)) from error

    def _follow(self, address: str, size: int) -> bytes:
        """The bytes at an address, or where the host says that this very file is."""
        for _ in range(_HOPS):
            try:
                return self._read(address, size)
            except HTTPError as error:
                with error:
                    onward = error.headers.get("Location") if error.code in (301, 302, 303, 307, 308) else None
                if onward is None:
                    raise
            onward = urljoin(address, onward)
            if _file(onward) != _file(address):
                raise HTTPException(f"leads on to {onward}")
            address = onward
        raise HTTPException(f"leads on again and again, to {address}")

    def _read(self, address: str, size: int) -> bytes:
        answer: HTTPResponse
        with self.opener.open(address, timeout=_PATIENCE) as answer:
            data = answer.read(size + 1)
            if len(data) <= size and answer.length:
                raise IncompleteRead(data, answer.length)
            return data


def read_address(where: str) -> Host | None:
    """The host that is named as a browser shows an address: a Chinese one, one of index.html; None if it is none."""
    try:
        parts = urlsplit(where.strip())
        name, port = parts.hostname or "", parts.port
        host = f"[{name}]" if ":" in name else name.encode("idna").decode()
    except ValueError:
        return None
    if parts.scheme not in _PORTS or "@" in parts.netloc or not _HOST.fullmatch(host):
        return None
    path = _folder(parts.path)
    netloc = host if port is None else f"{host}:{port}"
    shown = urlunsplit((parts.scheme, parts.netloc, path, "", ""))
    return Host(shown, urlunsplit((parts.scheme, netloc, quote(path, _IN_PATH), "", "")), _opener(name))


def _opener(name: str) -> OpenerDirector:
    """What asks a host of this name: by the proxy that the environment names, but never for this machine itself."""
    is_here = name == "localhost" or name.endswith(".localhost")
    with suppress(ValueError):
        address = ip_address(name)
        is_here = (getattr(address, "ipv4_mapped", None) or address).is_loopback
    opener = OpenerDirector()  # without what follows wherever it is led
    proxies = ProxyHandler({} if is_here else None)
    for handler in (proxies, HTTPHandler(), HTTPSHandler(), HTTPErrorProcessor(), HTTPDefaultErrorHandler()):
        opener.add_handler(handler)
    return opener


def _file(address: str) -> tuple[str, str | None, int | None, str]:
    """What two addresses share that name one file on one host: some hosts leave out index.html, .html, or a slash."""
    parts = urlsplit(address)
    path = _folder(unquote(parts.path)).removesuffix(".html")
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme), path


def _folder(path: str) -> str:
    """The path of a folder by one of those of its page: /a/, /a/index.html or, where .html is left out, /a/index."""
    above, _, name = path.rpartition("/")
    return (above if name in ("index", "index.html") else path).rstrip("/")


def _in_time(work: Callable[[], Made]) -> Made:
    """What some work gives or raises; TimeoutError when it takes too long, and then it is left alone."""
    future: Future[Made] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    try:
        return future.result(_PATIENCE)
    except TimeoutError:
        raise TimeoutError(f"there is no whole answer within {_PATIENCE:.0f} seconds") from None


def _reason(error: Exception) -> str:
    """What an answer is lacking, in a few words."""
    if isinstance(error, HTTPError):
        text = f"{error.code} {error.reason}"
    elif isinstance(error, IncompleteRead):
        text = f"{error.expected or 'some'} bytes of the answer are missing"
    else:
        text = str(error.reason if isinstance(error, URLError) else error) or type(error).__name__
    return text[:_REASON]
