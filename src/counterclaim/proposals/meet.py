"""Where the two readers meet over who says what: agreement, what one alone has, and what they contest."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from counterclaim.records.attribution import MODEL, Attribution
from counterclaim.records.mention import Resolution
from counterclaim.records.party import Party
from counterclaim.records.problem import Step
from counterclaim.records.proposal import (
    ROOM,
    Contest,
    Dropped,
    Policy,
    Proposed,
    ProposedSpeech,
)
from counterclaim.records.text import Document, Span

SAME_CONTENT = 0.5
"""Share of two contents' characters that both have, from which they are the same words with other edges."""
ENTRY = "second-reader"
"""The ``cue_entry`` of an attribution that the second reader alone has."""


@dataclass(frozen=True, slots=True)
class Met:
    """Attributions of both readers, and how they stand to each other."""

    attributions: tuple[Attribution, ...]
    contests: tuple[Contest, ...]
    agreed: tuple[str, ...]
    added: tuple[str, ...]
    dropped: tuple[Dropped, ...]


def meet_speech(
    document: Document,
    resolution: Resolution,
    attributions: Sequence[Attribution],
    proposed: Iterable[Proposed],
    *,
    reader: str,
    policy: Policy,
) -> Met:
    """Bring the first reader's attributions and the second's grounded proposals together.

    Args:
        document: The document.
        resolution: Of the document: whom its words mean.
        attributions: The first reader's.
        proposed: Grounded; figures among them are passed over.
        reader: The second reader's name.
        policy: What holds where they differ.
    """
    meeting = _Meeting(document, resolution, reader, policy)
    found = list(attributions)
    renamed: dict[str, str] = {}
    used: set[int] = set()
    for item in proposed:
        if not isinstance(item, ProposedSpeech):
            continue
        place = _match(found, item, used)
        if place is None:
            new = meeting.added(item)
            if new is not None:
                found.append(new)
                used.add(len(found) - 1)
            continue
        used.add(place)
        now = meeting.joined(found[place], item)
        renamed[found[place].id] = now.id
        found[place] = now
    joined = [
        replace(item, inside=renamed.get(item.inside, item.inside)) if item.inside else item
        for item in found
    ]
    held = [_nested(item, joined) if item.cue_entry == ENTRY else item for item in joined]
    return Met(
        tuple(sorted(held, key=lambda item: item.cue)),
        tuple(meeting.contests),
        tuple(meeting.agreed),
        tuple(meeting.new),
        tuple(meeting.dropped),
    )


def _match(found: Sequence[Attribution], item: ProposedSpeech, used: set[int]) -> int | None:
    """Find the attribution that a proposal is about: the same cue, else nearly the same content."""
    places = [place for place in range(len(found)) if place not in used]
    for place in places:
        if found[place].cue.meets(item.cue):
            return place
    return next(
        (place for place in places if _shared(found[place].content, item.content) >= 0.8), None
    )


def _nested(item: Attribution, others: Sequence[Attribution]) -> Attribution:
    """Put an attribution inside the one in whose content its cue stands, the innermost of them."""
    around = [
        (len(span), other.id)
        for other in others
        if other is not item
        for span in other.content
        if span.covers(item.cue)
    ]
    return replace(item, inside=min(around)[1]) if around else item


def _shared(contents: Sequence[Span], other: Span) -> float:
    own = sum(map(len, contents))
    both = sum(max(0, min(span.end, other.end) - max(span.start, other.start)) for span in contents)
    whole = own + len(other) - both
    return both / whole if whole else 0.0


def parties_at(document: Document, resolution: Resolution, span: Span) -> tuple[Party, ...]:
    """Return the parties that words mean: those of the widest phrase in them, else of the names there.

    Words that the house knows nothing of are a party of that name, where they are written as one: with
    capitals, and not only because a sentence begins there.
    """
    phrases = [item for item in resolution.parties if item.span.meets(span) and item.parties]
    inside = [item for item in phrases if span.covers(item.span) or item.span.covers(span)]
    if inside:
        best = max(inside, key=lambda item: (span.covers(item.span), len(item.span)))
        return best.parties
    names = [item.party for item in resolution.names if span.covers(item.span)]
    return tuple(dict.fromkeys(names)) or _named(document, span)


def _named(document: Document, span: Span) -> tuple[Party, ...]:
    words = document.text[span.start : span.end]
    parts = words.removeprefix("The ").removeprefix("the ").split()
    if not parts or not all(part[0].isupper() for part in parts):
        return ()
    inside = re.compile(r"[\w,’”)]\s+" + r"\s+".join(map(re.escape, parts)) + r"(?!\w)")
    return (Party(" ".join(parts)),) if inside.search(document.text) else ()


@dataclass(frozen=True, slots=True)
class _Field:
    """One field in which the second reader has something else."""

    name: str
    was: str
    now: str
    span: Span
    values: Mapping[str, object]
    fills: bool
    """Whether the first reader has nothing there: then nothing is contested."""


class _Meeting:
    """One meeting at work."""

    def __init__(
        self, document: Document, resolution: Resolution, reader: str, policy: Policy
    ) -> None:
        self._document = document
        self._resolution = resolution
        self._reader = reader
        self._policy = policy
        self.contests: list[Contest] = []
        self.agreed: list[str] = []
        self.new: list[str] = []
        self.dropped: list[Dropped] = []

    def _words(self, span: Span | None) -> str:
        return "" if span is None else self._document.text[span.start : span.end]

    def added(self, item: ProposedSpeech) -> Attribution | None:
        """Sign a proposal that the first reader lacks; None where it does not enter."""
        speakers = (
            ()
            if item.speaker is None
            else parties_at(self._document, self._resolution, item.speaker)
        )
        if not speakers:
            self.dropped.append(Dropped("speaker is no party"))
            return None
        if self._policy == "agreed-only":
            return None
        new = Attribution(
            document_id=self._document.id,
            cue=item.cue,
            cue_entry=ENTRY,
            content=(item.content,),
            speakers=speakers,
            speaker_span=item.speaker,
            stance=item.stance,
            trace=(
                Step(ROOM, f"proposed:{self._reader}", self._words(item.cue), item.cue),
                Step(ROOM, "speaker", self._words(item.speaker), item.speaker),
                Step(ROOM, "content", "", item.content),
                Step(ROOM, "stance", item.stance),
            ),
        )
        self.new.append(new.id)
        return new

    def joined(self, first: Attribution, item: ProposedSpeech) -> Attribution:
        """Set a proposal beside the first reader's attribution."""
        speakers = (
            ()
            if item.speaker is None
            else parties_at(self._document, self._resolution, item.speaker)
        )
        if not first.is_claim:
            return self._raised(first, item, speakers)
        differing = list(self._differing(first, item, speakers))
        if not differing:
            self.agreed.append(first.id)
            return self._stepped(first, Step(ROOM, f"agreed:{self._reader}", "", item.cue))
        return self._settled(first, differing)

    def _raised(
        self, first: Attribution, item: ProposedSpeech, speakers: tuple[Party, ...]
    ) -> Attribution:
        """Make a claim of what the first reader saw and could not place; thoughts stay thoughts."""
        if first.cue_entry != MODEL or self._policy == "agreed-only":
            return first
        known = speakers or first.speakers
        if not known:
            self.dropped.append(Dropped("speaker is no party"))
            return first
        step = Step(ROOM, f"filled:claim:{self._reader}", self._words(item.cue), item.cue)
        now = self._stepped(
            replace(
                first,
                speakers=known,
                speaker_span=item.speaker or first.speaker_span,
                stance=item.stance,
                is_claim=True,
            ),
            step,
        )
        self.new.append(now.id)
        return now

    def _differing(
        self, first: Attribution, item: ProposedSpeech, speakers: tuple[Party, ...]
    ) -> Iterator[_Field]:
        if item.stance != first.stance:
            values: dict[str, object] = {"stance": item.stance, "stance_words": None}
            yield _Field("stance", first.stance, item.stance, item.cue, values, fills=False)
        if item.speaker is not None and not _same_speaker(first, item.speaker, speakers):
            values = {"speakers": speakers, "speaker_span": item.speaker}
            was, now = first.speaker_name or "", " & ".join(map(str, speakers))
            yield _Field("speaker", was, now, item.speaker, values, fills=not first.speakers)
        if _shared(first.content, item.content) < SAME_CONTENT:
            was, now = self._document.words(*first.content), self._words(item.content)
            values = {"content": (item.content,)}
            yield _Field("content", was, now, item.content, values, fills=not first.content)

    def _settled(self, first: Attribution, differing: Sequence[_Field]) -> Attribution:
        now = first
        for field in differing:
            if takes(self._policy, fills=field.fills):
                now = replace(now, **field.values)  # type: ignore[arg-type]  # each its own type
        for field in differing:
            rule = rule_of(field.name, self._reader, self._policy, fills=field.fills)
            now = self._stepped(now, Step(ROOM, rule, self._words(field.span), field.span))
            if not field.fills:
                self.contests.append(
                    Contest(
                        row=now.id,
                        field=field.name,
                        first=field.was,
                        second=field.now,
                        span=field.span,
                        holds=holder(self._policy),
                    )
                )
        return now

    @staticmethod
    def _stepped(item: Attribution, step: Step) -> Attribution:
        return replace(item, trace=(*item.trace, step))


def holder(policy: Policy) -> Literal["first", "second", "neither"]:
    """Return whose value holds under a policy."""
    if policy == "first-wins":
        return "first"
    return "second" if policy == "second-wins-when-grounded" else "neither"


def takes(policy: Policy, *, fills: bool) -> bool:
    """Whether the second reader's value enters a field: one that is empty, or one it wins."""
    return policy != "agreed-only" if fills else policy == "second-wins-when-grounded"


def rule_of(name: str, reader: str, policy: Policy, *, fills: bool) -> str:
    """Return what a trace says of a field in which the readers are not alike."""
    if takes(policy, fills=fills):
        return f"{'filled' if fills else 'taken'}:{name}:{reader}"
    if fills or policy == "first-wins":
        return f"passed-over:{name}"
    return f"contested:{name}"


def _same_speaker(first: Attribution, span: Span | None, parties: Sequence[Party]) -> bool:
    """Whether both mean the same speaker: the same words, or the same parties; or neither names one.

    A speaker that the first reader names and the second leaves out is no difference: leaving out is not
    saying otherwise. Words that mean nobody whom the house knows are no other speaker either.
    """
    if span is None or not parties:
        return True
    if first.speaker_span is not None and first.speaker_span.meets(span):
        return True
    return set(first.speakers) == set(parties)
