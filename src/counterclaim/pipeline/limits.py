"""Limits: what one report may cost, and how a process is held to it."""

import math
import os
import sys
from contextlib import suppress
from dataclasses import dataclass

MEGABYTE = 1024 * 1024

PATIENCE = 4
"""How many times as long as its processor time a report may take by the clock: a machine with other work turns
nothing away, and what only sleeps is ended too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What reading one report may take."""

    seconds: int = 30
    """Of processor time: a report of 90,000 characters, the longest met, takes 10."""
    megabytes: int = 1_024
    """Of memory of the whole process: it holds 350 by itself, and 500 with the longest report met."""

    @property
    def longest(self) -> float:
        """Seconds by the clock."""
        return float(self.seconds * PATIENCE)


def limit_memory(limits: Limits) -> None:
    """Hold this process to its memory from now on, where the system can: on Linux.

    Only what can be written counts. Maps of files and what libraries reserve and never touch do not: they would
    make a limit of the address space useless.
    """
    if sys.platform != "linux":
        return
    import resource  # noqa: PLC0415 - not on every system

    most = limits.megabytes * MEGABYTE
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a report's words are not left in a dump


def limit_time(limits: Limits) -> None:
    """Have the system end this process when its next report has used its time up; nothing it runs can hold that off."""
    if os.name != "posix":
        return
    import resource  # noqa: PLC0415 - not on every system

    used = resource.getrusage(resource.RUSAGE_SELF)
    end = math.ceil(used.ru_utime + used.ru_stime) + limits.seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    with suppress(ValueError):
        resource.setrlimit(
            resource.RLIMIT_CPU, (end if hard == resource.RLIM_INFINITY else min(end, hard), hard)
        )


def free_time() -> None:
    """Take the limit of time away between reports."""
    if os.name != "posix":
        return
    import resource  # noqa: PLC0415 - not on every system

    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))
