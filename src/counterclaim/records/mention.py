"""Mentions: which words of a document mean which party, place, time or number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Literal, Protocol, TypeVar

from counterclaim.records.count import Count
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.text import Span
from counterclaim.records.time import Time, TimeKind

NameKind = Literal["name", "adjective", "people", "capital", "seat", "alias", "member"]
"""How a name stands for its party: ``Syria``, ``Syrian``, ``Syrians``, ``Damascus``, ``the Kremlin``."""

WHEN: frozenset[TimeKind] = frozenset({"DATE", "TIME"})

Position = tuple[int, int]
"""A sentence's index and a word's index in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMention:
    """A known name where it stands, before anything is said of its role in the sentence."""

    sentence: int
    first: int
    """First word."""
    last: int
    """Last word, inclusive."""
    span: Span
    party: Party
    kind: NameKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyMention:
    """A noun phrase or pronoun, and the parties it stands for."""

    sentence: int
    head: int
    """The head word."""
    first: int
    last: int
    """The last word, inclusive."""
    span: Span
    parties: tuple[Party, ...]
    rule: str
    """How it was resolved: ``name``, ``title``, ``organ``, ``pronoun``, ``focus`` ..."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """A place where it stands."""

    sentence: int
    first: int
    last: int
    span: Span
    place: Place
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMention:
    """A time expression where it stands."""

    sentence: int
    first: int
    last: int
    span: Span
    time: Time
    rule: str
    kind: TimeKind = "DATE"
    timex: str = ""
    """TIMEX3 value of the words alone: ``PT24H`` where ``time`` gives the two days of "the past 24
    hours"."""

    @property
    def is_when(self) -> bool:
        """Return whether the words tell when, and not how long, how often, or loosely."""
        value = self.time.value
        if value.startswith("XXXX-XX-XX/"):  # since a beginning that nothing dates
            return False
        is_loose = value.startswith("P") or value == "FUTURE_REF"
        return "/" in value or self.rule == "loose-past" or (self.kind in WHEN and not is_loose)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountMention:
    """A number expression where it stands."""

    sentence: int
    first: int
    last: int
    head: int
    """The word that carries the number in the sentence's grammar."""
    span: Span
    count: Count
    rule: str


@dataclass(frozen=True, kw_only=True)
class Resolution:
    """All that ``resolve`` found in one document."""

    names: tuple[NameMention, ...] = ()
    parties: tuple[PartyMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    """Those that tell when."""
    stretches: tuple[TimeMention, ...] = ()
    """Those that tell how long or how often, or when only loosely: ``three days``, ``now``."""
    counts: tuple[CountMention, ...] = ()
    home: tuple[Party, ...] = ()
    """The states and groups that the document is about, most spoken of first."""
    voice: Party | None = None
    """The party whose own statement the document is; None for press."""
    line_voices: tuple[tuple[Span, Party], ...] = ()
    """Bodies that a line of the text names as those whose words may follow: headings, accounts."""

    @cached_property
    def party_index(self) -> Mapping[Position, PartyMention]:
        """Party mentions by sentence and head word."""
        return MappingProxyType({(item.sentence, item.head): item for item in self.parties})

    @cached_property
    def parties_named(self) -> tuple[Party, ...]:
        """The parties that the document is about, and those of every name in it: what a land is looked for among."""
        return (*self.home, *(item.party for item in self.names))

    def party_at(self, sentence: int, head: int | None) -> PartyMention | None:
        """Return the party that a head word stands for."""
        return None if head is None else self.party_index.get((sentence, head))

    @cached_property
    def _times_by_sentence(self) -> Mapping[int, tuple[TimeMention, ...]]:
        return _by_sentence(self.times)

    @cached_property
    def _places_by_sentence(self) -> Mapping[int, tuple[PlaceMention, ...]]:
        return _by_sentence(self.places)

    @cached_property
    def _counts_by_sentence(self) -> Mapping[int, tuple[CountMention, ...]]:
        return _by_sentence(self.counts)

    def times_in(self, sentence: int) -> tuple[TimeMention, ...]:
        """Return the times of a sentence, from left to right."""
        return self._times_by_sentence.get(sentence, ())

    def places_in(self, sentence: int) -> tuple[PlaceMention, ...]:
        """Return the places of a sentence, from left to right."""
        return self._places_by_sentence.get(sentence, ())

    def counts_in(self, sentence: int) -> tuple[CountMention, ...]:
        """Return the numbers of a sentence, from left to right."""
        return self._counts_by_sentence.get(sentence, ())


class _InSentence(Protocol):
    @property
    def sentence(self) -> int: ...


_Item = TypeVar("_Item", bound=_InSentence)


def _by_sentence(items: Iterable[_Item]) -> Mapping[int, tuple[_Item, ...]]:
    found: dict[int, list[_Item]] = {}
    for item in items:
        found.setdefault(item.sentence, []).append(item)
    return MappingProxyType({key: tuple(value) for key, value in found.items()})
