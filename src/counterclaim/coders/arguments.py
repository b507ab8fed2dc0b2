"""Arguments: who does it to whom, where and when, from the grammar around a trigger."""

import re
from collections.abc import Sequence
from dataclasses import replace

from counterclaim.atlas.countries import find_country, state_of
from counterclaim.coders.days import own_times
from counterclaim.coders.document_context import DocumentContext
from counterclaim.lexicon.event_triggers import trigger_index
from counterclaim.records.mention import NameMention, PlaceMention
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.text import Span
from counterclaim.records.time import Time
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import (
    agent,
    ancestors,
    by_agent,
    child,
    children,
    is_passive,
    prepositional_object,
    subject,
)

TOWARD = frozenset(
    {"on", "at", "against", "into", "upon", "with", "from", "to", "for", "inside", "of"}
)
"""Prepositions that bring in whoever suffers or shares an act."""

LIGHT = frozenset(
    "launch carry conduct stage mount unleash wage perpetrate commit resume begin start make do execute open hold continue plan order lead join lay claim declare announce impose sign reach end stop suspend use".split()
)


_CONTROLLING = frozenset(
    "accuse suspect charge blame stop prevent condemn criticise criticize denounce slam rebuke sanction thank praise "
    "fault berate censure".split()
)
"""Verbs whose object does what the gerund says: "condemned **Kestria** for shelling Ost"."""
_BORDERS = frozenset({"border", "frontier", "boundary", "crossing"})
"""Places that no side owns: "the Kestria-Ardenia **border**"."""
_BINDING = frozenset({"blame", "link", "attribute", "trace"})
_PARTAKING = frozenset({"engage", "lock", "involve", "participate", "embroil"})
_AMOUNTS = frozenset(
    "series string wave round pair number dozen hundred thousand group spate flurry couple lot".split()
)
_ANYBODY = frozenset({"man", "people", "person", "individual"})
"""Lemmas for people of whom only what stands beside them tells whose they are."""

_CRAFT = re.compile(r"[A-Z][A-Za-z]{0,2}-?\d{1,3}[A-Za-z]{0,2}s?\Z")
"""The type of an aircraft or a tank, which acts for whoever has it: "F-16s", "Su-25", "T72"."""


_HAVE_NO_MEN = frozenset({"civilian", "unknown", "media", "expert"})
"""Kinds of parties of whom nobody acts: a channel tells what the men of others do."""


def is_amount(sentence: Sentence, index: int) -> bool:
    """Return whether a noun only counts what stands behind its ``of``: "a **series** of airstrikes"."""
    return sentence[index].lemma in _AMOUNTS


def parties_at(
    setting: DocumentContext, sentence: Sentence, index: int | None
) -> tuple[Party, ...]:
    """Return the parties that a word stands for, owners of things included: "Armenian **positions**"."""
    if index is None:
        return ()
    mention = setting.resolution.party_at(sentence.index, index)
    town = _town_at(setting, sentence, index)
    if town is not None and (mention is None or mention.rule in {"own-name", "person"}):
        return town
    if mention is not None and mention.rule != "unnamed":
        return mention.parties
    name = setting.names.get((sentence.index, index))
    if name is not None and name.party.kind != "media":
        return (name.party,)
    if sentence[index].lemma in _BORDERS:
        return ()
    for modifier in reversed(children(sentence, index, "poss", "amod", "compound", "nmod")):
        owned = setting.names.get((sentence.index, modifier))
        if owned is not None and owned.party.kind != "media":
            after = sentence.words[owned.last + 1].text if owned.last + 1 < len(sentence) else ""
            if after not in {"-", "–"}:
                return (owned.party,)
        mention = setting.resolution.party_at(sentence.index, modifier)
        if mention is not None and mention.rule not in {"unnamed", "own-name"}:
            return mention.parties
    for prep in children(sentence, index, "prep"):
        if sentence[prep].lower in {"of", "in", "belonging", "from"}:
            inner = child(sentence, prep, "pobj")
            if inner is not None and (
                sentence[index].pos == "NUM"
                or sentence[index].lemma == "member"
                or is_amount(sentence, index)
            ):
                return parties_at(setting, sentence, inner)
            name = None if inner is None else setting.names.get((sentence.index, inner))
            if name is not None and name.party.kind != "media":
                return (name.party,)
    return ()


def _town_at(setting: DocumentContext, sentence: Sentence, index: int) -> tuple[Party, ...] | None:
    """Return the state whose recognised territory a town is: what hits Ganja hits Azerbaijan."""
    for place in setting.resolution.places_in(sentence.index):
        if place.first <= index <= place.last and place.place.precision in {
            "town",
            "district",
            "point",
        }:
            state = state_of(place.place)
            return None if state is None else (state,)
    return None


def doers_at(setting: DocumentContext, sentence: Sentence, index: int | None) -> tuple[Party, ...]:
    """Find who acts, where a word stands for the one that acts.

    A deed does not act: its doer does ("**shelling by Kestria** killed ten"). A place does not act, nor
    does one person of some nation for the nation.
    """
    if index is None:
        return ()
    if _is_deed(sentence, index):
        return noun_actors(setting, sentence, index)
    name = setting.names.get((sentence.index, index))
    if name is not None and name.kind in {"adjective", "people"} and _is_single(sentence, index):
        return ()
    mention = setting.resolution.party_at(sentence.index, index)
    if mention is not None and mention.rule == "unnamed":
        return ()
    if (
        mention is None
        and any(
            place.first <= index <= place.last
            for place in setting.resolution.places_in(sentence.index)
        )
        and name is None
    ):
        return ()
    if (
        mention is not None
        and sentence[index].lemma in _ANYBODY
        and all(party.kind == "civilian" for party in mention.parties)
    ):
        return _whose_men(setting, sentence, index) or mention.parties
    if mention is not None and _is_craft(sentence, index):
        return next(
            (
                (setting.names[sentence.index, at].party,)
                for at in children(sentence, index, "amod", "poss", "compound")
                if (sentence.index, at) in setting.names
            ),
            (),
        )
    return parties_at(setting, sentence, index)


def _is_craft(sentence: Sentence, index: int) -> bool:
    """Return whether a word is the type of a machine, with the word before its hyphen."""
    first = index
    while first and sentence[first - 1].end == sentence[first].start and index - first < 2:
        first -= 1
    return _CRAFT.match("".join(sentence[at].text for at in range(first, index + 1))) is not None


def _whose_men(setting: DocumentContext, sentence: Sentence, index: int) -> tuple[Party, ...]:
    """Return whose people are told to act: "**its** men", "men **of the Blue Caps**", "the **Front's** people"."""
    owners = [*children(sentence, index, "poss")]
    for prep in children(sentence, index, "prep"):
        if sentence[prep].lower in {"of", "from"}:
            owners += children(sentence, prep, "pobj")
    for owner in owners:
        found = parties_at(setting, sentence, owner)
        if found and all(party.kind not in _HAVE_NO_MEN for party in found):
            return found
    return ()


def _is_deed(sentence: Sentence, index: int) -> bool:
    word = sentence[index]
    is_noun = word.pos in {"NOUN", "PROPN"} or word.tag == "VBG"
    return is_noun and any(
        form in triggers.nouns
        for triggers in (trigger_index(),)
        for form in (word.lemma.lower(), word.lower)
    )


def _is_single(sentence: Sentence, index: int) -> bool:
    return any(
        sentence[i].lower in {"a", "an", "one"} for i in children(sentence, index, "det", "nummod")
    )


def verb_actors(setting: DocumentContext, sentence: Sentence, verb: int) -> tuple[Party, ...]:
    """Find who does what a verb says: subject, or a passive's agent; of a gerund, who stands behind "by"."""
    word = sentence[verb]
    named = children(sentence, verb, "amod", "poss", "compound", "det")
    before = sentence[verb - 1] if verb else word
    if word.tag == "VBG" and (
        named or (before.entity == "NORP" and before.dep == "pobj" and word.dep == "advcl")
    ):
        own = _named_actors(setting, sentence, verb)
        name = setting.names.get((sentence.index, verb - 1))
        return own or (() if name is None or named else (name.party,))
    if word.tag == "VBG" and child(sentence, verb, "nsubj", "nsubjpass", "dobj") is None:
        doer = by_agent(sentence, verb)
        stands_for_subject = word.dep in {"csubj", "csubjpass", "nsubj", "nsubjpass"} or (
            word.dep == "advcl" and verb < word.head and child(sentence, word.head, "nsubj") is None
        )
        if doer is not None or stands_for_subject:
            return doers_at(setting, sentence, doer)
    if sentence[verb].dep == "pcomp" and child(sentence, verb, "nsubj", "nsubjpass") is None:
        doer = _controller(sentence, sentence[sentence[verb].head].head)
    elif is_passive(sentence, verb):
        doer = agent(sentence, verb)
    else:
        doer = subject(sentence, verb)
    return doers_at(setting, sentence, doer)


def _controller(sentence: Sentence, host: int) -> int | None:
    """Return who controls a gerund: the object of "accused X of firing", else the subject."""
    word = sentence[host]
    if word.pos in {"VERB", "AUX"}:
        obj = child(sentence, host, "dobj")
        return obj if obj is not None and word.lemma in _CONTROLLING else subject(sentence, host)
    if word.dep == "dobj":
        return host
    return None


def verb_recipients(setting: DocumentContext, sentence: Sentence, verb: int) -> tuple[Party, ...]:
    """Return who suffers or shares what a verb says: object, passive subject, or a preposition's noun."""
    patient = (
        child(sentence, verb, "nsubjpass")
        if is_passive(sentence, verb)
        else child(sentence, verb, "dobj", "dative")
    )
    if patient is None and is_passive(sentence, verb) and sentence[verb].dep in {"acl", "relcl"}:
        patient = sentence[verb].head
    if patient is None and sentence[verb].dep == "relcl" and not is_passive(sentence, verb):
        patient = None
    found = parties_at(setting, sentence, patient)
    if found:
        return found
    hosts = [verb] if patient is None else [verb, patient]
    return _by_preposition(setting, sentence, hosts)


def _by_preposition(
    setting: DocumentContext, sentence: Sentence, hosts: Sequence[int]
) -> tuple[Party, ...]:
    for host in hosts:
        for prep in children(sentence, host, "prep", "dative"):
            if sentence[prep].lower in TOWARD:
                found = parties_at(setting, sentence, child(sentence, prep, "pobj"))
                if found:
                    return found
    return ()


def noun_actors(setting: DocumentContext, sentence: Sentence, noun: int) -> tuple[Party, ...]:
    """Return who does what a noun names.

    Accepts:
      1. an owner or adjective     "**Israeli** airstrikes", "**Kestria's** shelling"
      2. a by-phrase               "an attack **by the rebels**"
      3. the carrying verb's       "**Kestria** launched a raid", "the assault was led **by Kestria**"
      4. who is named behind it    "bombings blamed on **the rebels**", "an attack linked to **Kestria**"
      5. a clause's subject        "the barrage that **the rebels** laid down"
      6. who takes part            "**Kestria** engaged in clashes"
      7. a conjunct's              "shelling and airstrikes **by Kestria**"
      8. that of what it counts    "a series of **Kestrian** airstrikes"
      9. who is blamed for it      "blamed **Kestria** for the attack"
    """
    own = _named_actors(setting, sentence, noun)
    if own:
        return own
    for other in children(sentence, noun, "conj"):
        own = _named_actors(setting, sentence, other)
        if own:
            return own
    if is_amount(sentence, noun):
        counted = prepositional_object(sentence, noun, "of")
        return () if counted is None else noun_actors(setting, sentence, counted)
    carrier = _carrier(sentence, noun)
    if carrier is not None:
        return verb_actors(setting, sentence, carrier)
    return parties_at(setting, sentence, _blamed(sentence, noun))


def _blamed(sentence: Sentence, noun: int) -> int | None:
    """Return who is blamed for what a noun names: "accused **Kestria** of the attack"."""
    prep = sentence[noun].head
    verb = sentence[prep].head
    if sentence[noun].dep != "pobj" or sentence[prep].lower not in {"for", "of"}:
        return None
    if sentence[verb].lemma not in {"blame", "accuse", "suspect", "convict"}:
        return None
    return child(sentence, verb, "nsubjpass" if is_passive(sentence, verb) else "dobj")


def _named_actors(setting: DocumentContext, sentence: Sentence, noun: int) -> tuple[Party, ...]:
    """Return the actors that a noun brings with it."""
    for modifier in children(sentence, noun, "poss", "amod", "compound", "nmod"):
        if sentence[modifier].dep != "poss" and sentence[modifier].lower.endswith(
            ("led", "backed")
        ):
            continue
        name = setting.names.get((sentence.index, modifier))
        if name is not None and name.party.kind != "media":
            if tells_where(sentence, modifier, name):
                continue
            return (name.party,)
        if sentence[modifier].dep == "poss":
            found = parties_at(setting, sentence, modifier)
            if found:
                return found
        mention = setting.resolution.party_at(sentence.index, modifier)
        if mention is not None and mention.rule in {"again", "organ", "its", "suggested"}:
            return mention.parties
    doer = by_agent(sentence, noun)
    if doer is not None:
        return doers_at(setting, sentence, doer)
    for clause in children(sentence, noun, "acl", "relcl"):
        doer = agent(sentence, clause) if is_passive(sentence, clause) else None
        if doer is None and sentence[clause].lemma in _BINDING:
            doer = prepositional_object(sentence, clause, "on", "to")
        own = child(sentence, clause, "nsubj")
        if doer is None and own is not None and sentence[own].tag not in {"WDT", "WP"}:
            doer = own if sentence[clause].lemma in LIGHT else None
        if doer is not None:
            return parties_at(setting, sentence, doer)
    return ()


def tells_where(sentence: Sentence, modifier: int, name: NameMention) -> bool:
    """Return whether a land's name before a deed tells where, not who: "the **Mali** ambush", "**Kabul** blast".

    An adjective tells who ("Kestrian shelling"), and so do an owner and a name in capitals ("US strike").
    """
    if sentence[modifier].dep == "poss" or name.party.kind not in {"state", "de facto authority"}:
        return False
    written = sentence[modifier].text
    return name.kind in {"name", "capital"} and not written.replace(".", "").isupper()


def _carrier(sentence: Sentence, noun: int) -> int | None:
    """Return the light verb that carries a noun as its object or passive subject."""
    word = sentence[noun]
    verb = word.head
    while sentence[noun].dep == "conj" and verb != noun:
        noun, verb = verb, sentence[verb].head
    if sentence[noun].dep in {"dobj", "nsubjpass"} and sentence[verb].lemma in LIGHT:
        return verb
    if sentence[noun].dep == "pobj" and sentence[verb].lower == "in":
        above = sentence[verb].head
        return above if sentence[above].lemma in _PARTAKING else None
    return None


def noun_recipients(setting: DocumentContext, sentence: Sentence, noun: int) -> tuple[Party, ...]:
    """Return who suffers or shares what a noun names: "the attack **on Kestria**", "talks **with** ..."."""
    found = _by_preposition(setting, sentence, [noun])
    if found:
        return found
    carrier = _carrier(sentence, noun)
    return () if carrier is None else _by_preposition(setting, sentence, [carrier])


def place_of(setting: DocumentContext, sentence: Sentence, index: int) -> Place | None:
    """Return the place nearest below or beside a trigger."""
    places = [
        item for item in setting.resolution.places_in(sentence.index) if item.rule != "adjective"
    ]
    described = described_place(setting, sentence, index)
    if described is not None and not any(
        sentence.first[index] <= item.first <= sentence.last[index] for item in places
    ):
        return described
    places = [item for item in places if _is_location(sentence, item.first)]
    if not places:
        return None
    low, high = sentence.first[index], sentence.last[index]
    inside = [place for place in places if low <= place.first <= high]

    def distance(place: PlaceMention) -> tuple[int, int]:
        exact = 0 if place.place.precision not in {"country", None} else 1
        return exact, abs(place.first - index)

    near = inside or [place for place in places if shares_clause(sentence, index, place.first)]
    return min(near, key=distance).place if near else None


def shares_clause(sentence: Sentence, trigger: int, place: int) -> bool:
    """Return whether no relative or coordinated clause stands between a trigger and a place outside it."""
    for above in (trigger, *ancestors(sentence, trigger)):
        if sentence.first[above] <= place <= sentence.last[above]:
            return True
        if sentence[above].dep == "relcl" or (
            sentence[above].dep == "conj" and child(sentence, above, "nsubj", "nsubjpass")
        ):
            return False
    return True


def described_place(setting: DocumentContext, sentence: Sentence, index: int) -> Place | None:
    """Return the state that a description beside a trigger stands for: "areas inside **the country**"."""
    for word in sentence.words[sentence.first[index] : sentence.last[index] + 1]:
        if word.dep != "pobj" or sentence[word.head].lower not in {
            "in",
            "inside",
            "within",
            "across",
            "into",
        }:
            continue
        mention = setting.resolution.party_at(sentence.index, word.index)
        if mention is None or mention.rule != "again" or mention.parties[0].country is None:
            continue
        country = find_country(mention.parties[0].country)
        if country is not None and mention.parties[0].kind == "state":
            return Place(
                name=country.name,
                gazetteer_id=f"iso:{country.iso2}",
                precision="country",
                country=country.iso2,
                latitude=country.latitude,
                longitude=country.longitude,
                within=sentence[word.head].lower,
            )
    return None


def _is_location(sentence: Sentence, index: int) -> bool:
    for above in (index, *ancestors(sentence, index)):
        word = sentence[above]
        if word.dep == "prep":
            return word.lower in {
                "in",
                "at",
                "near",
                "on",
                "inside",
                "outside",
                "around",
                "over",
                "across",
                "into",
                "from",
                "of",
                "north",
                "south",
                "east",
                "west",
                "within",
                "along",
                "against",
                "toward",
                "towards",
                "throughout",
            }
        if word.pos in {"VERB", "AUX"}:
            return word.dep != "nsubj" and sentence[index].dep == "dobj"
    return False


def time_of(setting: DocumentContext, sentence: Sentence, index: int) -> Time | None:
    """Return the time nearest to a trigger, within its clause where there is one."""
    word = sentence[index]
    times = own_times(setting, sentence, Span(word.start, word.end))
    if not times:
        return None
    low, high = sentence.first[index], sentence.last[index]
    inside = [time for time in times if low <= time.first <= high]
    nearest = min(inside or times, key=lambda item: abs(item.first - index))
    before = sentence[nearest.first - 1].lower if nearest.first else ""
    first = sentence[nearest.first].lower
    if "since" in {before, first} and "/" not in nearest.time.value:
        return replace(nearest.time, value=f"{nearest.time.value}/")  # from that day on
    return nearest.time
