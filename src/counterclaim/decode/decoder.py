"""Decoder: what the reader's heads point at, as parties, places, times and labels.

A head points at words; which party, place or time those words mean is what ``resolve`` found. The
probability of a party is that of all the words that stand for it, added up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from counterclaim.atlas.countries import find_country
from counterclaim.model.heads import Pointed, Readout, Run
from counterclaim.records.evidence import Evidence
from counterclaim.records.mention import PlaceMention, Resolution, TimeMention
from counterclaim.records.party import Party
from counterclaim.records.text import Document, Span

NOTHING, BOTH = "nothing", "both"


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

    def point_party(self, head: str, span: Span, *, places: bool) -> PartyReading | None:
        """Return the party that a span points to.

        Args:
            head: A pointer to parties.
            span: The figure, trigger or cue.
            places: Whether a place may stand for the country whose people live there.
        """
        pointed = self.readout.point(head, span)
        if pointed is None:
            return None
        scores: dict[tuple[str, ...], float] = {}
        words: dict[tuple[str, ...], tuple[float, _Referent]] = {}
        for referent, mass in self._shares(pointed, places=places):
            key = tuple(party.root for party in referent.parties)
            scores[key] = scores.get(key, 0.0) + mass
            if key not in words or mass > words[key][0]:
                words[key] = (mass, referent)
        voice = self.resolution.voice
        if voice is not None and pointed.heading() > 0:
            key = (voice.root,)
            scores[key] = scores.get(key, 0.0) + pointed.heading()
            words.setdefault(key, (0.0, _Referent(span, (voice,))))
        best = max(scores, key=scores.__getitem__, default=None)
        top = scores[best] if best is not None else 0.0
        if pointed.nothing >= max(top, pointed.both):
            return PartyReading((), pointed.nothing)
        if pointed.both > top:
            return PartyReading((), pointed.both, is_both=True)
        assert best is not None
        referent = words[best][1]
        return PartyReading(referent.parties, top, referent.span)

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


def grade(read: PartyReading, sentence: Span, *, counts: float) -> Evidence:
    """Return how a party that a head points at is known.

    Args:
        read: What the head says.
        sentence: The claim's own sentence.
        counts: Probability from which on the value may count, chosen on wars left out of training.
    """
    if read.probability < counts:
        return "inferred"
    near = read.span is not None and sentence.covers(read.span)
    return "told" if near else "carried"
