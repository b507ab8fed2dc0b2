"""Attributions: who is made to say what, with which words."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, Self, get_args

from counterclaim.records.identity import make_id
from counterclaim.records.party import Party
from counterclaim.records.problem import Step
from counterclaim.records.text import Span
from counterclaim.records.time import Time

Stance = Literal[
    "state",
    "confirm",
    "admit",
    "deny",
    "accuse",
    "allege",
    "demand",
    "appeal",
    "promise",
    "threaten",
    "warn",
    "predict",
    "reject",
    "withhold",
    "correct",
    "retract",
]
"""What a speaker does by saying it. Closed: docs/codebook/claims.md defines each."""

STANCES: tuple[Stance, ...] = get_args(Stance)

MODEL = "model"
"""The ``cue_entry`` of a cue that the model found and no lexicon entry reads."""

Quotation = Literal["direct", "mixed", "indirect"]


@dataclass(frozen=True, kw_only=True)
class Attribution:
    """A speaker is made to say something: speaker, cue and content, each with its words.

    The id hashes the document, the three stretches of words and the speakers; the stance, what
    was inferred and the trace stand outside it.
    """

    document_id: str
    cue: Span
    cue_entry: str
    """Id of the lexicon entry that reads the cue, ``quote`` where marks stand without one, ``MODEL``."""
    content: tuple[Span, ...]
    """What is said; several spans where the cue splits it. Empty for a bare "issued a denial"."""
    speakers: tuple[Party, ...] = ()
    """Empty where the text names nobody ("were reported killed")."""
    speaker_span: Span | None = None
    """The words that stand for the speaker beside the cue: a name, a description, a pronoun."""
    stance: Stance = "state"
    stance_words: Span | None = None
    """The words the stance stands on, where they are not the cue alone."""
    targets: tuple[Party, ...] = ()
    """Who is accused, asked or threatened."""
    quotation: Quotation = "indirect"
    hedges: tuple[Span, ...] = ()
    """Words that keep a distance: allegedly, reportedly, "reports of"."""
    via: tuple[Party, ...] = ()
    """Who carried it: the outlet or party in whose words this speech is told."""
    inside: str | None = None
    """Id of the attribution in whose content this one stands."""
    said_at: Time | None = None
    is_claim: bool = True
    """Whether it is a communicative act, which the ledger keeps; a thought or feeling is not."""
    probability: float | None = field(default=None, compare=False)
    """The model's, that the cue attributes anything; None where the rules alone read it."""
    trace: tuple[Step, ...] = field(default=(), compare=False)

    def known_as(self, row: str) -> Self:
        """Return the attribution under the id of its row, whatever was taken out of it since."""
        self.__dict__["id"] = row
        return self

    @cached_property
    def id(self) -> str:
        """Hash of the document, the words and the speakers."""
        return make_id(
            "a",
            self.document_id,
            [self.cue.start, self.cue.end],
            [[span.start, span.end] for span in self.content],
            [str(party) for party in self.speakers],
        )

    def stance_over(self, words: Span) -> Stance:
        """Return the stance that holds for some words of the content.

        A stance read from one clause of the content holds there alone: of "it had not fired and Kestria
        had", only the first half is denied. One that the cue gives holds for all that is said.
        """
        read_in = self.stance_words
        if read_in is None or not any(span.meets(read_in) for span in self.content):
            return self.stance
        return self.stance if read_in.covers(words) else "state"

    @property
    def speaker_name(self) -> str | None:
        """The speakers in normal form, joined by `` & ``; None where nobody is named."""
        return " & ".join(str(party) for party in self.speakers) or None
