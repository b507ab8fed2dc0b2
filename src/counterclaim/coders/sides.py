"""Sides: whose loss a figure is, and how its reporter stands to that side."""

from collections.abc import Sequence
from dataclasses import dataclass

from counterclaim.coders.setting import Setting
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Category, Relation
from counterclaim.records.party import Party
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import agent, child, children, is_passive

Side = tuple[tuple[Party, ...], str]
"""Parties, and the rule that gave them."""

_SIDED = frozenset(
    {"state", "de facto authority", "armed group", "government", "military", "people", "alliance"}
)


@dataclass(frozen=True, slots=True)
class Counted:
    """The persons that a number counts, as far as the sentence tells."""

    anchor: int
    """The word that stands in the sentence's grammar for number and noun."""
    noun: int
    """The noun counted, which may stand behind "of"."""
    category: Category
    harm_word: int | None
    """The verb of harm, where a verb told it."""


def read_side(
    setting: Setting, sentence: Sentence, counted: Counted, speaker: Attribution | None
) -> Side:
    """Read whose loss it is.

    The order of evidence:
      1. the people's own name or adjective    "52 **Palestinians**", "10 **Afghan** civilians"
      2. the group that the noun stands for     "56 **militants**", after the group was named
      3. a place or party behind of, in, from   "31 civilians **in Nagorno-Karabakh**"
      4. an owner                               "**the enclave's** military losses"
      5. the reporter's own loss                "**Kestria** reported 12 deaths"
      6. the other side of whoever did it       "killed by **Kestrian** shells"
    What remains is left to the caller: the figure before, or where the report is set.
    """
    for reader in (_named, _group, _located, _owned):
        found = reader(setting, sentence, counted)
        if found is not None:
            return found
    doer = _doer(setting, sentence, counted.harm_word)
    reported = None if doer is not None else _reporters_own(setting, counted, speaker)
    if reported is not None:
        return reported
    if doer is not None:
        others = [
            party for party in setting.sides if party.root != doer.root and not _allied(party, doer)
        ]
        if (
            others
            and (
                counted.category == "military"
                or doer.kind in {"state", "military", "de facto authority"}
            )
            and doer.root in {party.root for party in setting.sides[:3]}
        ):
            return (others[0],), "other-side"
    return (), "unknown"


def _allied(party: Party, other: Party) -> bool:
    return (
        party.country is not None
        and party.country == other.country
        and {party.kind, other.kind} <= {"state", "de facto authority", "military", "government"}
    )


def _named(setting: Setting, sentence: Sentence, counted: Counted) -> Side | None:
    names = setting.names
    for index in dict.fromkeys((counted.noun, counted.anchor)):
        own = names.get((sentence.index, index))
        if own is not None and own.party.kind in _SIDED:
            return (own.party,), "people"
    for host in dict.fromkeys((counted.noun, counted.anchor)):
        for index in reversed(
            children(sentence, host, "amod", "compound", "nmod", "poss", "nummod")
        ):
            name = names.get((sentence.index, index))
            if (
                name is not None
                and name.party.kind in _SIDED
                and not _is_borrowed(sentence, name.last)
            ):
                return (name.party,), "modifier"
    return None


def _is_borrowed(sentence: Sentence, last: int) -> bool:
    return last + 1 < len(sentence) and sentence[last + 1].text in {"-", "–"}


def _group(setting: Setting, sentence: Sentence, counted: Counted) -> Side | None:
    if counted.category not in {"military", "paramilitary"}:
        return None
    resolution = setting.resolution
    mention = resolution.party_at(sentence.index, counted.noun) or resolution.party_at(
        sentence.index, counted.anchor
    )
    if mention is None or mention.rule in {"unnamed", "civilian", "expert"}:
        return None
    if mention.rule in {"own-name", "focus"} and mention.parties[0].kind != "armed group":
        return None
    parties = tuple(
        party.whole() if party.unit else party
        for party in mention.parties
        if party.kind not in {"media", "civilian", "expert", "organisation"}
    )
    return (parties, "group") if parties else None


def _located(setting: Setting, sentence: Sentence, counted: Counted) -> Side | None:
    for host in dict.fromkeys((counted.noun, counted.anchor)):
        for prep in children(sentence, host, "prep"):
            if sentence[prep].lower not in {"of", "in", "from", "on"}:
                continue
            inner = child(sentence, prep, "pobj")
            if inner is None:
                continue
            name = setting.names.get((sentence.index, inner))
            if name is not None and name.party.kind in _SIDED:
                return (name.party,), "located"
            mention = setting.resolution.party_at(sentence.index, inner)
            if (
                mention is not None
                and mention.rule in {"organ", "again"}
                and mention.parties[0].kind in _SIDED
            ):
                return (mention.parties[0].whole(),), "member"
    return None


def _owned(setting: Setting, sentence: Sentence, counted: Counted) -> Side | None:
    hosts = [counted.noun, counted.anchor]
    if sentence[counted.anchor].dep == "pobj":
        above = sentence[sentence[counted.anchor].head].head
        hosts += [above, *children(sentence, above, "dobj", "nsubj")]
    for host in dict.fromkeys(hosts):
        owner = child(sentence, host, "poss")
        if owner is None:
            continue
        mention = setting.resolution.party_at(sentence.index, owner)
        if mention is not None and mention.parties and mention.parties[0].kind in _SIDED:
            return tuple(party.whole() for party in mention.parties), "owner"
    return None


def _doer(setting: Setting, sentence: Sentence, harm_word: int | None) -> Party | None:
    """Give the party that a harm verb's subject or by-phrase names."""
    if harm_word is None or sentence[harm_word].pos not in {"VERB", "AUX"}:
        return None
    doer = (
        agent(sentence, harm_word)
        if is_passive(sentence, harm_word)
        else child(sentence, harm_word, "nsubj")
    )
    mention = setting.resolution.party_at(sentence.index, doer)
    if mention is None or not mention.parties:
        return None
    party = mention.parties[0]
    return party if party.kind in _SIDED else None


def _reporters_own(setting: Setting, counted: Counted, speaker: Attribution | None) -> Side | None:
    if speaker is None or len(speaker.speakers) != 1:
        return None
    party = speaker.speakers[0]
    if party.kind not in {
        "state",
        "de facto authority",
        "military",
        "government",
        "ministry",
        "leader",
        "official",
    }:
        return None
    near = {side.root for side in setting.sides[:4]}
    if party.root in near and (counted.category == "military" or speaker.cue_entry == "report"):
        return (party.whole(),), "reporter"
    return None


def read_relation(setting: Setting, side: Sequence[Party], speaker: Attribution | None) -> Relation:
    """Say how a figure's reporter stands to the side that suffered.

    Returns:
        ``self`` for its own or its authority's count, ``enemy`` when another party of the conflict
        counts it, ``third`` for bodies, media and unnamed officials, ``narrator`` without reporter.
    """
    if speaker is None:
        return "narrator"
    if not speaker.speakers:
        return "third"
    reporter = speaker.speakers[0]
    if reporter.kind in {
        "organisation",
        "media",
        "expert",
        "mediator",
        "unknown",
    } or reporter.root.startswith("officials"):
        return "third"
    if any(
        party.root == reporter.root
        or (
            party.country
            and party.country == reporter.country
            and party.kind != "armed group"
            and reporter.kind != "armed group"
        )
        for party in side
    ):
        return "self"
    if reporter.kind == "civilian":
        return "third"
    if not side:
        return "third"
    conflict = {party.root for party in setting.sides[:4]}
    return (
        "enemy"
        if reporter.root in conflict or any(party.kind == "armed group" for party in side)
        else "third"
    )
