"""Channels: hand a message over, once, to the address that its owner wrote down and to no other."""

import http.client
import json
import os
import smtplib
import socket
import ssl
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from counterclaim.alerts.errors import SendError
from counterclaim.alerts.messages import atom_of, body_of, line_of, mail_of
from counterclaim.alerts.rules import AlertSetup, Channel, Secrets
from counterclaim.ingest.url_safety import is_public
from counterclaim.records.alert import Delivery

SECONDS = 20.0
"""For one message: whoever takes longer is asked again later."""

PORTS = {"starttls": 587, "tls": 465, "none": 25}

Shown = Callable[[str], Sequence[Delivery]]
"""Gives what a channel was sent so far, the latest first."""


def send(
    setup: AlertSetup,
    channel: Channel,
    deliveries: Sequence[Delivery],
    secrets: Secrets,
    *,
    now: datetime,
    shown: Shown,
) -> None:
    """Hand deliveries of one batch to their channel.

    Args:
        setup: The file of rules.
        channel: Where to.
        deliveries: Of one batch.
        secrets: Knows what the file only names.
        now: The clock.
        shown: For feeds: what stands in them beside.

    Raises:
        SendError: If it could not be handed over. The message holds no secret.
    """
    try:
        match channel.kind:
            case "email":
                _mail(setup, channel, deliveries, secrets, now)
            case "webhook":
                _post(setup, channel, deliveries, secrets)
            case "file":
                _append(setup, channel, deliveries)
            case "atom":
                _write_feed(setup, channel, deliveries, now, shown)
    except SendError:
        raise
    except smtplib.SMTPResponseException as error:
        raise SendError(channel.name, f"the mail server answered {error.smtp_code}") from None
    except (smtplib.SMTPException, http.client.HTTPException) as error:
        raise SendError(channel.name, type(error).__name__) from None
    except ssl.SSLError:
        raise SendError(channel.name, "its certificate is not good") from None
    except OSError as error:
        raise SendError(channel.name, error.strerror or type(error).__name__) from None


def _checked(channel: Channel, host: str, port: int) -> str:
    """Return the IP address to connect to, if it may be connected to."""
    found = [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not channel.is_private and not all(map(is_public, found)):
        raise SendError(
            channel.name,
            "its host is inside a private network: write `private: true` if that is meant",
        )
    return found[0]


def _mail(
    setup: AlertSetup,
    channel: Channel,
    deliveries: Sequence[Delivery],
    secrets: Secrets,
    now: datetime,
) -> None:
    given = channel.given
    host, security = secrets.get(channel.name, given["host"]), given.get("security", "starttls")
    port = int(given.get("port", PORTS[security]))
    to = [given["to"]] if isinstance(given["to"], str) else list(map(str, given["to"]))
    mail = mail_of(deliveries, str(given["from"]), to, setup.site, now)
    ip = _checked(channel, host, port)
    context = ssl.create_default_context()
    server = _Server(host, ip, port, context if security == "tls" else None)
    with server as smtp:
        if security == "starttls":
            smtp.starttls(context=context)
        if "user" in given:
            smtp.login(
                secrets.get(channel.name, given["user"]),
                secrets.get(channel.name, given["password"]),
            )
        refused = smtp.send_message(mail, to_addrs=to)
    if refused:
        raise SendError(channel.name, f"{len(refused)} of {len(to)} addresses were refused")


class _Server(smtplib.SMTP):
    """A mail server under its name, reached at the address that was checked."""

    def __init__(self, host: str, ip: str, port: int, context: ssl.SSLContext | None) -> None:
        self._ip, self._context = ip, context
        super().__init__(host, port, timeout=SECONDS)

    def _get_socket(self, host: str, port: int, timeout: float | None) -> socket.socket:
        sock = socket.create_connection((self._ip, port), timeout)
        return (
            sock if self._context is None else self._context.wrap_socket(sock, server_hostname=host)
        )


def _post(
    setup: AlertSetup, channel: Channel, deliveries: Sequence[Delivery], secrets: Secrets
) -> None:
    given = channel.given
    form = str(given.get("form", "plain"))
    address = secrets.get(channel.name, given["address"])
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": deliveries[0].batch,
        "User-Agent": "counterclaim",
    }
    if "token" in given:
        headers["Authorization"] = f"Bearer {secrets.get(channel.name, given['token'])}"
    method = "POST"
    if form == "matrix":
        method = "PUT"
        room = quote(secrets.get(channel.name, given["room"]), safe="")
        address = (
            f"{address.rstrip('/')}/_matrix/client/v3/rooms/{room}/send/m.room.message/"
            f"{deliveries[0].batch}"
        )
    status = _request(channel, method, address, body_of(form, deliveries, setup.site), headers)
    if not 200 <= status < 300:
        raise SendError(channel.name, f"the receiver answered {status}")


def _request(
    channel: Channel,
    method: str,
    address: str,
    body: Mapping[str, Any],
    headers: Mapping[str, str],
) -> int:
    """Send one request to the very address; a redirect is an answer like another."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise SendError(channel.name, "its address cannot be read") from None
    allowed = {"https", "http"} if channel.is_private else {"https"}
    if parts.scheme not in allowed or not host:
        raise SendError(channel.name, "its address is not https")
    is_tls = parts.scheme == "https"
    port = port or (443 if is_tls else 80)
    ip = _checked(channel, host, port)
    sock = socket.create_connection((ip, port), SECONDS)
    try:
        if is_tls:
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
        connection = http.client.HTTPConnection(host, port)
        connection.sock = sock
        path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        with closing(connection):
            connection.request(method, path, json.dumps(body).encode(), dict(headers))
            return connection.getresponse().status
    finally:
        sock.close()


def _append(setup: AlertSetup, channel: Channel, deliveries: Sequence[Delivery]) -> None:
    """Add lines to a file; those that are in it already are left, and a line that a crash cut is mended."""
    path = setup.path.parent / str(channel.given["path"])
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as stream:
        held = stream.read()
        whole = held[: held.rfind(b"\n") + 1]
        if len(whole) < len(held):
            stream.truncate(len(whole))
        known = {key for key in map(_key, whole.splitlines()) if key}
        stream.seek(len(whole))
        for item in deliveries:
            if item.matter.key not in known:
                stream.write(f"{line_of(item.matter, setup.site)}\n".encode())
        stream.flush()
        os.fsync(stream.fileno())


def _key(line: bytes) -> str | None:
    try:
        return str(json.loads(line)["key"])
    except (ValueError, KeyError, TypeError):
        return None


def _write_feed(
    setup: AlertSetup,
    channel: Channel,
    deliveries: Sequence[Delivery],
    now: datetime,
    shown: Shown,
) -> None:
    """Write the whole feed anew, in place of the old one."""
    path = setup.path.parent / str(channel.given["path"])
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = {item.matter.key: item for item in (*deliveries, *shown(channel.name))}
    latest = sorted(rows.values(), key=lambda item: (item.made_at, item.matter.key), reverse=True)
    words = atom_of(f"Counterclaim: {channel.name}", channel.name, latest, setup.site, now)
    _replace(path, words)


def _replace(path: Path, words: str) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(words)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
