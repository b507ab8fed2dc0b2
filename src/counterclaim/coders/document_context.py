"""Document context: what all coders of one document share."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from counterclaim.decode import Decoder
from counterclaim.records.attribution import MODEL, Attribution
from counterclaim.records.mention import NameMention, Resolution
from counterclaim.records.party import Party
from counterclaim.records.text import Document, Span
from counterclaim.syntax.sentence import Sentence


@dataclass(frozen=True)
class DocumentContext:
    """One document with its sentences, mentions and attributions."""

    document: Document
    sentences: Sequence[Sentence]
    resolution: Resolution
    attributions: Sequence[Attribution] = field(default=())
    fights: tuple[tuple[Party, Party], ...] = ()
    """Who is told to attack whom: one pair for each event of force with a known party on both sides."""
    against: tuple[tuple[Party, Party], ...] = ()
    """Who stands against whom on the document's day, by a conflict file."""
    decoder: Decoder | None = None
    """What the reader's heads point at in the document; None to read by rules alone."""

    @cached_property
    def names(self) -> Mapping[tuple[int, int], NameMention]:
        """Known names by sentence and each word they cover."""
        return MappingProxyType(
            {
                (name.sentence, index): name
                for name in self.resolution.names
                for index in range(name.first, name.last + 1)
            }
        )

    @cached_property
    def known(self) -> Mapping[str, Party]:
        """The document's states, authorities and groups as such, by root: without organ or person."""
        named = (name.party for name in self.resolution.names)
        return MappingProxyType(
            {
                party.root: party
                for party in (*named, *self.resolution.home)
                if party.unit is None and party.kind != "unknown"
            }
        )

    @cached_property
    def sayings(self) -> Mapping[int, tuple[Attribution, ...]]:
        """The attributions whose cue or speaker stands in each sentence, in their order, by the sentence's index."""
        starts = [sentence.span.start for sentence in self.sentences]
        found: dict[int, list[Attribution]] = {}
        for item in self.attributions:
            spans = (item.cue,) if item.speaker_span is None else (item.cue, item.speaker_span)
            for at in sorted(
                {
                    at
                    for span in spans
                    for at in range(
                        max(bisect_right(starts, span.start) - 1, 0), bisect_left(starts, span.end)
                    )
                }
            ):
                found.setdefault(self.sentences[at].index, []).append(item)
        return MappingProxyType({index: tuple(items) for index, items in found.items()})

    @cached_property
    def _contents(self) -> tuple[tuple[int, int, Attribution], ...]:
        """Each stretch of content, first and last character, with its attribution; the lexicon's own."""
        return tuple(
            (content.start, content.end, item)
            for item in self.attributions
            if item.cue_entry != MODEL
            for content in item.content
        )

    @cached_property
    def sides(self) -> tuple[Party, ...]:
        """The states, authorities and armed groups that the document is most about."""
        return tuple(
            party
            for party in self.resolution.home
            if party.kind in {"state", "de facto authority", "armed group"}
        )

    @cached_property
    def opposed(self) -> frozenset[tuple[str, str]]:
        """Roots of those who are told to fight, to accuse or to threaten each other."""
        told = {(left.root, right.root) for left, right in (*self.fights, *self.against)}
        for item in self.attributions:
            if item.is_claim and item.stance in {"accuse", "threaten"}:
                told.update(
                    (speaker.root, target.root)
                    for speaker in item.speakers
                    for target in item.targets
                    if target.evidence != "inferred"
                )
        return frozenset(told)

    @cached_property
    def belligerents(self) -> tuple[Party, ...]:
        """The two parties that are most told to attack each other; else the two most spoken of."""
        weights: dict[frozenset[str], int] = {}
        by_root: dict[str, Party] = {}
        for left, right in self.fights:
            weights[frozenset({left.root, right.root})] = (
                weights.get(frozenset({left.root, right.root}), 0) + 1
            )
            by_root.setdefault(left.root, left.whole())
            by_root.setdefault(right.root, right.whole())
        if weights:
            pair = max(weights, key=lambda roots: weights[roots])
            ranked = [party.root for party in self.resolution.home]
            return tuple(
                by_root[root]
                for root in sorted(
                    pair,
                    key=lambda root: (
                        ranked.index(root) if root in ranked else len(ranked),
                        root,
                    ),
                )
            )
        plain = [party for party in self.sides if party.kind != "de facto authority"]
        return tuple((plain if len(plain) > 1 else self.sides)[:2])

    def speaker_of(self, span: Span) -> Attribution | None:
        """Return the innermost attribution in whose content some words stand.

        A cue that the model alone knows and no lexicon says nothing of who tells what: it may be
        no speech at all ("the war has claimed 67 lives").
        """
        return next(iter(self.speakers_of(span)), None)

    def speakers_of(self, span: Span) -> list[Attribution]:
        """Return the attributions in whose content some words stand, innermost first; claims before thoughts."""
        covering = [
            item for start, end, item in self._contents if start <= span.start and span.end <= end
        ]
        kept = [item for item in covering if item.is_claim] or covering
        return sorted(kept, key=lambda item: sum(map(len, item.content)))
