"""What the words beside a ceasefire's name say of its people: who brokered it, and whom it binds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from counterclaim.coders.arguments import parties_at
from counterclaim.coders.document_context import DocumentContext
from counterclaim.records.party import Party
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import (
    agent,
    ancestors,
    antecedent,
    child,
    children,
    conjuncts,
    is_passive,
    subject,
)

Pair = tuple[Party, Party]

_BROKERING = frozenset(
    {"broker", "mediate", "negotiate", "arrange", "sponsor", "oversee", "host", "facilitate"}
)
_PROPOSING = frozenset({"announce", "declare", "order", "offer", "propose", "proclaim"})
"""Verbs whose subject brings a ceasefire forward: its broker, unless it is one of those who fight."""
_TABLING = frozenset({"table", "submit", "draft", "float", "circulate"})
_PLANS = frozenset(
    {"proposal", "plan", "initiative", "offer", "mediation", "auspices", "effort", "bid", "draft"}
)
_BROKERED = frozenset(
    {
        "brokered",
        "mediated",
        "sponsored",
        "backed",
        "led",
        "negotiated",
        "supervised",
        "proposed",
        "drafted",
    }
)
_BINDING = frozenset(
    """agree accept sign reach conclude observe honor honour respect violate break breach flout reject refuse
    extend abide comply adhere uphold declare announce order offer propose proclaim suspend end resume commit
    shatter abandon implement maintain undermine negotiate clinch strike accuse""".split()
)
"""Verbs whose subject, where it fights, is bound by the ceasefire that they govern."""
_NAMING = frozenset({"call", "term", "describe", "dub"})
"""Verbs that only give it its name: "signed what they **called** a truce"."""
AGREEMENTS = frozenset(
    "agreement deal accord pact talk talks peace truce ceasefire cease-fire negotiation proposal".split()
)
_SIDES = frozenset(
    {"side", "party", "faction", "camp", "enemy", "foe", "rival", "other", "belligerent", "both"}
)
FIGHTERS = frozenset({"state", "armed group", "de facto authority", "government", "people"})
UNNAMED = "(unnamed)"


@dataclass(frozen=True, slots=True)
class CeasefireMention:
    """What one mention of a ceasefire says of its people."""

    brokers: tuple[Party, ...] = ()
    announcers: tuple[Party, ...] = ()
    """Who announced, ordered or offered it: a party where it fights, else its broker."""
    parties: tuple[Party, ...] = ()
    """Those named beside it, whole; none, one, or all."""


# ---------------------------------------------------------------- brokers


def read_brokers(setting: DocumentContext, sentence: Sentence, head: int) -> tuple[Party, ...]:
    """Return who brokered it, be it a party to the fighting or not.

    Accepts:
      1. an adjective             "Russian-**brokered**"
      2. a by-phrase              "brokered **by Egypt and Qatar**", "put forward **by Egypt**"
      3. a subject                "**Egypt** brokered", "**the envoy** proposed"
      4. an owner of a plan       "an **Egyptian** proposal for", "under **Egypt's** auspices"
    """
    for found in _told_brokers(setting, sentence, head):
        kept = tuple(party for party in found if party.kind != "media")
        if kept:
            return kept
    return ()


def _told_brokers(
    setting: DocumentContext, sentence: Sentence, head: int
) -> Iterator[tuple[Party, ...]]:
    hosts = [head]
    if sentence[head].dep in {"compound", "nmod"}:
        hosts.append(sentence[head].head)
    for host in hosts:
        yield _adjective(setting, sentence, sentence.first[host], host)
        for clause in children(sentence, host, "acl", "relcl", "amod"):
            if sentence[clause].lemma in _BROKERING or _is_put_forward(sentence, clause):
                yield all_parties(setting, sentence, agent(sentence, clause))
    for above in ancestors(sentence, head):
        word = sentence[above]
        if word.lemma in _PLANS:
            yield _owner(setting, sentence, above)
        if word.pos not in {"VERB", "AUX"}:
            continue
        for noun in (child(sentence, above, "dobj"), _below(sentence, above, "under", "through")):
            if noun is not None and sentence[noun].lemma in _PLANS:
                yield _owner(setting, sentence, noun)
        if word.lemma in _BROKERING and not _is_aside(sentence, head, above):
            yield all_parties(setting, sentence, _doer(sentence, above))
        return


def _is_put_forward(sentence: Sentence, verb: int) -> bool:
    """Return whether a draft is brought by others for both to accept: "**put forward** by", "**tabled** by"."""
    if sentence[verb].lemma in _TABLING:
        return True
    return sentence[verb].lemma == "put" and any(
        sentence[i].lower in {"forward", "forth", "together"} for i in sentence.children[verb]
    )


def _announcers(setting: DocumentContext, sentence: Sentence, head: int) -> tuple[Party, ...]:
    """Read "announced **by Russia and Turkey**", "**Israel** announced", "**the rebels** offered"."""
    hosts = [head]
    if sentence[head].dep in {"compound", "nmod"}:
        hosts.append(sentence[head].head)
    for host in hosts:
        for clause in children(sentence, host, "acl", "relcl"):
            if sentence[clause].lemma in _PROPOSING:
                found = all_parties(setting, sentence, agent(sentence, clause))
                if found:
                    return found
    verb = next((i for i in ancestors(sentence, head) if sentence[i].pos in {"VERB", "AUX"}), None)
    if verb is None or sentence[verb].lemma not in _PROPOSING or _is_aside(sentence, head, verb):
        return ()
    found = all_parties(setting, sentence, _doer(sentence, verb))
    return tuple(party for party in found if party.kind != "media")


def _doer(sentence: Sentence, verb: int) -> int | None:
    return agent(sentence, verb) if is_passive(sentence, verb) else subject(sentence, verb)


def _adjective(
    setting: DocumentContext, sentence: Sentence, first: int, head: int
) -> tuple[Party, ...]:
    """Read "Russian-**brokered**", and "U.S.- and Saudi-**brokered**"."""
    for index in range(first, head):
        is_joined = index >= 2 and sentence[index - 1].text in {"-", "–"}
        name = setting.names.get((sentence.index, index - 2)) if is_joined else None
        if sentence[index].lower in _BROKERED and name is not None:
            return (name.party,)
    return ()


def _owner(setting: DocumentContext, sentence: Sentence, noun: int) -> tuple[Party, ...]:
    owner = child(sentence, noun, "poss", "amod", "compound")
    name = None if owner is None else setting.names.get((sentence.index, owner))
    return () if name is None else (name.party,)


def _below(sentence: Sentence, verb: int, *prepositions: str) -> int | None:
    for prep in children(sentence, verb, "prep"):
        if sentence[prep].lower in prepositions:
            return child(sentence, prep, "pobj")
    return None


def _is_aside(sentence: Sentence, head: int, verb: int) -> bool:
    """Return whether the name stands in a phrase beside a verb: "ordered a raid **despite** the truce"."""
    for above in ancestors(sentence, head):
        if above == verb:
            return False
        if sentence[above].dep in {"relcl", "acl"} or sentence[above].lower in {
            "despite",
            "after",
            "since",
            "before",
            "during",
        }:
            return True
    return False


# ---------------------------------------------------------------- parties named beside it


def ceasefire_participants(
    setting: DocumentContext, sentence: Sentence, head: int
) -> CeasefireMention:
    """Return what the words around one mention say of its people.

    Accepts for parties, first match first:
      1. "between" in the sentence             "a truce **between A and B**", "talks **between A and B** on a truce"
      2. who made or signed it                 "the truce agreed **by A and B**"
      3. "with", and who does it               "**A** declared a truce **with B**"
      4. both joined before it                 "the **A-B** truce"
      5. who agrees, keeps, breaks, refuses    "**A and B** accepted a truce", "called on **A and B** to respect it"
    """
    brokers = read_brokers(setting, sentence, head)
    announcers = () if brokers else _announcers(setting, sentence, head)
    told = (
        without_units(setting, (party for party in found if party.kind != "media"))
        for found in _told_parties(setting, sentence, head)
    )
    return CeasefireMention(brokers, announcers, next((parties for parties in told if parties), ()))


def _told_parties(
    setting: DocumentContext, sentence: Sentence, head: int
) -> Iterator[tuple[Party, ...]]:
    yield from _between(setting, sentence)
    hosts = [head]
    if sentence[head].dep in {"compound", "nmod"}:
        hosts.append(sentence[head].head)
    doers = _doers(setting, sentence, head)
    for host in hosts:
        for clause in children(sentence, host, "acl", "relcl"):
            if sentence[clause].lemma in _BINDING - _PROPOSING:
                found = all_parties(setting, sentence, agent(sentence, clause))
                yield found if len(found) > 1 else ()
        beside = _below(sentence, host, "with")
        if beside is None and sentence[host].dep in {"dobj", "nsubjpass"}:
            beside = _below(sentence, sentence[host].head, "with")  # "suspended the truce with B"
        partner = _partner(setting, sentence, beside)
        if partner:
            yield (
                *(party for party in doers if party.root not in {item.root for item in partner}),
                *partner,
            )
        yield _joined(setting, sentence, host)
    if doers:
        yield (*doers, *_other_hand(setting, sentence, doers))


def _between(setting: DocumentContext, sentence: Sentence) -> Iterator[tuple[Party, ...]]:
    for word in sentence.words:
        if word.lower == "between":
            found = all_parties(setting, sentence, child(sentence, word.index, "pobj"))
            yield found if len(found) > 1 else ()


def _joined(setting: DocumentContext, sentence: Sentence, host: int) -> tuple[Party, ...]:
    """Read "the **Israel-Hamas** truce"."""
    found = [
        setting.names[sentence.index, index].party
        for index in range(sentence.first[host], host)
        if (sentence.index, index) in setting.names
        and sentence[index].dep in {"compound", "amod", "nmod", "npadvmod", "conj", "punct"}
        and sentence[min(index + 1, host)].text in {"-", "–", "/"}
    ]
    last = [
        setting.names[sentence.index, index].party
        for index in range(sentence.first[host] + 2, host)
        if (sentence.index, index) in setting.names and sentence[index - 1].text in {"-", "–", "/"}
    ]
    both = without_units(setting, (*found, *last))
    return both if len(both) == 2 else ()


def _doers(setting: DocumentContext, sentence: Sentence, head: int) -> tuple[Party, ...]:
    """Return who agrees to it, keeps it, breaks it or refuses it."""
    for above in ancestors(sentence, head):
        word = sentence[above]
        if word.pos not in {"VERB", "AUX"} or word.lemma in _NAMING:
            continue
        if word.lemma not in _BINDING - _PROPOSING or _is_aside(sentence, head, above):
            return ()
        doer = agent(sentence, above) if is_passive(sentence, above) else _subject(sentence, above)
        return tuple(
            party
            for party in all_parties(setting, sentence, doer)
            if party.kind in FIGHTERS or party.unit
        )
    return ()


def _subject(sentence: Sentence, verb: int) -> int | None:
    """Return the subject, of an infinitive the one asked: "called on **both** to respect it"."""
    own = child(sentence, verb, "nsubj")
    if own is not None:
        return antecedent(sentence, own)
    host = sentence[verb].head
    if sentence[verb].dep in {"xcomp", "advcl", "ccomp"} and sentence[host].pos == "VERB":
        asked = child(sentence, host, "dobj") or _below(sentence, host, "on", "upon", "to")
        if asked is not None and sentence[verb].tag == "VB":
            return asked
    if sentence[verb].dep == "pcomp" and sentence[sentence[host].head].pos == "VERB":
        return child(sentence, sentence[host].head, "dobj") or subject(sentence, verb)
    return subject(sentence, verb)


def _other_hand(
    setting: DocumentContext, sentence: Sentence, doers: Sequence[Party]
) -> tuple[Party, ...]:
    """Return with whom one who agrees makes peace in the same sentence: "a peace deal **with B**"."""
    roots = {party.root for party in doers}
    if len(roots) > 1:
        return ()
    for word in sentence.words:
        if word.lemma in AGREEMENTS and word.pos in {"NOUN", "PROPN"}:
            found = all_parties(setting, sentence, _below(sentence, word.index, "with"))
            if found and found[0].root not in roots and found[0].kind in FIGHTERS:
                return found[:1]
    return ()


def _partner(setting: DocumentContext, sentence: Sentence, index: int | None) -> tuple[Party, ...]:
    """Return who is named behind "with"; nobody for a bare "**the rebels**", whom the report must tell."""
    mention = setting.resolution.party_at(sentence.index, index)
    if mention is not None and mention.rule in {"again", "suggested", "unnamed"}:
        return ()
    return all_parties(setting, sentence, index)


def all_parties(
    setting: DocumentContext, sentence: Sentence, index: int | None
) -> tuple[Party, ...]:
    """Return the parties of a phrase and of all that is coordinated with its head."""
    if index is None or sentence[index].lemma in _SIDES:
        return ()
    found: list[Party] = []
    for one in conjuncts(sentence, index):
        found.extend(parties_at(setting, sentence, one))
    return tuple(dict.fromkeys(party for party in found if not party.root.endswith(UNNAMED)))


def without_units(setting: DocumentContext, parties: Iterable[Party]) -> tuple[Party, ...]:
    """Return parties without their organs and persons, each once, of the kind that the report knows."""
    found: dict[str, Party] = {}
    for party in parties:
        if not party.root.endswith(UNNAMED):
            found.setdefault(party.root, setting.known.get(party.root) or party.whole())
    return tuple(found.values())
