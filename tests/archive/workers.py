"""Stand-ins for the stages, some of which do what a hostile document might do to a process."""

import os
import time
from typing import Any

from counterclaim.archive.errors import ExtraError
from counterclaim.archive.rows import DocumentRows, reading_rows
from counterclaim.archive.stages import ArchiveSettings, Describe, Read, Sift, Stages
from counterclaim.records.account import Account
from counterclaim.records.reading import Reading
from counterclaim.records.text import Division, ReportEnd, Span


class Quick(Stages):
    """Sifts in earnest; reads nothing, and gives each document an empty reading."""

    def __init__(self, settings: ArchiveSettings) -> None:
        super().__init__(settings)

    def perform(self, task: Any) -> Any:
        match task:
            case Describe():
                return {"reader": {"quick": "1"}, "gate": None, "threshold": None, "copies": True}
            case Read():
                return self.read(task)
        return super().perform(task)

    def read(self, task: Read) -> DocumentRows:
        text = task.opened.document.text
        if "MURDER" in text:
            os._exit(9)
        if "SLEEP" in text:
            time.sleep(60)
        if "FAULT" in text:
            raise ZeroDivisionError("by a document")
        if "NOTOOL" in text:
            raise ExtraError("a tool")
        end = Span(0, len(text))
        division = Division(
            report=end, cut=ReportEnd(at=len(text), boundary="sure", reason=""), passages=()
        )
        reading = Reading(
            document=task.opened.document,
            division=division,
            attributions=(),
            claims=(),
            incidents=(),
            findings=(),
            account=Account(series=(), totals=()),
        )
        return reading_rows(reading, task.met)


class Deadly(Quick):
    """Dies of sifting what holds a word."""

    def perform(self, task: Any) -> Any:
        if isinstance(task, Sift) and any("SIFTDEATH" in (item.text or "") for item in task.items):
            os._exit(9)
        return super().perform(task)
