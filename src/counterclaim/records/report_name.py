"""What a report is called: its outlet; where nobody named one, its file or address."""

from collections.abc import Mapping
from typing import Protocol


class Named(Protocol):
    """What is asked of a report here."""

    @property
    def outlet(self) -> str | None:
        """Who published it."""
        ...

    @property
    def name(self) -> str:
        """Its file or address."""
        ...


def report_name(voice: str, documents: Mapping[str, Named]) -> str:
    """Return what whoever speaks in a report's own voice is called.

    Args:
        voice: An outlet or agency, which is its own name; or the id of a report of which no outlet is known.
        documents: Reports by id.

    Returns:
        The outlet, else the file or address; with the id behind it, where several reports bear that name.
    """
    report = documents.get(voice)
    if report is None:
        return voice
    if report.outlet is not None:
        return report.outlet
    same = [item for item in documents.values() if item.outlet is None and item.name == report.name]
    return report.name if len(same) == 1 else f"{report.name} ({voice})"
