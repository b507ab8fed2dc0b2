"""Conflicts: who stands where, and since when, as an analyst wrote it down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from counterclaim.records.party import Party


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One party's time on one side."""

    party: Party
    side: str | None
    """A letter or word shared by allies; None for those who stand apart."""
    first: date | None = None
    """First day on the side; None from the start."""
    last: date | None = None
    """Last day on the side; None to the end."""
    patron: str | None = None
    """Root of the party for which this one fights: its word counts with its patron's."""
    aliases: tuple[str, ...] = ()
    """Further names by which reports call it."""

    def holds_on(self, day: date | None) -> bool:
        """Return whether the entry is true of a day; an unknown day is inside every one."""
        if day is None:
            return True
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A conflict as its file tells it."""

    id: str
    """File name without its ending."""
    name: str
    epoch: date
    """The day that "since the fighting began" counts from."""
    until: date | None = None
    members: tuple[Member, ...] = ()
    mediators: tuple[Party, ...] = ()
    places: tuple[str, ...] = ()
    """Names of places that reports on it mean, before others of the same name."""
    phases: tuple[tuple[str, date], ...] = ()
    """Named later starts, such as a second war, with their first days."""
    languages: tuple[str, ...] = ()
    """In which its reports are written, as ISO 639-1 codes."""
    outlets: tuple[str, ...] = ()
    """Outlets that report on it above all: what they tell of one party or place is of it."""
    source: tuple[str, ...] = ()
    """Where what the file tells can be looked up."""
    digest: str = ""
    """First 12 hex digits of the file's SHA-256."""

    def epoch_on(self, day: date | None) -> date:
        """Return the start that a report of a day counts from: the latest phase begun by then."""
        begun = [start for _, start in self.phases if day is not None and start <= day]
        return max([self.epoch, *begun])

    def side_of(self, root: str, day: date | None) -> str | None:
        """Return a party's side on a day, its patron's where it has none of its own."""
        for member in self.members:
            if member.party.root == root and member.holds_on(day):
                if member.side is not None:
                    return member.side
                return None if member.patron is None else self.side_of(member.patron, day)
        return None

    def parties_on(self, day: date | None) -> tuple[Party, ...]:
        """Return the parties with a side on a day, in the file's order."""
        found = (member.party for member in self.members if self.side_of(member.party.root, day))
        present = {member.party.root for member in self.members if member.holds_on(day)}
        return tuple(dict.fromkeys(party for party in found if party.root in present))

    def against(self, day: date | None) -> tuple[tuple[Party, Party], ...]:
        """Return every pair of parties that stand on different sides on a day."""
        parties = self.parties_on(day)
        return tuple(
            (left, right)
            for place, left in enumerate(parties)
            for right in parties[place + 1 :]
            if self.side_of(left.root, day) != self.side_of(right.root, day)
        )

    def ordered(self, home: Sequence[Party], day: date | None) -> tuple[Party, ...]:
        """Put the parties to the conflict before the others that a report speaks of."""
        roots = {party.root for party in self.parties_on(day)}
        inside = [party for party in home if party.root in roots]
        return (*inside, *(party for party in home if party.root not in roots))
