"""What can be wrong with an archive or with the folder it is coded into."""

from counterclaim.errors import CounterclaimError


class ArchiveReadError(CounterclaimError):
    """An archive cannot be read, or not to its end."""


class StoreError(CounterclaimError):
    """The output folder cannot be written, or is not of this run's making."""


class ExtraError(CounterclaimError):
    """A library that archives need is not installed."""

    def __init__(self, library: str, extra: str = "archive") -> None:
        super().__init__(f"{library} is not installed: pip install 'counterclaim[{extra}]'")


class WorkerError(CounterclaimError):
    """A process or a cluster that reads cannot be had."""
