"""Drafts: one slot of one incident with its voices, before a rule gives it a status."""

from dataclasses import dataclass

from counterclaim.records.finding import Incident, Slot, Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotDraft:
    """What is told on one slot."""

    incident: Incident
    slot: Slot
    proposition: str
    voices: tuple[Voice, ...] = ()
    flags: tuple[str, ...] = ()
    conflicting: bool = False
    """Two affirmations cannot both hold."""
    withheld: bool = False
    """Its owner is reported as not giving it."""
    is_own_loss: bool = False
    """It counts losses: the side's own affirmation is self-reported."""
    is_agreed: bool = True
    """Both sides affirm the very same; False where their numbers differ."""
    note: str | None = None
    """Why, for a slot that is computed and has no voices."""
