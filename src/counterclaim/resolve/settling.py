"""Settling: owners that only the whole document tells.

An organ whose owner is a pronoun waits until the pronoun is known; an organ that nothing links to an
owner may be given one as a suggestion, which is inferred and never counted.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from counterclaim.lexicon import load_modifiers
from counterclaim.records.mention import NameMention, PartyMention, PlaceMention
from counterclaim.records.party import Party
from counterclaim.resolve.known_names import known_party
from counterclaim.resolve.nominal_mentions import has_owner_pronoun, rebel_adjective, unit_of
from counterclaim.resolve.owners import is_located, land_of
from counterclaim.resolve.roles import ORGANS, role_ending_at
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import children

MOST = 0.66
"""Share of the places in which anything happens that must be one state's to suggest it."""

REBELS = frozenset({"rebels", "rebel", "separatists", "separatist", "insurgents", "insurgent"})
"""Words for those in revolt against the state whose land it is."""


def own_organs(
    sentences: Sequence[Sentence],
    mentions: Sequence[PartyMention],
    pronouns: Sequence[PartyMention],
) -> tuple[PartyMention, ...]:
    """Read organs whose owner is a pronoun, once it is known: "**its** forces", "**their** adviser".

    Args:
        sentences: In document order.
        mentions: As ``find_parties`` gives them.
        pronouns: As ``resolve_pronouns`` gives them.

    Returns:
        All mentions, those organs now with their owner.
    """
    by_index = {sentence.index: sentence for sentence in sentences}
    known = {(item.sentence, item.head): item for item in pronouns}
    return tuple(_owned(by_index[item.sentence], item, known) for item in mentions)


def _owned(
    sentence: Sentence, item: PartyMention, known: Mapping[tuple[int, int], PartyMention]
) -> PartyMention:
    match = role_ending_at(sentence, item.head)
    if item.rule not in {"unnamed", "own-name"} or match is None:
        return item
    if not has_owner_pronoun(sentence, item.head):
        return item
    for index in children(sentence, item.head, "poss"):
        pronoun = known.get((sentence.index, index))
        if pronoun is not None and len(pronoun.parties) == 1:
            party = pronoun.parties[0]
            owner = (known_party(party.root) or party.whole()).known(party.evidence)
            return replace(item, parties=(unit_of(owner, match, sentence, item.first),), rule="its")
    return item


def suggest_owners(
    sentences: Sequence[Sentence],
    mentions: Sequence[PartyMention],
    places: Sequence[PlaceMention],
    names: Sequence[NameMention],
) -> tuple[PartyMention, ...]:
    """Suggest whose the organs and officials are that nothing links to an owner.

    Only where the report leaves one state: what happens, happens on its land, and no other state is
    told to fight; or the organ is one that serves at home (a health ministry, a provincial office).
    A suggestion is inferred, and never counted.

    Args:
        sentences: In document order.
        mentions: Of the document, in reading order.
        places: Of the document.
        names: Of the document.
    """
    by_index = {sentence.index: sentence for sentence in sentences}
    lands = Counter(
        land.root
        for place in places
        if place.rule != "adjective" and is_located(by_index[place.sentence], place.first)
        if (land := land_of(place)) is not None
    )
    named = _named_lands(places, names)
    lands = Counter({root: count for root, count in lands.items() if not named or root in named})
    if not lands:
        return tuple(mentions)
    root, count = lands.most_common(1)[0]
    land = known_party(root)
    if land is None or land.kind != "state" or count < MOST * lands.total():
        return tuple(mentions)
    fighting = {
        name.party.root
        for name in names
        if name.party.kind == "state" and _is_hostile(by_index[name.sentence], name.last, "hostile")
    }
    attacking = {
        name.party.root
        for name in names
        if name.party.kind == "state"
        and _is_hostile(by_index[name.sentence], name.last, "striking")
    }
    is_only = fighting <= {root} and root not in attacking
    has_forces = any(
        party.root == root and party.kind == "military"
        for item in mentions
        for party in item.parties
    )
    return tuple(
        _suggested(by_index[item.sentence], item, land, is_only=is_only, has_forces=has_forces)
        for item in mentions
    )


def _named_lands(places: Sequence[PlaceMention], names: Sequence[NameMention]) -> frozenset[str]:
    """Return the roots of states that the report names and tells towns of.

    Where there are any, a town that the gazetteer lays in a land which the report never names is likely another.
    """
    told = {name.party.root for name in names if name.party.kind == "state"}
    towns = set()
    for place in places:
        land = land_of(place)
        if land is None:
            continue
        if place.rule == "adjective" or place.place.precision == "country":
            told.add(land.root)
        else:
            towns.add(land.root)
    return frozenset(told & towns)


def _is_hostile(sentence: Sentence, index: int, words: str) -> bool:
    """Return whether a name is told to fight: "**Kestrian** shelling", "**Kestria** shelled Ost"."""
    hostile = load_modifiers()[words]
    word = sentence[index]
    if word.dep in {"amod", "compound", "poss", "nmod", "nsubj", "agent", "pobj"}:
        head = sentence[word.head]
        if head.dep == "prep" or head.pos == "ADP":
            return False
        above = sentence[head.head] if head.dep in {"nsubj", "pobj", "dobj"} else head
        return bool({head.lemma, above.lemma} & hostile)
    return False


def _tells_owner(sentence: Sentence, item: PartyMention) -> bool:
    """Return whether a phrase, or the one that it stands beside, tells whose it is, or that several are meant.

    "**Ovaria's** ministry", "the **Front's** spokesman, Idris Kolo", "the army **of** Ovaria", "**its** forces",
    "**each** side": whoever is told there is known or not; nobody else is suggested.
    """
    beside = [item.head, *children(sentence, item.head, "appos")]
    if sentence[item.head].dep == "appos":
        beside.append(sentence[item.head].head)
    return (
        any(children(sentence, head, "poss") for head in beside)
        or any(sentence[i].lower in _OF for i in children(sentence, item.head, "prep"))
        or any(sentence[i].lower in _SEVERAL for i in children(sentence, item.head, "det"))
    )


_OF = frozenset({"in", "of", "from"})
_SEVERAL = frozenset({"each", "both", "either", "neither", "every", "all"})


def _suggested(
    sentence: Sentence,
    item: PartyMention,
    state: Party,
    *,
    is_only: bool,
    has_forces: bool,
) -> PartyMention:
    party = item.parties[0]
    if len(item.parties) != 1 or party.country is not None:
        return item
    if _tells_owner(sentence, item):
        return item
    words = {word.lower for word in sentence.words[max(0, item.first - 4) : item.last + 12]}
    if not is_only and not words & load_modifiers()["inward"]:
        return item
    match = role_ending_at(sentence, item.head)
    if item.rule == "title" and party.kind in {"official", "leader"} and party.unit is None:
        mine = Party(state.root, party.root, party.kind, state.country, "inferred")
    elif item.rule == "unnamed" and match is not None and match.role.id in ORGANS:
        if match.role.id == "military" and not has_forces:
            return item
        named = " ".join(word.text for word in sentence.words[match.first : match.last + 1])
        unit = None if match.role.unit is None else match.role.unit.format(noun=named)
        mine = Party(state.root, unit, match.role.kind, state.country, "inferred")
    elif (
        item.rule == "unnamed"
        and match is not None
        and match.role.id in {"leader", "minister", "spokesperson"}
    ):
        mine = Party(state.root, match.words, match.role.kind, state.country, "inferred")
    elif item.rule == "own-name" and match is not None and match.role.id == "rebels":
        known = known_party(f"{rebel_adjective(state)} rebels")
        if known is None or match.words not in REBELS:
            return item
        mine = known.known("inferred")
    else:
        return item
    return replace(item, parties=(mine,), rule="suggested")
