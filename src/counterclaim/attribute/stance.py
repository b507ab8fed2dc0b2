"""Stance: what a speaker does by saying it, read from a table over the cue and the clauses of the content.

The table is lexicon/stances.yaml: rows in order, the first that fits decides, and where none fits the cue's
own entry does. This module only finds out which facts hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from counterclaim.attribute.content_clauses import ContentClause, ContentClauses
from counterclaim.attribute.cues import CueMatch, joined_to
from counterclaim.lexicon import load_parties
from counterclaim.lexicon.stances import StanceRow, content_rows, cue_rows
from counterclaim.records.attribution import Stance
from counterclaim.records.party import Party, PartyKind
from counterclaim.records.text import Span
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import child, children

_OUTSIDE: frozenset[PartyKind] = frozenset({"media", "expert", "organisation", "mediator"})
_ARMED: frozenset[PartyKind] = frozenset({"armed group", "de facto authority"})
_MAY = frozenset({"should", "could", "may", "might", "can", "must"})
_CARRIED_ON = frozenset(
    "go continue seem appear begin start proceed come prompt lead cause move drive force manage".split()
)
"""Verbs whose infinitive tells of an act done: "**went on** to say"."""


@dataclass(frozen=True, slots=True)
class StanceReading:
    """A stance and what it stands on."""

    stance: Stance
    rule: str
    """Id of the table's row, or of the cue's entry."""
    words: Span | None = None
    clause: ContentClause | None = None
    """The clause of the content that decided, where one did."""


def read_cue_stance(sentence: Sentence, match: CueMatch) -> StanceReading | None:
    """Read the stance of a cue by itself; None when the words are no claim at all.

    Source:
        The rows of lexicon/stances.yaml that ask only for facts of the cue.
    """
    facts = frozenset(_cue_facts(sentence, match))
    for row in cue_rows():
        if not _fits_cue(row, match, facts):
            continue
        if row.stance == "none":
            return None
        negation = next((i for i in children(sentence, match.head, "neg", "det")), match.head)
        return StanceReading(row.stance, row.id, sentence[negation].span)
    return StanceReading(match.cue.stance, match.cue.id)


def read_stance(match: CueMatch, reading: StanceReading, said: ContentClauses) -> StanceReading:
    """Read the stance again with the content at hand.

    Args:
        match: The cue.
        reading: What the cue alone says.
        said: The content, and who says it.

    Source:
        The other rows of lexicon/stances.yaml.
    """
    if reading.rule != match.cue.id:
        return reading
    frame = frozenset((*_speaker_facts(said.speakers), *_content_facts(said)))
    rows = content_rows(reading.stance, match.cue.id)
    for clause in said.clauses or (None,):
        for row in rows:
            if _fits(row, frame, clause):
                words = clause.span if clause is not None else None
                return StanceReading(cast("Stance", row.stance), row.id, words, clause)
    return reading


def _fits_cue(row: StanceRow, match: CueMatch, facts: frozenset[str]) -> bool:
    if row.cue_verbs and not row.cue_verbs.intersection(match.cue.forms):
        return False
    return row.facts <= facts and not row.barred & facts


def _fits(row: StanceRow, frame: frozenset[str], clause: ContentClause | None) -> bool:
    facts = frame if clause is None else frame | clause.facts
    if not row.facts <= facts or row.barred & facts:
        return False
    if not (row.verbs or row.words or row.objects):
        return True
    return clause is not None and (
        (not row.verbs or clause.verb in row.verbs)
        and (not row.words or bool(row.words & clause.words))
        and (not row.objects or bool(row.objects & clause.objects))
    )


def _cue_facts(sentence: Sentence, match: CueMatch) -> list[str]:
    found = []
    if match.cue.role == "verb":
        found.append("cue-verb")
        mark = child(sentence, match.head, "mark")
        if mark is not None and sentence[mark].lower in {"if", "unless", "whether"}:
            found.append("cue-if")
        if _is_possible(sentence, match.head):
            found.append("cue-may")
        if _is_purpose(sentence, joined_to(sentence, match.head)):
            found.append("cue-to")
    if match.negated and match.cue.needs != "negation":
        found.append("cue-negated")
    if match.cue.sort == "mind":
        found.append("cue-mind")
    return found


def _is_possible(sentence: Sentence, verb: int) -> bool:
    modal = next((i for i in children(sentence, verb, "aux") if sentence[i].tag == "MD"), None)
    return modal is not None and sentence[modal].lower in _MAY


def is_present_or_future(sentence: Sentence, verb: int) -> bool:
    """Return whether an act is told in the present or as coming: "wants", "would not comment"."""
    return sentence[verb].tag in {"VBZ", "VBP"} or any(
        sentence[i].tag == "MD"
        or (
            sentence[i].dep == "aux"
            and sentence[i].tag in {"VBZ", "VBP"}
            and sentence[i].lemma != "have"
        )
        for i in children(sentence, verb, "aux")
    )


def _is_purpose(sentence: Sentence, verb: int) -> bool:
    """Return whether a verb is an infinitive that tells of no act done: "is expected to announce"."""
    if not any(sentence[i].tag == "TO" for i in children(sentence, verb, "aux")):
        return False
    word = sentence[verb]
    above = sentence[word.head].lemma
    return not (
        (word.dep == "xcomp" and above in _CARRIED_ON) or (word.dep == "advcl" and above == "go")
    )


def _speaker_facts(speakers: Sequence[Party]) -> list[str]:
    kinds = {_kind(party) for party in speakers}
    found = []
    if not kinds or kinds <= _OUTSIDE:
        found.append("by-outside")
    if not kinds or kinds <= {"media", "expert"}:
        found.append("by-reporter")
    if kinds == {"unknown"} or (speakers and all(map(_is_of_no_side, speakers))):
        found.append("by-stranger")
    if kinds == {"expert"}:
        found.append("by-expert")
    if kinds & _ARMED:
        found.append("by-armed-group")
    return found


def _is_of_no_side(party: Party) -> bool:
    """Return whether a speaker is an official of no stated side: whose rival another is, nobody can say."""
    return party.root.endswith("(unnamed)") and party.kind != "armed group"


def _kind(party: Party) -> PartyKind:
    """Return what a speaker's side is: a group's leader speaks for an armed group."""
    return _kinds().get(party.root, party.kind)


@cache
def _kinds() -> dict[str, PartyKind]:
    return {known.id: known.kind for known in load_parties() if known.of is None}


def _content_facts(said: ContentClauses) -> list[str]:
    found = []
    content = said.content
    if content is not None and content.frame == "predicate":
        found.append("said-predicate")
    elif content is None or content.frame in {
        "clause",
        "around",
        "far-that",
        "quoted-as",
        "infinitive",
    }:
        found.append("said-clause")
    if said.words.strip("“”\"'‘’ .,!").lower() in {"no thanks", "no, thanks", "no thank you"}:
        found.append("said-no-thanks")
    return found
