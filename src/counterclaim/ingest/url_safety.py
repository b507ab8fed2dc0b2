"""Which addresses may be fetched: public ones, by name, on the web's own ports."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from counterclaim.ingest.errors import AddressRefusedError

DEFAULT_PORTS = {"http": 80, "https": 443}
"""Ports of the web; any other may be some machine's private service."""

LONGEST_ADDRESS = 2_000
"""Characters. Browsers and servers take about as many."""

REFUSED_NETWORKS = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "::/96",
        "100::/64",
        "64:ff9b:1::/48",
        "2001::/23",
        "2001:db8::/32",
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
        "ff00::/8",
    )
)
"""Special-purpose registries of IANA (IPv4 and IPv6), beside what ``ipaddress`` knows: its answer
differs between Python versions. ``::/96`` holds the unspecified, loopback and IPv4-compatible ones."""

NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""Prefix under which an IPv4 address is reached through a translator (RFC 6052)."""


@dataclass(frozen=True, slots=True)
class Target:
    """A web address taken apart."""

    address: str
    scheme: str
    host: str
    port: int
    path: str
    """Path and query, ready to be sent."""

    @property
    def origin(self) -> str:
        """Scheme, host and port: what a robots file speaks for."""
        return f"{self.scheme}://{self.host}:{self.port}"


def is_web_address(source: str) -> bool:
    """Return whether a source is meant as an address rather than a path."""
    scheme, mark, _ = source.partition("://")
    return bool(mark) and scheme.isascii() and scheme.replace("+", "").isalnum()


def take_apart(address: str) -> Target:
    """Take an address apart, and refuse what must not be asked for.

    Raises:
        AddressRefusedError: If it is not http or https, names a user, has another port than the
            web's, or cannot be read.
    """
    if len(address) > LONGEST_ADDRESS:
        raise AddressRefusedError(address, "it is too long")
    if any(c.isspace() or not c.isprintable() for c in address) or "\\" in address:
        raise AddressRefusedError(address, "it holds blanks or control characters")
    try:
        parts = urlsplit(address)
        port, host = parts.port, parts.hostname
    except ValueError as error:
        raise AddressRefusedError(address, "it cannot be read") from error
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS:
        raise AddressRefusedError(address, f"{scheme or 'no'} scheme is not http or https")
    if parts.username is not None or parts.password is not None:
        raise AddressRefusedError(address, "it names a user")
    if not host:
        raise AddressRefusedError(address, "it names no host")
    port = DEFAULT_PORTS[scheme] if port is None else port
    if port not in DEFAULT_PORTS.values():
        raise AddressRefusedError(address, f"port {port} is not the web’s")
    path = quote(parts.path or "/", safe="/%:=&~+!$,;'@()*[]")
    if parts.query:
        path += "?" + quote(parts.query, safe="/%:=&?~+!$,;'@()*[]")
    return Target(address, scheme, _ascii_host(address, host), port, path)


def _ascii_host(address: str, host: str) -> str:
    if ":" in host:
        return host
    try:
        return host.rstrip(".").encode("idna").decode("ascii")
    except UnicodeError as error:
        raise AddressRefusedError(address, "its host name cannot be read") from error


def is_public(address: str) -> bool:
    """Return whether an IP address belongs to the public internet.

    An IPv6 address that carries an IPv4 one (mapped, 6to4, NAT64) is as public as what it carries;
    Teredo is refused.

    Args:
        address: An IPv4 or IPv6 address in text form.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _carried(ip)
    if inner is not None:
        return is_public(str(inner))
    if any(ip in network for network in REFUSED_NETWORKS if network.version == ip.version):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _carried(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if isinstance(ip, ipaddress.IPv4Address):
        return None
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in NAT64 else None
