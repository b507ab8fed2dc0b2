"""Who brokered a ceasefire, and whom it binds.

A broker is never a party to what it brokered: what one sentence tells of a broker holds for the whole
report. Who is bound is read from the words beside the name; then from the two whom the report tells to
fight, or to have agreed, most often.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from counterclaim.coders.arguments import parties_at
from counterclaim.coders.setting import Setting
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
_AGREEMENTS = frozenset(
    "agreement deal accord pact talk talks peace truce ceasefire cease-fire negotiation proposal".split()
)
_FIGHTS = frozenset(
    "war conflict fighting hostility violence clash battle standoff truce ceasefire cease-fire armistice exchange".split()
)
_SIDES = frozenset(
    {"side", "party", "faction", "camp", "enemy", "foe", "rival", "other", "belligerent", "both"}
)
_FIGHTERS = frozenset({"state", "armed group", "de facto authority", "government", "people"})
_GROUPS = frozenset({"armed group", "de facto authority"})
_UNNAMED = "(unnamed)"
LEADING = 4
"""Parties that a report is most about, among which its two sides are, where nothing tells them."""


@dataclass(frozen=True, slots=True)
class Named:
    """What one mention of a ceasefire says of its people."""

    brokers: tuple[Party, ...] = ()
    announcers: tuple[Party, ...] = ()
    """Who announced, ordered or offered it: a party where it fights, else its broker."""
    parties: tuple[Party, ...] = ()
    """Those named beside it, whole; none, one, or all."""


# ---------------------------------------------------------------- brokers


def read_brokers(setting: Setting, sentence: Sentence, head: int) -> tuple[Party, ...]:
    """Give who brokered it, be it a party to the fighting or not.

    Accepts:
      1. an adjective             "Russian-**brokered**"
      2. a by-phrase              "brokered **by Egypt and Qatar**"
      3. a subject                "**Egypt** brokered", "**the envoy** proposed"
      4. an owner of a plan       "an **Egyptian** proposal for", "under **Egypt's** auspices"
    """
    for found in _told_brokers(setting, sentence, head):
        kept = tuple(party for party in found if party.kind != "media")
        if kept:
            return kept
    return ()


def _told_brokers(setting: Setting, sentence: Sentence, head: int) -> Iterator[tuple[Party, ...]]:
    hosts = [head]
    if sentence[head].dep in {"compound", "nmod"}:
        hosts.append(sentence[head].head)
    for host in hosts:
        yield _adjective(setting, sentence, sentence.first[host], host)
        for clause in children(sentence, host, "acl", "relcl", "amod"):
            if sentence[clause].lemma in _BROKERING:
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


def _announcers(setting: Setting, sentence: Sentence, head: int) -> tuple[Party, ...]:
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


def _adjective(setting: Setting, sentence: Sentence, first: int, head: int) -> tuple[Party, ...]:
    """Read "Russian-**brokered**", and "U.S.- and Saudi-**brokered**"."""
    for index in range(first, head):
        is_joined = index >= 2 and sentence[index - 1].text in {"-", "–"}
        name = setting.names.get((sentence.index, index - 2)) if is_joined else None
        if sentence[index].lower in _BROKERED and name is not None:
            return (name.party,)
    return ()


def _owner(setting: Setting, sentence: Sentence, noun: int) -> tuple[Party, ...]:
    owner = child(sentence, noun, "poss", "amod", "compound")
    name = None if owner is None else setting.names.get((sentence.index, owner))
    return () if name is None else (name.party,)


def _below(sentence: Sentence, verb: int, *prepositions: str) -> int | None:
    for prep in children(sentence, verb, "prep"):
        if sentence[prep].lower in prepositions:
            return child(sentence, prep, "pobj")
    return None


def _is_aside(sentence: Sentence, head: int, verb: int) -> bool:
    """Say whether the name stands in a phrase beside a verb: "ordered a raid **despite** the truce"."""
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


def read_named(setting: Setting, sentence: Sentence, head: int) -> Named:
    """Give what the words around one mention say of its people.

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
        _whole(setting, (party for party in found if party.kind != "media"))
        for found in _told_parties(setting, sentence, head)
    )
    return Named(brokers, announcers, next((parties for parties in told if parties), ()))


def _told_parties(setting: Setting, sentence: Sentence, head: int) -> Iterator[tuple[Party, ...]]:
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
        partner = _partner(setting, sentence, _below(sentence, host, "with"))
        if partner:
            yield (
                *(party for party in doers if party.root not in {item.root for item in partner}),
                *partner,
            )
        yield _joined(setting, sentence, host)
    if doers:
        yield (*doers, *_other_hand(setting, sentence, doers))


def _between(setting: Setting, sentence: Sentence) -> Iterator[tuple[Party, ...]]:
    for word in sentence.words:
        if word.lower == "between":
            found = all_parties(setting, sentence, child(sentence, word.index, "pobj"))
            yield found if len(found) > 1 else ()


def _joined(setting: Setting, sentence: Sentence, host: int) -> tuple[Party, ...]:
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
    both = _whole(setting, (*found, *last))
    return both if len(both) == 2 else ()


def _doers(setting: Setting, sentence: Sentence, head: int) -> tuple[Party, ...]:
    """Give who agrees to it, keeps it, breaks it or refuses it."""
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
            if party.kind in _FIGHTERS or party.unit
        )
    return ()


def _subject(sentence: Sentence, verb: int) -> int | None:
    """Give the subject, of an infinitive the one asked: "called on **both** to respect it"."""
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


def _other_hand(setting: Setting, sentence: Sentence, doers: Sequence[Party]) -> tuple[Party, ...]:
    """Give with whom one who agrees makes peace in the same sentence: "a peace deal **with B**"."""
    roots = {party.root for party in doers}
    if len(roots) > 1:
        return ()
    for word in sentence.words:
        if word.lemma in _AGREEMENTS and word.pos in {"NOUN", "PROPN"}:
            found = all_parties(setting, sentence, _below(sentence, word.index, "with"))
            if found and found[0].root not in roots and found[0].kind in _FIGHTERS:
                return found[:1]
    return ()


def _partner(setting: Setting, sentence: Sentence, index: int | None) -> tuple[Party, ...]:
    """Give who is named behind "with"; nobody for a bare "**the rebels**", whom the report must tell."""
    mention = setting.resolution.party_at(sentence.index, index)
    if mention is not None and mention.rule in {"again", "focus", "unnamed"}:
        return ()
    return all_parties(setting, sentence, index)


def all_parties(setting: Setting, sentence: Sentence, index: int | None) -> tuple[Party, ...]:
    """Give the parties of a phrase and of all that is coordinated with its head."""
    if index is None or sentence[index].lemma in _SIDES:
        return ()
    found: list[Party] = []
    for one in conjuncts(sentence, index):
        found.extend(parties_at(setting, sentence, one))
    return tuple(dict.fromkeys(party for party in found if not party.root.endswith(_UNNAMED)))


def _whole(setting: Setting, parties: Iterable[Party]) -> tuple[Party, ...]:
    """Give parties without their organs and persons, each once, of the kind that the report knows."""
    found: dict[str, Party] = {}
    for party in parties:
        if not party.root.endswith(_UNNAMED):
            found.setdefault(party.root, setting.known.get(party.root) or party.whole())
    return tuple(found.values())


# ---------------------------------------------------------------- the two sides of a report


@dataclass(frozen=True, slots=True)
class Sides:
    """Who stands against whom in one report, as far as its ceasefires are concerned."""

    pairs: Mapping[frozenset[str], int]
    """Weight of each pair of roots: how often it is told to fight or to have agreed."""
    parties: Mapping[str, Party]
    home: tuple[Party, ...]
    brokers: frozenset[str]
    """Roots of those who brokered and are not told to fight."""

    def against(self, party: Party) -> Party | None:
        """Give whom a party makes peace with: whom it fights most, else the enemy of its like."""
        best = self._most({roots for roots in self.pairs if party.root in roots})
        if best is not None:
            other = next(self.parties[root] for root in sorted(best) if root != party.root)
            return self._acting(other, party)
        for roots in sorted(self.pairs, key=lambda roots: (-self.pairs[roots], sorted(roots))):
            kin = [root for root in roots if _are_kin(party, self.parties[root])]
            if len(kin) == 1:
                return next(self.parties[root] for root in roots if root not in kin)
        found = [
            other
            for other in self.home[:LEADING]
            if other.root not in self.brokers
            and not _are_kin(party, other)
            and (other.kind in _GROUPS) != (party.kind in _GROUPS)
        ]
        return self._acting(found[0], party) if found else None

    def _acting(self, party: Party, foe: Party) -> Party:
        """Give who acts for a territory: the armed group of it that the report tells of.

        A territory signs nothing; who holds it does.
        """
        if party.kind != "de facto authority":
            return party
        groups = [
            other
            for other in self.home[:LEADING]
            if other.kind == "armed group"
            and other.country == party.country
            and other.country != foe.country
        ]
        told = [other for other in groups if frozenset({other.root, foe.root}) in self.pairs]
        return next(iter((*told, *groups)), party)

    def both(self) -> tuple[Party, ...]:
        """Give the two sides; none where the report does not tell them."""
        best = self._most(set(self.pairs))
        if best is not None:
            left, right = (self.parties[root] for root in sorted(best, key=self._rank))
            return (self._acting(left, right), self._acting(right, left))
        lead = next((party for party in self.home if party.root not in self.brokers), None)
        other = None if lead is None else self.against(lead)
        return () if lead is None or other is None else (lead, other)

    def _most(self, pairs: set[frozenset[str]]) -> frozenset[str] | None:
        return min(
            pairs,
            key=lambda roots: (
                any(self.parties[root].kind == "people" for root in roots),
                -self.pairs[roots],
                sorted(map(self._rank, roots)),
                sorted(roots),
            ),
            default=None,
        )

    def _rank(self, root: str) -> int:
        ranked = [party.root for party in self.home]
        return ranked.index(root) if root in ranked else len(ranked)


def _are_kin(left: Party, right: Party) -> bool:
    return left.root == right.root or (left.country is not None and left.country == right.country)


def find_sides(setting: Setting, named: Sequence[Named]) -> Sides:
    """Find the two sides of a report.

    Weighs: a ceasefire told between two (3), fighting or talks told between two (2), an attack of one on
    the other (1), accusations of each against the other, or of or against an armed group (1). Those who brokered, and are not told to fight, are out.

    Args:
        setting: The report.
        named: What each mention of a ceasefire says.
    """
    fighting = {party.root for pair in setting.fights for party in pair}
    brokers = {party.root for item in named for party in item.brokers} - fighting
    pairs: Counter[frozenset[str]] = Counter()
    parties: dict[str, Party] = {}
    for weight, rows in (
        (3, [item.parties for item in named if len(item.parties) == 2]),
        (2, list(_fighting_between(setting))),
        (1, list(setting.fights)),
        (1, list(_accused(setting))),
    ):
        for row in rows:
            both = _whole(setting, (party for party in row if party.kind in _FIGHTERS))
            if len(both) == 2 and not brokers & {party.root for party in both}:
                pairs[frozenset(party.root for party in both)] += weight
                parties.update((party.root, party) for party in both)
    home = tuple(party for party in setting.sides if not party.root.endswith(_UNNAMED))
    return Sides(pairs, parties, home, frozenset(brokers))


def _fighting_between(setting: Setting) -> Iterator[tuple[Party, ...]]:
    for sentence in setting.sentences:
        for word in sentence.words:
            above = sentence[word.head]
            if word.lower == "between" and above.lemma in _FIGHTS | _AGREEMENTS:
                yield all_parties(setting, sentence, child(sentence, word.index, "pobj"))


def _accused(setting: Setting) -> Iterator[tuple[Party, ...]]:
    told = [
        (speaker.whole(), target.whole())
        for item in setting.attributions
        if item.stance == "accuse" and item.is_claim
        for speaker in item.speakers[:1]
        for target in item.targets[:1]
    ]
    for speaker, target in told:
        is_mutual = any(
            (one.root, other.root) == (target.root, speaker.root) for one, other in told
        )
        if is_mutual or {speaker.kind, target.kind} & _GROUPS:
            yield (speaker, target)


def bind(
    setting: Setting, named: Named, sides: Sides
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Give the brokers and the parties of one mention, by its own words and those of the report.

    Returns:
        Brokers, none of whom is a party; and parties, none where nothing tells them.
    """
    fighting = {root for roots in sides.pairs for root in roots}
    lead = next((party.root for party in sides.home if party.root not in sides.brokers), None)
    is_lead = not fighting and len(named.announcers) == 1
    is_joint = len(named.announcers) > 1 and any(
        party.whole().kind in _GROUPS for party in named.announcers
    )
    bound = [
        party
        for party in (*named.brokers, *named.announcers)
        if party.root in fighting
        or party.whole().kind in _GROUPS
        or (party in named.announcers and ((is_lead and party.root == lead) or is_joint))
    ]
    brokers = tuple(party for party in (*named.brokers, *named.announcers) if party not in bound)
    out = {party.root for party in brokers} | sides.brokers
    own = tuple(party for party in named.parties if party.root not in out) or _whole(setting, bound)
    if len(own) == 1:
        other = sides.against(own[0])
        own = own if other is None else (own[0], other)
    return brokers, own or sides.both()
