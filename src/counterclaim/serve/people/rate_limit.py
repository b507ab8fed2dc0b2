"""Rate limit: how often somebody may try, counted in memory over a sliding window."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock

MOST_KEYS = 10_000
"""Names and addresses remembered at once; the longest unseen is forgotten first."""


class Limiter:
    """Counts attempts by key. Threads may share it."""

    def __init__(
        self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Set the limit.

        Args:
            most: Attempts within the window.
            seconds: Length of the window.
            clock: Seconds that only go forward.
        """
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, key: str) -> float:
        """Return the seconds until a further attempt is taken; 0 when one is taken now."""
        with self._lock:
            times = self._times(key)
            if len(times) < self._most:
                return 0
            return max(0.0, times[0] + self._seconds - self._clock())

    def count(self, key: str) -> None:
        """Count an attempt."""
        with self._lock:
            self._times(key).append(self._clock())

    def forget(self, key: str) -> None:
        """Forget a key's attempts."""
        with self._lock:
            self._seen.pop(key, None)

    def _times(self, key: str) -> deque[float]:
        times = self._seen.setdefault(key, deque(maxlen=self._most))
        self._seen.move_to_end(key)
        while len(self._seen) > MOST_KEYS:
            self._seen.popitem(last=False)
        oldest = self._clock() - self._seconds
        while times and times[0] <= oldest:
            times.popleft()
        return times
