"""Proposals: what a second reader, a language model, would have a text say; and what became of each.

A proposal points at words. Only one whose every word was found in the text, at offsets, becomes a record
of this module; the rest are counted by what they lacked.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from counterclaim.records.attribution import Stance
from counterclaim.records.claim import Category, Outcome
from counterclaim.records.problem import Step
from counterclaim.records.text import Span

ROOM = "second"
"""The room named in the steps of a trace that the second reader's words led to."""

Policy = Literal["contest", "first-wins", "second-wins-when-grounded", "agreed-only"]
"""What holds where the two readers differ.

``contest``: the first reader's value stays, contested: it is not counted until a person decides.
``first-wins``: the first reader's value stays and counts; what only the second saw enters.
``second-wins-when-grounded``: the second's value holds, its words being in the text.
``agreed-only``: as ``contest``, and nothing enters that the second alone saw.
"""

POLICIES: tuple[Policy, ...] = get_args(Policy)

Reason = Literal[
    "malformed",
    "no such sentence",
    "speaker not in the text",
    "cue not in the sentence",
    "quotation not in the text",
    "number not in the sentence",
    "harm not in the sentence",
    "party not in the text",
    "words overlap",
    "stance not on the list",
    "outcome not on the list",
    "category not on the list",
    "value is another number",
    "number is no count",
    "harm is another outcome",
    "cue is no word of saying",
    "speaker is no party",
    "speaks to a machine",
    "said twice",
]
"""Why a proposal was dropped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedSpeech:
    """Somebody is made to say something: every part verbatim, at offsets."""

    cue: Span
    content: Span
    speaker: Span | None
    stance: Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedFigure:
    """A number of persons harmed: every part verbatim, at offsets."""

    number: Span
    value: int
    harm: Span
    """The word that tells what befell them."""
    outcome: Outcome
    category: Category
    side: Span | None
    """The words for whose loss it is."""


Proposed = ProposedSpeech | ProposedFigure


@dataclass(frozen=True, slots=True)
class Dropped:
    """A proposal that failed, and by what. Its own words are not kept: they are not the text's."""

    reason: Reason
    sentence: int | None = None
    """Number of the sentence it pointed to, from 1, where it pointed to one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """A field that the two readers read differently."""

    row: str
    """Id of the attribution or claim."""
    field: str
    first: str
    second: str
    span: Span
    """The words that the second reader points to."""
    holds: Literal["first", "second", "neither"]
    """Whose value stands by the policy; ``neither`` until a person decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What asking came to."""

    calls: int = 0
    """Requests sent, repeated ones counted."""
    tokens_in: int = 0
    tokens_out: int = 0
    estimated: bool = False
    """Whether some of the tokens were estimated, since the endpoint did not count them."""
    from_cache: int = 0
    """Replies that were not asked for again."""

    def plus(self, other: "Cost") -> "Cost":
        """Return the two together."""
        return Cost(
            calls=self.calls + other.calls,
            tokens_in=self.tokens_in + other.tokens_in,
            tokens_out=self.tokens_out + other.tokens_out,
            estimated=self.estimated or other.estimated,
            from_cache=self.from_cache + other.from_cache,
        )


@dataclass(frozen=True, kw_only=True)
class SecondReading:
    """What the second reader made of a document, and what came of it beside the first reader's."""

    reader: str
    """The model as it is named in traces and signatures: ``NAME at HOST``."""
    policy: Policy
    proposed: tuple[Proposed, ...] = ()
    """Those that are grounded."""
    dropped: tuple[Dropped, ...] = ()
    contests: tuple[Contest, ...] = ()
    agreed: tuple[str, ...] = ()
    """Ids of attributions and claims that both readers have alike."""
    added: tuple[str, ...] = ()
    """Ids of those that the second reader alone has."""
    cost: Cost = field(default_factory=Cost)
    unread: int = 0
    """Stretches of the text that it was not asked about, or gave no answer to."""

    @property
    def drops(self) -> Mapping[str, int]:
        """The dropped proposals, counted by reason, most frequent first."""
        return dict(Counter(item.reason for item in self.dropped).most_common())


def contested_fields(trace: Sequence[Step]) -> tuple[str, ...]:
    """Return the fields that stand contested between readers by a row's trace."""
    steps = [step.rule.split(":") for step in trace if step.room == ROOM]
    return tuple(dict.fromkeys(rule[1] for rule in steps if rule[0] == "contested"))


def readers_of(trace: Sequence[Step]) -> tuple[str, ...]:
    """Return who read a row: ``rules``, ``model``, and the second reader by its name."""
    found = []
    for step in trace:
        if step.room == ROOM:
            if step.rule.startswith(("agreed:", "proposed:", "taken:", "filled:")):
                found.append(step.rule.rsplit(":", 1)[1])
        else:
            found.append("model" if step.room == "model" else "rules")
    return tuple(dict.fromkeys(found))
