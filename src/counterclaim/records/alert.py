"""Alerts: what a rule found that somebody wants to be told of, and what became of telling it."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from counterclaim.records.identity import make_id

State = Literal["waiting", "sending", "sent", "kept", "failed", "dropped"]
"""``kept``: shown in the rule's feed, sent to nobody. ``dropped``: its report does not stand any more."""


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One thing to be told, however many reports tell it."""

    rule: str
    base: str
    """What makes it this thing: equal for the same thing in other reports of these days."""
    day: date
    """Of publication; what is told again within two days is the same thing."""
    place: str = ""
    """Where; two places are two things, and none is any."""
    gist: str = ""
    """Its content words, where only its words tell it from others of one base."""
    headline: str
    words: str
    """The sentence that it stands on."""
    who: str = ""
    outlet: str = ""
    title: str = ""
    address: str = ""
    """Where the report stands."""
    document_id: str
    claim_id: str
    incident_id: str | None = None
    recorded_at: str
    """Instant, UTC, as ISO 8601."""

    @cached_property
    def key(self) -> str:
        """Hash of the thing as first told."""
        return make_id("n", self.rule, self.base, self.day.isoformat(), self.place, self.gist)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One matter on its way to one channel."""

    matter: Matter
    channel: str
    state: State
    batch: str
    """What is sent together has one name; it is the message's id wherever it goes."""
    attempts: int
    made_at: datetime
    due_at: datetime
