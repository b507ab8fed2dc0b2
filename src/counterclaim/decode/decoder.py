"""Decoder: what the reader's heads point at, as parties, places, times and labels.

A head points at words; which party, place or time those words mean is what ``resolve`` found. The
probability of a party is that of all the words that stand for it, added up.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from counterclaim.atlas.countries import people_of
from counterclaim.decode.cast import Cast
from counterclaim.decode.grading import PartyReading, is_lone_person, is_named
from counterclaim.model.heads import Pointed, Readout, Run
from counterclaim.records.evidence import counts
from counterclaim.records.mention import PlaceMention, Resolution, TimeMention
from counterclaim.records.party import Party
from counterclaim.records.text import Document, Span

_NAMED = {
    head: f"{head}_name" for head in ("side", "reporter", "agent", "target", "speaker", "addressee")
}
"""Heads that point at words for a party, and those that point at its name."""

OWN_NAMES = 0.5
"""Probability from which on a name that only the report knows is a party's."""

COUNTS = 0.95
"""Probability from which on a party that a head points at counts, and is not only inferred."""

OWN_SIDE = 0.85
"""Mean probability from which on a party that only the report knows is a side of its conflict."""

OFTEN = 3
"""How often the report must name it."""

LEAST_LED = 0.02
"""Probability below which words are not led on to the name that they mean."""

NAME_SHARE = 0.2
"""Weight of where the name stands beside the words that are pointed at, for whose loss, who did it and to whom."""

FIRST_PERSON = re.compile(r"\b(?:we|our|ours|us)\b", re.IGNORECASE)
"""Words by which a publisher speaks of itself, where nobody else does."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Referent:
    """Words that stand for a party."""

    span: Span
    parties: tuple[Party, ...]
    is_place: bool = False
    roots: tuple[str, ...] = field(init=False, compare=False)
    is_named: bool = field(init=False, compare=False)
    """Whether they name somebody: see ``is_named``."""
    is_lone: bool = field(init=False, compare=False)
    """Whether one of the parties is a person of whom nothing tells whose they are."""

    def __post_init__(self) -> None:
        """Note what is asked of the same words again and again."""
        object.__setattr__(self, "roots", tuple(party.root for party in self.parties))
        object.__setattr__(self, "is_named", is_named(self.parties))
        object.__setattr__(self, "is_lone", any(map(is_lone_person, self.parties)))


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


@dataclass(slots=True)
class _Shares:
    """The probabilities of parties, of all sides together, and of nobody that the text tells."""

    both: float = 0.0
    nothing: float = 0.0
    totals: dict[tuple[str, ...], _Total] = field(default_factory=dict)

    def add(self, referent: _Referent, mass: float) -> None:
        """Add the probability of words that stand for a party."""
        total = self.totals.get(referent.roots)
        if total is None:
            total = self.totals[referent.roots] = _Total(referent)
        total.add(referent, mass)

    def mixed(self, other: "_Shares", share: float) -> "_Shares":
        """Return the mean of two, the other weighted by its share."""
        found = _Shares()
        for shares, weight in ((self, 1 - share), (other, share)):
            found.both += weight * shares.both
            found.nothing += weight * shares.nothing
            for total in shares.totals.values():
                found.add(total.referent, weight * total.mass)
        return found

    def best(self) -> PartyReading:
        """Return the likeliest reading."""
        top = max(self.totals.values(), key=lambda total: total.mass, default=None)
        mass = 0.0 if top is None else top.mass
        if top is None or self.nothing >= max(mass, self.both):
            return PartyReading((), self.nothing)
        if self.both > mass:
            return PartyReading((), self.both, is_both=True)
        return PartyReading(top.referent.parties, mass, top.referent.span)


@dataclass(frozen=True)
class Decoder:
    """The heads' reading of one document, over the mentions that were resolved in it."""

    document: Document
    resolution: Resolution
    readout: Readout
    _beyond: dict[tuple[str, Span], "_Shares | None"] = field(
        default_factory=dict, repr=False, compare=False
    )
    _names: dict[int, "_Referent | None"] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """By character: the party whose name it belongs to. Another resolution has other names."""
    _own_names: dict[int, "_Referent | None"] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """By character: the party whose name, known to the report alone, it belongs to."""

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

        Two heads say so: one points at the words beside it ("the rebels"), one past them at where the party's
        name stands. Words that name nobody are led on to the name that they mean; then the two are averaged.

        Args:
            head: A pointer to parties.
            span: The figure, trigger or cue.
            places: Whether a place may stand for the country whose people live there.
            named: Whether a party with a name is wanted: a nameless one ("the police", "residents", "our")
                gives way to what its own words refer to.
        """
        shares = self._pointed_shares(head, span, places=places, named=named)
        if shares is None:
            return None
        if head in _NAMED:
            beyond = self._named(_NAMED[head], span)
            if beyond is not None and named:
                shares = shares.mixed(beyond, NAME_SHARE)
        return shares.best()

    def point_parties(self, head: str, span: Span, *, least: float) -> tuple[PartyReading, ...]:
        """Return all named parties that a span points to, the likeliest first.

        Args:
            head: A pointer that may mean several: whom a truce binds, who brokered it, who owes an answer.
            span: The words that it points from.
            least: Probability below which a party is left out.
        """
        shares = self._pointed_shares(head, span, places=True, named=True)
        if shares is None:
            return ()
        found = sorted(shares.totals.values(), key=lambda total: -total.mass)
        return tuple(
            PartyReading(total.referent.parties, total.mass, total.referent.span)
            for total in found
            if total.mass >= least
        )

    def _pointed_shares(
        self, head: str, span: Span, *, places: bool, named: bool
    ) -> "_Shares | None":
        """Return the probabilities of the parties beside a span; None outside all windows."""
        pointed = self.readout.point(head, span)
        if pointed is None:
            return None
        shares = _Shares(both=pointed.both, nothing=pointed.nothing)
        for referent, mass in self._shares(pointed, places=places):
            self._lead_on(shares, referent, mass, named=named)
        self._add_publisher(shares, pointed.heading(), named=named)
        return shares

    def _add_publisher(self, shares: "_Shares", mass: float, *, named: bool) -> None:
        """Add the probability of who publishes the report: a paper can count, but neither fights nor falls."""
        if self.publisher is not None and mass > 0 and (self._is_partisan or not named):
            shares.add(_Referent(Span(0, 0), (self.publisher,)), mass)

    @cached_property
    def _is_partisan(self) -> bool:
        outlet = self.document.outlet
        return self.resolution.voice is not None or bool(outlet and self.cast.owner_in(outlet))

    def _lead_on(
        self, shares: "_Shares", referent: "_Referent", mass: float, *, named: bool
    ) -> None:
        """Share the probability of words out to who they mean: themselves where they name somebody."""
        if not named:
            if referent.parties:
                shares.add(referent, mass)
            return
        if referent.parties and referent.is_named and not referent.is_lone:
            is_paper = referent.parties == (self.publisher,) and not self._is_partisan
            if not is_paper:
                shares.add(referent, mass)
                return
        beyond = self._named("named", referent.span) if mass > LEAST_LED else None
        if beyond is None:
            return
        shares.both += mass * beyond.both
        for total in beyond.totals.values():
            shares.add(total.referent, mass * total.mass)

    def whose(self, span: Span) -> PartyReading | None:
        """Return whose words for a person or an organ are that name no owner: "the **spokesman**", of Kestria's army."""
        shares = self._named("named", span)
        return None if shares is None else shares.best()

    def _named(self, head: str, span: Span) -> "_Shares | None":
        """Return where the names stand that a span means."""
        key = (head, span)
        if key not in self._beyond:
            self._beyond[key] = self._find_names(head, span)
        return self._beyond[key]

    def _find_names(self, head: str, span: Span) -> "_Shares | None":
        pointed = self.readout.point(head, span)
        if pointed is None:
            return None
        shares = _Shares(both=pointed.both, nothing=pointed.nothing)
        for at, mass in _likely_pieces(pointed, 1e-3):
            referent = self._name_at(at)
            if referent is not None:
                shares.add(referent, mass)
        self._add_publisher(shares, pointed.heading(), named=True)
        return shares

    def _name_at(self, offset: int) -> "_Referent | None":
        """Return the party whose name a character belongs to: as resolved, else as the report spells it."""
        if offset not in self._names:
            held = [
                item
                for item in self._referents_at.get(offset, ())
                if not item.is_place and item.is_named and not item.is_lone
            ]
            self._names[offset] = (
                min(held, key=lambda item: len(item.span)) if held else self._own_name(offset)
            )
        return self._names[offset]

    def _own_name(self, offset: int) -> "_Referent | None":
        """Return the party that the report names in its own way, where the head of parties tags the words as one."""
        if offset not in self._own_names:
            self._own_names[offset] = self._find_own_name(offset)
        return self._own_names[offset]

    def _find_own_name(self, offset: int) -> "_Referent | None":
        name = self.cast.at(offset)
        if name is None or name.party.kind == "official":
            return None
        if any(place.span.meets(name.span) for place in self.resolution.places):
            return None
        tagged = self.readout.tag("party", name.span)
        if tagged is None or tagged[1] < OWN_NAMES:
            return None
        return _Referent(name.span, (name.party,))

    @cached_property
    def cast(self) -> Cast:
        """The names of the report."""
        return Cast(self.document, self.resolution)

    @cached_property
    def publisher(self) -> Party | None:
        """The party that publishes the document: its voice; the owner of an organ that its name tells; its name."""
        outlet = self.document.outlet
        if self.resolution.voice is not None or not outlet:
            return self.resolution.voice
        owner = self.cast.owner_in(outlet)
        if owner is not None:
            return replace(owner, unit=outlet, evidence="carried")
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
            if _OF_ITS_KIN.match(self.document.text, mention.span.end):
                continue
            for party in mention.parties:
                if counts(party) and not party.root.endswith("(unnamed)"):
                    sure = self.readout.choose("role", mention.span)
                    if sure is not None:
                        sums.setdefault(party.root, []).append(float(sure[0]))
        return {root: sum(values) / len(values) for root, values in sums.items()}

    @cached_property
    def own_sides(self) -> tuple[Party, ...]:
        """Parties known to the report alone that it names often as sides: "the **KLM**", "**Kestria**".

        On wars left out 87 of 100 were sides; of those named once, one in two.
        """
        known = {name.span for name in self.resolution.names}
        self.readout.know(name.span for name in self.cast.names)
        chances: dict[str, list[float]] = {}
        tagged: dict[str, int] = {}
        parties: dict[str, Party] = {}
        for name in self.cast.names:
            sure = None if name.span in known else self.readout.choose("role", name.span)
            if sure is None or name.party.kind == "official":
                continue
            root = name.party.root
            chances.setdefault(root, []).append(float(sure[0]))
            parties.setdefault(root, name.party)
            tagged[root] = tagged.get(root, 0) + (self._own_name(name.span.start) is not None)
        return tuple(
            parties[root]
            for root, told in chances.items()
            if len(told) >= OFTEN
            and 2 * tagged[root] >= len(told)
            and sum(told) / len(told) >= OWN_SIDE
        )

    @cached_property
    def likely_sides(self) -> tuple[Party, ...]:
        """The named parties by how often the words for them are held for a side of the conflict, most first.

        Names that only the report knows are among them.
        """
        weights: dict[str, float] = {}
        parties: dict[str, Party] = {}
        told = [(item.span, party) for item in self.resolution.parties for party in item.parties]
        told += [(name.span, name.party) for name in self.cast.names]
        for span, party in told:
            whole = party.whole()
            sure = self.readout.choose("role", span)
            if sure is not None and is_named((whole,)) and not is_lone_person(whole):
                weights[whole.root] = weights.get(whole.root, 0.0) + float(sure[0])
                parties.setdefault(whole.root, whole)
        return tuple(parties[root] for root in sorted(weights, key=lambda root: -weights[root]))

    def runs(self, head: str) -> Iterator[Run]:
        """Find what a tagging head labels, in reading order; scraps of words and lone articles are left out."""
        text = self.document.text
        for run in self.readout.runs(head):
            start, end = run.span.start, run.span.end
            words = _WORD.findall(text, start, end)
            is_scrap = len(words) == 1 and (
                text[max(0, start - 1) : start].isalnum()
                or text[end : end + 1].isalnum()
                or words[0].lower() in _ARTICLES
            )
            if not is_scrap:
                yield run

    def _shares(self, pointed: Pointed, *, places: bool) -> Iterator[tuple[_Referent, float]]:
        """Share a pointer's pieces out among the referents: a piece is its narrowest referent's.

        Pieces that no referent holds are those of a name of the report's own, else of words for somebody.
        """
        for at, mass in _likely_pieces(pointed, 1e-4):
            holding = [
                item for item in self._referents_at.get(at, ()) if places or not item.is_place
            ]
            if holding:
                yield min(holding, key=lambda item: (item.is_place, len(item.span))), mass
                continue
            yield self._own_name(at) or _Referent(self._words_at(at), ()), mass

    def _words_at(self, offset: int) -> Span:
        """Return the words for a party that a character belongs to, as the head of parties tags them."""
        for run in self._tagged:
            if run.start <= offset < run.end:
                return run
        found = _WORD.match(self.document.text, offset)
        return Span(offset, found.end() if found else offset + 1)

    @cached_property
    def _tagged(self) -> tuple[Span, ...]:
        return tuple(run.span for run in self.readout.runs("party"))

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
        known = resolution.parties_named
        for place in resolution.places:
            party = people_of(place.place, known)
            if party is not None:
                found.append(_Referent(place.span, (party,), is_place=True))
        return tuple(found)

    @cached_property
    def _referents_at(self) -> Mapping[int, Sequence[_Referent]]:
        """The words for parties by each of their characters, in the order of ``_referents``."""
        found: dict[int, list[_Referent]] = {}
        for item in self._referents:
            for at in range(item.span.start, item.span.end):
                found.setdefault(at, []).append(item)
        return found


_ARTICLES = frozenset({"the", "a", "an", "of", "to", "and"})
"""Words that tell nothing alone."""

_OF_ITS_KIN = re.compile(
    r"[\s-]+(?:affiliates?|affiliated|branch|branches|offshoots?|franchises?|linked|aligned|allied|inspired|splinter)\b"
)
"""Words behind a name after which another party is meant: "an al-Qaeda **affiliate**"."""


def _likely_pieces(pointed: Pointed, least: float) -> Iterator[tuple[int, float]]:
    """Yield the first character of each piece of the report that is pointed at, with its probability.

    Args:
        pointed: What a head points at.
        least: Probability below which a piece is left out.
    """
    offsets = pointed.window.offsets
    for index in np.flatnonzero(pointed.pieces >= least).tolist():
        if offsets[index][0] >= 0:
            yield offsets[index][0], float(pointed.pieces[index])
