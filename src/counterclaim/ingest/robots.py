"""What a site allows programs to fetch, as its robots file says."""

import time
from collections.abc import Callable
from urllib.robotparser import RobotFileParser

from counterclaim.ingest.errors import (
    AddressRefusedError,
    NoHostError,
    ProxyError,
    RobotsRefusedError,
    SourceError,
)
from counterclaim.ingest.http_client import Reply
from counterclaim.ingest.url_safety import Target, take_apart

AGENT_NAME = "counterclaim"
"""Name under which a robots file may speak to this program."""

ROBOTS_LIMIT = 500 * 1024
"""Bytes. RFC 9309 asks programs to read at least 500 KiB."""

KNOWN_SECONDS = 24 * 3600.0
"""For so long a robots file is remembered (RFC 9309, 2.4)."""

UNKNOWN_SECONDS = 600.0
"""For so long a site whose robots file did not come is left alone, before it is asked for again."""

MOST_ORIGINS = 500
"""Sites remembered by one fetcher; the oldest goes first."""

Rules = RobotFileParser | None
"""A site's rules; None when its server could not say, which forbids (RFC 9309, 2.3.1.4)."""


class Robots:
    """Robots files of the sites met so far, each asked for once a day, or sooner again where it did not come."""

    def __init__(
        self,
        get: Callable[[Target, int], Reply],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Remember how to fetch.

        Args:
            get: A guarded GET that follows redirects, with a limit in bytes.
            clock: Seconds, from any beginning.
        """
        self._get = get
        self._clock = clock
        self._rules: dict[str, tuple[float, Rules]] = {}
        """Until when they hold, and the rules, by site."""

    def check(self, target: Target) -> None:
        """Pass if the site lets this program fetch the target.

        Raises:
            RobotsRefusedError: If its robots file forbids it, or its server fails to give one.
            A host that is not there, or not public, keeps its own error.
        """
        ends, rules = self._rules.get(target.origin, (0.0, None))
        now = self._clock()
        if target.origin not in self._rules or ends <= now:
            self._rules.pop(target.origin, None)
            if len(self._rules) >= MOST_ORIGINS:
                del self._rules[next(iter(self._rules))]
            rules = self._ask(target)
            lasts = UNKNOWN_SECONDS if rules is None else KNOWN_SECONDS
            self._rules[target.origin] = (now + lasts, rules)
        if rules is None:
            raise RobotsRefusedError(target.address, "its robots file could not be read")
        if not rules.can_fetch(AGENT_NAME, target.address):
            raise RobotsRefusedError(target.address, "by its robots file")

    def _ask(self, target: Target) -> Rules:
        host = f"[{target.host}]" if ":" in target.host else target.host
        address = f"{target.scheme}://{host}:{target.port}/robots.txt"
        try:
            reply = self._get(take_apart(address), ROBOTS_LIMIT)
        except NoHostError as error:
            raise NoHostError(target.address, target.host) from error
        except AddressRefusedError as error:
            raise AddressRefusedError(target.address, error.why) from error
        except ProxyError:
            raise
        except SourceError:
            return None
        if reply.status >= 500:
            return None
        rules = RobotFileParser()
        rules.modified()
        lines = reply.body.decode("utf-8", "replace").splitlines() if reply.status < 300 else []
        rules.parse(lines)
        return rules
