"""What the model says: a cue, its source and its content, with probabilities."""

from dataclasses import dataclass

from counterclaim.records.text import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """One attribution tagged in a passage; spans are characters of the text that was given."""

    cue: Span
    source: Span | None
    """None when no words of the passage stand for the source."""
    content: tuple[Span, ...]
    """Fragments in reading order: ``"X," he said, "Y"`` has two. Never empty."""
    cue_probability: float
    """That the cue introduces an attribution of words, thoughts or wants; in (0, 1]."""
    source_probability: float
    """Mean over the source's pieces; without a source, that no piece is one."""
    content_probability: float
    """Mean over the content's pieces."""
