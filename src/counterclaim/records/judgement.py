"""Judgements: what a person decided about a row, and why. Never an overwrite of the row."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, Self, get_args

from counterclaim.records.identity import make_id
from counterclaim.records.text import Span, mend

Verdict = Literal[
    "accepted",
    "discounted",
    "duplicate",
    "verified_visual",
    "rejected",
    "corrected",
    "same",
    "different",
    "note",
    "tagged",
    "assigned",
    "rule",
    "came_true",
    "came_false",
    "open",
    "withdrawn",
]
"""What only a person may set (docs/codebook/statuses.md): ``accepted`` as read; ``discounted`` with a reason, ``duplicate`` of
another, ``verified_visual`` by a picture or geolocation on file, ``rejected`` as misread, ``corrected`` in one
field, or by another row; ``same`` and ``different`` bind two claims for linking and always win; ``note`` only remarks;
``tagged`` puts a tag beside the row and ``assigned`` a person's name, both as the reason; ``rule`` makes a correction one for
every claim that has the same; ``withdrawn`` takes an earlier judgement back.
``came_true``, ``came_false`` and ``open`` say what became of a reader's prediction: of words of a document, on the ground of a row.
``accepted`` with a field says of that one field that it was read rightly: what was inferred then counts."""

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

PAIR_VERDICTS: frozenset[Verdict] = frozenset({"duplicate", "corrected", "same", "different"})
"""Verdicts that need a second row; a correction of one field needs none."""

OUTCOMES: frozenset[Verdict] = frozenset({"came_true", "came_false", "open"})
"""What may have become of a reader's prediction. They are about words of a document's thread, never about a row."""

Mendable = Literal[
    "speaker",
    "stance",
    "side",
    "number",
    "harm",
    "category",
    "group",
    "scope",
    "background",
    "kind",
    "telling",
    "doer",
    "target",
    "status",
    "parties",
    "broker",
    "breach",
    "terms",
    "act",
    "holder",
    "addressee",
    "owner",
    "place",
    "time",
]
"""What of a claim a person may correct, in the order in which it is shown and applied. Its link is corrected
by ``same`` and ``different``."""

MENDABLES: tuple[Mendable, ...] = get_args(Mendable)


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """One decision by one person about one row of the ledger."""

    subject: str
    """Id of the claim, attribution, incident, finding, document or judgement it is about."""
    verdict: Verdict
    by: str
    """Who decided: a name, never empty."""
    reason: str = ""
    other: str | None = None
    """Id of the second row, for verdicts about two."""
    evidence: str | None = None
    """Where the evidence stands: an address, a file's name; of a prediction's outcome the id of the row that shows it."""
    field: Mendable | None = None
    """What is corrected, for a correction of one field; or said to be right, with ``accepted``."""
    before: str | None = None
    """How the ledger had read it, in words."""
    after: str | None = None
    """How it is to be read, in words; empty for "nobody" and "nowhere"."""
    span: Span | None = None
    """Which words of a document it is about: a reader's comment; None where it is about the whole row."""
    text_sha256: str | None = None
    """Digest of the document's text as the person saw it; a judgement on an older text is refused."""

    def __post_init__(self) -> None:
        for name in ("subject", "by", "reason", "other", "evidence", "before", "after"):
            words = getattr(self, name)
            if words is not None and (clean := mend(words)) is not words:
                object.__setattr__(self, name, clean)

    def known_as(self, row: str) -> Self:
        """Return the judgement under the id of its row, whatever was taken out of it since."""
        if self.id == row:
            return self
        made = replace(self)  # equal judgements are one object
        made.__dict__["id"] = row
        return made

    @cached_property
    def id(self) -> str:
        """Hash of the whole judgement: the same decision twice is one."""
        mended = () if self.field is None else (self.field, self.before, self.after)
        words = () if self.span is None else (self.span.start, self.span.end)
        return make_id(
            "j",
            self.subject,
            self.verdict,
            self.by,
            self.reason,
            self.other,
            self.evidence,
            *mended,
            *words,
        )
