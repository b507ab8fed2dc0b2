"""Agents: whose deed a clause tells of, seen from who speaks."""

from collections.abc import Sequence

from counterclaim.attribute.document_context import AttributionContext
from counterclaim.lexicon import load_nonspeaking_nouns
from counterclaim.records.party import Party, PartyKind
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import by_agent, child, children

SIDES: frozenset[PartyKind] = frozenset(
    {
        "state",
        "government",
        "ministry",
        "military",
        "official",
        "leader",
        "armed group",
        "de facto authority",
        "alliance",
    }
)
"""Kinds of party that can be a side in a conflict."""

FIRST = frozenset({"i", "we", "me", "us", "my", "our", "ours", "mine", "myself", "ourselves"})
PARTS_OF = frozenset(
    "member unit element some number dozen hundred thousand group column convoy squad wave element barrage many most".split()
)
"""Nouns that only count or portion out what stands behind "of"."""
SUFFERED = frozenset(
    "killing murder assassination massacre slaughter execution beheading lynching slaying death abduction kidnapping "
    "capture arrest detention imprisonment torture persecution shooting stabbing bombing bombardment shelling "
    "targeting invasion occupation annexation siege destruction seizure storming expulsion displacement "
    "poisoning hijacking downing burning".split()
)
"""Deeds whose "of" names who suffers them: "the killing of **Kestrians**"."""
ATTACKS = SUFFERED | frozenset(
    "attack raid strike airstrike assault offensive aggression violence crime ambush crackdown atrocity cyberattack "
    "onslaught incursion".split()
)
"""Deeds whose "on" or "against" names who suffers them; a blame or pressure is put on its target."""
_DONE_TO = frozenset({"on", "upon", "against", "at"})
_OWNING = frozenset({"poss", "amod", "compound", "nmod"})


def parties_of(text: AttributionContext, sentence: Sentence, head: int | None) -> tuple[Party, ...]:
    """Return the parties that a noun phrase stands for, or whose thing it is.

    Accepts:
      1. a party                "**Kestria** fired"
      2. a pronoun              "**it** fired"
      3. a party's thing        "**Kestrian** tanks fired", "**their** planes", "an attack **by** Kestria"
    """
    head = skip_quantifier(sentence, head)
    if head is None:
        return ()
    mention = text.resolution.party_at(sentence.index, head)
    if mention is not None and mention.rule != "unnamed":
        return mention.parties
    return possessors(text, sentence, head)


def skip_quantifier(sentence: Sentence, head: int | None) -> int | None:
    """Go from a word that only counts to what it counts: "members of **the army**"."""
    if head is None or sentence[head].lemma not in PARTS_OF:
        return head
    for prep in children(sentence, head, "prep"):
        if sentence[prep].lower == "of":
            noun = child(sentence, prep, "pobj")
            return head if noun is None else noun
    return head


def possessors(text: AttributionContext, sentence: Sentence, head: int) -> tuple[Party, ...]:
    """Return whose thing a noun is: its possessive, its adjective, or its by-phrase."""
    for owner in children(sentence, head, *_OWNING):
        mention = text.resolution.party_at(sentence.index, owner)
        if mention is not None and mention.rule != "unnamed":
            return mention.parties
        name = text.name_at(sentence.index, owner)
        if name is not None and not _is_half(sentence, name.last):
            return (name.party,)
        below = possessors(text, sentence, owner)
        if below:
            return below
    doer = by_agent(sentence, head) if sentence[head].lemma in ATTACKS else None
    if doer is not None:
        mention = text.resolution.party_at(sentence.index, doer)
        name = text.name_at(sentence.index, doer)
        if mention is not None and mention.rule != "unnamed":
            return mention.parties
        if name is not None:
            return (name.party,)
    for prep in children(sentence, head, "prep", "agent"):
        if sentence[prep].lower == "by" or (
            sentence[prep].lower == "of"
            and sentence[head].lemma not in load_nonspeaking_nouns()
            and sentence[head].lemma not in SUFFERED
        ):
            for noun in children(sentence, prep, "pobj"):
                mention = text.resolution.party_at(sentence.index, noun)
                if mention is not None and mention.rule != "unnamed":
                    return mention.parties
                if sentence[prep].lower == "by":
                    return possessors(text, sentence, noun)
    return ()


def _is_half(sentence: Sentence, last: int) -> bool:
    """Return whether a name is half of a compound ("Kestrian-backed", "anti-Kestrian")."""
    after = sentence[last + 1].text if last + 1 < len(sentence) else ""
    before = sentence[last - 1].text if last else ""
    return "-" in {after, before}


def is_first_person(sentence: Sentence, head: int | None) -> bool:
    """Return whether a phrase is I or we, or theirs: "**our** response"."""
    if head is None:
        return False
    return sentence[head].lower in FIRST or any(
        sentence[index].lower in FIRST for index in children(sentence, head, "poss")
    )


def same_side(first: Sequence[Party], second: Sequence[Party]) -> bool:
    """Return whether two groups of parties share a root."""
    return bool({party.root for party in first} & {party.root for party in second})


def is_side(party: Party) -> bool:
    """Return whether a party is a side that has a name."""
    return party.kind in SIDES and "(unnamed)" not in party.root


def rivals(parties: Sequence[Party], speakers: Sequence[Party]) -> tuple[Party, ...]:
    """Return the named sides among parties, if none of the parties is on the speaker's side."""
    if not speakers or same_side(parties, speakers):
        return ()
    return tuple(party for party in parties if is_side(party))


def accusable_parties(parties: Sequence[Party], speakers: Sequence[Party]) -> tuple[Party, ...]:
    """Return those among parties who can be blamed for a deed: rival sides, and bodies known by name alone."""
    if not speakers or same_side(parties, speakers):
        return ()
    return tuple(
        party
        for party in parties
        if is_side(party)
        or (party.kind in {"unknown", "organisation"} and party.root[:1].isupper())
    )


def parties_in(
    text: AttributionContext, sentence: Sentence, words: Sequence[int], *, blaming: bool = False
) -> tuple[Party, ...]:
    """Return the sides named among some words of a sentence, in order; those of places left out.

    Where somebody is ``blaming``, those to whom a deed is done are left out too.
    """
    found: list[Party] = []
    inside = set(words)
    for index in words:
        if blaming and is_patient(sentence, index):
            continue
        mention = text.resolution.party_at(sentence.index, index)
        if mention is not None and mention.rule != "unnamed":
            if not _is_where(sentence, index):
                found.extend(mention.parties)
            continue
        name = text.name_at(sentence.index, index)
        if (
            name is not None
            and not _is_half(sentence, name.last)
            and sentence[name.last].dep in _OWNING
            and sentence[name.last].head in inside
            and not _is_where(sentence, sentence[name.last].head)
        ):
            found.append(name.party)
    return tuple(dict.fromkeys(found))


def _is_where(sentence: Sentence, index: int) -> bool:
    """Return whether a phrase tells where: "in Kestria", "near the Kestrian border"."""
    word = sentence[index]
    return (
        word.dep == "pobj"
        and sentence[word.head].lower in {"in", "at", "near", "inside", "into", "across", "around"}
        and word.entity != "ORG"
    )


def is_patient(sentence: Sentence, index: int) -> bool:
    """Return whether a phrase tells to whom a deed is done: "the murder of **Kestrians**", "an attack on **Ost**".

    So does one that only modifies such a phrase: "an attack on the **Kestrian** embassy".
    """
    word = sentence[index]
    while word.dep in {*_OWNING, "conj", "nummod"} and word.head != word.index:
        word = sentence[word.head]
    if word.dep != "pobj":
        return False
    prep = sentence[word.head]
    if prep.lower in _DONE_TO:
        return sentence[prep.head].lemma in ATTACKS
    return prep.lower == "of" and sentence[prep.head].lemma in SUFFERED
