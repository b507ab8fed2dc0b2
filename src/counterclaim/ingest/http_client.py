"""One request on the wire: to an address already checked, under the name it was checked for."""

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from urllib.request import (  # type: ignore[attr-defined]  # the types lack one
    getproxies_environment,
    proxy_bypass_environment,
)

from counterclaim.ingest.errors import CutOffError, FetchError, ProxyError, TooLargeError
from counterclaim.ingest.url_safety import Target

CONNECT_SECONDS = 10.0
"""A server that does not answer the door by then is down."""

TOTAL_SECONDS = 30.0
"""For one request, headers and body: news pages take one or two. Kept by closing the socket, so
that a server that drips bytes cannot hold the program."""

WHOLE_SECONDS = 60.0
"""For a page with its redirects, robots files and further addresses, together."""

TOO_LONG = "it took too long"

_end: ContextVar[float | None] = ContextVar("end", default=None)


@contextmanager
def one_deadline(seconds: float | None = None) -> Iterator[None]:
    """Have all requests inside share one deadline: six redirects are not six times as patient."""
    token = _end.set(time.monotonic() + (WHOLE_SECONDS if seconds is None else seconds))
    try:
        yield
    finally:
        _end.reset(token)


def _seconds_left(target: Target, most: float) -> float:
    end = _end.get()
    left = most if end is None else min(most, end - time.monotonic())
    if left <= 0:
        raise FetchError(target.address, TOO_LONG)
    return left


CHUNK = 65_536
"""Bytes read at a time."""

Resolver = Callable[[str, int], Sequence[str]]
"""Gives the IP addresses of a host."""

Sender = Callable[[Target, str, Mapping[str, str], int], "Reply"]
"""Sends one GET to an IP address and reads at most so many bytes of the body, unpacked."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered."""

    status: int
    reason: str
    headers: Mapping[str, str]
    """Names in small letters."""
    body: bytes
    """Unpacked; empty for a redirect or an error."""


def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system for the addresses of a host.

    Raises:
        ProxyError: If the environment names a proxy for it.
    """
    check_no_proxy(host, "https" if port == 443 else "http")
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def check_no_proxy(host: str, scheme: str) -> None:
    """Pass if the environment names no proxy for a host.

    One would resolve the name again, behind the check of its addresses, and is not used; but whoever set it did not
    mean this machine's own address to be seen, nor its name servers to be asked.

    Raises:
        ProxyError: If it names one.
    """
    proxies = getproxies_environment()
    if (scheme in proxies or "all" in proxies) and not proxy_bypass_environment(host, proxies):
        raise ProxyError(host, f"{scheme if scheme in proxies else 'all'}_proxy")


def send(target: Target, ip: str, headers: Mapping[str, str], limit: int) -> Reply:
    """Send one GET to the IP address given, whatever the name would resolve to by now.

    The certificate is verified for the target's name. Proxies are not used: see ``check_no_proxy``.

    Args:
        target: What to ask for.
        ip: The very address that was checked.
        headers: To send.
        limit: Bytes of the unpacked body to take at most.

    Raises:
        FetchError: If the connection fails or takes too long.
        TooLargeError: If the body passes the limit.
    """
    try:
        with closing(_connect(target, ip)) as connection, _watched(target, connection.sock):
            connection.request("GET", target.path, headers=dict(headers))
            return _read(target, connection.getresponse(), limit)
    except (OSError, http.client.HTTPException, zlib.error) as error:
        raise FetchError(target.address, _tell(error)) from error


@contextmanager
def _watched(target: Target, sock: socket.socket) -> Iterator[None]:
    """Shut the socket when time is out: every read then ends, and what came is not used."""
    late = threading.Event()

    def hang_up() -> None:
        late.set()
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(_seconds_left(target, TOTAL_SECONDS), hang_up)
    watch.daemon = True
    watch.start()
    try:
        yield
    except (OSError, http.client.HTTPException, zlib.error) as error:
        if late.is_set():
            raise FetchError(target.address, TOO_LONG) from error
        raise
    finally:
        watch.cancel()
    if late.is_set():
        raise FetchError(target.address, TOO_LONG)


def _connect(target: Target, ip: str) -> http.client.HTTPConnection:
    patience = _seconds_left(target, CONNECT_SECONDS)
    sock = socket.create_connection((ip, target.port), timeout=patience)
    try:
        if target.scheme == "https":
            context = ssl.create_default_context()
            sock = context.wrap_socket(sock, server_hostname=target.host)
    except OSError:
        sock.close()
        raise
    kind = http.client.HTTPSConnection if target.scheme == "https" else http.client.HTTPConnection
    connection = kind(target.host, target.port)
    connection.sock = sock
    return connection


def _read(target: Target, response: http.client.HTTPResponse, limit: int) -> Reply:
    headers = {name.lower(): value for name, value in response.getheaders()}
    body = b""
    if response.status == http.client.OK:
        chunks = iter(lambda: response.read(CHUNK), b"")
        body = unpack(target.address, chunks, headers.get("content-encoding", ""), limit)
        if response.length:  # read less than Content-Length says: http.client ends without a word
            raise CutOffError(target.address, f"{response.length:,} bytes of it did not come")
    return Reply(response.status, response.reason, headers, body)


def unpack(address: str, chunks: Iterator[bytes], encoding: str, limit: int) -> bytes:
    """Unpack a body, and stop at the limit however much is still packed.

    Args:
        address: For messages.
        chunks: The body as it comes.
        encoding: Value of Content-Encoding.
        limit: Bytes of unpacked body.

    Raises:
        TooLargeError: If the unpacked body passes the limit.
        CutOffError: If the packing ends before its end.
        FetchError: If the packing is not one that was asked for.
    """
    packing = encoding.strip().lower()
    if packing not in {"", "identity", "gzip", "x-gzip", "deflate"}:
        raise FetchError(address, f"it is packed as {packing}, which was not asked for")
    is_packed = packing not in {"", "identity"}
    unpacker: Any = None
    body = bytearray()
    for chunk in chunks:
        if not is_packed:
            body += chunk
        while is_packed and chunk and len(body) <= limit:
            unpacker = unpacker or zlib.decompressobj(47)
            body += unpacker.decompress(chunk, limit + 1 - len(body))
            chunk = unpacker.unused_data  # noqa: PLW2901 - a further member of the same body
            if unpacker.eof:
                unpacker = None
        if len(body) > limit:
            raise TooLargeError(address, "the page", limit, "bytes")
    if unpacker is not None:
        raise CutOffError(address, "its packing breaks off")
    return bytes(body)


def _tell(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not good ({error.verify_message})"
    if isinstance(error, TimeoutError):
        return TOO_LONG
    return str(error) or type(error).__name__
