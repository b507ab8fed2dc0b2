"""Fetches a page, guarded: public addresses only, within limits, as the site allows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from email.message import Message
from urllib.parse import urljoin

from counterclaim.ingest.errors import AddressRefusedError, FetchError, NoHostError
from counterclaim.ingest.http_client import Reply, Resolver, Sender, one_deadline, resolve, send
from counterclaim.ingest.robots import AGENT_NAME, Robots
from counterclaim.ingest.url_safety import Target, is_public, take_apart
from counterclaim.version import __version__

PAGE_LIMIT = 10 * 1024 * 1024
"""Bytes, unpacked. The heaviest news page's own markup seen is 3 MB; reports as PDF reach 8 MB."""

MOST_REDIRECTS = 5
"""Hops. From http to https, to www, to the canonical address, and two to spare."""

MOST_TRIED = 2
"""IP addresses of one host: an IPv6 and an IPv4 one, where only one of the two is reachable."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})

FOR_GOOD = frozenset({301, 308})
"""Redirects by which a server says that an address is not to be asked any more."""

MOVED = "x-counterclaim-moved"
"""Header put on the answer of a feed that moved for good: where it stands now."""

MEDIA_TYPES = frozenset({"text/html", "text/plain", "application/xhtml+xml", "application/pdf"})
"""What can be read as a report."""

PROJECT = "https://pypi.org/project/counterclaim/"
"""Where a site's keeper learns what this program is."""

HEADERS = {
    "User-Agent": f"{AGENT_NAME}/{__version__} (+{PROJECT})",
    "Accept": ", ".join(sorted(MEDIA_TYPES)),
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "en",
    "Connection": "close",
}

FEED_HEADERS = {
    **HEADERS,
    "Accept": "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.8",
}


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page as it was fetched."""

    address: str
    """Where it stood in the end, after redirects."""
    body: bytes
    media_type: str
    charset: str | None
    """As the server said."""


Fetcher = Callable[[str], FetchedPage]
"""Fetches the page at an address."""


def make_fetcher(*, resolve: Resolver = resolve, send: Sender = send) -> Fetcher:
    """Make a fetcher that remembers robots files.

    Every hop is checked anew: scheme, port, user, every IP address of the host, robots file. The
    connection goes to the address that was checked, so a name that changes its address between the
    check and the connection gains nothing.

    Args:
        resolve: Gives the IP addresses of a host.
        send: Sends one request to an IP address.
    """

    def get(target: Target, limit: int) -> Reply:
        return _get(target, resolve, send, limit)

    def follow(target: Target, limit: int) -> Reply:
        return _follow(target, get, limit, lambda _: None)[1]

    robots = Robots(follow)

    def fetch(address: str) -> FetchedPage:
        with one_deadline():
            target, reply = _follow(take_apart(address), get, PAGE_LIMIT, robots.check)
        if reply.status != 200:
            why = f"the server answered {reply.status} {reply.reason}"
            raise FetchError(target.address, why, reply.headers.get("retry-after"))
        media_type, charset = media_type_of(reply.headers.get("content-type", ""))
        if media_type not in MEDIA_TYPES:
            what = media_type or "of no stated type"
            raise FetchError(target.address, f"it is {what}, not a page, a text or a PDF")
        return FetchedPage(target.address, reply.body, media_type, charset)

    return fetch


Poller = Callable[[str, Mapping[str, str]], Reply]
"""Asks for an address with further headers; the answer may be that nothing is new (304)."""


def make_poller(*, resolve: Resolver = resolve, send: Sender = send) -> Poller:
    """Make a poller for feeds: guarded as ``make_fetcher``, it gives the server's answer as it is.

    Args:
        resolve: Gives the IP addresses of a host.
        send: Sends one request to an IP address.
    """

    def get(target: Target, limit: int) -> Reply:
        return _get(target, resolve, send, limit)

    robots = Robots(lambda target, limit: _follow(target, get, limit, lambda _: None)[1])

    def poll(address: str, headers: Mapping[str, str]) -> Reply:
        hops: list[int] = []

        def ask(target: Target, limit: int) -> Reply:
            reply = _get(target, resolve, send, limit, {**FEED_HEADERS, **headers})
            hops.append(reply.status)
            return reply

        with one_deadline():
            target, reply = _follow(take_apart(address), ask, PAGE_LIMIT, robots.check)
        kept = {name: value for name, value in reply.headers.items() if name != MOVED}
        if hops[:-1] and FOR_GOOD.issuperset(hops[:-1]):
            kept[MOVED] = target.address
        return replace(reply, headers=kept)

    return poll


def _follow(
    target: Target,
    get: Callable[[Target, int], Reply],
    limit: int,
    check: Callable[[Target], None],
) -> tuple[Target, Reply]:
    for _ in range(MOST_REDIRECTS + 1):
        check(target)
        reply = get(target, limit)
        location = reply.headers.get("location")
        if reply.status not in REDIRECTS or not location:
            return target, reply
        target = take_apart(_joined(target.address, location.strip()))
    raise FetchError(target.address, f"it was redirected more than {MOST_REDIRECTS} times")


def _joined(address: str, location: str) -> str:
    try:
        return urljoin(address, location)
    except ValueError as error:
        raise AddressRefusedError(location, "it cannot be read") from error


def _get(
    target: Target,
    resolve: Resolver,
    send: Sender,
    limit: int,
    headers: Mapping[str, str] = HEADERS,
) -> Reply:
    try:
        addresses = resolve(target.host, target.port)
    except (OSError, UnicodeError) as error:
        raise NoHostError(target.address, target.host) from error
    if not addresses:
        raise NoHostError(target.address, target.host)
    if not all(is_public(ip) for ip in addresses):
        raise AddressRefusedError(target.address, f"{target.host} is not on the public internet")
    *earlier, last = addresses[:MOST_TRIED]
    for ip in earlier:
        try:
            return send(target, ip, headers, limit)
        except FetchError:  # the next address may answer; the last one's error is told
            continue
    return send(target, last, headers, limit)


def media_type_of(header: str) -> tuple[str, str | None]:
    """Return the media type and the charset that a Content-Type header says."""
    message = Message()
    message["content-type"] = header
    if not header:
        return "", None
    return message.get_content_type(), message.get_content_charset()
