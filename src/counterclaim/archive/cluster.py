"""The same stages as actors of a Ray cluster."""

import socket
from collections import deque
from collections.abc import Callable
from typing import Any

from counterclaim.archive.errors import ExtraError, WorkerError
from counterclaim.archive.pool import PATIENCE, TRIES, Failed, PendingWork, attempt
from counterclaim.archive.stages import ArchiveSettings, Stages, Task
from counterclaim.errors import CounterclaimError

KNOCK = 10.0
"""Seconds that a cluster's head has to answer."""

LOCAL = "local"
"""Stands for a cluster of this machine alone, made for the run."""


class Performer:
    """What an actor does: stages, kept loaded from one piece of work to the next."""

    def __init__(
        self, settings: ArchiveSettings, perform: Callable[[ArchiveSettings], Any]
    ) -> None:
        self._stages = perform(settings)

    def perform(self, task: Task) -> tuple[bool, Any]:
        """Do a piece of work; say first whether the run cannot go on."""
        try:
            return False, attempt(self._stages, task)
        except CounterclaimError as error:
            return True, str(error)


def _knock(address: str) -> None:
    """Pass if somebody listens at an address; Ray itself would wait for minutes.

    Raises:
        OSError: If nobody does.
    """
    host, mark, port = address.removeprefix("ray://").rpartition(":")
    if mark and port.isdigit():
        socket.create_connection((host, int(port)), KNOCK).close()


class RayCluster:
    """Actors of a Ray cluster, one piece of work at a time each.

    An actor that is lost, with its machine or by its work, is made anew; its work is tried once more, and fails
    alone if it was lost twice. Only so much is given out as ``in_order`` asks for, so that nothing spills. Ray itself keeps an actor of one
    core to one thread.

    Args:
        address: Of the cluster's head, or ``local``.
        workers: Actors, one core each.
        settings: What decides the rows.
        patience: Seconds that a piece of work may take.
        perform: Makes what does the work in each actor; for tests.

    Raises:
        ExtraError: If Ray is not installed.
        WorkerError: If the cluster cannot be reached.
    """

    def __init__(
        self,
        address: str,
        workers: int,
        settings: ArchiveSettings,
        *,
        patience: float = PATIENCE,
        perform: Callable[[ArchiveSettings], Any] = Stages,
    ) -> None:
        try:
            import ray  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise ExtraError("ray", "ray") from error
        self._ray: Any = ray
        self.workers = workers
        self._made_of = settings, perform
        self._patience = patience
        self._queue: deque[PendingWork] = deque()
        self._is_ours = not ray.is_initialized()
        self._start(address)
        self._class = ray.remote(num_cpus=1, max_restarts=0)(Performer)
        self._idle = [self._class.remote(*self._made_of) for _ in range(workers)]
        self._busy: dict[Any, tuple[Any, PendingWork]] = {}

    def _start(self, address: str) -> None:
        if not self._is_ours:
            return
        try:
            if address == LOCAL:
                self._ray.init(
                    num_cpus=self.workers,
                    include_dashboard=False,
                    log_to_driver=False,
                    configure_logging=False,
                )
            else:
                _knock(address)
                self._ray.init(address=address, log_to_driver=False)
        except (ConnectionError, RuntimeError, ValueError, OSError) as error:
            told = " ".join(str(error).split())[:200]
            raise WorkerError(
                f"the cluster at {address!r} cannot be reached ({told}); check --ray, or use --ray local"
            ) from error

    def submit(self, task: Task) -> PendingWork:
        """Hand out a piece of work."""
        ticket = PendingWork(task)
        self._queue.append(ticket)
        self._assign()
        return ticket

    def _assign(self) -> None:
        while self._queue and self._idle:
            actor, ticket = self._idle.pop(), self._queue.popleft()
            self._busy[actor.perform.remote(ticket.task)] = actor, ticket

    def settle(self, ticket: PendingWork) -> Any:
        """Wait until it is done."""
        while not ticket.is_done:
            self._assign()
            ready, late = self._ray.wait(list(self._busy), num_returns=1, timeout=self._patience)
            for mark in ready:
                self._take(mark)
            if not ready:
                for mark in late:
                    self._lose(mark, f"it took over {self._patience:.0f} seconds")
        return ticket.result

    def _take(self, mark: Any) -> None:
        try:
            is_fatal, result = self._ray.get(mark)
        except self._ray.exceptions.RayError as error:
            self._lose(mark, type(error).__name__)
            return
        if is_fatal:
            raise WorkerError(result)
        actor, ticket = self._busy.pop(mark)
        ticket.settle(result)
        self._idle.append(actor)

    def _lose(self, mark: Any, why: str) -> None:
        actor, ticket = self._busy.pop(mark)
        self._ray.kill(actor)
        self._idle.append(self._class.remote(*self._made_of))
        ticket.tries += 1
        if ticket.tries < TRIES:
            self._queue.appendleft(ticket)
        else:
            ticket.settle(Failed(f"the process that worked on it was lost twice: {why}"))

    def close(self) -> None:
        """End the actors, and the cluster if it was made for this run."""
        for actor in (*self._idle, *(actor for actor, _ in self._busy.values())):
            self._ray.kill(actor)
        if self._is_ours:
            self._ray.shutdown()
