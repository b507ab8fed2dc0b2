"""Host names: under which a workbench answers, told from the very header that was sent.

Nothing else is asked: frameworks make an address of the header, and fall back to another one where it cannot be read.
"""

import ipaddress
import re
from collections.abc import Collection

from starlette.types import Scope

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
"""Names under which a workbench without accounts answers: another one is a page elsewhere that had its own name
resolve to this machine."""

HOST = re.compile(rb"([a-z0-9](?:[a-z0-9._-]{0,252})|\[[0-9a-f:.]{2,45}\])(?::([1-9][0-9]{0,4}))?")


def read_host(scope: Scope) -> str | None:
    """Return the name in a request's one Host header, in small letters and without its port; None where it is none."""
    given = [value for name, value in scope["headers"] if name == b"host"]
    if len(given) != 1:
        return None
    found = HOST.fullmatch(given[0].lower())
    if found is None or int(found[2] or 80) > 65_535:
        return None
    name = found[1].decode("ascii")
    if name.startswith("["):
        try:
            return f"[{ipaddress.IPv6Address(name[1:-1])}]"
        except ValueError:
            return None
    return name


def own_names(host: str, sites: Collection[str], *, team: bool) -> frozenset[str]:
    """Return the names under which a workbench answers; empty: under any.

    Args:
        host: Address it listens on.
        sites: Names that its keeper gave.
        team: Whether people log in.
    """
    given = frozenset(site.lower() for site in sites)
    if team:
        return given | LOOPBACK if given else given
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return LOOPBACK | given
    return LOOPBACK | given | {f"[{ip}]" if ip.version == 6 else str(ip)}
