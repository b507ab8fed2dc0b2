"""Loads stances.yaml and stance_words.yaml: how a stance is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from counterclaim.lexicon.load import read_rows
from counterclaim.lexicon.overlay import LexiconError
from counterclaim.records.attribution import Stance

_SETS = ("verbs", "words", "objects", "cue_verbs")

RowStance = Stance | Literal["none"]
"""A stance, or ``none`` for words that report no act."""

FACTS: Mapping[str, str] = {
    "cue-verb": "the cue is a verb",
    "cue-negated": "the cue carries a negation: “did **not** say”",
    "cue-mind": "the cue is a verb of thought or feeling",
    "cue-if": "the cue stands under if, unless or whether",
    "cue-may": "the cue stands under should, could, may, might, can or must",
    "cue-to": "the cue is an infinitive of purpose: “came **to announce**”",
    "by-outside": "no side speaks: an outlet, an expert, an organisation, a mediator",
    "by-reporter": "an outlet or an expert speaks, or nobody",
    "by-stranger": "somebody speaks of whom no side is known",
    "by-expert": "an analyst or other expert speaks",
    "by-armed-group": "an armed group speaks, or who governs without being a state",
    "said-clause": "the content is a clause or a quotation",
    "said-predicate": "the content says what a thing is called",
    "said-noun": "the content is a noun with its owner: “a Kestrian **raid**”",
    "question": "the clause asks: “**why** would we ...”",
    "said-no-thanks": "the content is “no thanks” or the like",
    "own": "the speaker is the doer: by name, pronoun or possessive",
    "rival": "a named side that is not the speaker's is the doer",
    "passive": "the clause is passive",
    "agent": "the passive names its doer: “was hit **by** ...”",
    "negated": "the clause is negated, or nobody does it",
    "no-subject": "the subject carries no: “**no** convoy was hit”",
    "future": "the clause stands under will, would, shall or going to",
    "maybe": "the clause stands under could, may or might",
    "able": "the clause stands under can or could",
    "should": "the clause stands under should or ought to",
    "there-is": "the clause says that there is something",
    "present": "the clause is told in the present",
    "only-if": "the clause names the one condition: only if, only when",
    "first-person": "the subject is I or we",
    "unless": "the clause has an unless of its own",
    "must": "the clause stands under must, or has to",
    "subjunctive": "a bare verb after its subject: “that the rebels **be** disarmed”",
    "conditional": "the clause has an if, unless or until of its own",
    "told-as-done": "the clause is told as a fact, in the past or present, under no helper",
    "states-being": "the clause says what something is",
    "inner-verb": "the verb is one of mind or want",
    "at-third-party": "the deed is done to a side that is not the speaker's",
}
"""What the engine can see; a row may name no other fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceRow:
    """One row of stances.yaml."""

    id: str
    stance: RowStance
    of: frozenset[str]
    """Stances of the entry that the row may change; empty for any."""
    facts: frozenset[str]
    barred: frozenset[str]
    verbs: frozenset[str]
    words: frozenset[str]
    objects: frozenset[str]
    cue_verbs: frozenset[str]
    entries: frozenset[str]
    sets: tuple[str, ...]
    """What it looks for, by the names of the word sets: ``verbs: harm``."""
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]

    @property
    def reads_content(self) -> bool:
        """Whether a clause of the content decides, not the cue alone."""
        return bool(self.words or self.verbs or self.objects) or not all(
            fact.startswith("cue-") for fact in self.facts
        )


@cache
def load_stance_words() -> Mapping[str, frozenset[str]]:
    """Load stance_words.yaml once: sets by name."""
    return {row["id"]: frozenset(map(str, row["words"])) for row in read_rows("stance_words.yaml")}


@cache
def load_stances() -> tuple[StanceRow, ...]:
    """Load stances.yaml once, in its order.

    Raises:
        LexiconError: If a row names a fact or a word set that there is not.
    """
    sets = load_stance_words()
    found = []
    for row in read_rows("stances.yaml"):
        unknown = {*row.get("is", ()), *row.get("isnt", ())} - FACTS.keys()
        named = {row[key] for key in _SETS if key in row}
        if unknown or named - sets.keys():
            msg = f"stances.yaml: {row['id']} names what there is not: {sorted(unknown | (named - sets.keys()))}"
            raise LexiconError(msg)
        found.append(
            StanceRow(
                id=row["id"],
                stance=cast("RowStance", row["stance"]),
                of=frozenset(row.get("of", ())),
                facts=frozenset(row.get("is", ())),
                barred=frozenset(row.get("isnt", ())),
                verbs=sets.get(row.get("verbs", ""), frozenset()),
                words=sets.get(row.get("words", ""), frozenset()),
                objects=sets.get(row.get("objects", ""), frozenset()),
                cue_verbs=sets.get(row.get("cue_verbs", ""), frozenset()),
                entries=frozenset(row.get("entries", ())),
                sets=tuple(f"{key}: {row[key]}" for key in _SETS if key in row),
                examples=tuple(row.get("examples", ())),
                counter_examples=tuple(row.get("not", ())),
            )
        )
    return tuple(found)


@cache
def cue_rows() -> tuple[StanceRow, ...]:
    """Return the rows that ask only for facts of the cue."""
    return tuple(row for row in load_stances() if not row.reads_content)


@cache
def content_rows(stance: Stance, entry: str) -> tuple[StanceRow, ...]:
    """Return the rows that may change the stance of a cue's entry by what is said."""
    return tuple(
        row
        for row in load_stances()
        if row.reads_content
        and (not row.of or stance in row.of)
        and (not row.entries or entry in row.entries)
    )
