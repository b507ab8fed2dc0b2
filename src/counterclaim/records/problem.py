"""Problems: odd input, told as a value. The run goes on."""

from dataclasses import dataclass

from counterclaim.records.text import Span


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read, where it stands, and what was done instead."""

    code: str
    """Short and stable: ``no-date``, ``unresolved-speaker``, ``unread-number``."""
    message: str
    """What happened and what it means for the ledger, in one sentence."""
    span: Span | None = None

    def __str__(self) -> str:
        where = "" if self.span is None else f" at {self.span.start}-{self.span.end}"
        return f"{self.code}{where}: {self.message}"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a trace: which room did what, by which rule, on which words."""

    room: str
    rule: str
    """Id of the rule, lexicon entry or weight behind the step."""
    words: str = ""
    span: Span | None = None

    def __str__(self) -> str:
        return f"{self.room}: {self.rule}" + (f" “{self.words}”" if self.words else "")
