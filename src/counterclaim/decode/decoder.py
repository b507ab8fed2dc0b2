"""Decoder: what the reader's heads point at, as parties, places, times and labels.

A head points at words; which party, place or time those words mean is what ``resolve`` found. The
probability of a party is that of all the words that stand for it, added up.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from counterclaim.atlas.countries import find_country
from counterclaim.model.heads import Pointed, Readout, Run
from counterclaim.records.evidence import Evidence, counts
from counterclaim.records.mention import PlaceMention, Resolution, TimeMention
from counterclaim.records.party import Party
from counterclaim.records.text import Document, Span

FIRST_PERSON = re.compile(r"\b(?:we|our|ours|us)\b", re.IGNORECASE)
"""Words by which a publisher speaks of itself, where nobody else does."""


@dataclass(frozen=True, slots=True)
class PartyReading:
    """The party that a head points at."""

    parties: tuple[Party, ...]
    """Empty where the text does not tell."""
    probability: float
    span: Span | None = None
    """The likeliest words that stand for it."""
    is_both: bool = False
    """Whether all sides together are meant."""


@dataclass(frozen=True, slots=True)
class _Referent:
    """Words that stand for a party."""

    span: Span
    parties: tuple[Party, ...]
    is_place: bool = False


@dataclass(slots=True)
class _Total:
    """The probability of one party, and the likeliest words that stand for it."""

    referent: _Referent
    mass: float = 0.0
    largest: float = 0.0

    def add(self, referent: _Referent, mass: float) -> None:
        """Add the probability of one piece."""
        self.mass += mass
        if mass > self.largest:
            self.referent, self.largest = referent, mass


@dataclass(frozen=True)
class Decoder:
    """The heads' reading of one document, over the mentions that were resolved in it."""

    document: Document
    resolution: Resolution
    readout: Readout

    def choose(self, head: str, labels: tuple[str, ...], span: Span) -> tuple[str, float] | None:
        """Return the likeliest label of a span with its probability; None outside all windows."""
        sure = self.readout.choose(head, span)
        if sure is None:
            return None
        best = int(sure.argmax())
        return labels[best], float(sure[best])

    def point_party(
        self, head: str, span: Span, *, places: bool, named: bool = False
    ) -> PartyReading | None:
        """Return the party that a span points to.

        Args:
            head: A pointer to parties.
            span: The figure, trigger or cue.
            places: Whether a place may stand for the country whose people live there.
            named: Whether a party with a name is wanted: a nameless one ("the police", "residents", "our")
                gives way to what its own words refer to.
        """
        pointed = self.readout.point(head, span)
        if pointed is None:
            return None
        shares = self._totals(pointed, places=places)
        best = max(shares, key=lambda key: shares[key].mass, default=None)
        top = shares[best].mass if best is not None else 0.0
        if pointed.nothing >= max(top, pointed.both):
            return PartyReading((), pointed.nothing)
        if pointed.both > top:
            return PartyReading((), pointed.both, is_both=True)
        assert best is not None
        found = shares[best]
        reading = PartyReading(found.referent.parties, found.mass, found.referent.span)
        if named and not is_named(found.referent.parties):
            return self._referred(reading, places=places) or _best_named(shares) or reading
        return reading

    def _totals(self, pointed: Pointed, *, places: bool) -> dict[tuple[str, ...], "_Total"]:
        """Add a pointer's pieces up by the roots of the parties that they stand for."""
        totals: dict[tuple[str, ...], _Total] = {}
        for referent, mass in self._shares(pointed, places=places):
            key = tuple(party.root for party in referent.parties)
            total = totals.setdefault(key, _Total(referent))
            total.add(referent, mass)
        voice = self.publisher
        if voice is not None and pointed.heading() > 0:
            referent = _Referent(Span(0, 0), (voice,))
            totals.setdefault((voice.root,), _Total(referent)).add(referent, pointed.heading())
        return totals

    def _referred(self, reading: PartyReading, *, places: bool) -> PartyReading | None:
        """Return what a nameless party's words refer to, where the head of antecedents knows a name."""
        assert reading.span is not None
        pointed = self.readout.point("antecedent", reading.span)
        if pointed is None:
            return None
        totals = self._totals(pointed, places=places)
        found = _best_named(totals)
        if found is None or found.probability < max(pointed.both, pointed.nothing):
            return None
        return PartyReading(
            found.parties, reading.probability * found.probability, found.span
        )

    @cached_property
    def publisher(self) -> Party | None:
        """The party that publishes the document: its voice; the organ of a state that its name tells; its name."""
        outlet = self.document.outlet
        if self.resolution.voice is not None or not outlet:
            return self.resolution.voice
        for name in self.resolution.names:
            words = self.document.words(name.span)
            if re.search(rf"(?<!\w){re.escape(words)}(?!\w)", outlet):
                return replace(name.party, unit=outlet, evidence="carried")
        return Party(outlet, None, "organisation", evidence="carried")

    def point_place(self, head: str, span: Span) -> tuple[PlaceMention | None, float] | None:
        """Return the place that a span points to, None for none told, with the probability."""
        pointed = self.readout.point(head, span)
        if pointed is None:
            return None
        found = [(pointed.mass(item.span), item) for item in self.resolution.places]
        mass, best = max(found, key=lambda item: item[0], default=(0.0, None))
        return (best, mass) if mass > pointed.nothing else (None, pointed.nothing)

    def point_time(self, head: str, span: Span) -> tuple[TimeMention | None, float] | None:
        """Return the time that a span points to, None for none told, with the probability."""
        pointed = self.readout.point(head, span)
        if pointed is None:
            return None
        found = [(pointed.mass(item.span), item) for item in self.resolution.times]
        mass, best = max(found, key=lambda item: item[0], default=(0.0, None))
        return (best, mass) if mass > pointed.nothing else (None, pointed.nothing)

    @cached_property
    def side_chances(self) -> Mapping[str, float]:
        """The mean probability, by root, that the words for a party mean a side of the conflict."""
        sums: dict[str, list[float]] = {}
        for mention in self.resolution.parties:
            for party in mention.parties:
                if counts(party) and not party.root.endswith("(unnamed)"):
                    sure = self.readout.choose("role", mention.span)
                    if sure is not None:
                        sums.setdefault(party.root, []).append(float(sure[0]))
        return {root: sum(values) / len(values) for root, values in sums.items()}

    def runs(self, head: str) -> Iterator[Run]:
        """Find what a tagging head labels, in reading order."""
        yield from self.readout.runs(head)

    def _shares(self, pointed: Pointed, *, places: bool) -> Iterator[tuple[_Referent, float]]:
        """Share a pointer's pieces out among the referents: a piece is its narrowest referent's."""
        offsets = pointed.window.offsets
        for index, mass in enumerate(pointed.pieces):
            if mass < 1e-4 or offsets[index][0] < 0:
                continue
            at = offsets[index][0]
            holding = [
                item
                for item in self._referents
                if item.span.start <= at < item.span.end and (places or not item.is_place)
            ]
            if holding:
                yield min(holding, key=lambda item: (item.is_place, len(item.span))), float(mass)

    @cached_property
    def _referents(self) -> tuple[_Referent, ...]:
        resolution = self.resolution
        found = [_Referent(item.span, item.parties) for item in resolution.parties if item.parties]
        found += [_Referent(item.span, (item.party,)) for item in resolution.names]
        if self.publisher is not None:
            found += [
                _Referent(Span(*match.span()), (self.publisher,))
                for match in FIRST_PERSON.finditer(self.document.text)
            ]
        for place in resolution.places:
            party = self._people_of(place)
            if party is not None:
                found.append(_Referent(place.span, (party,), is_place=True))
        return tuple(found)

    def _people_of(self, mention: PlaceMention) -> Party | None:
        """Return the state whose people live at a place."""
        country = find_country(mention.place.country) if mention.place.country else None
        if country is None:
            return None
        known = (*self.resolution.home, *(item.party for item in self.resolution.names))
        for party in known:
            if party.kind == "state" and party.country == country.iso3 and party.unit is None:
                return party
        return Party(country.name, None, "state", country.iso3)


def is_named(parties: tuple[Party, ...]) -> bool:
    """Whether parties have names of their own: neither unnamed ones nor persons of no stated side."""
    return all(
        not party.root.endswith("(unnamed)") and party.kind not in {"civilian", "unknown", "expert"}
        for party in parties
    )


def _best_named(totals: dict[tuple[str, ...], _Total]) -> PartyReading | None:
    """Return the likeliest of the parties that have names."""
    found = [item for item in totals.values() if is_named(item.referent.parties)]
    best = max(found, key=lambda item: item.mass, default=None)
    if best is None:
        return None
    return PartyReading(best.referent.parties, best.mass, best.referent.span)


def grade(read: PartyReading, sentence: Span, *, least: float) -> Evidence:
    """Return how a party that a head points at is known.

    Args:
        read: What the head says.
        sentence: The claim's own sentence.
        least: Probability from which on the value may count, chosen on wars left out of training.
    """
    if read.probability < least:
        return "inferred"
    near = read.span is not None and sentence.covers(read.span)
    return "told" if near else "carried"
