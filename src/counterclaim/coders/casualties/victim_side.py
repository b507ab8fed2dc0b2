"""Victim side: whose loss a figure is, and how its reporter stands to that side."""

from counterclaim.coders.casualties.harm_agents import LOSING, SIDED, Counted, agents_of_harm, sided
from counterclaim.coders.casualties.side_from_location import (
    party_before_deed,
    party_of_setting,
    side_from_location,
)
from counterclaim.coders.document_context import DocumentContext
from counterclaim.lexicon import load_modifiers
from counterclaim.lexicon.harm import load_harm
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Measure
from counterclaim.records.party import Party
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import (
    ancestors,
    child,
    children,
    subject,
)

FOREIGN = frozenset({"foreigner", "westerner", "tourist", "expatriate", "hostage"})
"""Nouns whose side the place does not tell."""
_OWNING_UP = frozenset({"report", "record", "register", "admit", "acknowledge"})
"""Verbs whose object is the subject's own loss: "Kestria **reported** 23 deaths"."""
_OWN_FORCES = frozenset(
    "soldier troop serviceman servicewoman servicemember personnel marine conscript reservist officer paratrooper "
    "sailor airman guard policeman commando pilot member".split()
)
"""Nouns by which a state counts its own fighters; its enemies' it calls otherwise."""
_COUNTING = frozenset({"be", "come", "amount", "total", "reach", "stand", "exceed", "number"})
"""Verbs between losses and their number: "enemy losses **came** to 40"."""
WARS = frozenset(
    {"war", "conflict", "fighting", "clash", "violence", "insurgency", "hostility", "uprising"}
)
"""Nouns of a struggle whose whole toll falls on both sides."""
DOING = frozenset(
    "abduction killing kidnapping murder capture massacre arrest detention execution slaying beheading "
    "assassination slaughter expulsion hijacking".split()
)
"""Nouns of harm whose owner is the doer: "**Kestria's** killing of 12"."""
ATTACKERS = frozenset(
    "attacker gunman assailant bomber terrorist hijacker extremist militant jihadist jihadi islamist".split()
)
_NO_SIDE = frozenset({"media", "expert", "civilian", "organisation", "mediator", "unknown"})
HEALERS = (
    "health",
    "hospital",
    "medic",
    "emergency",
    "rescue",
    "ambulance",
    "civil defen",
    "red crescent",
    "red cross",
    "morgue",
)
"""Words in the name of an authority that counts its own people's dead and wounded."""
_OF_A_STATE = frozenset(
    {"state", "de facto authority", "government", "ministry", "official", "leader"}
)

Side = tuple[tuple[Party, ...], str]
"""Parties, and the rule that gave them."""


def victim_side(
    setting: DocumentContext, sentence: Sentence, counted: Counted, speaker: Attribution | None
) -> Side:
    """Read whose loss it is.

    The order of evidence:
      1. the people's own name or adjective    "52 **Palestinians**", "10 **Afghan** civilians"
      2. the group that the noun stands for     "56 **militants**", after the group was named
      3. a place or party behind of, in, from   "31 civilians **in Nagorno-Karabakh**"
      4. an owner                               "**the enclave's** military losses"
      5. who lost them                          "**Kestria** has lost 60 soldiers"
      6. the reporter's own loss                "**Kestria** reported 12 deaths"
      7. the accuser's own fighters             "Kestria killed 12 soldiers, **Ardenia** said"
      8. a health authority's own people        "12 died, **the health ministry** said"
    "The enemy" of a speaker is left open. What remains is inferred by ``infer_victim_side``.
    """
    if is_enemys(sentence, counted):
        return (), "enemy"
    doers = agents_of_harm(setting, sentence, counted)
    for reader in (_named, _alongside, _attackers, _group, _located, _owned, _lost):
        found = reader(setting, sentence, counted)
        if found is not None and not (
            found[1] in {"group", "owner"} and {party.root for party in found[0]} <= doers
        ):
            return found
    ours = _ours(setting, sentence, counted)
    if ours is not None:
        return ours
    reported = _reporters_own(sentence, counted, speaker, doers)
    if reported is not None:
        return reported
    if counted.category != "military":
        healers = _health_authority(setting, speaker)
        if healers is not None and healers.root not in doers:
            return (healers,), "health-authority"
    return (), "unknown"


def infer_victim_side(
    setting: DocumentContext,
    sentence: Sentence,
    counted: Counted,
    *,
    measure: Measure,
    shared: Side,
    speaker: Attribution | None,
) -> Side:
    """Infer whose loss it is where the words do not say.

    The order of evidence:
      1. nobody's, for foreigners and hostages   "five **foreigners**"
      2. both sides', for the toll of a war      "40,000 lives **in the war**"
      3. whose land its sentence tells           "12 people were killed **in Ost**"
      4. the side of the figure it goes on with  "killed 12 people **and wounded 40**"
      5. whose land it was told just before
      6. whose land the report is set on
      7. the state that tells of what another did
    """
    if sentence[counted.noun].lower.removesuffix("s") in FOREIGN:
        return (), "foreign"
    if measure == "cumulative" and counted.category in {"unknown", "mixed"}:
        both = _war_toll(setting, sentence)
        if both is not None:
            return both
    doers = agents_of_harm(setting, sentence, counted)
    at = counted.harm_word if counted.harm_word is not None else counted.anchor
    if {sentence[counted.noun].lemma, sentence[counted.anchor].lemma} & _OWN_FORCES:
        land = party_before_deed(setting, sentence, doers)  # soldiers fall abroad too
        if land is not None:
            return (land,), "place"
        return shared if shared[0] else ((), "unknown")
    spot = side_from_location(setting, sentence, at, doers)
    is_far = spot is not None and spot[1] != "place"
    if spot is not None and not (is_far and (shared[0] or measure == "cumulative")):
        return (spot[0],), spot[1]
    if shared[0]:
        return shared
    land = party_of_setting(setting, doers)
    if land is not None:
        return (land,), "setting"
    accuser = _accuser(sentence, counted, speaker, doers)
    return ((accuser,), "accuser") if accuser is not None else ((), "unknown")


def _accuser(
    sentence: Sentence, counted: Counted, speaker: Attribution | None, doers: frozenset[str]
) -> Party | None:
    """Suggest the state that tells of harm another did, where no place and no third state is told."""
    if speaker is None or len(speaker.speakers) != 1 or not doers:
        return None
    party = speaker.speakers[0]
    if party.kind not in _OF_A_STATE | {"military"} or party.country is None or party.root in doers:
        return None
    is_named = sentence[counted.noun].entity in {"NORP", "GPE"}
    return None if is_named else party.whole()


def is_enemys(sentence: Sentence, counted: Counted) -> bool:
    """Return whether the losses are told as the enemy's: "**the enemy** lost 80", "**enemy** losses"."""
    found = {counted.noun, counted.anchor}
    for above in ancestors(sentence, counted.anchor):
        word = sentence[above]
        if word.pos in {"VERB", "AUX"}:
            if word.lemma in LOSING | _COUNTING:
                for noun in children(sentence, above, "nsubj", "nsubjpass"):
                    found.update(range(sentence.first[noun], noun + 1))
            if word.dep in {"ccomp", "ROOT", "relcl", "advcl"}:
                break
        elif word.pos == "NOUN" and word.lemma in load_harm().tolls | {"loss", "casualty", "death"}:
            found.add(above)
    for noun in tuple(found):
        found.update(children(sentence, noun, "amod", "compound", "poss", "nmod"))
        for prep in children(sentence, noun, "prep"):
            if sentence[prep].lower == "of":
                found.update(children(sentence, prep, "pobj"))
    words = load_modifiers()["enemy"]
    return any(
        sentence[index].pos not in {"VERB", "AUX"}
        and (sentence[index].lemma in words or sentence[index].lower in words)
        for index in found
    )


def is_branded(sentence: Sentence, counted: Counted) -> bool:
    """Return whether the words for the dead are an enemy's: "17,000 **terror operatives**"."""
    near = {
        sentence[index].lemma
        for host in (counted.noun, counted.anchor)
        for index in (host, *children(sentence, host, "amod", "compound", "nmod"))
    }
    return bool(near & {"terror", "terrorist", "operative", "extremist", "insurgent"})


def _war_toll(setting: DocumentContext, sentence: Sentence) -> Side | None:
    """Read the toll of a whole war as the loss of both who fight it: "40,000 lives in the war"."""
    words = {word.lemma for word in sentence.words}
    if words & WARS and len(setting.belligerents) == 2:
        return setting.belligerents, "both"
    return None


def _health_authority(setting: DocumentContext, speaker: Attribution | None) -> Party | None:
    if speaker is None or len(speaker.speakers) != 1 or speaker.speaker_span is None:
        return None
    party = speaker.speakers[0]
    if party.country is None:
        return None
    words = f"{party.unit or ''} {setting.document.words(speaker.speaker_span)}".lower()
    if party.kind in _OF_A_STATE and any(word in words for word in HEALERS):
        return party.whole()
    return None


def _named(setting: DocumentContext, sentence: Sentence, counted: Counted) -> Side | None:
    names = setting.names
    for index in dict.fromkeys((counted.noun, counted.anchor)):
        own = names.get((sentence.index, index))
        if own is not None and own.party.kind in SIDED:
            return (own.party,), "people"
    for host in dict.fromkeys((counted.noun, counted.anchor)):
        for index in reversed(
            children(sentence, host, "amod", "compound", "nmod", "poss", "nummod")
        ):
            name = names.get((sentence.index, index))
            if (
                name is not None
                and name.party.kind in SIDED
                and not _is_borrowed(sentence, name.last)
            ):
                return (name.party,), "modifier"
    return None


def _alongside(setting: DocumentContext, sentence: Sentence, counted: Counted) -> Side | None:
    """Return the side that irregulars fight on: "militiamen **fighting alongside the army**"."""
    for host in dict.fromkeys((counted.noun, counted.anchor)):
        for clause in children(sentence, host, "acl", "relcl"):
            if sentence[clause].lemma not in {"fight", "serve", "battle"}:
                continue
            for prep in children(sentence, clause, "prep"):
                if sentence[prep].lower in {"alongside", "with", "for"}:
                    found = setting.resolution.party_at(
                        sentence.index, child(sentence, prep, "pobj")
                    )
                    if found is not None:
                        return tuple(party.whole() for party in found.parties), "alongside"
    return None


def _is_borrowed(sentence: Sentence, last: int) -> bool:
    return last + 1 < len(sentence) and sentence[last + 1].text in {"-", "–"}


def _group(setting: DocumentContext, sentence: Sentence, counted: Counted) -> Side | None:
    if counted.category not in {"military", "paramilitary"}:
        return None
    resolution = setting.resolution
    mention = resolution.party_at(sentence.index, counted.noun) or resolution.party_at(
        sentence.index, counted.anchor
    )
    if mention is None or mention.rule in {"unnamed", "civilian", "expert"}:
        return None
    if mention.rule in {"own-name", "suggested"} and mention.parties[0].kind != "armed group":
        return None
    parties = tuple(
        party.whole() if party.unit else party
        for party in mention.parties
        if party.kind not in {"media", "civilian", "expert", "organisation"}
    )
    return (parties, "group") if parties else None


def _located(setting: DocumentContext, sentence: Sentence, counted: Counted) -> Side | None:
    for host in dict.fromkeys((counted.noun, counted.anchor)):
        for prep in children(sentence, host, "prep"):
            if sentence[prep].lower not in {"of", "in", "from", "on"}:
                continue
            inner = child(sentence, prep, "pobj")
            if inner is None:
                continue
            name = setting.names.get((sentence.index, inner))
            if name is not None and name.party.kind in SIDED:
                return (name.party,), "located"
            mention = setting.resolution.party_at(sentence.index, inner)
            if (
                mention is not None
                and mention.rule in {"organ", "again", "its"}
                and mention.parties[0].kind in SIDED
            ):
                return (mention.parties[0].whole(),), "member"
    return None


def _owned(setting: DocumentContext, sentence: Sentence, counted: Counted) -> Side | None:
    hosts = [counted.noun, counted.anchor]
    if sentence[counted.anchor].dep == "pobj":
        above = sentence[sentence[counted.anchor].head].head
        tolls = load_harm().tolls | {"loss", "death", "casualty"}
        hosts += [
            above,
            *children(sentence, above, "dobj"),
            *(i for i in children(sentence, above, "nsubj") if sentence[i].lemma in tolls),
        ]
    for host in dict.fromkeys(hosts):
        owner = child(sentence, host, "poss")
        if owner is None or sentence[host].lemma in DOING:
            continue
        mention = setting.resolution.party_at(sentence.index, owner)
        if mention is None or mention.rule == "unnamed":
            continue
        if mention.parties and mention.parties[0].kind in SIDED:
            return tuple(party.whole() for party in mention.parties), "owner"
    return None


def _ours(setting: DocumentContext, sentence: Sentence, counted: Counted) -> Side | None:
    """Find of whom "**our** prisoners" are, or whom "**we** lost": who utters the words, not whom the utterer speaks of."""
    is_ours = any(sentence[i].lower == "our" for i in children(sentence, counted.noun, "poss"))
    if not is_ours and not _we_lost(sentence, counted):
        return None
    speakers = setting.speakers_of(sentence[counted.noun].span)
    quoted = [item for item in speakers if item.quotation == "direct"]
    speaker = quoted[0] if quoted else speakers[-1] if speakers else None
    if speaker is None or not speaker.speakers or speaker.speakers[0].kind in _NO_SIDE:
        return None
    return (speaker.speakers[0].whole(),), "ours"


def _we_lost(sentence: Sentence, counted: Counted) -> bool:
    """Return whether the counted are lost by who speaks: "**we** lost 26 soldiers", "**we** buried ten"."""
    verb = sentence[counted.anchor].head
    if sentence[verb].pos != "VERB" or sentence[verb].lemma not in LOSING:
        return False
    who = subject(sentence, verb)
    return who is not None and sentence[who].lower == "we"


def _attackers(setting: DocumentContext, sentence: Sentence, counted: Counted) -> Side | None:
    """Return who unnamed attackers belong to: who claimed the attack, or the one group there is."""
    if counted.category not in {"military", "paramilitary"}:
        return None
    mention = setting.resolution.party_at(sentence.index, counted.noun)
    if (
        mention is None
        or mention.rule != "unnamed"
        or sentence[counted.noun].lemma not in ATTACKERS
    ):
        return None
    claimants = [
        item.speakers[0]
        for item in setting.attributions
        if item.speakers
        and item.speakers[0].kind == "armed group"
        and (
            item.cue_entry.startswith("claim-")
            or any("responsib" in setting.document.words(span) for span in item.content)
        )
    ]
    groups = {party.root: party for party in setting.resolution.home if party.kind == "armed group"}
    if claimants:
        return (claimants[0].whole(),), "claimant"
    return ((next(iter(groups.values())),), "only-group") if len(groups) == 1 else None


def _lost(setting: DocumentContext, sentence: Sentence, counted: Counted) -> Side | None:
    """Return who lost, mourned or suffered them; or whose toll the number is."""
    host = sentence[counted.anchor].head
    near = next(
        (
            above
            for above in (host, sentence[host].head)
            if sentence[above].pos == "VERB" and sentence[above].lemma in LOSING
        ),
        None,
    )
    verb = near if near is not None else counted.harm_word
    if verb is not None and sentence[verb].lemma in LOSING:
        found = sided(setting, sentence, subject(sentence, verb))
        if found is not None:
            return (found,), "lost"
    tolls = load_harm().tolls | {"loss", "death", "casualty"}
    for noun in (*children(sentence, host, "nsubj", "dobj"), host):
        if sentence[noun].lemma not in tolls:
            continue
        for index in children(sentence, noun, "amod", "compound", "nmod", "poss"):
            found = sided(setting, sentence, index)
            if found is not None:
                return (found,), "toll"
    return None


def _reporters_own(
    sentence: Sentence, counted: Counted, speaker: Attribution | None, doers: frozenset[str]
) -> Side | None:
    """Suggest the speaker for soldiers of whom no side is told: states count their own that way.

    So does whoever accuses another of having killed them. Militants, gunmen and the like are never
    the speaker's. Who "**reported** 23 deaths" reports its own.
    """
    if speaker is None or len(speaker.speakers) != 1:
        return None
    party = speaker.speakers[0]
    if party.kind not in _OF_A_STATE | {"military"} or party.country is None or party.root in doers:
        return None
    verb = next((i for i in ancestors(sentence, counted.anchor) if sentence[i].pos == "VERB"), None)
    if (
        verb is not None
        and sentence[verb].lemma in _OWNING_UP
        and sentence[verb].span.meets(speaker.cue)
    ):
        return (party.whole(),), "reported-own"
    if counted.category != "military":
        return None
    if not {sentence[counted.noun].lemma, sentence[counted.anchor].lemma} & _OWN_FORCES:
        return None
    return (party.whole(),), "reporter"
