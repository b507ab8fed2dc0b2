"""Speakers: who stands as the source of a cue."""

from dataclasses import dataclass

from counterclaim.attribute.cues import CueMatch
from counterclaim.records.mention import NameMention, Resolution
from counterclaim.records.party import Party
from counterclaim.records.text import Document, Span
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import agent, child, children, is_passive, phrase, subject

TEXTS = frozenset(
    "statement report article letter tweet post message email video posting communique declaration broadcast "
    "announcement interview document memo note speech study survey poll dispatch text story account "
    "comment remark briefing bulletin leaflet indictment resolution estimate figure finding".split()
)
"""Nouns that speak for whoever wrote them: their owner is the speaker, where one is named."""

ISSUED = frozenset(
    "statement proposal plan draft initiative resolution communique communiqué declaration ultimatum offer roadmap "
    "text motion bill".split()
)
"""Nouns for what somebody put forward: they want nothing themselves, and without an owner nobody is named."""

MANY = 60
"""Characters from which a description is cut to the words up to its noun."""

CARRYING = frozenset(
    "issue make release voice express deliver have repeat reiterate renew lodge level raise give publish post send "
    "broadcast air read write put face reject deny dismiss".split()
)
"""Verbs whose subject owns the reporting noun that is their object: "**Ardenia** issued a denial"."""

MOVING = frozenset({"prompt", "lead", "cause", "move", "drive", "force", "push"})
"""Verbs whose object, not their subject, does what stands below them."""

_NOT_OWNERS = frozenset({"reject", "deny", "dismiss", "face"})
_QUOTING = frozenset({"quote", "cite", "report"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """The words that stand for a speaker, and whom they mean."""

    head: int | None
    span: Span | None
    parties: tuple[Party, ...]
    rule: str
    carrier: tuple[Party, ...] = ()
    """Who quotes the speaker, where the same clause says so."""


NOBODY = Speaker(None, None, (), "absent")


def read_speaker(
    document: Document, sentence: Sentence, match: CueMatch, resolution: Resolution
) -> Speaker:
    """Find who speaks.

    Accepts:
      1. the cue's subject                    "**Kestria** denied it", "said **the mayor**"
      2. a passive's agent                    "was denied **by Kestria**"; without one, nobody
      3. one who is quoted                    "the agency quoted **the mayor** as saying"
      4. a noun's owner                       "**Kestria's** claim", "a warning **from the mayor**"
      5. a text's author                      "**the ministry** issued a statement saying"
      6. the noun behind a formula            "according to **the ministry**"
    """
    carrier: tuple[Party, ...] = ()
    if match.cue.role == "phrase":
        head = child(sentence, match.head, "pobj", "dobj", "pcomp")
    elif match.cue.role == "noun":
        head = _owner(sentence, match.head)
    else:
        head, carrier = _of_verb(sentence, match.head, resolution)
    if head is None:
        return NOBODY
    head = _author(sentence, head)
    return speaker_at(document, sentence, head, resolution, carrier)


def _of_verb(
    sentence: Sentence, verb: int, resolution: Resolution
) -> tuple[int | None, tuple[Party, ...]]:
    word = sentence[verb]
    if word.dep == "pcomp" and sentence[word.head].lower == "as":
        quoting = sentence[word.head].head
        if sentence[quoting].lemma in _QUOTING and not is_passive(sentence, quoting):
            quoted = child(sentence, quoting, "dobj")
            outer = subject(sentence, quoting)
            return quoted, _parties(sentence, outer, resolution)
        if sentence[quoting].lemma in _QUOTING:
            return subject(sentence, quoting), _parties(
                sentence, agent(sentence, quoting), resolution
            )
        if sentence[quoting].pos in {"NOUN", "PROPN"}:
            return quoting, ()
    if is_passive(sentence, verb):
        return agent(sentence, verb), ()
    found = _moved(sentence, verb)
    found = subject(sentence, verb) if found is None else found
    found = _beside(sentence, verb) if found is None else found
    if found is not None and sentence[found].dep == "expl":
        return None, ()
    return found, ()


def _moved(sentence: Sentence, verb: int) -> int | None:
    """Return who is brought to do it: "prompting **the president** to declare ..."."""
    word = sentence[verb]
    if word.dep != "xcomp" or sentence[word.head].lemma not in MOVING:
        return None
    return child(sentence, word.head, "dobj")


def _beside(sentence: Sentence, verb: int) -> int | None:
    """Return the name right before a closing verb that the parser joined to it: "..., **the UN** estimates."."""
    before = verb - 1
    if sentence[verb].tag not in {"VBZ", "VBD", "VBP"} or before < 0:
        return None
    word = sentence[before]
    return before if word.head == verb and word.dep == "compound" and word.pos == "PROPN" else None


def _parties(sentence: Sentence, head: int | None, resolution: Resolution) -> tuple[Party, ...]:
    mention = resolution.party_at(sentence.index, head)
    return () if mention is None else mention.parties


def _owner(sentence: Sentence, noun: int) -> int | None:
    """Find whose a reporting noun is."""
    owner = child(sentence, noun, "poss")
    if owner is not None:
        return owner
    for prep in children(sentence, noun, "prep", "agent"):
        if sentence[prep].lower in {"by", "from"}:
            return child(sentence, prep, "pobj")
    word = sentence[noun]
    if word.dep in {"dobj", "obj"} and sentence[word.head].lemma in CARRYING - _NOT_OWNERS:
        return subject(sentence, word.head)
    if word.dep == "conj":
        return _owner(sentence, word.head)
    for modifier in children(sentence, noun, "amod", "compound"):
        if sentence[modifier].pos == "PROPN" or sentence[modifier].entity in {"NORP", "GPE", "ORG"}:
            return modifier
    return None


def _author(sentence: Sentence, head: int) -> int:
    """Go from a text to its author where the sentence names one."""
    if sentence[head].lemma not in TEXTS:
        return head
    owner = _owner(sentence, head)
    if owner is not None:
        return owner
    word = sentence[head]
    if word.dep == "pobj" and sentence[sentence[word.head].head].pos == "VERB":
        above = subject(sentence, sentence[word.head].head)
        return head if above is None else above
    return head


def speaker_at(
    document: Document,
    sentence: Sentence,
    head: int,
    resolution: Resolution,
    carrier: tuple[Party, ...],
) -> Speaker:
    """Read the speaker whose words a head word heads."""
    mention = resolution.party_at(sentence.index, head)
    first, last = phrase(sentence, head)
    if mention is not None:
        first, last = mention.first, max(last, mention.last)
    while first < head and sentence[first].tag in {"WDT", "WP", "WRB"}:
        first += 1  # "which rebels have promised to derail"
    span = sentence.cover(first, last)
    if mention is not None:
        return Speaker(head, span, mention.parties, mention.rule, carrier)
    name = _name_at(sentence, head, resolution)
    if name is not None:
        return Speaker(head, name.span, (name.party,), "name", carrier)
    if sentence[head].pos == "PRON":
        return Speaker(head, span, (), "unresolved-pronoun", carrier)
    if sentence[head].pos == "NOUN" and sentence[head].lemma in ISSUED:
        return Speaker(head, span, _issuers(sentence, head, resolution), "issued", carrier)
    described = _described(document, sentence, head, first, last)
    if not any(letter.isalpha() for letter in described):
        return Speaker(head, span, (), "no-name", carrier)
    return Speaker(head, span, (Party(described, None, "unknown"),), "own-words", carrier)


def _issuers(sentence: Sentence, head: int, resolution: Resolution) -> tuple[Party, ...]:
    """Return whose proposal or statement it is: "**Kestria's** proposal", "a **Kestrian** draft"."""
    owner = _owner(sentence, head)
    if owner is None:
        return ()
    name = _name_at(sentence, owner, resolution)
    return _parties(sentence, owner, resolution) or (() if name is None else (name.party,))


def _described(document: Document, sentence: Sentence, head: int, first: int, last: int) -> str:
    """Write a description without its "the", and no longer than a name may be."""
    if first < head and sentence[first].lower == "the":
        first += 1
    span = sentence.cover(first, last)
    if len(span) > MANY:
        span = sentence.cover(max(first, head - 3), head)
    return " ".join(document.text[span.start : span.end].split())


def _name_at(sentence: Sentence, head: int, resolution: Resolution) -> NameMention | None:
    """Return the known name that a word is part of, where it only modifies: "**U.N.** figures"."""
    for name in resolution.names:
        if name.sentence == sentence.index and name.first <= head <= name.last:
            return name
    return None
