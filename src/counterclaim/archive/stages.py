"""Stages: what a process does with one piece of work. The same in this process, in a pool and on Ray."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from counterclaim.archive.items import ArchiveItem
from counterclaim.archive.rows import ArchivedDocument, DocumentRows, reading_rows
from counterclaim.archive.sift import Sifted, sift
from counterclaim.errors import CounterclaimError
from counterclaim.gate import Gate, open_gate
from counterclaim.ingest import Opened
from counterclaim.parse import DEFAULT_PIPELINE
from counterclaim.pipeline.read import read_opened
from counterclaim.pipeline.resources import Tools, load_tools


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveSettings:
    """What decides the rows, whoever works them out."""

    pipeline: str = DEFAULT_PIPELINE
    conflict: str | None = None
    rules_only: bool = False
    gate: bool = True
    threshold: float | None = None
    """The gate's; None for the one it was shipped with."""
    copies: bool = True
    """Whether near copies are told by name alone."""


@dataclass(frozen=True, slots=True)
class Sift:
    """Items to be sifted."""

    items: tuple[ArchiveItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A document to be read."""

    opened: Opened
    met: ArchivedDocument


@dataclass(frozen=True, slots=True)
class Describe:
    """What the stages are made of, for the manifest."""


Task = Sift | Read | Describe


@dataclass(frozen=True, slots=True)
class Refused:
    """A document that the reader refuses, with its message."""

    message: str


class Stages:
    """What does the work. Tools are loaded when they are first needed.

    Args:
        settings: What decides the rows.
    """

    def __init__(self, settings: ArchiveSettings) -> None:
        self._settings = settings

    @cached_property
    def _gate(self) -> Gate | None:
        if not self._settings.gate:
            return None
        gate = open_gate()
        threshold = self._settings.threshold
        return gate if threshold is None else gate.at(threshold)

    @cached_property
    def _tools(self) -> Tools:
        said = self._settings
        tools = load_tools(said.pipeline, said.conflict, rules_only=said.rules_only)
        return replace(tools, every_subject=True)  # the gate has sifted them already

    def perform(self, task: Task) -> Sequence[Sifted] | DocumentRows | Refused | Mapping[str, Any]:
        """Do one piece of work.

        Raises:
            CounterclaimError: If a tool cannot be had: the run cannot go on.
        """
        match task:
            case Sift():
                return [sift(item, self._gate) for item in task.items]
            case Describe():
                return self._describe()
        tools = self._tools
        try:
            reading = read_opened(task.opened, tools=tools)
        except CounterclaimError as error:
            return Refused(str(error))
        return reading_rows(reading, task.met)

    def _describe(self) -> dict[str, Any]:
        gate = self._gate
        return {
            "reader": dict(self._tools.signature),
            "gate": None if gate is None else gate.name,
            "threshold": None if gate is None else gate.threshold,
            "copies": self._settings.copies,
        }
